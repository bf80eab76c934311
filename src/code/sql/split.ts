// Cuts SQL text into statements and client commands, as the client of each engine does; knows nothing of their meaning.

export interface Statement {
  /** Words, numbers and punctuation without comments; quoted texts are `'`, quoted names keep their text. */
  readonly tokens: readonly string[];
  /** Texts in quotes, in order. */
  readonly strings: readonly string[];
}

export type Piece =
  | { readonly kind: 'statement'; readonly statement: Statement }
  /** `\d users`, `.schema`, `source x.sql`. */
  | { readonly kind: 'client'; readonly line: string }
  | { readonly kind: 'opaque'; readonly because: string };

export type Dialect = 'sqlite' | 'postgres' | 'mysql' | 'other';

export function dialectOf(engine: string): Dialect {
  if (/sqlite|libsql|turso|duckdb|d1/i.test(engine)) return 'sqlite';
  if (/postgres|psql|pg|cockroach|redshift|supabase/i.test(engine)) return 'postgres';
  return /mysql|maria/i.test(engine) ? 'mysql' : 'other';
}

const CLIENT_WORDS = /^\s*(system|source|tee|pager|edit|delimiter|notee|nopager)\b/i;

export function split(text: string, dialect: Dialect): readonly Piece[] {
  const pieces: Piece[] = [];
  let tokens: string[] = [];
  let strings: string[] = [];
  let at = 0;
  const finish = (): void => {
    if (tokens.length > 0) pieces.push({ kind: 'statement', statement: { tokens, strings } });
    tokens = [];
    strings = [];
  };
  const lineEnd = (from: number): number => {
    const end = text.indexOf('\n', from);
    return end < 0 ? text.length : end;
  };
  while (at < text.length) {
    const char = text[at] as string;
    const startsLine = at === 0 || text[at - 1] === '\n';
    if (startsLine && tokens.length === 0) {
      const line = text.slice(at, lineEnd(at));
      if (
        (dialect === 'sqlite' && /^\s*\./.test(line)) ||
        (dialect === 'mysql' && CLIENT_WORDS.test(line)) ||
        (dialect === 'other' && (/^\s*[.!]/.test(line) || CLIENT_WORDS.test(line)))
      ) {
        pieces.push({ kind: 'client', line: line.trim() });
        at = lineEnd(at);
        continue;
      }
    }
    if (startsLine && char === '.' && dialect === 'sqlite')
      return [...pieces, { kind: 'opaque', because: 'a client command inside a statement' }];
    if (/\s/.test(char)) at++;
    else if (text.startsWith('--', at)) at = lineEnd(at);
    else if (char === '#' && dialect === 'mysql') at = lineEnd(at);
    else if (text.startsWith('/*', at)) {
      if (/^\/\*[!M]/.test(text.slice(at, at + 3)) && dialect !== 'sqlite' && dialect !== 'postgres')
        return [...pieces, { kind: 'opaque', because: 'a comment that MySQL runs' }];
      const end = text.indexOf('*/', at + 2);
      const nested = text.indexOf('/*', at + 2);
      if (end < 0 || (nested >= 0 && nested < end))
        return [...pieces, { kind: 'opaque', because: 'a comment that is not read' }];
      at = end + 2;
    } else if (char === "'" || char === '"' || char === '`') {
      const quoted = readQuoted(text, at, dialect, /^e$/i.test(tokens.at(-1) ?? '') && char === "'");
      if (quoted === undefined)
        return [...pieces, { kind: 'opaque', because: 'a quote that is not closed, or is closed by other rules' }];
      if (char === "'" || (char === '"' && dialect === 'mysql')) {
        tokens.push("'");
        strings.push(quoted.text);
      } else tokens.push(quoted.text);
      at = quoted.end;
    } else if (char === '$' && dialect !== 'sqlite' && dialect !== 'mysql') {
      const tag = /^\$[A-Za-z_]*\$/.exec(text.slice(at, at + 66))?.[0];
      const end = tag === undefined ? -1 : text.indexOf(tag, at + tag.length);
      if (tag !== undefined && end < 0) return [...pieces, { kind: 'opaque', because: 'a quote that is not closed' }];
      if (tag === undefined) {
        tokens.push('$');
        at++;
      } else {
        tokens.push("'");
        strings.push(text.slice(at + tag.length, end));
        at = end + tag.length;
      }
    } else if (char === '\\' && dialect !== 'sqlite') {
      if (/^\\[Gg](?![a-z])[ \t]*(?=$|[\n;])/.test(text.slice(at, at + 200))) {
        finish();
        at += 2;
        continue;
      }
      const end = lineEnd(at);
      // What stands before a client command is its statement (`SELECT 1 \g file`).
      finish();
      pieces.push({ kind: 'client', line: text.slice(at, end).trim() });
      at = end;
    } else if (char === ';') {
      finish();
      at++;
    } else {
      const word = /^[\p{L}\p{N}_@$]+/u.exec(text.slice(at, at + 256))?.[0] ?? char;
      tokens.push(word);
      at += word.length;
    }
  }
  finish();
  return pieces;
}

function readQuoted(
  text: string,
  from: number,
  dialect: Dialect,
  escapes: boolean,
): { text: string; end: number } | undefined {
  const quote = text[from] as string;
  let at = from + 1;
  while (at < text.length) {
    if (text[at] === '\\' && quote !== '`') {
      if (dialect === 'mysql' || escapes) {
        at += 2;
        continue;
      }
      // Whether this ends the text depends on the engine.
      if (dialect === 'other' && text[at + 1] === quote) return undefined;
    }
    if (text[at] === quote) {
      if (text[at + 1] !== quote) return { text: text.slice(from + 1, at), end: at + 1 };
      at++;
    }
    at++;
  }
  return undefined;
}
