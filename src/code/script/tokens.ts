// Cuts Perl, Ruby, PHP and Lua into words, texts and marks, or says that it cannot; knows nothing of what they mean.

export interface Token {
  /** `command` is text that the language hands to a shell (backticks). */
  readonly kind: 'word' | 'variable' | 'number' | 'string' | 'command' | 'mark';
  readonly text: string;
  /** A text with parts that are computed. */
  readonly computed?: true;
  /** Code inside a text (`#{...}`), to be read like all other code. */
  readonly code?: readonly string[];
  /** Nothing but blanks stand between this and the one before. */
  readonly newline: boolean;
}

export interface Syntax {
  readonly comment: RegExp;
  readonly variable?: RegExp;
  /** Quotes whose texts have computed parts, and how such parts look. */
  readonly quotes: Readonly<
    Record<string, { readonly computed?: RegExp; readonly code?: RegExp; readonly command?: true }>
  >;
  /** Slashes start regular expressions where a value is expected. */
  readonly regex: boolean;
  /** Quote-like operators: `q{}`, `s///`. Gives the tokens and the length, or undefined when there is none here. */
  readonly special?: (
    text: string,
    at: number,
    before: Token | undefined,
  ) => { readonly tokens: readonly Token[]; readonly length: number } | 'refused' | undefined;
  /** Forms that this reading does not know. */
  readonly refused: RegExp;
}

/** True when a value has just ended, so that a slash divides. */
const endsValue = (token: Token | undefined): boolean =>
  token !== undefined &&
  (token.kind === 'number' ||
    token.kind === 'string' ||
    token.kind === 'variable' ||
    (token.kind === 'word' &&
      !/^(and|or|not|if|unless|while|until|return|split|grep|map|print|puts|p|when|case|in|then|do|else|elsif|x|eq|ne|join|push)$/.test(
        token.text,
      )) ||
    /^[)\]}]$/.test(token.text));

const compiled = new Map<RegExp, RegExp>();

/** The same pattern, matching only where it is told to. */
function stickyOf(pattern: RegExp): RegExp {
  const have = compiled.get(pattern);
  if (have) return have;
  const made = new RegExp(pattern.source, `${pattern.flags}y`);
  compiled.set(pattern, made);
  return made;
}

const BLANK = /\s+/;
const REGEX = /\/(?:[^/\\\n]|\\[^\n])*\/[a-z]*/;
const WORD = /[\p{L}_][\p{L}\p{N}_]*[?!]?(?!=[^=~>])/u;
const PLAIN_WORD = /[\p{L}_][\p{L}\p{N}_]*/u;
const NUMBER = /\d[\d_.a-fA-Fxe]*/;
const MARK = /->|=>|==|!=|=~|<=|>=|\|\||&&|<<|::|\.\.|[\s\S]/;

export function tokenize(text: string, syntax: Syntax): readonly Token[] | undefined {
  const tokens: Token[] = [];
  let at = 0;
  let newline = true;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    const sticky = stickyOf(pattern);
    sticky.lastIndex = at;
    return sticky.exec(text);
  };
  while (at < text.length) {
    const blank = take(BLANK) ?? take(syntax.comment);
    if (blank) {
      if (blank[0].includes('\n')) newline = true;
      at += Math.max(blank[0].length, 1);
      continue;
    }
    if (take(syntax.refused)) return undefined;
    const before = tokens.at(-1);
    const special = syntax.special?.(text, at, before);
    if (special === 'refused') return undefined;
    if (special) {
      tokens.push(...special.tokens);
      at += special.length;
      newline = false;
      continue;
    }
    const char = text[at] as string;
    const quote = Object.hasOwn(syntax.quotes, char) ? syntax.quotes[char] : undefined;
    if (quote) {
      const body = readQuoted(text, at);
      if (body === undefined) return undefined;
      const code = quote.code
        ? [...body.matchAll(new RegExp(quote.code.source, 'g'))].map((match) => match[1] ?? '')
        : [];
      const computed = code.length > 0 || quote.computed?.test(body) === true;
      tokens.push({
        kind: quote.command ? 'command' : 'string',
        text: simple(body),
        newline,
        ...(computed ? { computed: true } : {}),
        ...(code.length > 0 ? { code } : {}),
      });
      at += body.length + 2;
    } else if (char === '/' && syntax.regex && !endsValue(before)) {
      const regex = take(REGEX);
      if (!regex || /#\{|@\{|\(\?\??\{/.test(regex[0])) return undefined;
      tokens.push({ kind: 'string', text: '', computed: true, newline });
      at += regex[0].length;
    } else {
      const variable = syntax.variable ? take(syntax.variable) : null;
      const word = variable ? null : (take(WORD) ?? take(PLAIN_WORD));
      const number = variable || word ? null : take(NUMBER);
      const found = (variable ?? word ?? number)?.[0] ?? take(MARK)?.[0] ?? char;
      if (!variable && !word && /[\p{L}_\\]/u.test(found) && !number) return undefined;
      tokens.push({ kind: variable ? 'variable' : word ? 'word' : number ? 'number' : 'mark', text: found, newline });
      at += found.length;
    }
    newline = false;
  }
  return tokens;
}

function readQuoted(text: string, from: number): string | undefined {
  const quote = text[from];
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === quote) return text.slice(from + 1, at);
  }
  return undefined;
}

/** Escapes of a text as far as they matter for names of files: anything beyond a quoted quote makes it another text. */
export const simple = (body: string): string => body.replace(/\\(["'\\/$@#])/g, '$1');
/** True when the text holds an escape that `simple` does not read. */
export const hasEscape = (text: string): boolean => /\\[^\s]/.test(text);
