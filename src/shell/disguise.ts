// Tells when a word is spelled so that a reader of the command does not see what it says; knows nothing of what it names.
import type { Ast } from './parse.ts';

/** Text that means the same without any quotes. */
const PLAIN = /^[\w./:@%+=,-]+$/;
/** A backslash before a character that needs none, or before a line end, behind the beginning of the word. */
const NEEDLESS_ESCAPE = /[^\s\\]\\(?:[\w./-]|\n\S)/;
/** A path as Windows writes it: to a POSIX shell it names something else, and nothing that is known. */
const WINDOWS = /^(?:[A-Za-z]:|\.{1,2})\\[A-Za-z]/;
/** Characters given by their numbers. */
const NUMBERED = /\\(?:x[0-9a-f]|u[0-9a-f]|[0-7])/i;
/** Expansions to nothing, or to a blank, that stand between letters. */
const FILLER = /^(?:\$[@*]|\$\{[@*]\}|\$IFS|\$\{IFS\b.*\}|\$\(\s*\)|`\s*`)$/;

/** A name that is printed on the spot, whole or in part: `$(echo l)s`. */
const PRINTED = /^(?:\$\(|`)\s*(?:builtin\s+|command\s+)?(?:echo|printf)\b/;

/** How the spelling of a program's name hides it; undefined when it can be read as it is. A leading backslash, a name in quotes and a quoted part of a path are ordinary. */
export function disguiseOf({ parts = [] }: Ast.Word, raw: string): string | undefined {
  if (parts.length === 0) return NEEDLESS_ESCAPE.test(raw) && !WINDOWS.test(raw) ? 'a backslash inside it' : undefined;
  for (const [index, part] of parts.entries()) {
    if (part.type === 'BraceExpansion') return BRACES;
    if (part.type === 'AnsiCQuoted' && NUMBERED.test(part.text)) return 'characters given by their numbers';
    if (part.type === 'Literal' && NEEDLESS_ESCAPE.test(`${index > 0 ? '.' : ''}${part.text}`))
      return 'a backslash inside it';
    if (cuts(part)) return 'letters cut out of other text';
    if (prints(part)) return 'a command that prints it';
    if (parts.length === 1) continue;
    if (FILLER.test(part.text)) return 'expansions to nothing inside it';
    const quoted = part.type === 'Literal' ? undefined : textOf(part);
    if (quoted === '') return 'empty quotes inside it';
    if (quoted === undefined || !PLAIN.test(quoted)) continue;
    const before = textOf(parts[index - 1]);
    const after = textOf(parts[index + 1]);
    if (joins(before, quoted) || joins(quoted, after)) return 'quotes inside it';
  }
  return undefined;
}

export const BRACES = 'a brace expansion';

/** True when two texts meet within one segment of a path. */
const joins = (left: string | undefined, right: string | undefined): boolean =>
  !!left && !!right && !left.endsWith('/') && !right.startsWith('/');

/** Text that is written out there; undefined for expansions and globs. */
function textOf(part: Ast.WordPart | undefined): string | undefined {
  switch (part?.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return part.value;
    case 'DoubleQuoted':
    case 'LocaleString':
      return part.parts.every((each) => each.type === 'Literal')
        ? part.parts.map((each) => each.value).join('')
        : undefined;
    default:
      return undefined;
  }
}

const prints = (part: Ast.WordPart): boolean =>
  part.type === 'DoubleQuoted' ? part.parts.some(prints) : part.type === 'CommandExpansion' && PRINTED.test(part.text);

/** `${HOME:0:1}`; the rest of a list (`"${@:2}"`) is an ordinary way to hand a command on. */
function cuts(part: Ast.WordPart): boolean {
  if (part.type === 'DoubleQuoted') return part.parts.some(cuts);
  return (
    part.type === 'ParameterExpansion' &&
    part.operation?.type === 'Slice' &&
    part.index === undefined &&
    !/^[@*]$/.test(part.parameter)
  );
}
