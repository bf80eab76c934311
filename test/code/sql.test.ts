// Owns what SQL and the client commands around it do, per engine.
import { describe, expect, it } from 'vitest';
import { readSql, readSqlValue } from '../../src/code/sql/read.ts';
import type { Lowering } from '../../src/core/program.ts';
import { known, pattern, show } from '../../src/core/value.ts';

type Engine = 'sqlite' | 'postgres' | 'mysql' | 'other';

function shown({ effects, runs }: Lowering): string[] {
  const lines = effects.map((effect) => {
    if (effect.kind === 'db') return `${effect.action} ${effect.statement}`;
    if (effect.kind === 'fs.write' || effect.kind === 'fs.read') return `${effect.kind} ${show(effect.path)}`;
    return effect.kind;
  });
  return [...lines, ...(runs ?? []).map((run) => (run.kind === 'shell' ? `shell ${show(run.text.value)}` : run.kind))];
}

const sql = (engine: Engine, text: string): string[] =>
  shown(readSql(text, { engine, target: known(''), cwd: known('/w') }));

const cases: readonly [engine: Engine, text: string, effects: readonly string[]][] = [
  ['sqlite', 'SELECT 1', ['read SELECT']],
  ['sqlite', "select 'DROP TABLE users; --' as x", ['read SELECT']],
  ['sqlite', 'SELECT 1; DROP TABLE users', ['read SELECT', 'drop DROP TABLE users']],
  ['sqlite', '-- DROP TABLE users\nSELECT 1 /* ; DELETE FROM a */', ['read SELECT']],
  ['sqlite', 'EXPLAIN QUERY PLAN SELECT * FROM a', ['read EXPLAIN']],
  ['sqlite', 'PRAGMA table_info(users)', ['read PRAGMA TABLE_INFO']],
  ['sqlite', 'PRAGMA user_version = 3', ['write PRAGMA USER_VERSION']],
  ['sqlite', 'PRAGMA writable_schema = 1', ['admin PRAGMA WRITABLE_SCHEMA']],
  ['sqlite', '.tables\n.schema users', ['inspect']],
  ['sqlite', '.shell rm -rf build', ['shell rm -rf build']],
  ['sqlite', '.sys id', ['shell id']],
  ['sqlite', '.output report.txt\nSELECT 1;', ['fs.write /w/report.txt', 'read SELECT']],
  ['sqlite', '.once |mail me', ['shell mail me']],
  ['sqlite', '.import |id users', ['shell id']],
  ['sqlite', '.import data.csv users', ['fs.read /w/data.csv']],
  ['sqlite', '.load ./evil', ['opaque']],
  ['sqlite', '.read other.sql', ['opaque']],
  ['sqlite', '.backup main copy.db', ['fs.write /w/copy.db']],
  ['sqlite', "ATTACH '/etc/x' AS y", ['fs.write /etc/x', 'opaque']],
  ['sqlite', "SELECT writefile('/etc/x', 'y')", ['admin a query that calls a function with effects']],
  ['sqlite', "SELECT load_extension('x')", ['admin a query that calls a function with effects']],
  ['postgres', 'DELETE FROM users WHERE id = 3', ['write DELETE FROM users']],
  ['postgres', 'DELETE FROM users', ['truncate DELETE FROM users without WHERE']],
  ['postgres', 'DELETE FROM users WHERE 1=1', ['truncate DELETE FROM users without WHERE']],
  ['postgres', 'UPDATE users SET a = 1', ['write UPDATE users without WHERE']],
  ['postgres', 'UPDATE users SET a = 1 WHERE id = 2', ['write UPDATE users']],
  ['postgres', 'TRUNCATE users', ['truncate TRUNCATE users']],
  ['postgres', 'DROP DATABASE app', ['drop DROP DATABASE app']],
  ['postgres', 'ALTER TABLE users DROP COLUMN a', ['drop ALTER TABLE users DROP COLUMN a']],
  ['postgres', 'ALTER TABLE users ADD COLUMN a int', ['write ALTER TABLE users ADD COLUMN a']],
  ['postgres', 'GRANT ALL ON users TO bob', ['grant GRANT ALL ON users TO bob']],
  ['postgres', "CREATE ROLE x PASSWORD 'y'", ["grant CREATE ROLE x PASSWORD '"]],
  ['postgres', 'WITH gone AS (DELETE FROM a RETURNING *) SELECT * FROM gone', ['write a query that changes data']],
  ['postgres', 'WITH a AS (SELECT 1) DELETE FROM b', ['truncate DELETE FROM b without WHERE']],
  ['postgres', 'EXPLAIN ANALYZE DELETE FROM a', ['truncate DELETE FROM a without WHERE']],
  ['postgres', 'SELECT * INTO b FROM a', ['write SELECT INTO']],
  ['postgres', 'SELECT pg_terminate_backend(1)', ['admin a query that calls a function with effects']],
  ['postgres', "COPY a FROM PROGRAM 'id'", ['admin COPY PROGRAM', 'shell id']],
  ['postgres', "COPY a TO '/tmp/x'", ['export COPY with a file of the server']],
  ['postgres', 'DO $$ BEGIN DELETE FROM a; END $$', ['opaque']],
  ['postgres', '\\dt\nSELECT 1', ['read SELECT']],
  ['postgres', '\\! id', ['shell id']],
  ['postgres', 'SELECT 1 \\g |id', ['read SELECT', 'shell id']],
  ['postgres', '\\o out.txt\nSELECT 1', ['fs.write /w/out.txt', 'read SELECT']],
  ['postgres', '\\set x `id`', ['opaque']],
  ['postgres', "\\copy a to program 'id'", ['shell id']],
  ['postgres', 'SELECT $tag$ ; DROP TABLE a; $tag$', ['read SELECT']],
  ['mysql', 'SHOW TABLES', ['read SHOW']],
  ['mysql', "SELECT 'a\\'; DROP TABLE b; -- '", ['read SELECT']],
  ['mysql', '/*!50000 DROP TABLE a */', ['opaque']],
  ['mysql', "SELECT 1 INTO OUTFILE '/var/www/x.php'", ['fs.write /var/www/x.php', 'export SELECT']],
  ['mysql', "SELECT LOAD_FILE('/etc/passwd')", ['admin a query that calls a function with effects']],
  ['mysql', 'system id', ['shell id']],
  ['mysql', 'SELECT 1\\G', ['read SELECT']],
  ['mysql', 'SET GLOBAL general_log = 1', ['admin SET GLOBAL']],
  ['other', "EXEC xp_cmdshell 'id'", ['opaque']],
  ['other', "SELECT 'a\\'; DROP TABLE b; -- '", ['opaque']],
  ['other', "SELECT 'not closed", ['opaque']],
];

describe('SQL', () => {
  it.each(cases)('%s: %s', (engine, text, effects) => {
    expect(sql(engine, text)).toEqual(effects);
  });

  it('reads one statement by its verb when only a name in it is not known', () => {
    const setting = { engine: 'sqlite', target: known('/w/a.db'), cwd: known('/w'), single: true };
    const read = (prefix: string) => shown(readSqlValue(pattern(prefix, '', 'a name'), setting));
    expect(read('SELECT * FROM ')).toEqual(['read SELECT']);
    expect(read('DELETE FROM ')).toEqual(['opaque']);
    expect(shown(readSqlValue(pattern('SELECT * FROM ', '', 'a name'), { ...setting, single: false }))).toEqual([
      'opaque',
    ]);
  });
});
