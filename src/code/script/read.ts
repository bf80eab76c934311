// Reads Perl, Ruby, PHP and Lua by an allow-list of words; what is not listed is opaque.
import { resolve } from '../../core/path.ts';
import type { EffectDraft, Language, Lowering, ReadCode, Run } from '../../core/program.ts';
import { secretFile, secretIn } from '../../core/sensitive.ts';
import { known, mergeTaints, pattern, type Taint, unknown, type Value } from '../../core/value.ts';
import { environmentTaints } from './environment.ts';
import { hasEscape, type Syntax, type Token, tokenize } from './tokens.ts';

/** What a function with effects does with its arguments, which must be written out. */
export type Row =
  | { readonly does: 'shell' | 'read' | 'names' | 'delete' | 'delete-tree' | 'write' | 'mkdir' | 'fetch-or-read' }
  | { readonly does: 'move' | 'copy' }
  /** The second argument says how it is opened. */
  | { readonly does: 'open' };

export interface Vocabulary {
  readonly language: Language;
  readonly syntax: Syntax;
  /** Words that only compute, print or steer. */
  readonly words: ReadonlySet<string>;
  /** Functions with effects, by their full name (`File.write`). */
  readonly rows: Readonly<Record<string, Row>>;
  /** Modules whose listed members are harmless. */
  readonly modules: Readonly<Record<string, ReadonlySet<string>>>;
  /** Libraries that may be loaded. */
  readonly libraries: ReadonlySet<string>;
  readonly loads: ReadonlySet<string>;
  /** Words that name what follows: a variable, function or parameter. */
  readonly names: ReadonlySet<string>;
  /** Names without a sigil become known when they are set. */
  readonly bareVariables: boolean;
  readonly member: ReadonlySet<string>;
  /** Sequences of tokens that call something by a value. */
  readonly indirect: (tokens: readonly Token[], index: number) => string | undefined;
}

interface Found {
  readonly effects: EffectDraft[];
  readonly runs: Run[];
  /** Labels of what is read from the environment. */
  readonly taints: Taint[];
}

const MAX_SIZE = 65_536;
const opaque = (because: string): EffectDraft => ({ kind: 'opaque', layer: 'code', because });

export const reader =
  (vocabulary: Vocabulary): ReadCode =>
  (text, { cwd, stdin, args }) => {
    const { language } = vocabulary;
    if (text.length > MAX_SIZE)
      return { effects: [{ kind: 'opaque', layer: 'limit', because: `${language} code that is too long to read` }] };
    const found: Found = { effects: [], runs: [], taints: [] };
    readInto(text, vocabulary, cwd, found, new Set(), 0);
    return finish(found, language, mergeTaints(stdin.taints, ...args.map((word) => word.taints)));
  };

const OF_FILE: readonly Taint[] = [{ label: 'secret', from: 'a file that the code reads' }];

/** `given` are the labels of what the code is given; they are in what it prints, too. */
function finish({ effects, runs, taints }: Found, language: Language, given: readonly Taint[]): Lowering {
  const reads = effects.some(
    (each) => each.kind === 'fs.read' && each.use === 'content' && secretIn(each.path) !== undefined,
  );
  const labels = mergeTaints(taints, reads ? OF_FILE : []);
  return {
    effects: effects.length > 0 ? effects : [{ kind: 'inspect', what: `${language} code` }],
    runs,
    ...(labels.length > 0 ? { output: { taints: mergeTaints(given, labels) } } : {}),
  };
}

function readInto(
  text: string,
  vocabulary: Vocabulary,
  cwd: Value,
  found: Found,
  variables: Set<string>,
  depth: number,
): void {
  const tokens = depth > 8 ? undefined : tokenize(text, vocabulary.syntax);
  if (tokens === undefined) {
    found.effects.push(opaque(`${vocabulary.language} code in a form that is not read`));
    return;
  }
  found.taints.push(...environmentTaints(tokens));
  const declared = declarations(tokens, vocabulary, variables);
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index] as Token;
    for (const code of token.code ?? []) readInto(code, vocabulary, cwd, found, declared, depth + 1);
    const indirect = vocabulary.indirect(tokens, index);
    if (indirect) found.effects.push(opaque(indirect));
    if (token.kind === 'command') {
      if (token.computed) found.effects.push(opaque('a command that is not known until it runs'));
      else found.runs.push(shell(vocabulary.language, token.text));
    }
    if (token.kind === 'word') index = readWord(tokens, index, vocabulary, declared, cwd, found);
  }
}

const shell = (via: string, text: string): Run => ({
  kind: 'shell',
  via,
  text: { value: known(text), taints: [], fields: 'one', span: { start: 0, end: 0 } },
});

const argv = (via: string, words: readonly string[]): Run => ({
  kind: 'argv',
  via,
  argv: words.map((each) => ({ value: known(each), taints: [], fields: 'one', span: { start: 0, end: 0 } })),
});

/** Names that the snippet itself gives to values: `x = 1`, `|x, y|`, `for x in`, `local x`. */
function declarations(tokens: readonly Token[], vocabulary: Vocabulary, given: ReadonlySet<string>): Set<string> {
  const names = new Set(given);
  // Perl: `open(NAME, ...)` names a handle.
  tokens.forEach((token, index) => {
    const [open, name] = [tokens[index + 1], tokens[index + 2]];
    if (token.text === 'open' && open?.text === '(' && name?.kind === 'word' && /^[A-Z]+$/.test(name.text))
      names.add(name.text);
  });
  if (!vocabulary.bareVariables) return names;
  let bars = false;
  tokens.forEach((token, index) => {
    const before = tokens[index - 1];
    if (token.kind === 'mark' && token.text === '|') bars = !bars && /^(do|\{)$/.test(before?.text ?? '');
    if (token.kind !== 'word' || vocabulary.words.has(token.text) || Object.hasOwn(vocabulary.rows, token.text)) return;
    const set = tokens[index + 1]?.text === '=' && before?.text !== '.' && before?.text !== ':';
    if (
      set ||
      bars ||
      vocabulary.names.has(before?.text ?? '') ||
      (before?.text === ',' && isNamed(tokens, index, vocabulary))
    )
      names.add(token.text);
  });
  return names;
}

/** `for k, v in` and `local a, b =`. */
function isNamed(tokens: readonly Token[], index: number, vocabulary: Vocabulary): boolean {
  let at = index - 1;
  while (tokens[at]?.text === ',' && tokens[at - 1]?.kind === 'word') at -= 2;
  return vocabulary.names.has(tokens[at]?.text ?? '');
}

function readWord(
  tokens: readonly Token[],
  index: number,
  vocabulary: Vocabulary,
  declared: ReadonlySet<string>,
  cwd: Value,
  found: Found,
): number {
  const token = tokens[index] as Token;
  const before = tokens[index - 1];
  const after = tokens[index + 1];
  const joins = after?.text === '.' || after?.text === '::';
  const member = tokens[index + 2];
  if (vocabulary.loads.has(token.text)) return load(tokens, index, vocabulary, found);
  if (joins && member?.kind === 'word') {
    const full = `${token.text}.${member.text}`;
    if (Object.hasOwn(vocabulary.rows, full))
      return act(tokens, index + 2, vocabulary.rows[full] as Row, full, cwd, found);
    if (Object.hasOwn(vocabulary.modules, token.text)) {
      if (!vocabulary.modules[token.text]?.has(member.text))
        found.effects.push(opaque(`${full} is not a function that is known`));
      return index + 2;
    }
  }
  // A member of a value: its name decides.
  const dotted = vocabulary.language === 'ruby' || vocabulary.language === 'lua';
  if (
    before?.kind === 'mark' &&
    (before.text === '->' ||
      (dotted && /^(\.|&\.)$/.test(before.text)) ||
      (vocabulary.language === 'lua' && before.text === ':'))
  ) {
    if (!vocabulary.member.has(token.text))
      found.effects.push(opaque(`the method ${token.text} of a value whose type is not known`));
    return index;
  }
  // A key of a hash or an argument that is named.
  if (after?.kind === 'mark' && (after.text === '=>' || (after.text === ':' && vocabulary.language === 'ruby')))
    return index;
  if (before?.text === ':' && vocabulary.language === 'ruby') {
    if (Object.hasOwn(vocabulary.rows, token.text)) found.effects.push(opaque(`${token.text} is named as a function`));
    return index;
  }
  if (declared.has(token.text) || vocabulary.words.has(token.text) || isKey(tokens, index)) return index;
  if (Object.hasOwn(vocabulary.rows, token.text))
    return act(tokens, index, vocabulary.rows[token.text] as Row, token.text, cwd, found);
  found.effects.push(opaque(`${token.text} is not a word of ${vocabulary.language} that is known`));
  return index;
}

/** `$h{name}`, and `ENV[…]` that is looked at. */
const isKey = (tokens: readonly Token[], index: number): boolean =>
  (tokens[index - 1]?.text === '{' && tokens[index - 2]?.kind === 'variable' && tokens[index + 1]?.text === '}') ||
  (tokens[index]?.text === 'ENV' && tokens[index + 1]?.text === '[');

function load(
  tokens: readonly Token[],
  index: number,
  vocabulary: Vocabulary,
  found: { effects: EffectDraft[] },
): number {
  let at = index + 1;
  let name = '';
  if (tokens[at]?.kind === 'string' && !tokens[at]?.computed) name = tokens[at++]?.text ?? '';
  else
    while (tokens[at]?.kind === 'word' || tokens[at]?.text === '::' || tokens[at]?.kind === 'number')
      name += tokens[at++]?.text;
  if (!vocabulary.libraries.has(name)) found.effects.push(opaque(`${name === '' ? 'something' : name} is loaded`));
  return at - 1;
}

/** Arguments of a call that are texts written out; undefined when one of the first two is not. */
function literals(tokens: readonly Token[], index: number): readonly (string | undefined)[] {
  const open = tokens[index + 1]?.text === '(';
  const values: (string | undefined)[] = [];
  const declares = tokens[index + (open ? 2 : 1)]?.text === 'my' ? 1 : 0;
  for (let at = index + (open ? 2 : 1) + declares; at < tokens.length && values.length < 32; at += 2) {
    const token = tokens[at];
    const end = tokens[at + 1];
    const plain = token?.kind === 'string' && !token.computed && !hasEscape(token.text);
    const alone = end === undefined || /^[,);}]$/.test(end.text) || end.newline || end.kind === 'word';
    values.push(plain && alone ? token?.text : undefined);
    if (end?.text !== ',') break;
  }
  return values;
}

/** A secret file whose name is written out in the arguments of a call that computes the path around it. */
function secretNamed(tokens: readonly Token[], index: number): Value | undefined {
  const parts: string[] = [];
  for (let at = index + 1, depth = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    if (/^[([]$/.test(token.text)) depth++;
    if (/^[)\]]$/.test(token.text) && --depth <= 0) break;
    if (depth === 0 && (token.text === ';' || token.newline)) break;
    if (token.kind === 'string') parts.push(token.text.replace(/^.*(?=\/\.)|^~/, ''));
  }
  const tail = `/${parts.join('/')}`.replace(/\/+/g, '/');
  return secretFile(tail) === undefined ? undefined : pattern('', tail, 'a path that the code computes');
}

function act(tokens: readonly Token[], index: number, row: Row, name: string, cwd: Value, found: Found): number {
  const given = literals(tokens, index);
  const [first, second] = given;
  const add = (effect: EffectDraft): number => {
    found.effects.push(effect);
    return index;
  };
  const path = (text: string | undefined): Value =>
    text === undefined ? unknown(`a path that ${name} computes`) : resolve(known(text), cwd);
  const readPath = (text: string | undefined): Value =>
    (text === undefined ? secretNamed(tokens, index) : undefined) ?? path(text);
  switch (row.does) {
    case 'shell':
      if (first === undefined || given.some((each) => each === undefined))
        return add(opaque(`${name} runs a command that is not known`));
      // With several arguments no shell is asked.
      found.runs.push(given.length > 1 ? argv(name, given as readonly string[]) : shell(name, first));
      return index;
    case 'read':
    case 'names':
      if (first?.startsWith('|')) return add(opaque(`${name} runs a command`));
      return add({ kind: 'fs.read', path: readPath(first), use: row.does === 'read' ? 'content' : 'names' });
    case 'fetch-or-read':
      if (first === undefined) {
        const secret = secretNamed(tokens, index);
        if (secret !== undefined) add({ kind: 'fs.read', path: secret, use: 'content' });
        return add(opaque(`${name} reads a place that is not known`));
      }
      return add(
        /^\w+:\/\//.test(first)
          ? { kind: 'net.fetch', url: known(first) }
          : { kind: 'fs.read', path: path(first), use: 'content' },
      );
    case 'write':
      return add({ kind: 'fs.write', path: path(first), how: 'overwrite' });
    case 'mkdir':
      return add({ kind: 'fs.write', path: path(first), how: 'mkdir' });
    case 'delete':
      return add({ kind: 'fs.delete', path: path(first), recursive: false });
    case 'delete-tree':
      return add({ kind: 'fs.delete', path: path(first), recursive: true });
    case 'move':
      return add({ kind: 'fs.move', from: path(first), to: path(second) });
    case 'copy':
      if (first !== undefined && /^\w+:\/\//.test(first))
        return add({ kind: 'net.fetch', url: known(first), to: path(second) });
      found.effects.push({ kind: 'fs.read', path: path(first), use: 'copy' });
      return add({ kind: 'fs.write', path: path(second), how: 'overwrite' });
    case 'open':
      return openFile(given, { add, path, readPath });
  }
}

/** `open(path, mode)`; Perl's `open(handle, mode, path)` is brought into the same order before. */
function openFile(
  given: readonly (string | undefined)[],
  {
    add,
    path,
    readPath,
  }: {
    readonly add: (effect: EffectDraft) => number;
    readonly path: (text: string | undefined) => Value;
    readonly readPath: (text: string | undefined) => Value;
  },
): number {
  const [first, second, third] = given;
  const handleFirst = first === undefined && second !== undefined && /^\+?[<>]/.test(second);
  const mode = handleFirst ? second : given.length > 1 ? second : 'r';
  const file = handleFirst ? third : first;
  if (mode === undefined || first?.includes('|') || mode?.includes('|'))
    return add(opaque('a file is opened in a way that is not known'));
  if (handleFirst ? /^<(?!\S*>)/.test(mode) : /^r[bt]?$/.test(mode))
    return add({ kind: 'fs.read', path: readPath(file), use: 'content' });
  return add({ kind: 'fs.write', path: path(file), how: /a|>>/.test(mode) ? 'append' : 'overwrite' });
}
