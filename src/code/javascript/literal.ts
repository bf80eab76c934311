// Owns what a JavaScript string literal or template says.

const SIMPLE: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  '0': '\0',
  '\n': '',
  '\r\n': '',
  '\u2028': '',
  '\u2029': '',
};

/** Text of a literal body. */
export const unescapeJavaScript = (body: string): string =>
  body.replace(
    /\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|u\{[0-9a-fA-F]{1,6}\}|[0-7]{1,3}|\r\n|[\s\S])/g,
    (whole: string, sequence: string) => {
      if (/^[xu]./.test(sequence)) {
        const code = Number.parseInt(sequence.slice(1).replace(/[{}]/g, ''), 16);
        return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
      }
      if (/^[0-7]/.test(sequence)) return String.fromCodePoint(Number.parseInt(sequence, 8) & 0xff);
      return SIMPLE[sequence] ?? sequence;
    },
  );
