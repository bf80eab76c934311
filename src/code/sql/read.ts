// Turns SQL text into database effects by the verbs of its statements; knows nothing of the program that runs it.
import type { EffectBody } from '../../core/effect.ts';
import { resolve } from '../../core/path.ts';
import type { EffectDraft, Lowering, Run } from '../../core/program.ts';
import { known, texts, type Value } from '../../core/value.ts';
import { readClient } from './client.ts';
import { type Dialect, dialectOf, type Statement, split } from './split.ts';

type Action = Extract<EffectBody, { kind: 'db' }>['action'];

export interface SqlSetting {
  readonly engine: string;
  /** Host, file of an embedded database, or known '' for the local default. */
  readonly target: Value;
  readonly cwd: Value;
  /** The client runs one statement only, and no client commands. */
  readonly single?: boolean;
}

const MAX_SIZE = 65_536;

/** Effects of SQL text of which everything may not be known. */
export function readSqlValue(text: Value, setting: SqlSetting): Lowering {
  const all = texts(text);
  if (all) {
    const parts = all.map((each) => readSql(each, setting));
    return { effects: parts.flatMap((part) => part.effects), runs: parts.flatMap((part) => part.runs ?? []) };
  }
  // One statement is what its verb is, whatever name is put into the middle of it.
  const head =
    text.kind === 'pattern'
      ? /^\s*(?:(?:select|explain\s+query\s+plan)\s|pragma\s+\w+_(?:info|xinfo|list)\s*\()[^;]*$/i.exec(text.prefix)
      : null;
  if (setting.single && head && !SIDE_EFFECTS.test(text.kind === 'pattern' ? text.prefix + text.suffix : ''))
    return { effects: [effect(setting, 'read', 'SELECT')] };
  return { effects: [opaque('SQL that is not known until it runs')] };
}

export function readSql(text: string, setting: SqlSetting): Lowering {
  if (text.length > MAX_SIZE)
    return { effects: [{ kind: 'opaque', layer: 'limit', because: 'SQL that is too long to read' }] };
  const dialect = dialectOf(setting.engine);
  const effects: EffectDraft[] = [];
  const runs: Run[] = [];
  for (const piece of split(text, dialect)) {
    if (piece.kind === 'opaque') effects.push(opaque(piece.because));
    else if (piece.kind === 'client') {
      if (setting.single) effects.push(opaque('a client command where a statement is expected'));
      const client = readClient(piece.line, dialect, setting.cwd);
      effects.push(...client.effects);
      runs.push(...client.runs);
    } else effects.push(...readStatement(piece.statement, setting, dialect, runs));
  }
  return { effects: effects.length + runs.length > 0 ? effects : [{ kind: 'inspect', what: 'SQL' }], runs };
}

const opaque = (because: string): EffectDraft => ({ kind: 'opaque', layer: 'code', because });
const effect = (setting: SqlSetting, action: Action, statement: string): EffectDraft => ({
  kind: 'db',
  engine: setting.engine,
  action,
  target: setting.target,
  statement,
});

const HARMLESS =
  /^(BEGIN|START|COMMIT|ROLLBACK|END|SAVEPOINT|RELEASE|USE|SHOW|DESCRIBE|DESC|VALUES|TABLE|HELP|ANALYZE|CHECKPOINT|FETCH|CLOSE|DEALLOCATE|SELECT|GO|ABORT|CHECK|CHECKSUM|PRINT|DISCARD|LISTEN|UNLISTEN)$/;
/** Functions and clauses through which a query does more than to read. */
const SIDE_EFFECTS =
  /\b(pg_terminate_backend|pg_cancel_backend|pg_reload_conf|pg_read_\w*file|pg_ls_dir|pg_stat_file|pg_write_\w+|pg_file_\w+|pg_switch_wal|pg_logical_\w+|pg_create_\w+|pg_drop_\w+|lo_import|lo_export|lo_\w+|dblink\w*|load_extension|writefile|readfile|edit|fts3_tokenizer|xp_\w+|sp_\w+|openrowset|opendatasource|load_file|sys_exec|sys_eval|nextval|setval|set_config|query_to_xml|database_to_xml|http_\w+|net\.http_\w+|cron\.\w+|(?:delete|drop|remove|purge|truncate|reset|update|insert|create|grant|revoke|kill|terminate|exec|execute|run|send|refresh|migrate|install|uninstall)_\w+)\s*\(/i;

const OBJECT =
  /^(TABLE|INDEX|VIEW|TRIGGER|FUNCTION|PROCEDURE|SCHEMA|DATABASE|SEQUENCE|TYPE|EXTENSION|MATERIALIZED|USER|ROLE|POLICY|COLUMN|CONSTRAINT|VIRTUAL|TEMP|TEMPORARY|UNIQUE|PUBLICATION|SUBSCRIPTION|SERVER|LOGIN|KEYSPACE|COLLECTION|TABLESPACE|OWNED|EVENT|DOMAIN|AGGREGATE|RULE|CAST|GLOBAL|LOCAL|UNLOGGED)$/;

function readStatement(statement: Statement, setting: SqlSetting, dialect: Dialect, runs: Run[]): EffectDraft[] {
  const words = statement.tokens.map((token) => token.toUpperCase());
  const [first = '', second = ''] = words;
  if (setting.engine === 'neo4j') return [readCypher(words, setting)];
  const verb = first === 'WITH' ? mainVerb(words) : first;
  const name = statement.tokens.join(' ');
  const has = (word: string): boolean => words.includes(word);
  const file = outputFile(words, statement, setting);
  const all = (action: Action, said: string): EffectDraft[] => [...file, effect(setting, action, said)];
  if (verb === undefined) return [opaque('a WITH statement that is not read')];
  if (verb === 'EXPLAIN') {
    const inner = words.findIndex(
      (word, index) => index > 0 && /^(SELECT|INSERT|UPDATE|DELETE|MERGE|WITH|REPLACE|CREATE|EXECUTE)$/.test(word),
    );
    if (!has('ANALYZE') && !has('ANALYSE')) return [effect(setting, 'read', 'EXPLAIN')];
    return inner < 0
      ? [opaque('an EXPLAIN that is not read')]
      : readStatement({ ...statement, tokens: statement.tokens.slice(inner) }, setting, dialect, runs);
  }
  const hidden = words.some((word, index) => /^(INSERT|UPDATE|DELETE|MERGE)$/.test(word) && words[index - 1] === '(');
  if (HARMLESS.test(verb)) {
    if (hidden) return all('write', 'a query that changes data');
    if (verb === 'SELECT' && has('INTO') && !has('OUTFILE') && !has('DUMPFILE')) return all('write', 'SELECT INTO');
    if (SIDE_EFFECTS.test(name)) return all('admin', 'a query that calls a function with effects');
    return all(file.length > 0 ? 'export' : 'read', verb);
  }
  switch (verb) {
    case 'INSERT':
    case 'REPLACE':
    case 'MERGE':
    case 'UPSERT':
      return all('write', `${verb} ${words.includes('INTO') ? statement.tokens[words.indexOf('INTO') + 1] : second}`);
    case 'UPDATE':
      return all('write', `UPDATE ${statement.tokens[1] ?? ''}${limited(words) ? '' : ' without WHERE'}`);
    case 'DELETE': {
      const table = statement.tokens[words.indexOf('FROM', words.indexOf('DELETE')) + 1] ?? '';
      return limited(words)
        ? all('write', `DELETE FROM ${table}`)
        : all('truncate', `DELETE FROM ${table} without WHERE`);
    }
    case 'TRUNCATE':
      return all('truncate', `TRUNCATE ${statement.tokens.slice(1, 3).join(' ')}`);
    case 'DROP':
      return [
        effect(
          setting,
          /^(USER|ROLE|LOGIN|POLICY)$/.test(second) ? 'grant' : 'drop',
          `DROP ${statement.tokens.slice(1, 5).join(' ')}`,
        ),
      ];
    case 'CREATE':
      return created(words, statement, setting);
    case 'ALTER':
      return [effect(setting, alterAction(words), `ALTER ${statement.tokens.slice(1, 6).join(' ')}`)];
    case 'COMMENT':
    case 'RENAME':
    case 'VACUUM':
    case 'REINDEX':
    case 'OPTIMIZE':
    case 'REFRESH':
    case 'CLUSTER':
    case 'LOCK':
    case 'NOTIFY':
      return has('INTO') ? [opaque(`${verb} INTO a file`)] : all('write', verb);
    case 'GRANT':
    case 'REVOKE':
    case 'REASSIGN':
      return all('grant', `${verb} ${statement.tokens.slice(1, 6).join(' ')}`);
    case 'SET':
      return has('GLOBAL') || has('PERSIST') || has('PASSWORD')
        ? all('admin', 'SET GLOBAL')
        : has('ROLE') || has('AUTHORIZATION')
          ? all('admin', 'SET ROLE')
          : all('read', 'SET');
    case 'RESET':
      return all('read', 'RESET');
    case 'PRAGMA':
      return pragma(words, setting);
    case 'COPY':
      return copied(words, statement, setting, runs);
    case 'ATTACH':
      return [
        { kind: 'fs.write', path: resolve(known(statement.strings[0] ?? ''), setting.cwd), how: 'edit' },
        opaque('another database is attached'),
      ];
    case 'DETACH':
      return all('read', 'DETACH');
    case 'SHUTDOWN':
    case 'KILL':
    case 'FLUSH':
    case 'PURGE':
    case 'CHANGE':
    case 'STOP':
    case 'INSTALL':
    case 'UNINSTALL':
    case 'LOAD':
    case 'SECURITY':
    case 'BACKUP':
    case 'RESTORE':
    case 'IMPORT':
      return [...fileReads(verb, statement, setting), effect(setting, 'admin', `${verb} ${second}`)];
    default:
      return [opaque(`the SQL statement ${verb.slice(0, 40)}`)];
  }
}

/** https://neo4j.com/docs/cypher-manual/current/clauses/ */
function readCypher(words: readonly string[], setting: SqlSetting): EffectDraft {
  const has = (word: string): boolean => words.includes(word);
  const [first = '', second = ''] = words;
  if (has('CALL') || has('LOAD') || has('FOREACH') || words.some((word) => word.startsWith('APOC')))
    return opaque('a procedure of the graph database');
  if (/^(GRANT|DENY|REVOKE)$/.test(first) || /^(USER|ROLE)$/.test(second))
    return effect(setting, 'grant', `${first} ${second}`);
  if (first === 'DROP') return effect(setting, 'drop', `DROP ${second}`);
  if (has('DELETE'))
    return effect(setting, has('WHERE') || has('{') || has('LIMIT') ? 'write' : 'truncate', 'DELETE of every match');
  if (/^(STOP|START|ALTER)$/.test(first)) return effect(setting, 'admin', `${first} ${second}`);
  if (words.some((word) => /^(CREATE|MERGE|SET|REMOVE)$/.test(word))) return effect(setting, 'write', first);
  return /^(MATCH|OPTIONAL|RETURN|UNWIND|WITH|SHOW|PROFILE|EXPLAIN)$/.test(first)
    ? effect(setting, 'read', first)
    : opaque(`the statement ${first.slice(0, 40)}`);
}

/** The verb after the common table expressions. */
function mainVerb(words: readonly string[]): string | undefined {
  let depth = 0;
  for (const word of words) {
    if (word === '(') depth++;
    else if (word === ')') depth--;
    else if (depth === 0 && /^(SELECT|INSERT|UPDATE|DELETE|MERGE|REPLACE|VALUES|TABLE)$/.test(word)) return word;
  }
  return undefined;
}

/** A WHERE that can leave something out. */
function limited(words: readonly string[]): boolean {
  const at = words.lastIndexOf('WHERE');
  if (at < 0) return words.includes('LIMIT');
  const condition = words.slice(at + 1).join(' ');
  return (
    !/^\(*\s*(TRUE|1|1 = 1|' = '|NOT FALSE|1 < 2|2 > 1|1 > 0|TRUE = TRUE)\s*\)*\s*(OR\b.*)?$/.test(condition) &&
    !/\bOR (TRUE|1|1 = 1)\s*\)*$/.test(condition)
  );
}

function created(words: readonly string[], statement: Statement, setting: SqlSetting): EffectDraft[] {
  const said = `CREATE ${statement.tokens.slice(1, 5).join(' ')}`;
  const kind = words
    .slice(1, 5)
    .find(
      (word) => OBJECT.test(word) && !/^(TEMP|TEMPORARY|UNIQUE|VIRTUAL|MATERIALIZED|GLOBAL|LOCAL|UNLOGGED)$/.test(word),
    );
  if (kind === undefined) return [opaque('a CREATE statement that is not read')];
  if (/^(USER|ROLE|LOGIN|POLICY)$/.test(kind)) return [effect(setting, 'grant', said)];
  if (/^(EXTENSION|SERVER|SUBSCRIPTION|PUBLICATION|EVENT)$/.test(kind)) return [effect(setting, 'admin', said)];
  if (/^(FUNCTION|PROCEDURE|AGGREGATE|CAST|RULE)$/.test(kind)) return [effect(setting, 'admin', said)];
  return [effect(setting, 'write', said)];
}

function alterAction(words: readonly string[]): Action {
  if (/^(USER|ROLE|LOGIN|POLICY|DEFAULT)$/.test(words[1] ?? '') || words.includes('OWNER')) return 'grant';
  if (/^(SYSTEM|DATABASE|SERVER|EXTENSION|EVENT)$/.test(words[1] ?? '')) return 'admin';
  // ClickHouse deletes rows by `ALTER TABLE t DELETE WHERE`.
  if (words.includes('DELETE') && !limited(words)) return 'truncate';
  return words.includes('DROP') ? 'drop' : words.includes('DISABLE') && words.includes('SECURITY') ? 'grant' : 'write';
}

/** `PRAGMA name` reads; `PRAGMA name = value` sets. */
function pragma(words: readonly string[], setting: SqlSetting): EffectDraft[] {
  const name = words[2] === '.' ? words[3] : words[1];
  const sets = words.includes('=') || (words.includes('(') && !/(INFO|LIST|XINFO|CHECK)$/.test(name ?? ''));
  if (/^(WRITABLE_SCHEMA|TEMP_STORE_DIRECTORY|DATA_STORE_DIRECTORY|KEY|REKEY|MODULE_LIST)$/.test(name ?? ''))
    return [effect(setting, 'admin', `PRAGMA ${name}`)];
  return [
    effect(
      setting,
      sets && /^(USER_VERSION|APPLICATION_ID|SCHEMA_VERSION|AUTO_VACUUM|PAGE_SIZE|ENCODING)$/.test(name ?? '')
        ? 'write'
        : 'read',
      `PRAGMA ${name ?? ''}`,
    ),
  ];
}

/** COPY reads or writes files of the server, or runs a program there. */
function copied(words: readonly string[], statement: Statement, setting: SqlSetting, runs: Run[]): EffectDraft[] {
  if (words.includes('PROGRAM')) {
    const text = {
      value: known(statement.strings[0] ?? ''),
      taints: [],
      fields: 'one',
      span: { start: 0, end: 0 },
    } as const;
    runs.push({ kind: 'shell', via: 'COPY PROGRAM', text });
    return [effect(setting, 'admin', 'COPY PROGRAM')];
  }
  // cqlsh copies to and from files on the side of the client.
  if (setting.engine === 'cassandra' && statement.strings[0] !== undefined) {
    const path = resolve(known(statement.strings[0]), setting.cwd);
    return words.includes('TO')
      ? [{ kind: 'fs.write', path, how: 'overwrite' }, effect(setting, 'read', 'COPY TO')]
      : [{ kind: 'fs.read', path, use: 'copy' }, effect(setting, 'write', 'COPY FROM')];
  }
  if (words.includes('STDIN')) return [effect(setting, 'write', `COPY ${statement.tokens[1] ?? ''} FROM STDIN`)];
  if (words.includes('STDOUT')) return [effect(setting, 'read', 'COPY TO STDOUT')];
  return [effect(setting, words.includes('TO') ? 'export' : 'admin', 'COPY with a file of the server')];
}

function outputFile(words: readonly string[], statement: Statement, setting: SqlSetting): EffectDraft[] {
  if (!words.includes('OUTFILE') && !words.includes('DUMPFILE')) return [];
  return [
    {
      kind: 'fs.write',
      path: known(statement.strings.at(-1) ?? ''),
      how: 'create',
      place: { kind: 'remote', name: setting.engine },
    },
  ];
}

const fileReads = (verb: string, statement: Statement, setting: SqlSetting): EffectDraft[] =>
  verb === 'LOAD' && statement.strings[0] !== undefined
    ? [
        {
          kind: 'fs.read',
          path: known(statement.strings[0]),
          use: 'content',
          place: { kind: 'remote', name: setting.engine },
        },
      ]
    : [];
