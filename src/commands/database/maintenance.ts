// Describes the programs that make, drop, dump, restore and watch whole databases.
import { type OptionSpec, parseArgs } from '../../core/options.ts';
import type { Call, EffectDraft, Program } from '../../core/program.ts';
import { known, text, unknown } from '../../core/value.ts';
import { mentionsProduction } from '../cloud/verbs.ts';
import { at, harmless, literal, opaque, reads, wantsHelp } from '../kit.ts';
import { entries } from '../table.ts';
import { hostInUrl, targetOf } from './connection.ts';

const POSTGRES: OptionSpec = {
  flags: entries(
    '-e --echo | -i --interactive | --if-exists | -w --no-password | -W --password | -v --verbose | -c --clean | -C --create | -a --data-only | -s --schema-only | -O --no-owner | -x --no-privileges | -l --list | --no-acl | -1 --single-transaction | -q --quiet | -g --globals-only | -r --roles-only | -d_ --superuser | -L_ --login | --inserts | --column-inserts | -b --large-objects | -A | -z --analyze | -F_ --full',
  ),
  values: entries(
    '-h --host | -p --port | -U --username | -d --dbname | -f --file | -F --format | -t --table | -n --schema | -N --exclude-schema | -T --template --exclude-table | -j --jobs | -E --encoding | --maintenance-db | -Z --compress | -L --use-list | -D --pgdata --tablespace | --locale | --owner | --role | --exclude-table-data | -R --rate',
  ),
};
const MYSQL: OptionSpec = {
  flags: entries(
    '--single-transaction | --quick -q | --all-databases -A | --databases -B | --no-data -d | --no-create-info -t | --routines -R | --triggers | --events -E | --add-drop-table | --add-drop-database | --compact | --force -f | --verbose -v | --skip-lock-tables | --silent -s | --compress -C | --no-tablespaces | --hex-blob | --skip-comments | --skip-add-locks',
  ),
  values: entries(
    '--host -h | --port -P | --user -u | --socket -S | --result-file -r | --tab -T | --where -w | --ignore-table | --defaults-file | --defaults-extra-file | --column-statistics | --set-gtid-purged | --protocol | --default-character-set | --ssl-mode',
  ),
  optional: ['--password -p'],
};
const MONGO: OptionSpec = {
  flags: entries(
    '--drop | --gzip | --oplog | --quiet | --ssl | --tls | --dryRun | --jsonArray | --headerline | --upsert',
  ),
  values: entries(
    '--host -h | --port | --uri | --db -d | --collection -c | --out -o | --username -u | --password -p | --archive | --nsInclude | --query -q | --file | --type | --fields -f | --mode | --dir',
  ),
  abbreviations: false,
};

type Action = Extract<EffectDraft, { kind: 'db' }>['action'];

function maintenance(call: Call, engine: string, action: Action, spec: OptionSpec, statement: string): EffectDraft {
  const parsed = parseArgs(call.args, spec);
  // Names of databases stand where connections may; a connection is mostly what a variable holds.
  const open = /^pg_/.test(call.name);
  const url =
    parsed.value('--uri') ??
    [parsed.value('-d'), ...parsed.operands].find((word) => {
      const spelled = text(word?.value ?? known(''));
      return spelled === undefined ? open : hostInUrl(spelled) !== undefined;
    });
  const settings = call.args.some((word) =>
    /^--(defaults-file|defaults-extra-file|defaults-group-suffix|login-path|config)(=|$)/.test(literal(word) ?? ''),
  );
  const host = parsed.value('-h', '--host');
  return {
    kind: 'db',
    engine,
    action,
    target:
      settings && host === undefined
        ? unknown('the host stands in a file of settings')
        : targetOf(call, {
            url,
            host,
            variables:
              engine === 'postgres' ? ['PGSERVICE', 'PGHOST', 'PGHOSTADDR'] : engine === 'mysql' ? ['MYSQL_HOST'] : [],
          }),
    statement: `${statement} ${parsed.operands.map((word) => text(word.value) ?? '…').join(' ')}`.trim(),
    ...(mentionsProduction(call.args) ? { production: true } : {}),
  };
}

/** Options that let other machines in, and those that let them in without a password. */
const opened = (args: Call['args']): boolean =>
  args.some((word, index) => {
    const option = literal(word) ?? '';
    const next = literal(args[index + 1]) ?? '';
    return (
      /^(--bind_ip_all|--noauth|--skip-grant-tables)$|^--bind[-_](ip|address)=(0\.0\.0\.0|\*|::)|^listen_addresses=\*$/.test(
        option,
      ) ||
      (/^--bind(_ip|-address)?$/.test(option) && /^(0\.0\.0\.0|\*|::)/.test(next)) ||
      (option === '--protected-mode' && next === 'no')
    );
  });

const program = (
  names: readonly string[],
  lower: (call: Call) => readonly EffectDraft[],
  examples: Program['examples'],
): Program => ({
  names,
  lower: (call) =>
    wantsHelp(call.args) && literal(call.args[0])?.startsWith('--')
      ? harmless(`${call.name} help`)
      : { effects: lower(call) },
  examples,
});

const dumps =
  (spec: OptionSpec, engine: string, options: readonly string[]) =>
  (call: Call): EffectDraft[] => {
    const parsed = parseArgs(call.args, spec);
    return [
      maintenance(call, engine, 'export', spec, call.name),
      ...options
        .flatMap((name) => parsed.all(name))
        .filter((word) => literal(word) !== '-')
        .map((word): EffectDraft => ({ kind: 'fs.write', path: at(call, word), how: 'overwrite', span: word.span })),
    ];
  };

export const maintenancePrograms: readonly Program[] = [
  program(
    ['createdb', 'createuser'],
    (call) => [maintenance(call, 'postgres', call.name === 'createuser' ? 'admin' : 'write', POSTGRES, call.name)],
    { allow: ['createdb shop_test', 'createdb --help'], unsettled: ['createuser app'] },
  ),
  program(
    ['dropdb', 'dropuser', 'pg_dropcluster'],
    (call) => [maintenance(call, 'postgres', 'drop', POSTGRES, call.name === 'dropdb' ? 'drop database' : 'drop user')],
    { deny: ['dropdb shop', 'dropdb -h db.example.com shop', 'dropuser app'], unsettled: ['dropdb shop_test'] },
  ),
  program(['pg_dump', 'pg_dumpall', 'pg_basebackup'], dumps(POSTGRES, 'postgres', ['-f', '-D']), {
    allow: ['pg_dump -h localhost -s shop_dev -f schema.sql', 'pg_dump --schema-only shop_dev'],
    unsettled: ['pg_dump -h db.example.com shop > dump.sql', 'pg_dump "$DB" > dump.sql'],
  }),
  program(
    ['pg_restore'],
    (call) => {
      const parsed = parseArgs(call.args, POSTGRES);
      const files = reads(call, parsed.operands, 'copy');
      if (parsed.has('-l')) return [...files, { kind: 'inspect', what: 'pg_restore --list' }];
      if (parsed.value('-d') === undefined)
        return [
          ...files,
          ...(parsed.value('-f')
            ? [{ kind: 'fs.write' as const, path: at(call, parsed.value('-f') as never), how: 'overwrite' as const }]
            : []),
        ];
      return [...files, maintenance(call, 'postgres', parsed.has('-c') ? 'reset' : 'write', POSTGRES, 'pg_restore')];
    },
    {
      allow: ['pg_restore -l shop.dump'],
      deny: ['pg_restore --clean -h db.example.com -d shop shop.dump'],
      unsettled: ['pg_restore -c -d shop_dev shop.dump'],
    },
  ),
  program(
    [
      'pg_isready',
      'pg_config',
      'pg_lsclusters',
      'pg_controldata',
      'mysqlshow',
      'mysqlcheck-list',
      'mongostat',
      'mongotop',
    ],
    (call) => [{ kind: 'inspect', what: call.name }],
    { allow: ['pg_isready -h localhost', 'mysqlshow'] },
  ),
  program(
    ['vacuumdb', 'reindexdb', 'clusterdb', 'mysqlcheck', 'mysqlimport', 'mysql_upgrade', 'pg_upgrade'],
    (call) => [
      maintenance(
        call,
        /mysql/.test(call.name) ? 'mysql' : 'postgres',
        'write',
        /mysql/.test(call.name) ? MYSQL : POSTGRES,
        call.name,
      ),
    ],
    { unsettled: ['vacuumdb -h db.example.com -a'] },
  ),
  program(
    [
      'pg_ctl',
      'initdb',
      'postgres',
      'mysqld',
      'mongod',
      'redis-server',
      'mariadbd',
      'pg_ctlcluster',
      'etcd',
      'nats-server',
      'clickhouse-server',
      'influxd',
      'valkey-server',
      'mysqld_safe',
    ],
    (call) =>
      call.args.some((word) => /^--(loadmodule|init-file|init_file|plugin-load)/.test(literal(word) ?? ''))
        ? [opaque(`${call.name} is given code to load`)]
        : opened(call.args)
          ? [{ kind: 'net.listen', what: 'server', address: known('0.0.0.0'), exposes: 'a database' }]
          : [{ kind: 'net.listen', what: 'server', address: known('localhost') }],
    {
      allow: ['pg_ctl -D .pgdata start', 'redis-server --port 6380', 'mongod --dbpath ./data'],
      unsettled: [
        'redis-server --loadmodule /opt/evil.so',
        'redis-server --bind 0.0.0.0 --protected-mode no',
        'mongod --bind_ip_all',
      ],
    },
  ),
  program(['mysqldump', 'mariadb-dump', 'mydumper', 'mysqlpump'], dumps(MYSQL, 'mysql', ['--result-file', '--tab']), {
    allow: ['mysqldump --no-data shop_dev'],
    unsettled: [
      'mysqldump -h db.example.com --all-databases > all.sql',
      'mysqldump --login-path=shop --all-databases > all.sql',
    ],
  }),
  program(
    ['mysqladmin', 'mariadb-admin'],
    (call) => {
      const words = parseArgs(call.args, MYSQL).operands.map(literal);
      if (words.includes('drop')) return [maintenance(call, 'mysql', 'drop', MYSQL, 'drop database')];
      if (
        words.every(
          (word) => word !== undefined && /^(ping|status|extended-status|version|processlist|variables)$/.test(word),
        )
      )
        return [{ kind: 'inspect', what: 'mysqladmin' }];
      return [maintenance(call, 'mysql', words[0] === 'create' ? 'write' : 'admin', MYSQL, 'mysqladmin')];
    },
    {
      allow: ['mysqladmin ping', 'mysqladmin -u root status'],
      deny: ['mysqladmin drop shop'],
      unsettled: ['mysqladmin shutdown', 'mysqladmin password x'],
    },
  ),
  program(['mongodump', 'mongoexport'], dumps(MONGO, 'mongo', ['--out']), {
    allow: ['mongodump --db shop_dev --out backup'],
    unsettled: ['mongodump --uri mongodb://db.example.com/shop', 'mongodump --uri "$DB" --out backup'],
  }),
  program(
    ['mongorestore', 'mongoimport'],
    (call) => [
      ...reads(call, parseArgs(call.args, MONGO).all('--file'), 'copy'),
      maintenance(call, 'mongo', parseArgs(call.args, MONGO).has('--drop') ? 'reset' : 'write', MONGO, call.name),
    ],
    {
      allow: ['mongoimport -d shop_dev -c items --file items.json'],
      deny: ['mongorestore --drop --host db.example.com dump/', 'mongorestore --drop --uri "$DB" dump/'],
      unsettled: ['mongorestore --drop dump/'],
    },
  ),
  program(
    ['influx', 'influxctl'],
    (call) => {
      const words = call.args.map(literal);
      const read =
        words.length > 0 &&
        words.every((word) => word !== undefined) &&
        /^(query|ping|version|help)$/.test(words[0] ?? '') &&
        !/delete|drop|to\(/i.test(words.join(' '));
      if (read || (words[1] === 'list' && words[0] !== 'auth')) return [{ kind: 'inspect', what: 'influx' }];
      if (words.some((word) => /^(delete|drop)/i.test(word ?? '')))
        return [
          {
            kind: 'db',
            engine: 'influx',
            action: 'drop',
            target: known('the configured influx server'),
            statement: words.join(' ').slice(0, 100),
          },
        ];
      return [opaque('what influx does is not known')];
    },
    {
      allow: ['influx ping', 'influx bucket list'],
      deny: ['influx delete --bucket b --start 1970-01-01T00:00:00Z --stop 2030-01-01T00:00:00Z'],
      unsettled: ['influx write -b b "m v=1"'],
    },
  ),
];
