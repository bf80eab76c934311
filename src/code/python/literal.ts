// Owns what a Python string literal says. Knows nothing of what it is used for.

const SIMPLE: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
};

/** Prefix letters, quote and body span of a literal; undefined when it is not closed. */
export function splitLiteral(
  source: string,
): { readonly prefix: string; readonly open: number; readonly quote: string } | undefined {
  const match = /^([a-zA-Z]{0,3})("""|'''|"|')/.exec(source);
  if (!match) return undefined;
  const [whole, prefix = '', quote = ''] = match;
  if (source.length < whole.length + quote.length || !source.endsWith(quote)) return undefined;
  return { prefix: prefix.toLowerCase(), open: whole.length, quote };
}

/** Text of a literal body; undefined when an sequence is not one that is read. */
export function unescapePython(body: string, raw: boolean): string | undefined {
  if (raw || !body.includes('\\')) return body;
  let failed = false;
  const text = body.replace(
    /\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{1,3}|N\{[^}]*\}|\r\n|[\s\S])/g,
    (whole: string, sequence: string) => {
      const head = sequence[0] as string;
      if (sequence.length > 1 && 'xuU'.includes(head)) {
        const code = Number.parseInt(sequence.slice(1), 16);
        return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
      }
      if (/^[0-7]/.test(sequence)) return String.fromCodePoint(Number.parseInt(sequence, 8));
      if (sequence === '\r\n') return '';
      if (head === 'N') {
        failed = true;
        return '';
      }
      return SIMPLE[sequence] ?? whole;
    },
  );
  return failed ? undefined : text;
}
