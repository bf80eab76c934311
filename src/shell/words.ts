// Owns the expansion of words to values: quotes, braces, tildes, variables, substitutions, splitting and globs, in bash's order.
import type { Word } from '../core/invocation.ts';
import {
  concat,
  known,
  mergeTaints,
  oneOf,
  pattern,
  text as plainText,
  type Taint,
  texts,
  unknown,
  type Value,
} from '../core/value.ts';
import { evaluateArithmetic } from './arithmetic.ts';
import { braceWords } from './brace.ts';
import { dequoteAnsi, dequoteBare, dequoteDouble } from './dequote.ts';
import { BRACES, disguiseOf } from './disguise.ts';
import { expandParameter } from './parameter.ts';
import { type Ast, parseWord, TEMPLATE } from './parse.ts';
import { innerSource, spanOf } from './source.ts';
import type { State } from './state.ts';
import { processSubstitution, substitution } from './substitution.ts';
import type { Frame, Trace } from './trace.ts';
import { listOf, lookUp } from './variables.ts';

/** A stretch of a word before splitting. */
export interface Piece {
  readonly value: Value;
  readonly taints: readonly Taint[];
  /** `literal`: written there, unquoted; `expanded`: result of an unquoted expansion; `quoted`: neither split nor globbed. */
  readonly how: 'literal' | 'expanded' | 'quoted' | 'glob';
  /** Words of their own: `"$@"`, `"${a[@]}"`. */
  readonly list?: readonly Word[];
  /** What every line is, when their texts and number are not known. */
  readonly each?: Value;
}

const NONE: readonly Taint[] = [];
const quoted = (value: Value, taints: readonly Taint[] = NONE): Piece => ({ value, taints, how: 'quoted' });

/** The word as one value: no splitting, no globbing (assignments, redirections, case words). */
export function expandSingle(
  trace: Trace,
  frame: Frame,
  state: State,
  node: Ast.Word,
  assignment = false,
): Word & { readonly each?: Value } {
  const pieces = piecesOf(trace, frame, state, node, assignment);
  let value: Value = known('');
  for (const piece of pieces) value = concat(value, piece.how === 'glob' ? literalGlob(piece.value) : piece.value);
  return {
    value,
    taints: mergeTaints(...pieces.map((piece) => piece.taints)),
    fields: 'one',
    span: spanOf(frame.source, node),
    ...(pieces.length === 1 && pieces[0]?.each ? { each: pieces[0].each } : {}),
  };
}

const literalGlob = (value: Value): Value =>
  value.kind === 'pattern' && value.glob !== undefined ? known(value.glob) : value;

/** The words that a word of a command line becomes. */
export function expandFields(trace: Trace, frame: Frame, state: State, node: Ast.Word): Word[] {
  const span = spanOf(frame.source, node);
  const raw = frame.source.text.slice(node.pos, node.end);
  if (node.parts === undefined && raw === node.value && PLAIN_WORD.test(raw))
    return [{ value: known(raw), taints: NONE, fields: 'one', span }];
  if (node.parts?.some((part) => part.type === 'BraceExpansion') || mayBrace(raw)) {
    const words = braceWords(raw);
    if (words === undefined)
      return [{ value: unknown('a brace expansion that is not followed'), taints: NONE, fields: 'many', span }];
    if (words.length !== 1 || words[0] !== raw)
      return words.flatMap((text) => {
        if (text === '') return [];
        const parsed = parseWord(text);
        if (parsed === undefined)
          return [
            { value: unknown('a brace expansion that is not followed'), taints: NONE, fields: 'many' as const, span },
          ];
        const inner: Frame = { ...frame, source: innerSource(parsed.source, frame.source, span) };
        return disguised(fieldsOf(piecesOf(trace, inner, state, parsed.word), state, span), BRACES);
      });
  }
  return disguised(fieldsOf(piecesOf(trace, frame, state, node), state, span), disguiseOf(node, raw));
}

const disguised = (words: Word[], disguise: string | undefined): Word[] =>
  disguise === undefined ? words : words.map((word) => ({ ...word, disguise }));

const PLAIN_WORD = /^[A-Za-z0-9_./:,@%+-][A-Za-z0-9_./:,@%+=-]*$/;

/** True for an unquoted `{…,…}` or `{…..…}` that the parser did not mark; whether shells agree on it is not known. */
const mayBrace = (raw: string): boolean =>
  raw.includes('{') && !/['"\\$`]/.test(raw) && /\{[^{}]*(?:,|\.\.)[^{}]*\}/.test(raw);

/** Splits pieces into words as unquoted expansions and globs do. */
function fieldsOf(pieces: readonly Piece[], state: State, span: Word['span']): Word[] {
  const done: Word[] = [];
  let current: { value: Value; taints: readonly Taint[]; many: boolean } | undefined;
  const add = (value: Value, taints: readonly Taint[], many = false): void => {
    current = current
      ? { value: concat(current.value, value), taints: mergeTaints(current.taints, taints), many: current.many || many }
      : { value, taints, many };
  };
  const finish = (): void => {
    if (current)
      done.push({ value: current.value, taints: current.taints, fields: current.many ? 'many' : 'one', span });
    current = undefined;
  };
  const set = state.vars.get('IFS');
  const ifs = set === undefined || set.unset ? ' \t\n' : plainText(set.value);
  for (const piece of pieces.flatMap(flatten)) {
    if (piece === BREAK) {
      finish();
      continue;
    }
    if (piece.how === 'quoted' || piece.how === 'literal') add(piece.value, piece.taints);
    else if (piece.how === 'glob')
      add(state.noGlob ? literalGlob(piece.value) : piece.value, piece.taints, !state.noGlob);
    else if (piece.value.kind === 'known' && ifs !== undefined) {
      const words = splitFields(piece.value.text, ifs);
      words.forEach((field, index) => {
        if (index > 0) finish();
        if (field !== '')
          add(
            GLOB.test(field) && !state.noGlob ? globValue(field) : known(field),
            piece.taints,
            GLOB.test(field) && !state.noGlob,
          );
      });
    } else if (piece.value.kind === 'oneOf' && ifs === ' \t\n') add(...splitAlternatives(piece, pieces.length === 1));
    else if (piece.each && pieces.length === 1 && (ifs === ' \t\n' || ifs === '\n'))
      add(piece.each, piece.taints, true);
    else if (isPlainName(piece.value)) add(piece.value, piece.taints);
    else
      add(
        texts(piece.value) ? unknown('a text that is split in a way that is not known') : piece.value,
        piece.taints,
        true,
      );
  }
  finish();
  return done;
}

/** Fields of an expansion: white space of IFS counts in runs, its other characters each (bash manual 3.5.7). */
function splitFields(plain: string, ifs: string): readonly string[] {
  if (ifs === ' \t\n') return plain.split(/[ \t\n]+/);
  if (ifs === '') return [plain];
  const escaped = ifs.replace(/[\\\]^-]/g, '\\$&');
  const blank = [...ifs].filter((each) => /\s/.test(each)).join('');
  const blanks = blank === '' ? '' : `[${blank}]*`;
  return plain.split(new RegExp(`${blanks}[${escaped}]${blanks}`));
}

/** Stands between the words of a list. */
const BREAK: Piece = { value: known(''), taints: NONE, how: 'quoted' };

/** The words of `"$@"` stay as they are; those of `$@` and `${a[*]}` are split like any expansion. */
function flatten(piece: Piece): readonly Piece[] {
  if (piece.list === undefined) return [piece];
  return piece.list.flatMap((word, index) => {
    const how = piece.how === 'quoted' && word.fields === 'one' ? 'quoted' : 'expanded';
    const each: Piece = { value: word.value, taints: word.taints, how };
    return index === 0 ? [each] : [BREAK, each];
  });
}

/** Numbers and fresh temporary names hold no white space. */
const isPlainName = (value: Value): boolean => value.kind === 'pattern' && !value.climbs && value.glob === undefined;

const GLOB = /[*?[]/;

function globValue(text: string): Value {
  const first = text.search(GLOB);
  const last = Math.max(text.lastIndexOf('*'), text.lastIndexOf('?'), text.lastIndexOf(']'), first);
  return pattern(text.slice(0, first), text.slice(last + 1), 'a file name pattern', { climbs: false, glob: text });
}

function splitAlternatives(piece: Piece, alone: boolean): [Value, readonly Taint[], boolean] {
  const all = texts(piece.value) ?? [];
  if (all.every((text) => /^[^\s*?[]+$/.test(text))) return [piece.value, piece.taints, false];
  const words = all.flatMap((text) => text.split(/[ \t\n]+/)).filter((text) => text !== '');
  if (alone && words.length > 0 && words.every((text) => !GLOB.test(text))) return [oneOf(words), piece.taints, true];
  return [unknown('one of several texts that are split into words'), piece.taints, true];
}

/** The pieces of a word; a word whose quoting is in doubt is one unknown piece. */
function piecesOf(trace: Trace, frame: Frame, state: State, node: Ast.Word, assignment = false): Piece[] {
  const raw = frame.source.text.slice(node.pos, node.end);
  if (raw !== node.text) return [doubtful()];
  if (node.parts === undefined || node.parts.length === 0) {
    const plain = dequoteBare(raw);
    return plain === undefined || plain !== node.value
      ? [doubtful()]
      : literalPieces(trace, state, raw, plain, assignment);
  }
  let next = node.pos;
  let before: Ast.WordPart | undefined;
  const pieces: Piece[] = [];
  for (const part of node.parts) {
    if (part.pos !== next) return [...pieces, doubtful()];
    next = part.end;
    pieces.push(...closed(before, partPieces(trace, frame, state, part, part.pos === node.pos, assignment)));
    before = part;
  }
  return next === node.end ? pieces : [...pieces, doubtful()];
}

/** The second brace that ends `${{ … }}` belongs to it and is no text. */
const closed = (before: Ast.WordPart | undefined, pieces: Piece[]): Piece[] => {
  const [first] = pieces;
  if (before?.type !== 'ParameterExpansion' || !TEMPLATE.test(before.text)) return pieces;
  if (first?.value.kind !== 'known' || !first.value.text.startsWith('}')) return [doubtful()];
  return [{ ...first, value: known(first.value.text.slice(1)) }, ...pieces.slice(1)];
};

const doubtful = (): Piece => ({ value: unknown('its quoting is in doubt'), taints: NONE, how: 'expanded' });

/** Unquoted text: a leading tilde is a home folder (also after `name=` of an argument, bash manual 3.5.2). */
function literalPieces(
  trace: Trace,
  state: State,
  written: string,
  plain: string,
  assignment: boolean,
  whole = true,
): Piece[] {
  const raw = written.replaceAll('\\\n', '');
  const literal = (text: string): Piece => ({ value: known(text), taints: NONE, how: 'literal' });
  const prefix = assignment ? '' : (/^[A-Za-z_]\w*=(?=~)/.exec(raw)?.[0] ?? '');
  const tilde = /^~([A-Za-z0-9_+-]*)(?=\/|:|$)/.exec(raw.slice(prefix.length));
  const ends = tilde !== null && prefix.length + tilde[0].length === raw.length;
  // A tilde prefix that runs into quotes or an expansion is plain text.
  if (!tilde || !plain.startsWith(`${prefix}~`) || (ends && !whole)) return [literal(plain)];
  const rest = plain.slice(prefix.length + tilde[0].length);
  const home = tildeValue(trace, state, tilde[1] as string);
  return [...(prefix ? [literal(prefix)] : []), quoted(home), ...(rest ? [literal(rest)] : [])];
}

function tildeValue(trace: Trace, state: State, user: string): Value {
  if (user === '') return state.vars.get('HOME')?.value ?? known(trace.context.home);
  if (user === '+') return state.cwd;
  if (user === '-') return state.oldCwd;
  if (user === 'root') return oneOf(['/root', '~root']);
  return user === trace.context.env.USER ? known(trace.context.home) : unknown(`the home folder of ${user}`);
}

function partPieces(
  trace: Trace,
  frame: Frame,
  state: State,
  part: Ast.WordPart,
  first: boolean,
  assignment: boolean,
): Piece[] {
  const raw = frame.source.text.slice(part.pos, part.end);
  if (raw !== part.text) return [doubtful()];
  switch (part.type) {
    case 'Literal': {
      const plain = dequoteBare(raw);
      if (plain === undefined || plain !== part.value) return [doubtful()];
      return first
        ? literalPieces(trace, state, raw, plain, assignment, false)
        : [{ value: known(plain), taints: NONE, how: 'literal' }];
    }
    case 'SingleQuoted':
      return [raw === `'${part.value}'` ? quoted(known(part.value)) : doubtful()];
    case 'AnsiCQuoted': {
      const plain = dequoteAnsi(raw.slice(2, -1));
      return [
        plain !== undefined && plain === part.value
          ? quoted(known(plain))
          : quoted(unknown('an escape that is not decoded')),
      ];
    }
    case 'DoubleQuoted':
    case 'LocaleString':
      return doubleQuoted(trace, frame, state, part);
    case 'Glob':
      if (part.kind === 'bracket') for (const child of part.parts) partPieces(trace, frame, state, child, false, true);
      return [{ value: globValue(raw), taints: NONE, how: 'glob' }];
    case 'SimpleExpansion':
      return [variablePiece(trace, state, raw.slice(1), false)];
    case 'ParameterExpansion':
      return expandParameter(trace, frame, state, part, false);
    case 'CommandExpansion':
      return [{ ...substitution(trace, frame, state, part), how: 'expanded' }];
    case 'ArithmeticExpansion':
      return [
        {
          value: evaluateArithmetic(trace, frame, state, part.expression, spanOf(frame.source, part)),
          taints: NONE,
          how: 'quoted',
        },
      ];
    case 'ProcessSubstitution':
      return [quoted(processSubstitution(trace, frame, state, part))];
    case 'BraceExpansion':
    case 'ExtendedGlob':
      for (const child of part.parts ?? []) partPieces(trace, frame, state, child, false, true);
      return [assignment && part.type === 'BraceExpansion' && !/['"\\$`]/.test(raw) ? quoted(known(raw)) : doubtful()];
  }
}

function doubleQuoted(
  trace: Trace,
  frame: Frame,
  state: State,
  part: Ast.DoubleQuotedPart | Ast.LocaleStringPart,
): Piece[] {
  const open = part.type === 'LocaleString' ? 2 : 1;
  const pieces = insideDouble(trace, frame, state, part.parts, part.pos + open, part.end - 1, true);
  return pieces.length > 0 ? pieces : [quoted(known(''))];
}

/** Parts between double quotes or in a here-document; they must tile `from`..`to`. */
export function insideDouble(
  trace: Trace,
  frame: Frame,
  state: State,
  parts: readonly Ast.WordPart[],
  from: number,
  to: number,
  quotes: boolean,
): Piece[] {
  let next = from;
  let before: Ast.WordPart | undefined;
  const pieces: Piece[] = [];
  for (const part of parts) {
    const raw = frame.source.text.slice(part.pos, part.end);
    if (part.pos !== next || raw !== part.text) return [...pieces, quoted(unknown('its quoting is in doubt'))];
    next = part.end;
    if (part.type === 'Literal') {
      const plain = dequoteDouble(raw, quotes);
      const text = quoted(
        plain !== undefined && plain === part.value ? known(plain) : unknown('its quoting is in doubt'),
      );
      pieces.push(...closed(before, [text]));
    } else if (part.type === 'SimpleExpansion') pieces.push(variablePiece(trace, state, raw.slice(1), true));
    else if (part.type === 'ParameterExpansion') pieces.push(...expandParameter(trace, frame, state, part, true));
    else if (part.type === 'CommandExpansion')
      pieces.push({ ...substitution(trace, frame, state, part, quotes), how: 'quoted' });
    else if (part.type === 'ArithmeticExpansion')
      pieces.push(quoted(evaluateArithmetic(trace, frame, state, part.expression, spanOf(frame.source, part))));
    else pieces.push(quoted(unknown('an expansion that is not known here')));
    before = part;
  }
  return next === to ? pieces : [...pieces, quoted(unknown('its quoting is in doubt'))];
}

function variablePiece(trace: Trace, state: State, name: string, inQuotes: boolean): Piece {
  const how = inQuotes ? 'quoted' : 'expanded';
  if (name === '@' || (name === '*' && !inQuotes)) {
    const list = listOf(state, name);
    if (list) return { value: known(''), taints: NONE, how, list };
    return { value: unknown('the arguments of the script'), taints: NONE, how: 'expanded' };
  }
  const { value, taints, each } = lookUp(trace, state, name);
  return { value, taints, how, ...(each ? { each } : {}) };
}
