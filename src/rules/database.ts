// Owns the rules about databases: dropping, resetting, migrating, rights and writes, by where the database is.
import { migratesHere, whereIs } from '../core/database.ts';
import type { EffectOf } from '../core/effect.ts';
import { defineRule, type Rule } from '../core/rule.ts';
import { text } from '../core/value.ts';

const STAGE =
  /(^|[^a-z])(dev|devel|development|test|tests|testing|spec|ci|tmp|temp|scratch|sandbox|local|example|demo)(_?\d+)?([^a-z]|$)/i;
const WHOLE = /\bdrop\s+(database|schema|keyspace|user|role)\b|dropDatabase/i;

const at = (effect: EffectOf<'db'>): string => {
  const name = text(effect.target);
  return name === undefined || name === ''
    ? `the ${effect.engine} database`
    : `the ${effect.engine} database at ${name}`;
};

export const databaseRules: readonly Rule[] = [
  defineRule({
    id: 'database/destroy',
    tier: 'soft',
    on: 'db',
    since: '0.1.0',
    summary: 'Drops, empties or resets a database that is not a local development or test database',
    why: 'The data is gone for everyone who uses it; a backup may not exist.',
    instead: 'Work on a local test database, or show the user what would be lost and let them do it.',
    match: (effect) => {
      if (!['drop', 'truncate', 'reset'].includes(effect.action)) return undefined;
      const where = whereIs(effect);
      const what = `${effect.action} on ${at(effect)}`;
      if (where === 'production' || where === 'remote' || where === 'unknown') return what;
      if (where === 'file')
        return /prod[^/]*$/i.test(text(effect.target) ?? '') ? `${what}, which is production by its name` : undefined;
      if (WHOLE.test(effect.statement) && !STAGE.test(effect.statement))
        return `${what}: not one table but a whole database or account`;
      return { tier: 'ask', message: what };
    },
    examples: {
      hit: [
        'psql -h db.example.com -c "drop table orders"',
        'redis-cli -h cache.example.com flushall',
        'dropdb shop',
        'redis-cli flushall',
        'sqlite3 /srv/shop/prod.db "delete from orders"',
      ],
      miss: ['psql -c "select 1"', 'redis-cli ping', 'echo "drop table orders"'],
    },
  }),
  defineRule({
    id: 'database/production',
    tier: 'soft',
    on: 'db',
    since: '0.1.0',
    summary: 'Migrates or changes a production or remote database',
    why: 'Schema and data changes there reach users at once and rarely roll back cleanly.',
    instead: 'Run it against a local database, and leave the shared one to the release process.',
    match: (effect) => {
      const where = whereIs(effect);
      if (effect.action === 'migrate' && (where === 'production' || where === 'remote'))
        return `${effect.statement} migrates ${at(effect)}`;
      return where === 'production' && ['write', 'export'].includes(effect.action)
        ? `${effect.action} on ${at(effect)}, which is production`
        : undefined;
    },
    examples: {
      hit: ['prisma migrate deploy', 'RAILS_ENV=production rails db:migrate', 'knex migrate:latest --env production'],
      miss: ['prisma generate', 'RAILS_ENV=test rails db:prepare', 'rails db:migrate:status'],
    },
  }),
  defineRule({
    id: 'database/migrate',
    tier: 'ask',
    on: 'db',
    since: '0.1.0',
    summary: 'Migrates the database that the project is configured for',
    why: 'Which database that is cannot be seen in the command.',
    instead: 'Name a test database, or let the user confirm that the configured one is local.',
    match: (effect) =>
      effect.action === 'migrate' &&
      ['local', 'configured', 'unknown'].includes(whereIs(effect)) &&
      !migratesHere(effect)
        ? `${effect.statement} changes ${at(effect)}`
        : undefined,
    examples: {
      hit: [
        'alembic upgrade head',
        'rails db:migrate',
        'DATABASE_URL=$TEST_DATABASE_URL prisma db push',
        'DATABASE_URL=postgres://localhost/shop_dev prisma db push',
      ],
      miss: [
        'alembic history',
        'RAILS_ENV=test rails db:migrate',
        'DATABASE_URL=postgres://localhost/shop_dev alembic upgrade head',
      ],
    },
  }),
  defineRule({
    id: 'database/rights',
    tier: 'ask',
    on: 'db',
    since: '0.1.0',
    summary: 'Changes users, rights or settings of a database server',
    why: 'It changes who can reach the data, or how the server runs, for everyone.',
    instead: 'Show the user the statement and let them run it.',
    match: (effect) => {
      if (effect.action !== 'admin' && effect.action !== 'grant') return undefined;
      const where = whereIs(effect);
      const message = `${effect.action} on ${at(effect)}`;
      return where === 'remote' || where === 'production' || where === 'unknown' ? { tier: 'soft', message } : message;
    },
    examples: {
      hit: ['createuser app', 'redis-cli config set dir /tmp'],
      miss: ['redis-cli config get dir', 'psql -c "select 1"'],
    },
  }),
];
