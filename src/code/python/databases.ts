// Says what Python's database modules connect to, and has their SQL read.
import { known, text as knownText, unknown } from '../../core/value.ts';
import { argument } from '../action.ts';
import { allTaints } from '../call.ts';
import { readSqlValue } from '../sql/read.ts';
import { asValue, data, handle, manyOf, type ObjectThing, type Thing, taintsOf } from '../thing.ts';
import { type Action, absolute, type Called, emit, emitRun, giveUp } from '../world.ts';

/** `file:path?mode=ro` names a file by URI. */
const sqlite: Action = (called) => {
  const { world } = called;
  const value = asValue(argument(called, [0, 'database']));
  const written = knownText(value);
  if (written === ':memory:') return handle('sqlite', known(':memory:'));
  if (called.named.has('uri') && value.kind === 'pattern')
    return handle('sqlite', unknown('a database that is not known'));
  const path = written === undefined ? value : known(written.replace(/^file:/, '').replace(/\?.*$/s, ''));
  const file = absolute(world, path);
  emit(world, { kind: 'fs.read', path: file, use: 'content' });
  return handle('sqlite', file);
};

const server =
  (engine: string): Action =>
  (called) => {
    const host = called.named.get('host') ?? called.args[0];
    return handle(engine, host ? asValue(host) : known(''));
  };

export const DATABASES: Readonly<Record<string, Action>> = {
  'sqlite3.connect': sqlite,
  'psycopg2.connect': server('postgres'),
  'psycopg.connect': server('postgres'),
  'pymysql.connect': server('mysql'),
  'MySQLdb.connect': server('mysql'),
  'mysql.connector.connect': server('mysql'),
  'duckdb.connect': sqlite,
};

export const ENGINES: ReadonlySet<string> = new Set(['sqlite', 'postgres', 'mysql']);

/** Connections and their cursors: what they are asked to execute is read as SQL. */
export function useDatabase(self: ObjectThing, name: string, called: Called): Thing | undefined {
  const { world } = called;
  switch (name) {
    case 'cursor':
    case '__enter__':
      return self;
    case 'execute':
    case 'executemany':
    case 'executescript':
    case 'sql': {
      const lowering = readSqlValue(asValue(called.args[0]), {
        engine: self.type === 'unknown' ? 'unknown' : self.type,
        target: self.value,
        cwd: world.cwd,
        single: self.type === 'sqlite' && name !== 'executescript',
      });
      for (const each of lowering.effects) emit(world, each);
      for (const run of lowering.runs ?? []) emitRun(world, run);
      return self.type === 'unknown'
        ? manyOf(data(allTaints(called)))
        : handle(self.type, self.value, allTaints(called));
    }
    case 'fetchone':
    case 'fetchall':
    case 'fetchmany':
    case '[]':
      return data(self.taints);
    case 'commit':
    case 'rollback':
    case 'close':
    case 'set_trace_callback':
    case 'total_changes':
      return data();
    case 'enable_load_extension':
    case 'load_extension':
      return giveUp(world, 'a database extension is loaded');
    case 'backup':
      return giveUp(world, 'a database is copied into another one');
    case 'iterdump':
      return data(taintsOf(self));
    default:
      return undefined;
  }
}
