// Owns matching of text against shell patterns (`*`, `?`, `[…]`) in linear-ish time, without regular expressions built from input.

interface Token {
  readonly kind: 'char' | 'any' | 'star' | 'set';
  readonly test?: (char: string) => boolean;
}

/** A matcher for the whole text; undefined for patterns with extended or unclear parts. */
export function globMatcher(glob: string): ((text: string) => boolean) | undefined {
  const tokens = tokenize(glob);
  if (tokens === undefined) return undefined;
  return (text) => {
    let at = 0;
    let token = 0;
    let starToken = -1;
    let starAt = 0;
    while (at < text.length) {
      const current = tokens[token];
      if (current?.kind === 'star') {
        starToken = token++;
        starAt = at;
      } else if (current && (current.kind === 'any' || current.test?.(text[at] as string))) {
        token++;
        at++;
      } else if (starToken >= 0) {
        token = starToken + 1;
        at = ++starAt;
      } else return false;
    }
    while (tokens[token]?.kind === 'star') token++;
    return token === tokens.length;
  };
}

function tokenize(glob: string): Token[] | undefined {
  const tokens: Token[] = [];
  for (let at = 0; at < glob.length; at++) {
    const char = glob[at] as string;
    if (char === '*') {
      if (tokens.at(-1)?.kind !== 'star') tokens.push({ kind: 'star' });
    } else if (char === '?') tokens.push({ kind: 'any' });
    else if (char === '[') {
      const close = glob.indexOf(']', at + 2);
      if (close < 0) {
        tokens.push(exactly('['));
        continue;
      }
      const set = setOf(glob.slice(at + 1, close));
      if (set === undefined) return undefined;
      tokens.push({ kind: 'set', test: set });
      at = close;
    } else if (char === '\\') tokens.push(exactly(glob[++at] ?? '\\'));
    else if (char === '(') return undefined;
    else tokens.push(exactly(char));
  }
  return tokens;
}

const exactly = (wanted: string): Token => ({ kind: 'char', test: (char) => char === wanted });

function setOf(body: string): ((char: string) => boolean) | undefined {
  const negated = /^[!^]/.test(body);
  const inner = negated ? body.slice(1) : body;
  if (inner.includes('[:') || inner.includes('\\')) return undefined;
  const test = (char: string): boolean => {
    for (let at = 0; at < inner.length; at++) {
      if (inner[at + 1] === '-' && at + 2 < inner.length) {
        if (char >= (inner[at] as string) && char <= (inner[at + 2] as string)) return true;
        at += 2;
      } else if (inner[at] === char) return true;
    }
    return false;
  };
  return negated ? (char) => !test(char) : test;
}
