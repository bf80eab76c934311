// Says what is known of an expression of Go from its tokens: texts, what is joined to them, variables that are set once. Emits nothing.
import { joinPath } from '../../core/path.ts';
import type { ReadCode } from '../../core/program.ts';
import { concat, known, pattern, text, unknown, type Value } from '../../core/value.ts';
import { hasEscape, type Token } from '../script/tokens.ts';

export type Tokens = readonly Token[];

/** Where the expression begins of each variable that is set exactly once; undefined for all others. */
export type Variables = ReadonlyMap<string, { readonly from: number; readonly alone: boolean } | undefined>;

export interface Scope {
  readonly setting: Parameters<ReadCode>[1];
  /** Paths of packages by the names they go by here. */
  readonly imports: ReadonlyMap<string, string>;
  readonly tokens: Tokens;
  readonly variables: Variables;
}

const DEPTH: Readonly<Record<string, number>> = { '(': 1, '[': 1, '{': 1, ')': -1, ']': -1, '}': -1 };
const depthOf = (token: Token): number => (token.kind === 'mark' ? (DEPTH[token.text] ?? 0) : 0);
const isMark = (token: Token | undefined, mark: string): boolean => token?.kind === 'mark' && token.text === mark;

/** Tokens from `from` to where their brackets close or the expression ends. */
export function expressionAt(tokens: Tokens, from: number): Tokens {
  let depth = 0;
  for (let at = from; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    const change = depthOf(token);
    const goesOn = at > from && /^[+.,(]$/.test(tokens[at - 1]?.text ?? '');
    if (
      depth === 0 &&
      (change < 0 || isMark(token, ';') || isMark(token, '{') || (token.newline && at > from && !goesOn))
    )
      return tokens.slice(from, at);
    depth += change;
  }
  return tokens.slice(from);
}

export function split(tokens: Tokens, mark: string): readonly Tokens[] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    depth += depthOf(token);
    if (depth === 0 && isMark(token, mark)) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.length > 0);
}

/** Arguments of the call whose parenthesis stands at `open`. */
export function argumentsAt(tokens: Tokens, open: number): readonly Tokens[] {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    depth += depthOf(tokens[at] as Token);
    if (depth === 0) return split(tokens.slice(open + 1, at), ',');
  }
  return [];
}

/** Deeper brackets are not read, so that looking at what stands in them takes no more than so many passes. */
const MAX_NESTING = 60;

export function nestsDeeply(tokens: Tokens): boolean {
  let depth = 0;
  return tokens.some((token) => {
    depth += depthOf(token);
    return depth > MAX_NESTING;
  });
}

/** The variables of the whole file: one that is set twice, is a parameter or whose address is taken can hold anything. */
export function variablesOf(tokens: Tokens): Variables {
  const variables = new Map<string, { from: number; alone: boolean } | undefined>();
  const set = (name: string, from: number | undefined, alone = true): void => {
    const known = from !== undefined && !variables.has(name) && tokens[from]?.text !== 'range';
    variables.set(name, known ? { from, alone } : undefined);
  };
  tokens.forEach((token, at) => {
    const [before, next, third] = [tokens[at - 1], tokens[at + 1], tokens[at + 2]];
    if (token.kind !== 'word') return;
    if (token.text === 'func')
      for (const name of parametersAt(tokens, isMark(next, '(') ? at + 1 : at + 2)) set(name, undefined);
    if (isMark(before, '.')) return;
    const changed = isMark(third, '=') && next?.kind === 'mark' && /^[-+*/%&|^]$/.test(next.text);
    if (isMark(before, '&') || changed) set(token.text, undefined);
    const end = endOfNames(tokens, at);
    const first = !isMark(before, ',');
    if (end !== undefined) set(token.text, first ? end : undefined, !isMark(next, ','));
    else if (/^(var|const)$/.test(before?.text ?? '') && next?.kind === 'word')
      set(token.text, isMark(third, '=') ? at + 3 : undefined);
  });
  return variables;
}

/** All words in the brackets of a function's receiver, parameters and results. */
function parametersAt(tokens: Tokens, open: number): readonly string[] {
  const names: string[] = [];
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    const [next, after] = [tokens[at + 1], tokens[at + 2]];
    depth += depthOf(token);
    if (token.kind === 'word') names.push(token.text);
    const named = next?.kind === 'word' && after?.kind === 'mark' && /^[([]$/.test(after.text);
    if (depth === 0 && token.kind === 'mark' && !isMark(next, '(') && !named) break;
  }
  return names;
}

/** Where the expression begins that `a :=`, `a, b :=` or `a, b =` is set to. */
function endOfNames(tokens: Tokens, from: number): number | undefined {
  let at = from;
  while (tokens[at]?.kind === 'word' && isMark(tokens[at + 1], ',')) at += 2;
  if (tokens[at]?.kind !== 'word') return undefined;
  if (isMark(tokens[at + 1], '=')) return at + 2;
  return isMark(tokens[at + 1], ':') && isMark(tokens[at + 2], '=') ? at + 3 : undefined;
}

const MAX_DEPTH = 12;

export function evaluate(tokens: Tokens, scope: Scope, depth = 0): Value {
  const nothing = unknown('computed while the code runs');
  const [first, second, third] = tokens;
  if (depth > MAX_DEPTH || first === undefined) return nothing;
  const sum = split(tokens, '+');
  if (sum.length > 1) return sum.map((part) => evaluate(part, scope, depth + 1)).reduce(concat);
  if (tokens.length === 1) {
    if (first.kind === 'string') return first.computed || hasEscape(first.text) ? nothing : known(first.text);
    const variable = first.kind === 'word' ? scope.variables.get(first.text) : undefined;
    if (variable === undefined) return nothing;
    const expression = expressionAt(scope.tokens, variable.from);
    return variable.alone || split(expression, ',').length === 1 ? evaluate(expression, scope, depth + 1) : nothing;
  }
  if (first.kind !== 'word' || !isMark(second, '.') || third?.kind !== 'word') return nothing;
  const name = `${scope.imports.get(first.text) ?? ''}.${third.text}`;
  if (name === 'os.Args' && isMark(tokens[3], '[') && tokens.length === 6)
    return scope.setting.args[Number(tokens[4]?.text) - 1]?.value ?? nothing;
  const closes = isMark(tokens[3], '(') && isMark(tokens.at(-1), ')') && split(tokens.slice(3), ',').length === 1;
  return closes ? resultOf(name, argumentsAt(tokens, 3), scope, depth) : nothing;
}

/** An absolute part does not begin anew, as it does in other languages. */
const joined = (left: Value, right: Value): Value =>
  text(left) === '' ? right : concat(concat(left, known('/')), right);

function resultOf(name: string, args: readonly Tokens[], scope: Scope, depth: number): Value {
  const { context, cwd, env } = scope.setting;
  const value = (at: number): Value => evaluate(args[at] ?? [], scope, depth + 1);
  const folder = context.tmp[0] ?? '/tmp';
  switch (name) {
    case 'path/filepath.Join':
    case 'path.Join':
      return args.map((_, at) => value(at)).reduce(joined, known(''));
    case 'os.TempDir':
      return known(folder);
    case 'os.Getwd':
      return cwd;
    case 'os.UserHomeDir':
      return known(context.home);
    case 'os.MkdirTemp':
    case 'io/ioutil.TempDir': {
      const within = text(value(0));
      return within === undefined
        ? unknown('a folder that the code computes')
        : pattern(`${joinPath(folder, within)}/`, '', 'a fresh temporary name', { climbs: false });
    }
    case 'os.Getenv':
      return env(text(value(0)) ?? '')?.value ?? unknown('a variable of the environment');
    default:
      return unknown('computed while the code runs');
  }
}
