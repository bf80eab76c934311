// Owns random changes to shell text that keep it close to what people write; a seed makes a run repeatable.

/** Small, fast generator of numbers below a bound (mulberry32). */
export function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const INSERTS = [
  "'",
  '"',
  '\\',
  '$',
  '`',
  '(',
  ')',
  '{',
  '}',
  '[',
  ']',
  '|',
  '&',
  ';',
  '<',
  '>',
  '#',
  '\n',
  ' ',
  '*',
  '~',
  '!',
  '=',
  ',',
  '$(',
  '${',
  '))',
  '<<',
  '&&',
  '||',
  '$((',
  '<(',
  ';;',
  '\\\n',
  "$'",
  '..',
];

const WRAPS: readonly ((text: string) => string)[] = [
  (text) => `( ${text} )`,
  (text) => `{ ${text}\n}`,
  (text) => `if true; then ${text}\nfi`,
  (text) => `x=$(${text}\n)`,
  (text) => `echo "$(${text}\n)"`,
  (text) => `f() { ${text}\n}; f`,
  (text) => `for i in 1 2; do ${text}\ndone`,
  (text) => `cat <<Q\n$(${text}\n)\nQ\n`,
  (text) => `eval '${text.replaceAll("'", "'\\''")}'`,
];

/** One changed text made of one or two of `corpus`. */
export function mutate(corpus: readonly string[], next: (below: number) => number): string {
  const pick = (): string => corpus[next(corpus.length)] ?? '';
  let text = pick();
  for (let changes = 1 + next(3); changes > 0; changes--) {
    const at = next(text.length + 1);
    const kind = next(7);
    if (kind === 0) text = text.slice(0, at) + text.slice(at + 1 + next(3));
    else if (kind <= 2) text = text.slice(0, at) + (INSERTS[next(INSERTS.length)] ?? '') + text.slice(at);
    else if (kind === 3) {
      const end = at + next(12);
      text = text.slice(0, end) + text.slice(at, end) + text.slice(end);
    } else if (kind === 4) {
      const other = pick();
      text = text.slice(0, at) + other.slice(next(other.length + 1));
    } else if (kind === 5) text = `${text}${['; ', ' | ', ' && ', '\n', ' & '][next(5)]}${pick()}`;
    else text = (WRAPS[next(WRAPS.length)] ?? WRAPS[0])?.(text) ?? text;
  }
  return text.replaceAll('\0', '');
}
