// Owns what echo and printf print, as far as their words are known.
import type { Word } from '../core/invocation.ts';
import { concat, known, mergeTaints, text, unknown, type Value } from '../core/value.ts';
import { dequoteAnsi } from './dequote.ts';
import type { Out } from './trace.ts';

const taintsOf = (words: readonly Word[]): Out['taints'] => mergeTaints(...words.map((word) => word.taints));

export function printEcho(args: readonly Word[]): Out {
  let at = 0;
  let newline = true;
  let escapes = false;
  for (; at < args.length; at++) {
    const flag = text(args[at]?.value ?? unknown(''));
    if (flag === undefined || !/^-[neE]+$/.test(flag)) break;
    if (flag.includes('n')) newline = false;
    if (flag.includes('e')) escapes = true;
  }
  const words = args.slice(at);
  let value: Value = known('');
  words.forEach((word, index) => {
    if (index > 0) value = concat(value, known(' '));
    value = concat(value, word.value);
  });
  const taints = taintsOf(words);
  if (words.some((word) => word.fields === 'many' && word.value.kind !== 'known'))
    return { text: withNewline(unknown('words that are not known'), newline), taints };
  const plain = text(value);
  // zsh and sh expand escapes without -e, bash does not: text with a backslash is known only with -e.
  if (plain?.includes('\\')) {
    const decoded = dequoteAnsi(plain.replace(/\\c[\s\S]*$/, ''));
    if (!escapes)
      return {
        text:
          decoded === undefined || decoded === plain
            ? withNewline(known(plain), newline)
            : { kind: 'oneOf', texts: [plain, decoded].map((each) => each + (newline ? '\n' : '')) },
        taints,
      };
    return {
      text:
        decoded === undefined
          ? unknown('escapes that are not decoded')
          : withNewline(known(decoded), newline && !plain.includes('\\c')),
      taints,
    };
  }
  return { text: withNewline(value, newline), taints };
}

const withNewline = (value: Value, newline: boolean): Value => (newline ? concat(value, known('\n')) : value);

export function printPrintf(args: readonly Word[]): Out {
  const words = text(args[0]?.value ?? unknown('')) === '--' ? args.slice(1) : args;
  const taints = taintsOf(words);
  const format = text(words[0]?.value ?? unknown(''));
  if (format === undefined) return { text: unknown('a format that is not known'), taints };
  const given = words.slice(1);
  if (given.some((word) => word.fields === 'many' && word.value.kind !== 'known'))
    return { text: unknown('words that are not known'), taints };
  const pieces = splitFormat(format);
  if (pieces === undefined) return { text: unknown('a format that is not followed'), taints };
  const uses = pieces.filter((piece) => piece.directive).length;
  let value: Value = known('');
  let at = 0;
  do {
    for (const piece of pieces) {
      if (!piece.directive) {
        value = concat(value, known(piece.text));
        continue;
      }
      const word = given[at++];
      value = concat(value, formatted(piece.text, word));
    }
  } while (uses > 0 && at < given.length && at < 64);
  return { text: value, taints };
}

interface FormatPiece {
  readonly directive: boolean;
  readonly text: string;
}

function splitFormat(format: string): FormatPiece[] | undefined {
  const pieces: FormatPiece[] = [];
  let last = 0;
  const literal = (raw: string): boolean => {
    const decoded = dequoteAnsi(raw);
    if (decoded === undefined || raw.includes('%')) return false;
    pieces.push({ directive: false, text: decoded });
    return true;
  };
  for (const match of format.matchAll(/%(%|[-+ #0]*(?:\d+|\*)?(?:\.(?:\d+|\*))?[a-zA-Z])/g)) {
    if (!literal(format.slice(last, match.index))) return undefined;
    pieces.push(match[1] === '%' ? { directive: false, text: '%' } : { directive: true, text: match[1] as string });
    last = match.index + match[0].length;
  }
  return literal(format.slice(last)) ? pieces : undefined;
}

function formatted(directive: string, word: Word | undefined): Value {
  if (word === undefined) return known(directive === 's' || directive === 'b' ? '' : '0');
  if (directive === 's') return word.value;
  if (directive === 'd' || directive === 'i')
    return /^-?\d+$/.test(text(word.value) ?? '') ? word.value : unknown('a number');
  const plain = text(word.value);
  if (directive === 'b' && plain !== undefined) {
    const decoded = dequoteAnsi(plain);
    if (decoded !== undefined) return known(decoded);
  }
  return unknown('a formatted word');
}
