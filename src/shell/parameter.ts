// Owns `${…}`: the operators of parameter expansion on values that are known, and what can be said when they are not.
import {
  concat,
  join,
  known,
  mergeTaints,
  number,
  oneOf,
  pattern,
  type Taint,
  texts,
  unknown,
  type Value,
} from '../core/value.ts';
import { globMatcher } from './glob.ts';
import { type Ast, TEMPLATE } from './parse.ts';
import { spanOf } from './source.ts';
import type { State } from './state.ts';
import { addOpaque, type Frame, type Trace } from './trace.ts';
import { listOf, lookUp, setVariable } from './variables.ts';
import { expandSingle, type Piece } from './words.ts';

const NONE: readonly Taint[] = [];
const ANY_VARIABLE: readonly Taint[] = [{ label: 'secret', from: 'the environment' }];

export function expandParameter(
  trace: Trace,
  frame: Frame,
  state: State,
  part: Ast.ParameterExpansionPart,
  inQuotes: boolean,
): Piece[] {
  const how = inQuotes ? 'quoted' : 'expanded';
  const index = part.index?.text;
  if (part.index?.parts) expandSingle(trace, frame, state, part.index);
  if (part.prefix === '#') return [{ value: number('a length'), taints: NONE, how: 'quoted' }];
  if (part.prefix === '!') return [indirect(trace, state, part, how)];
  const name = part.parameter;
  if (index === '@' || index === '*' || name === '@' || (name === '*' && !inQuotes)) {
    const list = listOf(state, name);
    if (list && part.operation === undefined) return [{ value: known(''), taints: NONE, how, list }];
    const taints = list ? mergeTaints(...list.map((word) => word.taints)) : lookUp(trace, state, name).taints;
    return [{ value: unknown(`the elements of ${name}`), taints, how: 'expanded' }];
  }
  if (index !== undefined) return [{ ...element(trace, state, name, index), how }];
  const variable = lookUp(trace, state, name);
  const result = operate(trace, frame, state, part, variable.value, variable.taints);
  return [{ ...result, how, ...(variable.each && part.operation === undefined ? { each: variable.each } : {}) }];
}

/** `${!name}`: the variable whose name another variable holds. */
function indirect(trace: Trace, state: State, part: Ast.ParameterExpansionPart, how: Piece['how']): Piece {
  const names = texts(lookUp(trace, state, part.parameter).value);
  if (
    part.operation !== undefined ||
    part.index !== undefined ||
    names === undefined ||
    !names.every((name) => /^\w+$/.test(name))
  )
    return {
      value: unknown('a variable whose name is not known'),
      // Names and keys are no values; any variable may be a credential.
      taints: part.index === undefined && names === undefined && part.operation?.type !== 'Names' ? ANY_VARIABLE : NONE,
      how: 'expanded',
    };
  const found = names.map((name) => lookUp(trace, state, name));
  return {
    value: found.map((variable) => variable.value).reduce(join),
    taints: mergeTaints(...found.map((variable) => variable.taints)),
    how,
  };
}

function element(trace: Trace, state: State, name: string, index: string): { value: Value; taints: readonly Taint[] } {
  const variable = lookUp(trace, state, name);
  const word = /^\d+$/.test(index) ? variable.elements?.[Number(index)] : undefined;
  if (word) return { value: word.value, taints: word.taints };
  return { value: unknown(`an element of ${name}`), taints: variable.taints };
}

interface Result {
  readonly value: Value;
  readonly taints: readonly Taint[];
}

function operate(
  trace: Trace,
  frame: Frame,
  state: State,
  part: Ast.ParameterExpansionPart,
  value: Value,
  taints: readonly Taint[],
): Result {
  const { operation } = part;
  if (operation === undefined) return { value, taints };
  const operand = (word: Ast.Word): Result => expandSingle(trace, frame, state, word);
  switch (operation.type) {
    case 'Default':
      return withDefault(
        state,
        part.parameter,
        operation.operator,
        value,
        taints,
        spaced(frame, operation.operand) ?? operand(operation.operand),
        state.vars.get(part.parameter)?.unset === true,
      );
    case 'Remove': {
      const cut = operand(operation.operand);
      return { value: remove(value, operation.operator, cut.value), taints };
    }
    case 'Replace': {
      const from = operand(operation.pattern);
      const to = operand(operation.replacement);
      return {
        value: replace(value, operation.operator, from.value, to.value),
        taints: mergeTaints(taints, to.taints),
      };
    }
    case 'Slice': {
      operand(operation.offset);
      if (operation.length) operand(operation.length);
      return { value: slice(value, operation.offset.text, operation.length?.text), taints };
    }
    case 'CaseModification':
      return { value: changeCase(value, operation.operator, operation.operand !== undefined), taints };
    case 'Transform':
    case 'Names':
    case 'Unknown':
      if (TEMPLATE.test(part.text))
        return {
          value: /^\$\{\{\s*github\.workspace\s*\}$/.test(part.text)
            ? known(trace.context.projectRoot)
            : unknown('a template expression'),
          taints: /secrets\b|token/i.test(part.text) ? [{ label: 'secret', from: 'the secrets of a pipeline' }] : NONE,
        };
      if (operation.type === 'Unknown')
        addOpaque(trace, frame, spanOf(frame.source, part), 'shell', 'an expansion that is not understood');
      return { value: unknown('a transformed value'), taints };
  }
}

/** A default with blanks, which end a word anywhere else; none of its characters means anything, inside quotes or out. */
function spaced(frame: Frame, word: Ast.Word): Result | undefined {
  const raw = frame.source.text.slice(word.pos, word.end);
  return raw === word.text && /^[\w./:,@%+= -]+$/.test(raw) ? { value: known(raw), taints: NONE } : undefined;
}

/** `:-` `:=` `:?` `:+` and their forms without a colon. */
function withDefault(
  state: State,
  name: string,
  operator: string,
  value: Value,
  taints: readonly Taint[],
  operand: Result,
  isUnset: boolean,
): Result {
  const colon = operator.startsWith(':');
  const kind = operator.at(-1);
  const all = texts(value);
  const surelyFull = all !== undefined && !isUnset && (colon ? all.every((text) => text !== '') : true);
  const surelyEmpty = isUnset || (all !== undefined && colon && all.every((text) => text === ''));
  if (kind === '+') {
    if (surelyFull) return operand;
    return surelyEmpty
      ? { value: known(''), taints: NONE }
      : { value: join(known(''), operand.value), taints: operand.taints };
  }
  if (kind === '?')
    return {
      value:
        value.kind === 'pattern' && value.ifEmpty !== undefined
          ? pattern(value.prefix, value.suffix, value.because, value)
          : value,
      taints,
    };
  if (surelyFull) return { value, taints };
  const chosen = surelyEmpty
    ? operand
    : { value: join(value, operand.value), taints: mergeTaints(taints, operand.taints) };
  if (kind === '=') setVariable(state, name, chosen.value, chosen.taints);
  return chosen;
}

function mapTexts(value: Value, change: (text: string) => string, because: string): Value {
  const all = texts(value);
  return all ? oneOf(all.map(change)) : unknown(because);
}

function remove(value: Value, operator: string, cut: Value): Value {
  if (cut.kind !== 'known') return unknown('a removed part that is not known');
  const matches = globMatcher(cut.text);
  if (matches === undefined) return unknown('a pattern that is not followed');
  const fromStart = operator.startsWith('#');
  const longest = operator.length === 2;
  const ending = value.kind === 'pattern' ? endingOf(value, operator, cut.text) : undefined;
  if (ending) return ending;
  if (value.kind === 'pattern' && value.glob === undefined && /^[^*?[\]\\]+$/.test(cut.text)) {
    if (fromStart && value.prefix.startsWith(cut.text))
      return pattern(value.prefix.slice(cut.text.length), value.suffix, value.because, { climbs: value.climbs });
    if (!fromStart && value.suffix.endsWith(cut.text))
      return pattern(value.prefix, value.suffix.slice(0, -cut.text.length), value.because, { climbs: value.climbs });
  }
  return mapTexts(
    value,
    (text) => {
      const lengths = Array.from({ length: text.length + 1 }, (_, length) => length);
      if (longest) lengths.reverse();
      for (const length of lengths) {
        const candidate = fromStart ? text.slice(0, length) : text.slice(text.length - length);
        if (matches(candidate)) return fromStart ? text.slice(length) : text.slice(0, text.length - length);
      }
      return text;
    },
    'part of a value that is not known',
  );
}

// What is left of a value with a known end: `${f%.png}`, `${f%.*}`, and the name in `${f##*/}`.
function endingOf(value: Extract<Value, { kind: 'pattern' }>, operator: string, cut: string): Value | undefined {
  const { prefix, suffix, because, climbs } = value;
  const dot = suffix.lastIndexOf('.');
  if (operator.startsWith('%') && /^[^*?[\]\\]+$/.test(cut) && suffix.endsWith(cut))
    return pattern(prefix, suffix.slice(0, -cut.length), because, { climbs });
  if (operator === '%' && cut === '.*' && dot >= 0) return pattern(prefix, suffix.slice(0, dot), because, { climbs });
  if (operator === '##' && cut === '*/' && /^[^/]*[^/.][^/]*$/.test(suffix))
    return pattern('', suffix, because, { climbs: false });
  return undefined;
}

function replace(value: Value, operator: string, from: Value, to: Value): Value {
  if (from.kind !== 'known' || to.kind !== 'known' || /[*?[\]\\&]/.test(from.text + to.text) || from.text === '')
    return unknown('a replaced part that is not known');
  const [search, put] = [from.text, to.text];
  return mapTexts(
    value,
    (text) => {
      if (operator === '//') return text.replaceAll(search, () => put);
      if (operator === '/#') return text.startsWith(search) ? put + text.slice(search.length) : text;
      if (operator === '/%') return text.endsWith(search) ? text.slice(0, -search.length) + put : text;
      return text.replace(search, () => put);
    },
    'part of a value that is not known',
  );
}

function slice(value: Value, offset: string, length: string | undefined): Value {
  const from = Number(offset.trim());
  const count = length === undefined ? undefined : Number(length.trim());
  if (!Number.isInteger(from) || (count !== undefined && !Number.isInteger(count))) return unknown('a part of a value');
  return mapTexts(
    value,
    (text) => {
      const start = from < 0 ? Math.max(0, text.length + from) : from;
      return count === undefined
        ? text.slice(start)
        : count < 0
          ? text.slice(start, text.length + count)
          : text.slice(start, start + count);
    },
    'a part of a value that is not known',
  );
}

function changeCase(value: Value, operator: string, only: boolean): Value {
  if (only) return unknown('a value in another case');
  const upper = operator.startsWith('^');
  const change = (text: string): string => (upper ? text.toUpperCase() : text.toLowerCase());
  return mapTexts(
    value,
    (text) => (operator.length === 2 ? change(text) : change(text.slice(0, 1)) + text.slice(1)),
    'a value in another case',
  );
}

/** Pieces written one after the other as one value. */
export const joinPieces = (pieces: readonly Piece[]): Value =>
  pieces.reduce<Value>((value, piece) => concat(value, piece.list ? listValue(piece.list) : piece.value), known(''));

function listValue(words: readonly { readonly value: Value }[]): Value {
  return words
    .map((word) => word.value)
    .reduce((left, right, index) => (index === 0 ? right : concat(concat(left, known(' ')), right)), known(''));
}
