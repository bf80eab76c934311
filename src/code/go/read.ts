// Reads Go by its imports: what a file can do to the world it does through packages, whose functions are listed; others are opaque.
import { resolve } from '../../core/path.ts';
import type { EffectDraft, ReadCode, Run } from '../../core/program.ts';
import { secretIn, secretVariable } from '../../core/sensitive.ts';
import { known, mergeTaints, type Taint, text, unknown, type Value } from '../../core/value.ts';
import { hasEscape, type Syntax, type Token, tokenize } from '../script/tokens.ts';
import { COMMAND_FIELD, isHarmless, ROWS, type Row, UNREAD_MEMBER } from './library.ts';
import { argumentsAt, evaluate, nestsDeeply, type Scope, type Tokens, variablesOf } from './values.ts';

const MAX_SIZE = 32_768;

const SYNTAX: Syntax = {
  comment: /\/\/[^\n]*|\/\*[\s\S]*?\*\//,
  quotes: { '"': {}, "'": {} },
  regex: false,
  special: (code, at) => {
    if (code[at] !== '`') return undefined;
    const end = code.indexOf('`', at + 1);
    if (end < 0) return 'refused';
    return { tokens: [{ kind: 'string', text: code.slice(at + 1, end), newline: false }], length: end + 1 - at };
  },
  refused: /\/\*/,
};
/** Comments that bind a name to code the file does not show. */
const BINDS = /^\s*\/\/(go:linkname|go:cgo_|export\b)/m;

interface Found {
  readonly effects: EffectDraft[];
  readonly runs: Run[];
  readonly taints: Taint[];
}

const opaque = (because: string): EffectDraft => ({ kind: 'opaque', layer: 'code', because });

export const readGo: ReadCode = (code, setting) => {
  if (code.length > MAX_SIZE)
    return { effects: [{ kind: 'opaque', layer: 'limit', because: 'Go code that is too long to read' }] };
  const tokens = BINDS.test(code) ? undefined : tokenize(code, SYNTAX);
  if (tokens === undefined || nestsDeeply(tokens)) return { effects: [opaque('Go code in a form that is not read')] };
  const found: Found = { effects: [], runs: [], taints: [] };
  const imports = importsOf(tokens, found);
  const scope: Scope = { setting, imports, tokens, variables: variablesOf(tokens) };
  const starts = [...imports.values()].includes('os/exec');
  tokens.forEach((token, at) => {
    if (token.kind !== 'word') return;
    const [before, next, member] = [tokens[at - 1], tokens[at + 1], tokens[at + 2]];
    if (before?.text === '.' && before.kind === 'mark') {
      if (UNREAD_MEMBER.test(token.text) || (starts && COMMAND_FIELD.test(token.text) && next?.text === '='))
        found.effects.push(opaque(`what .${token.text} is given is not known`));
      return;
    }
    const path = imports.get(token.text);
    if (path !== undefined && next?.text === '.' && member?.kind === 'word') use(tokens, at + 2, path, scope, found);
  });
  const shows = found.effects.some((each) => each.kind === 'fs.read' && secretIn(each.path) !== undefined);
  const labels = mergeTaints(found.taints, shows ? [{ label: 'secret', from: 'a file that the code reads' }] : []);
  const given = mergeTaints(setting.stdin.taints, ...setting.args.map(({ taints }) => taints));
  return {
    effects: found.effects.length > 0 ? found.effects : [{ kind: 'inspect', what: 'go code' }],
    runs: found.runs.map((run) => withTaints(run, labels)),
    ...(labels.length > 0 ? { output: { taints: mergeTaints(given, labels) } } : {}),
  };
};

/** Packages by the names they go by; what is neither listed nor of the standard library is the code of others. */
function importsOf(tokens: Tokens, found: Found): ReadonlyMap<string, string> {
  const imports = new Map<string, string>();
  const add = (name: Token | undefined, path: Token): void => {
    if (hasEscape(path.text) || name?.text === '.' || path.text === 'C') {
      found.effects.push(opaque(`the import of ${path.text} is not read`));
      return;
    }
    if ((path.text.split('/')[0] ?? '').includes('.'))
      found.effects.push({ kind: 'code.run', origin: 'package', language: 'go', what: known(path.text), taints: [] });
    else if (name?.text !== '_') imports.set(name?.text ?? nameOf(path.text), path.text);
  };
  for (let at = 0; at < tokens.length; at++) {
    if (tokens[at]?.text !== 'import' || tokens[at]?.kind !== 'word') continue;
    const grouped = tokens[at + 1]?.text === '(';
    for (
      at += grouped ? 2 : 1;
      at < tokens.length && !(tokens[at]?.kind === 'mark' && tokens[at]?.text === ')');
      at++
    ) {
      const token = tokens[at] as Token;
      if (token.kind === 'string')
        add(tokens[at - 1]?.kind === 'word' || tokens[at - 1]?.text === '.' ? tokens[at - 1] : undefined, token);
      if (!grouped && token.kind === 'string') break;
    }
  }
  imports.delete('import');
  return imports;
}

const nameOf = (path: string): string => path.replace(/\/v\d+$/, '').replace(/^.*\//, '');

function use(tokens: Tokens, at: number, path: string, scope: Scope, found: Found): void {
  const member = (tokens[at] as Token).text;
  const name = `${path}.${member}`;
  const row = Object.hasOwn(ROWS, name) ? ROWS[name] : undefined;
  if (row !== undefined) {
    if (tokens[at + 1]?.text === '(') act(row, name, argumentsAt(tokens, at + 1), scope, found);
    else found.effects.push(opaque(`${name} is used as a value`));
  } else if (name === 'net/http.Request' && tokens[at - 3]?.text === '*' && tokens[at + 1]?.text !== '{') return;
  else if (!isHarmless(path, member)) found.effects.push(opaque(`${name} is not a function that is known`));
  else if (/^os\.(Getenv|LookupEnv|Environ|ExpandEnv)$/.test(name))
    found.taints.push(...taken(name, tokens, at, scope));
}

function taken(name: string, tokens: Tokens, at: number, scope: Scope): readonly Taint[] {
  const [first = []] = argumentsAt(tokens, at + 1);
  const variable = /Getenv|LookupEnv/.test(name) ? text(evaluate(first, scope)) : undefined;
  if (variable === undefined) return [{ label: 'secret', from: 'the environment' }];
  return secretVariable(variable) ? [{ label: 'secret', from: `$${variable}` }] : [];
}

function act(row: Row, name: string, args: readonly Tokens[], scope: Scope, found: Found): void {
  if (row.does === 'command') {
    const words = args.slice(row.at);
    if (words.length === 0 || words.some((word) => word.at(-1)?.text === '.'))
      found.effects.push(opaque(`${name} starts something that is not known`));
    else
      found.runs.push({
        kind: 'argv',
        via: name,
        argv: words.map((word) => ({ value: evaluate(word, scope), taints: [], fields: 'one', span: NOWHERE })),
      });
    return;
  }
  const effect = effectOf(row, name, args, scope);
  if (effect !== undefined) found.effects.push(effect);
}

const NOWHERE = { start: 0, end: 0 };

function effectOf(
  row: Exclude<Row, { does: 'command' }>,
  name: string,
  args: readonly Tokens[],
  scope: Scope,
): EffectDraft | undefined {
  const value = (at: number): Value => evaluate(args[at] ?? [], scope);
  const path = (at: number): Value => resolve(value(at), scope.setting.cwd);
  switch (row.does) {
    case 'read':
      return { kind: 'fs.read', path: path(row.at), use: 'content' };
    case 'names':
      return { kind: 'fs.read', path: path(row.at), use: 'names' };
    case 'write':
      return { kind: 'fs.write', path: path(row.at), how: 'overwrite' };
    case 'mkdir':
      return { kind: 'fs.write', path: path(row.at), how: 'mkdir' };
    case 'mode':
      return { kind: 'fs.mode', path: path(row.at), mode: unknown('a mode'), recursive: false, what: 'mode' };
    case 'delete':
      return { kind: 'fs.delete', path: path(row.at), recursive: false };
    case 'delete-tree':
      return { kind: 'fs.delete', path: path(row.at), recursive: true };
    case 'move':
      return { kind: 'fs.move', from: path(0), to: path(1) };
    case 'link':
      return { kind: 'fs.write', path: path(1), how: 'link', target: path(0) };
    case 'open':
      return args[1]?.map((token) => token.text).join('') === 'os.O_RDONLY'
        ? { kind: 'fs.read', path: path(0), use: 'content' }
        : { kind: 'fs.write', path: path(0), how: 'overwrite' };
    case 'temporary':
      return text(value(0)) === ''
        ? undefined
        : { kind: 'fs.write', path: path(0), how: row.folder ? 'mkdir' : 'create' };
    case 'fetch': {
      const url = value(0);
      return url.kind === 'known' ? { kind: 'net.fetch', url } : opaque(`${name} asks a place that is not known`);
    }
  }
}

/** What the code has read of secrets may be in any argument it computes. */
const withTaints = (run: Run, taints: readonly Taint[]): Run =>
  run.kind === 'argv' && taints.length > 0
    ? { ...run, argv: run.argv.map((word) => (word.value.kind === 'known' ? word : { ...word, taints })) }
    : run;
