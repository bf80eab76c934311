// Owns how database targets are named: host options, connection URLs and environment variables. Knows no client.
import type { Word } from '../../core/invocation.ts';
import type { Call } from '../../core/program.ts';
import { known, prefixOf, text, unknown, type Value } from '../../core/value.ts';
import { isLocalAddress, mentionsProduction, namesProduction } from '../cloud/verbs.ts';

/** Host of a connection URL or `host=... ` string; `''` when it names none; undefined when the word is neither. */
export function hostInUrl(spelled: string): string | undefined {
  if (/^(sqlite|file|duckdb|libsql:file)[:/]/.test(spelled)) return '';
  const url = /^[a-z][a-z0-9+.]*:\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/?#]*)/i.exec(spelled);
  if (url) return url[1] ?? '';
  const pairs = /(?:^|[\s;])(?:host|hostaddr|service|server|data source)\s*=\s*(?:tcp:)?([^\s;,]*)/i.exec(spelled);
  return pairs?.[1];
}

const asHost = (host: string): Value => known(host === '' || isLocalAddress(host) ? 'localhost' : host);

/** What a word that is a host, or holds one, points to; unknown keeps the name of the variable it came from. */
function targetOfWord(word: Word, kind: 'host' | 'url'): Value {
  const spelled = text(word.value);
  const source = word.taints.map((taint) => taint.from).join(' ');
  if (spelled !== undefined)
    return kind === 'host' ? asHost(spelled) : asHost(hostInUrl(spelled) ?? 'a database that is not known');
  const head = prefixOf(word.value);
  const host = kind === 'url' ? hostInUrl(head) : head;
  if (kind === 'url' && host !== undefined && host !== '' && /[:/]/.test(head.slice(head.indexOf(host) + host.length)))
    return asHost(host);
  return unknown(source === '' ? ('because' in word.value ? word.value.because : 'the database is not known') : source);
}

/** The first that is given: URL word, host word, environment variables; else the local default. */
export function targetOf(
  call: Call,
  given: { readonly url?: Word | undefined; readonly host?: Word | undefined; readonly variables?: readonly string[] },
): Value {
  if (given.url !== undefined) return targetOfWord(given.url, 'url');
  if (given.host !== undefined) return targetOfWord(given.host, 'host');
  for (const name of given.variables ?? []) {
    const word = call.env(name);
    if (word !== undefined && text(word.value) !== '')
      return targetOfWord(word, /URL|URI|DSN|STRING/.test(name) ? 'url' : 'host');
  }
  return known('');
}

const STAGES = [
  'RAILS_ENV',
  'RACK_ENV',
  'NODE_ENV',
  'APP_ENV',
  'MIX_ENV',
  'FLASK_ENV',
  'DJANGO_ENV',
  'ENVIRONMENT',
  'ENV',
  'DJANGO_SETTINGS_MODULE',
  'LARAVEL_ENV',
  'KNEX_ENV',
  'STAGE',
];
export const DATABASE_VARIABLES = [
  'DATABASE_URL',
  'DIRECT_URL',
  'DB_URL',
  'POSTGRES_URL',
  'MYSQL_URL',
  'MONGODB_URI',
  'DB_HOST',
  'PGHOST',
  'GOOSE_DBSTRING',
  'FLYWAY_URL',
  'DATABASE_HOST',
];

/** Which stage the environment and arguments say this is. */
export function stageOf(call: Call, words: readonly (Word | undefined)[] = []): 'production' | 'test' | 'unknown' {
  const stages = STAGES.map((name) => call.env(name)).filter((word) => word !== undefined);
  const named = [...stages, ...words.filter((word) => word !== undefined)];
  const database = DATABASE_VARIABLES.map((name) => call.env(name)).filter((word) => word !== undefined);
  if (
    mentionsProduction([...named, ...database]) ||
    database.some((word) => word.value.kind === 'unknown' && namesProduction(word.value.because))
  )
    return 'production';
  return named.some((word) => /^(.*[._=-])?(test|testing|ci)$/.test(text(word.value) ?? '')) ? 'test' : 'unknown';
}

/** A word of this invocation with another text. */
export const wordOf = (call: Call, value: Value): Word => ({
  value,
  taints: [],
  fields: 'one',
  span: call.invocation.span,
});
