// Owns the only use of the shell parser, and what makes a reading of it strict: errors at any depth, coverage, tripwires.
import { forEachChild, type ParsedScript, parse, type SyntaxNode, type Word } from 'unbash';

export type * as Ast from 'unbash';

/** Something in the text that shells may read otherwise than the parser did. Offsets are those of the text. */
export interface Problem {
  readonly because: string;
  readonly pos: number;
  readonly end: number;
}

export interface Parsed {
  readonly script: ParsedScript | undefined;
  readonly problems: readonly Problem[];
}

/** Longest text that is read, in UTF-16 units; longer input is opaque. */
const MAX_SOURCE = 64 * 1024;
const MAX_NODES = 50_000;
const MAX_DEPTH = 200;
const TOO_DEEP = 'it is nested too deeply';
/** Larger numbers before a redirection are words of their own. */
const MAX_DESCRIPTOR = 1023;
/** One is enough to make the call opaque; more would only cost time. */
const MAX_PROBLEMS = 8;

interface Ranges {
  /** Single-quoted text and quoted here-documents: nothing in them is expanded. */
  readonly literal: { pos: number; end: number }[];
  /** Starts of substitutions the walk visited, and ends of backquotes. */
  readonly visited: Set<number>;
  /** Ranges of words, so that what stands outside them can be told to be a comment. */
  readonly words: { pos: number; end: number }[];
  /** Substitutions in backquotes that hold backslashes: read again, decoded, by the interpreter. */
  readonly decoded: { pos: number; end: number }[];
  readonly substitutions: { pos: number; end: number }[];
  readonly coprocesses: { pos: number; end: number }[];
}

/** Parses and distrusts: every doubt is a problem, and a call with a problem is opaque. */
export function parseStrict(text: string): Parsed {
  if (text.length > MAX_SOURCE)
    return { script: undefined, problems: [{ because: 'it is too long to be read', pos: 0, end: text.length }] };
  if (parenthesesDeep(text)) return { script: undefined, problems: [{ because: TOO_DEEP, pos: 0, end: text.length }] };
  let script: ParsedScript;
  const problems: Problem[] = [];
  try {
    script = parse(text);
    const ranges: Ranges = {
      literal: [],
      visited: new Set(),
      words: [],
      decoded: [],
      substitutions: [],
      coprocesses: [],
    };
    const budget = { nodes: 0 };
    walk(script as SyntaxNode, text, ranges, problems, budget, 0);
    if (budget.nodes > MAX_NODES) problems.push({ because: 'it has too many parts', pos: 0, end: text.length });
    tripwires(text, ranges, problems);
    if (budget.nodes > MAX_NODES || problems.some((problem) => problem.because === TOO_DEEP))
      return { script: undefined, problems };
  } catch (error) {
    return {
      script: undefined,
      problems: [{ because: `it cannot be parsed (${(error as Error).name})`, pos: 0, end: text.length }],
    };
  }
  return { script, problems };
}

/** Open parentheses beyond the depth that is walked, counted without regard to quotes: the parser takes long over them. */
function parenthesesDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x28) {
      if (++depth > MAX_DEPTH) return true;
    } else if (code === 0x29 && depth > 0) depth--;
  }
  return false;
}

function walk(
  node: SyntaxNode,
  text: string,
  ranges: Ranges,
  problems: Problem[],
  budget: { nodes: number },
  depth: number,
): void {
  if (++budget.nodes > MAX_NODES) return;
  if (depth > MAX_DEPTH) {
    if (!problems.some((problem) => problem.because === TOO_DEEP))
      problems.push({ because: TOO_DEEP, pos: node.pos, end: node.end });
    return;
  }
  const errors = (node as { errors?: readonly { message: string; pos?: number }[] }).errors;
  if (errors && errors.length > 0)
    problems.push({ because: `syntax error: ${errors[0]?.message ?? 'unknown'}`, pos: node.pos, end: node.end });
  switch (node.type) {
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      ranges.literal.push(node);
      break;
    case 'HereDoc':
      if (node.delimiter?.quoted) {
        ranges.literal.push(node.body);
        return;
      }
      ranges.words.push(node.body);
      // Continued lines are joined before the substitution is parsed, even between its quotes.
      if (node.body.parts?.some((part) => part.type === 'CommandExpansion' && part.text.includes('\\\n')))
        problems.push({
          because: 'a line is continued in a substitution of a here-document',
          pos: node.pos,
          end: node.end,
        });
      if (node.closing === undefined && node.body.text !== '')
        problems.push({ because: 'a here-document has no end', pos: node.pos, end: node.end });
      break;
    case 'Redirect':
      if (
        node.operator === '<' &&
        node.target !== undefined &&
        text[node.target.end] === '>' &&
        /^[A-Za-z][\w.:-]*$/.test(node.target.text)
      )
        problems.push({
          because: `the placeholder <${node.target.text}> was not filled in`,
          pos: node.pos,
          end: node.end,
        });
      if (/^-./.test(node.target?.text ?? '') && node.operator.endsWith('&'))
        problems.push({ because: 'a word glued to a closed descriptor', pos: node.pos, end: node.end });
      if (node.descriptor?.type === 'FileDescriptor' && node.descriptor.value > MAX_DESCRIPTOR)
        problems.push({ because: 'a number that is no descriptor', pos: node.pos, end: node.end });
      break;
    case 'ProcessSubstitution':
      if (/[^\s;&|(<>]/.test(text[node.pos - 1] ?? ' ') || /[^\s;&|()<>`]/.test(text[node.end] ?? ' '))
        problems.push({ because: 'a word glued to a process substitution', pos: node.pos, end: node.end });
      ranges.visited.add(node.pos);
      break;
    case 'ArithmeticExpansion':
    case 'ArithmeticCommandExpansion':
    case 'CommandExpansion':
      if (node.type === 'CommandExpansion') ranges.substitutions.push(node);
      ranges.visited.add(node.pos);
      if (text[node.pos] === '`') {
        ranges.visited.add(node.end - 1);
        if (node.text.includes('\\')) {
          ranges.decoded.push(node);
          return;
        }
      }
      break;
    case 'Coproc':
      ranges.coprocesses.push(node);
      break;
    case 'ArithmeticCommand':
    case 'ArithmeticFor':
      ranges.words.push(node);
      break;
    case 'ExtendedGlob':
      problems.push({
        because: 'a pattern in parentheses, which shells read differently',
        pos: node.pos,
        end: node.end,
      });
      break;
    case 'ParameterExpansion':
      if (
        (node.operation?.type === 'Unknown' && !(TEMPLATE.test(node.text) && text[node.end] === '}')) ||
        node.text.startsWith('${(')
      )
        problems.push({ because: 'an expansion that shells read differently', pos: node.pos, end: node.end });
      if (node.operation?.type === 'Transform' && /^[PE]/.test(node.operation.operand.text))
        problems.push({ because: 'an expansion that evaluates its value', pos: node.pos, end: node.end });
      checkSubscript(node.index, problems);
      break;
    case 'Assignment':
      checkSubscript(node.index, problems);
      ranges.words.push(node);
      break;
    case 'Word':
      ranges.words.push(node);
      if (/^=[A-Za-z]/.test(node.text))
        problems.push({ because: 'a word that zsh replaces with the path of a program', pos: node.pos, end: node.end });
      if (node.parts && node.parts.length > 1 && node.parts.some((part) => part.type === 'ProcessSubstitution'))
        problems.push({ because: 'a word glued to a process substitution', pos: node.pos, end: node.end });
      break;
    default:
      break;
  }
  forEachChild(node, (child) => walk(child, text, ranges, problems, budget, depth + 1));
}

/** `${{ matrix.os }}` of a workflow: every shell refuses it unless the pipeline put a text there before. */
export const TEMPLATE = /^\$\{\{[^{}$`"'\\\n]*('[^{}$`"'\\\n]*'[^{}$`"'\\\n]*)*\}$/;

function checkSubscript(
  index:
    | {
        readonly text: string;
        readonly pos: number;
        readonly end: number;
        readonly parts?: readonly unknown[] | undefined;
      }
    | undefined,
  problems: Problem[],
): void {
  if (index && /[$`]/.test(index.text) && (index.parts === undefined || index.parts.length === 0))
    problems.push({ because: 'a subscript that is evaluated', pos: index.pos, end: index.end });
}

const CONTROL = /[\x00-\x08\x0b-\x1f\x7f]/;
const SUBSTITUTION = /\$\(|`|[<>]\(/g;
/** A line continuation right behind or in front of a character that begins an operator or expansion. */
const CONTINUED_OPERATOR = /[$&|;<>({`]\\\n|\\\n[({]/g;

function tripwires(text: string, ranges: Ranges, problems: Problem[]): void {
  const control = CONTROL.exec(text);
  if (control) problems.push({ because: 'it holds control characters', pos: control.index, end: control.index + 1 });
  const inLiteral = rangeTest(ranges.literal);
  const inDecoded = rangeTest(ranges.decoded);
  const inWord = rangeTest(ranges.words);
  const inSubstitution = rangeTest(ranges.substitutions);
  // bash 5.2 prints a substitution again before it runs it, and there it writes the coprocess's name as a command.
  for (const coprocess of ranges.coprocesses)
    if (inSubstitution(coprocess.pos))
      problems.push({ because: 'a coprocess in a substitution', pos: coprocess.pos, end: coprocess.end });
  for (const match of text.matchAll(CONTINUED_OPERATOR))
    if (!inLiteral(match.index) && !isEscaped(text, match.index))
      problems.push({
        because: 'a line is continued inside an operator',
        pos: match.index,
        end: match.index + match[0].length,
      });
  for (const match of text.matchAll(SUBSTITUTION)) {
    const at = match.index;
    if (ranges.visited.has(at) || inLiteral(at) || isEscaped(text, at) || inDecoded(at)) continue;
    if (/^[<>]/.test(match[0]) && (inWord(at) || isEscaped(text, at))) continue;
    if (!inWord(at) && isComment(text, at)) continue;
    if (problems.length >= MAX_PROBLEMS) return;
    problems.push({ because: 'a substitution that the parser did not see', pos: at, end: at + match[0].length });
  }
}

/** True when an odd number of backslashes stands before the offset. */
function isEscaped(text: string, at: number): boolean {
  let count = 0;
  while (text[at - 1 - count] === '\\') count++;
  return count % 2 === 1;
}

/** True when a `#` that can begin a comment stands earlier on the line. */
function isComment(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', at) + 1, at);
  return /(^|[\s;&|()])#/.test(line);
}

/** Membership in sorted, possibly nested ranges by binary search over their merged form. */
function rangeTest(ranges: readonly { readonly pos: number; readonly end: number }[]): (at: number) => boolean {
  const merged: { pos: number; end: number }[] = [];
  for (const range of [...ranges].sort((a, b) => a.pos - b.pos)) {
    const last = merged.at(-1);
    if (last && range.pos <= last.end) last.end = Math.max(last.end, range.end);
    else merged.push({ pos: range.pos, end: range.end });
  }
  return (at) => {
    let low = 0;
    let high = merged.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const range = merged[middle] as { pos: number; end: number };
      if (at < range.pos) high = middle - 1;
      else if (at >= range.end) low = middle + 1;
      else return true;
    }
    return false;
  };
}

/** A piece of text read as one word, for what expansion produced; undefined when it is not exactly one word free of doubts. */
export function parseWord(text: string): { readonly word: Word; readonly source: string } | undefined {
  const source = `x ${text}`;
  const { script, problems } = parseStrict(source);
  const command = script?.commands.length === 1 ? script.commands[0]?.command : undefined;
  if (problems.length > 0 || command?.type !== 'Command' || command.suffix.length !== 1 || command.prefix.length > 0)
    return undefined;
  const only = command.suffix[0];
  return only?.type === 'Word' ? { word: only, source } : undefined;
}
