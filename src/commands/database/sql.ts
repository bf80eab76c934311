// Describes the command line clients of SQL databases: what they connect to and which statements they run.
import type { Word } from '../../core/invocation.ts';
import { type OptionSpec, type ParsedArgs, parseArgs } from '../../core/options.ts';
import type { Call, EffectDraft, Lowering, Program, Run } from '../../core/program.ts';
import { known, text, unknown, type Value } from '../../core/value.ts';
import { at, harmless, inspect, literal, mustBeKnown, opaque, writes } from '../kit.ts';
import { entries } from '../table.ts';
import { hostInUrl, targetOf, wordOf } from './connection.ts';

interface Client {
  readonly names: readonly string[];
  readonly engine: string;
  readonly options: OptionSpec;
  readonly host: string;
  readonly statements: readonly string[];
  readonly files: readonly string[];
  readonly outputs?: readonly string[];
  /** Options after which nothing but looking happens. */
  readonly lists?: readonly string[];
  readonly refuses?: readonly string[];
  readonly variables: readonly string[];
  /** Options that name a file of settings, where the host may stand. */
  readonly settings?: readonly string[];
  /** True when an operand can be a connection URL. */
  readonly url?: boolean;
  /** Operands are a database file on this machine. */
  readonly fileTarget?: boolean;
  /** Operands after the first are statements. */
  readonly operandStatements?: boolean;
  /** The first operand is the host. */
  readonly hostOperand?: boolean;
  readonly examples: Program['examples'];
}

const CLIENTS: readonly Client[] = [
  {
    names: ['psql', 'pgcli', 'usql'],
    engine: 'postgres',
    options: {
      flags: entries(
        '--quiet -q | --no-psqlrc -X | --tuples-only -t | --no-align -A | --single-transaction -1 | --echo-all -a | --echo-queries -e | --expanded -x | --no-password -w | --password -W | --csv | --html -H | --echo-hidden -E | --echo-errors -b | --single-line -S | --single-step -s | --no-readline -n | --field-separator-zero -z | --record-separator-zero -0 | --list -l | --help | --version -V',
      ),
      values: entries(
        '--command -c | --file -f | --host -h | --port -p | --username -U | --dbname -d | --set -v --variable | --output -o | --pset -P | --field-separator -F | --record-separator -R | --table-attr -T | --log-file -L',
      ),
    },
    host: '--host',
    statements: ['--command'],
    files: ['--file'],
    outputs: ['--output', '--log-file'],
    lists: ['--list', '--version', '--help'],
    variables: ['PGSERVICE', 'PGHOST', 'PGHOSTADDR'],
    url: true,
    examples: {
      allow: [
        'psql -h localhost -U app -d shop_dev -c "select count(*) from orders"',
        'psql -l',
        'psql -d shop_dev -c "\\dt"',
        'psql "postgres://app@localhost:5432/shop" -tAc "select 1"',
        'psql --version',
      ],
      deny: [
        'psql -h db.prod.internal -c "drop table orders"',
        'psql "$PROD_DATABASE_URL" -c "truncate orders"',
        'psql -h db.prod.internal -f schema.sql',
        'psql -h db.example.com shop -c "drop database shop"',
        'psql service=live -c "drop table orders"',
        'PGSERVICE=shop psql -c "drop table orders"',
      ],
      unsettled: ['psql', 'psql -d shop_dev -c "drop table orders"', 'psql -d shop_dev -f "$F"', 'psql -c "$SQL"'],
    },
  },
  {
    names: ['cockroach', 'cockroach-sql'],
    engine: 'postgres',
    options: {
      flags: entries('--insecure | --echo-sql | --no-line-editor | --read-only'),
      values: entries(
        '--execute -e | --file -f | --host | --port -p | --user -u | --database -d | --format | --set | --watch | --certs-dir | --url | --cert-principal-map | --debug-sql-cli',
      ),
    },
    host: '--host',
    statements: ['--execute'],
    files: ['--file'],
    variables: ['COCKROACH_HOST', 'COCKROACH_URL'],
    examples: {
      allow: ['cockroach sql --insecure -e "select 1"'],
      deny: [
        'cockroach sql --host=db.example.com -e "drop database shop"',
        'cockroach sql --url postgres://root@db.example.com:26257 -e "truncate orders"',
      ],
      unsettled: ['cockroach start-single-node --insecure', 'cockroach sql --url "$URL" -e "insert into t values (1)"'],
    },
  },
  {
    names: ['mysql', 'mariadb', 'mycli', 'mysqlsh'],
    engine: 'mysql',
    options: {
      flags: entries(
        '--batch -B | --silent -s | --skip-column-names -N | --table -t | --verbose -v | --vertical -E | --html -H | --xml -X | --force -f | --quick -q | --raw -r | --compress -C | --no-auto-rehash -A | --safe-updates -U | --i-am-a-dummy | --version -V | --help -? | --no-defaults | --unbuffered -n | --sql | --js | --py',
      ),
      values: entries(
        '--execute -e | --host -h | --port -P | --user -u | --database -D | --socket -S | --default-character-set | --protocol | --defaults-file | --defaults-extra-file | --init-command | --tee | --pager | --delimiter | --ssl-mode | --ssl-ca | --connect-timeout | --max-allowed-packet | --uri | --file -f_',
      ),
      optional: ['--password -p', '--ssl'],
    },
    host: '--host',
    statements: ['--execute', '--init-command'],
    files: ['--file'],
    outputs: ['--tee'],
    lists: ['--version', '--help'],
    refuses: ['--pager', '--js', '--py'],
    settings: ['--defaults-file', '--defaults-extra-file'],
    variables: ['MYSQL_HOST'],
    examples: {
      allow: ['mysql -u app shop_dev -e "show tables"', 'mysql -h 127.0.0.1 -uroot -N -e "select 1"'],
      deny: ['mysql -h db.prod.example.com -e "drop table orders"', 'mysql -e "drop database shop"'],
      unsettled: [
        'mysql --defaults-file=x.cnf -e "insert into a values (1)"',
        'mysql -u root shop',
        'mysql shop_dev -e "delete from orders"',
        'mysql --pager="less" -e "select 1"',
      ],
    },
  },
  {
    names: ['sqlcmd', 'mssql-cli'],
    engine: 'mssql',
    options: {
      flags: entries('-E | -C | -N | -I | -b | -x | -W | -Z | -1'),
      values: entries('-S | -d | -U | -P | -Q -q | -i | -o | -s | -h | -w | -l | -t | -v | -y | -Y | -f | -m | -V'),
    },
    host: '-S',
    statements: ['-Q'],
    files: ['-i'],
    outputs: ['-o'],
    variables: ['SQLCMDSERVER'],
    examples: {
      allow: ['sqlcmd -S localhost -Q "select 1"'],
      deny: ['sqlcmd -S sql.example.com -Q "drop table orders"'],
      unsettled: ['sqlcmd -S localhost'],
    },
  },
  {
    names: ['clickhouse-client', 'clickhouse'],
    engine: 'clickhouse',
    options: {
      flags: entries('--multiquery -n | --secure -s | --time -t | --vertical -E | --multiline -m'),
      values: entries(
        '--query -q | --host -h | --port | --user -u | --password | --database -d | --format -f | --queries-file | --config-file -c | --input-format | --output-format',
      ),
      abbreviations: false,
    },
    host: '--host',
    statements: ['--query'],
    files: ['--queries-file'],
    settings: ['--config-file'],
    variables: ['CLICKHOUSE_HOST'],
    examples: {
      allow: ['clickhouse-client -q "select count() from events"'],
      deny: ['clickhouse-client --host ch.example.com --query "drop table events"'],
      unsettled: ['clickhouse-client', 'clickhouse-client -q "alter table events delete where 1"'],
    },
  },
  {
    names: ['cqlsh'],
    engine: 'cassandra',
    options: {
      flags: entries('--ssl | --no-color | --color -C | --debug'),
      values: entries(
        '--execute -e | --file -f | --username -u | --password -p | --keyspace -k | --cqlshrc | --request-timeout | --connect-timeout | --encoding',
      ),
    },
    host: '--cqlsh-host',
    statements: ['--execute'],
    files: ['--file'],
    variables: ['CQLSH_HOST'],
    settings: ['--cqlshrc'],
    hostOperand: true,
    examples: {
      allow: [
        'cqlsh -e "select * from shop.orders limit 1"',
        'cqlsh 127.0.0.1 9042 -e "select now() from system.local"',
      ],
      deny: [
        'cqlsh cassandra.example.com -e "truncate shop.orders"',
        `cqlsh -e "COPY shop.orders TO '/etc/orders.csv'"`,
      ],
      unsettled: ['cqlsh', 'cqlsh cassandra.example.com -e "insert into shop.orders (id) values (1)"'],
    },
  },
  {
    names: ['duckdb'],
    engine: 'duckdb',
    options: {
      style: 'words',
      flags: entries(
        '-readonly | -csv | -json | -line | -list | -box | -markdown | -table | -header | -noheader | -bail | -batch | -no-stdin | -version | -help | -unsigned | -html | -column | -ascii | -jsonlines',
      ),
      values: entries('-c -s | -cmd | -init | -f | -separator | -nullvalue | -newline'),
    },
    host: '-host',
    statements: ['-c', '-cmd'],
    files: ['-init', '-f'],
    lists: ['-version', '-help'],
    variables: [],
    fileTarget: true,
    operandStatements: true,
    examples: {
      allow: ['duckdb -c "select 42"', 'duckdb data/shop.duckdb "select count(*) from orders"', 'duckdb -version'],
      unsettled: ['duckdb'],
    },
  },
  {
    names: ['cypher-shell'],
    engine: 'neo4j',
    options: {
      flags: entries('--non-interactive | --fail-fast | --fail-at-end | --version -v'),
      values: entries(
        '--address -a | --uri | --username -u | --password -p | --database -d | --file -f | --format | --encryption | --param -P',
      ),
    },
    host: '--address',
    statements: [],
    files: ['--file'],
    lists: ['--version'],
    variables: ['NEO4J_URI'],
    operandStatements: true,
    examples: {
      allow: ['cypher-shell --version', 'cypher-shell "MATCH (n:Order) RETURN count(n)"'],
      deny: ['cypher-shell -a neo4j://graph.example.com "MATCH (n) DETACH DELETE n"'],
      unsettled: ['cypher-shell', 'cypher-shell "MATCH (n) DETACH DELETE n"', 'cypher-shell "CALL apoc.load.json(1)"'],
    },
  },
  {
    names: ['sqlplus', 'isql', 'db2', 'snowsql', 'trino', 'presto', 'beeline', 'impala-shell', 'spark-sql', 'hive'],
    engine: 'sql',
    options: {
      flags: entries('-S | -L | --silent | --ignore-errors'),
      values: entries(
        '-e --execute --query -q | -f --file --filename | --server -h --host -u --accountname -a --connection -c | --user -n | --catalog | --schema -s | --dbname -d | -o',
      ),
    },
    host: '--server',
    statements: ['-e'],
    files: ['-f'],
    outputs: ['-o'],
    variables: [],
    examples: { deny: ['snowsql -q "drop table orders" -a acme'], unsettled: ['sqlplus app@shop'] },
  },
];

/** The host is only said in a file that is named. */
const unnamed = (client: Client, parsed: ParsedArgs): boolean =>
  client.settings !== undefined && parsed.has(...client.settings) && !parsed.has(client.host);

function lower(call: Call, client: Client): Lowering {
  const parsed = parseArgs(call.args, client.options);
  if (parsed.has(...(client.lists ?? ['--help', '--version']))) return harmless(`${call.name} lists`, { taints: [] });
  const operands = [...parsed.operands];
  const urls = client.url
    ? [...operands, ...parsed.all('--dbname')].filter(
        (word) => text(word.value) === undefined || hostInUrl(text(word.value) ?? '') !== undefined,
      )
    : [];
  const target: Value = client.fileTarget
    ? operands[0] === undefined || literal(operands[0]) === ':memory:'
      ? known('')
      : at(call, operands[0])
    : unnamed(client, parsed)
      ? unknown('the host stands in a file of settings')
      : targetOf(call, {
          url: urls[0] ?? parsed.value('--uri', '--url'),
          host: client.hostOperand ? operands[0] : parsed.value(client.host),
          variables: client.variables,
        });
  const setting = { args: [wordOf(call, known(client.engine)), wordOf(call, target)] };
  const code = (statement: Word, option: string): Run => ({
    kind: 'code',
    language: 'sql',
    text: statement,
    via: `${call.name} ${option}`,
    ...setting,
  });
  const statements = [
    ...client.statements.flatMap((name) => parsed.all(name)),
    ...(client.operandStatements ? operands.slice(client.fileTarget ? 1 : 0) : []),
  ];
  const files = client.files.flatMap((name) => parsed.all(name)).filter((word) => literal(word) !== '-');
  const runs: Run[] = [
    ...statements.map((word) => code(word, 'statement')),
    ...files.map(
      (word): Run => ({ kind: 'file', path: at(call, word), language: 'sql', via: `${call.name} file`, ...setting }),
    ),
  ];
  const { stdin } = call;
  const fed = stdin.from === 'text' || stdin.from === 'pipe' || stdin.from === 'file';
  if (statements.length === 0 && files.length === 0 && fed) {
    if (stdin.from === 'file' && stdin.path !== undefined && text(stdin.text) === undefined)
      runs.push({ kind: 'file', path: stdin.path, language: 'sql', via: `${call.name} <`, ...setting });
    else
      runs.push(
        code({ value: stdin.text, taints: stdin.taints, fields: 'one', span: call.invocation.span }, 'standard input'),
      );
  }
  const unread = runs.some((run) => run.kind === 'file');
  const effects: EffectDraft[] = [
    inspect(`${call.name} connects`),
    // What a file holds may stay unread; that it changes the database it is given to is certain enough.
    ...(unread
      ? [
          {
            kind: 'db' as const,
            engine: client.engine,
            action: 'write' as const,
            target,
            statement: `${call.name} runs a file`,
          },
        ]
      : []),
    ...(client.outputs ?? [])
      .flatMap((name) => parsed.all(name))
      .flatMap((word) =>
        (literal(word) ?? '|').startsWith('|')
          ? [opaque(`${call.name} sends its output to a program`)]
          : writes(call, [word]),
      ),
    ...(client.refuses ?? [])
      .filter((name) => parsed.has(name))
      .map((name) => opaque(`${call.name} ${name} is not read`)),
    ...parsed.unlisted.map((option) =>
      opaque(`what ${option.name} of ${call.name} does is not known`, option.word.span),
    ),
    ...mustBeKnown(
      parsed.dynamic.filter((word) => word.fields === 'many'),
      `an option of ${call.name}`,
    ),
  ];
  if (runs.length === 0) effects.push(opaque(`${call.name} without a statement waits for one`));
  return { effects, runs };
}

export const sqlClients: readonly Program[] = CLIENTS.map((client) => ({
  names: client.names,
  lower: (call) => lower(call, client),
  examples: client.examples,
}));
