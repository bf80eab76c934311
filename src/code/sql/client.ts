// Turns the client commands of psql, sqlite3 and mysql into effects; knows nothing of SQL.
import { resolve } from '../../core/path.ts';
import type { EffectDraft, Run } from '../../core/program.ts';
import { known, type Value } from '../../core/value.ts';
import type { Dialect } from './split.ts';

export interface Client {
  readonly effects: readonly EffectDraft[];
  readonly runs: readonly Run[];
}

const nothing: Client = { effects: [], runs: [] };
const refused = (because: string): Client => ({ effects: [{ kind: 'opaque', layer: 'code', because }], runs: [] });
const runsShell = (via: string, text: string): Client => ({
  effects: [],
  runs: [{ kind: 'shell', via, text: { value: known(text), taints: [], fields: 'one', span: { start: 0, end: 0 } } }],
});

const unquote = (word: string): string => word.replace(/^(['"])(.*)\1$/s, '$2');

export function readClient(line: string, dialect: Dialect, cwd: Value): Client {
  const path = (word: string): Value => resolve(known(unquote(word)), cwd);
  const reads = (word: string): Client => ({
    effects: [{ kind: 'fs.read', path: path(word), use: 'content' }],
    runs: [],
  });
  const writes = (word: string): Client => ({
    effects: [{ kind: 'fs.write', path: path(word), how: 'overwrite' }],
    runs: [],
  });
  const output = (via: string, word: string | undefined): Client => {
    if (word === undefined || word === '' || word === 'stdout' || word === 'off') return nothing;
    const target = unquote(word);
    return target.startsWith('|') ? runsShell(via, target.slice(1)) : writes(word);
  };
  const input = (via: string, word: string | undefined): Client => {
    if (word === undefined) return refused(`${via} without a file`);
    const source = unquote(word);
    return source.startsWith('|') ? runsShell(via, source.slice(1)) : reads(word);
  };
  if (dialect === 'sqlite') return readDot(line, { input, output, reads, writes });
  return dialect === 'postgres'
    ? readBackslash(line, { input, output, reads, writes })
    : readWord(line, { input, output, reads, writes });
}

interface Files {
  readonly input: (via: string, word: string | undefined) => Client;
  readonly output: (via: string, word: string | undefined) => Client;
  readonly reads: (word: string) => Client;
  readonly writes: (word: string) => Client;
}

const unquoted = (word: string): string => word.replace(/^(['"])(.*)\1$/s, '$2');
const words = (line: string): string[] => line.match(/'[^']*'|"[^"]*"|\S+/g) ?? [];
const rest = (line: string): string => line.replace(/^\S+\s*/, '');

const DOT_HARMLESS = new Set(
  'auth bail changes check databases dbconfig dbinfo dump echo eqp exit explain fullschema headers header help indexes indices intck limit lint mode nonce nullvalue parameter print progress prompt quit recover schema selftest separator sha3sum show stats tables testcase timeout timer version vfsinfo vfslist vfsname width'.split(
    ' ',
  ),
);
/** sqlite3 takes any unambiguous beginning of a command. */
const DOT_FILES =
  'archive backup binary cd clone connection crnl edit excel expert filectrl import iotrace load log once open output read restore save scanstats session shell system testctrl trace unmodule www'.split(
    ' ',
  );

function readDot(line: string, files: Files): Client {
  const [head = '', ...args] = words(line.replace(/^\./, ''));
  const name = head.toLowerCase();
  if (DOT_HARMLESS.has(name)) return nothing;
  const matches = [...DOT_HARMLESS, ...DOT_FILES].filter((each) => each.startsWith(name));
  if (matches.every((each) => DOT_HARMLESS.has(each)) && matches.length > 0) return nothing;
  const full = DOT_FILES.includes(name) ? name : matches.length === 1 ? matches[0] : undefined;
  const operands = args.filter((arg) => !arg.startsWith('-'));
  switch (full) {
    case 'shell':
    case 'system':
      return runsShell('sqlite3 .shell', rest(line));
    case 'output':
    case 'once':
      return files.output(
        'sqlite3 .output',
        operands.at(-1)?.startsWith('|') || line.includes('|')
          ? `|${line.slice(line.indexOf('|') + 1)}`
          : operands.at(-1),
      );
    case 'read':
      return line.includes('|')
        ? runsShell('sqlite3 .read', line.slice(line.indexOf('|') + 1))
        : refused('.read runs another file of SQL');
    case 'import': {
      const piped = operands.map(unquoted).find((operand) => operand.startsWith('|'));
      return piped === undefined
        ? files.input('sqlite3 .import', operands[0])
        : runsShell('sqlite3 .import', piped.slice(1));
    }
    case 'backup':
    case 'save':
    case 'clone':
      return operands.length > 0 ? files.writes(operands.at(-1) as string) : refused(`.${full} without a file`);
    case 'log':
    case 'trace':
      return files.output(`sqlite3 .${full}`, operands[0]);
    case 'open':
    case 'connection':
      return refused('.open changes to another database');
    default:
      return refused(`the sqlite3 command .${full ?? name}`);
  }
}

/** psql: https://www.postgresql.org/docs/current/app-psql.html, "Meta-Commands". */
const BACKSLASH_HARMLESS =
  /^\\(d\S*|l\+?|x|timing|pset|echo|qecho|warn|q|conninfo|h|\?|a|C|f|H|t|T|z|sf\+?|sv\+?|encoding|errverbose|set|unset|crosstabview|gdesc|gx|prompt|r|p|s|if|elif|else|endif|watch|reset|bind)$/;

function readBackslash(line: string, files: Files): Client {
  const [name = '', ...args] = words(line);
  const bang = /^\\!\s*/.exec(line);
  if (bang) return runsShell('psql \\!', line.slice(bang[0].length));
  if (line.includes('`')) return refused('psql runs the command between backticks');
  if (/.\\/.test(line.slice(1))) return refused('several psql commands in one line');
  if (name === '\\o' || name === '\\out' || name === '\\g' || name === '\\w' || name === '\\write') {
    const target = line.includes('|') ? line.slice(line.indexOf('|')) : args.filter((arg) => !/^\(/.test(arg))[0];
    return files.output(`psql ${name}`, target);
  }
  if (name === '\\copy') return readCopy(line, files);
  if (BACKSLASH_HARMLESS.test(name)) return nothing;
  if (/^\\d/.test(name)) return nothing;
  return refused(`the psql command ${name}`);
}

function readCopy(line: string, files: Files): Client {
  const program = /\b(?:from|to)\s+program\s+'([^']*)'/i.exec(line);
  if (program) return runsShell('psql \\copy program', program[1] ?? '');
  const into = /\bto\s+('[^']*'|\S+)/i.exec(line);
  if (into && !/^(stdout|pstdout)$/i.test(into[1] ?? '')) return files.writes(into[1] ?? '');
  const from = /\bfrom\s+('[^']*'|\S+)[^)]*$/i.exec(line);
  const write: EffectDraft = {
    kind: 'db',
    engine: 'postgres',
    action: 'write',
    target: known(''),
    statement: 'COPY FROM',
  };
  if (into) return nothing;
  return from
    ? { effects: [...files.input('psql \\copy', from[1]).effects, write], runs: [] }
    : refused('a \\copy that is not read');
}

function readWord(line: string, files: Files): Client {
  const [name = '', first] = words(line.replace(/;\s*$/, ''));
  switch (name.toLowerCase()) {
    case 'system':
    case '\\!':
      return runsShell('mysql system', rest(line));
    case 'tee':
    case '\\t':
      return first === undefined ? refused(`the client command ${name}`) : files.output('mysql tee', first);
    case 'delimiter':
      return refused('the delimiter of statements is changed');
    case 'notee':
    case 'nopager':
    case '\\s':
    case '\\c':
      return nothing;
    default:
      return refused(`the client command ${name}`);
  }
}
