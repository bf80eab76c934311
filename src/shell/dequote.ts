// Owns a second, independent removal of quotes, against which the parser's own is checked.

/** Characters that may stand unquoted in a static word; everything else unquoted makes it dynamic. */
const PLAIN = /[^\s'"\\$`;&|<>()\0]/;

/** Unquoted text without its backslashes; undefined when it holds anything but plain and escaped characters. */
export function dequoteBare(raw: string): string | undefined {
  let out = '';
  for (let at = 0; at < raw.length; at++) {
    const char = raw[at] as string;
    if (char === '\\') {
      at++;
      if (at >= raw.length) return undefined;
      if (raw[at] !== '\n') out += raw[at];
    } else if (PLAIN.test(char)) out += char;
    else return undefined;
  }
  return out;
}

/** Text between double quotes (or of a here-document when `quotes` is false) that holds no expansion. */
export function dequoteDouble(raw: string, quotes = true): string | undefined {
  let out = '';
  for (let at = 0; at < raw.length; at++) {
    const char = raw[at] as string;
    if (char === '\\') {
      const next = raw[at + 1];
      if (next === '\n') at++;
      else if (next === '$' || next === '`' || next === '\\' || (quotes && next === '"')) {
        out += next;
        at++;
      } else out += char;
    } else if (char === '`' || (quotes && char === '"')) return undefined;
    else if (
      char === '$' &&
      /[A-Za-z0-9_({['"$!?@*#-]/.test(raw[at + 1] ?? '') &&
      !(!quotes && /['"]/.test(raw[at + 1] ?? ''))
    )
      return undefined;
    else out += char;
  }
  return out;
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
};

/** `$'…'` without its quotes (bash manual 3.1.2.4); undefined for forms that shells read differently. */
export function dequoteAnsi(raw: string): string | undefined {
  let out = '';
  for (let at = 0; at < raw.length; at++) {
    const char = raw[at] as string;
    if (char !== '\\') {
      out += char;
      continue;
    }
    const rest = raw.slice(at + 1, at + 10);
    const coded =
      /^x([0-9a-fA-F]{1,2})/.exec(rest) ?? /^u([0-9a-fA-F]{1,4})/.exec(rest) ?? /^U([0-9a-fA-F]{1,8})/.exec(rest);
    const octal = /^([0-7]{1,3})/.exec(rest);
    if (coded || octal) {
      const code = coded
        ? Number.parseInt(coded[1] as string, 16)
        : Number.parseInt((octal as RegExpExecArray)[1] as string, 8);
      if (code === 0 || code > 0x7f) return undefined;
      out += String.fromCharCode(code);
      at += (coded ?? (octal as RegExpExecArray))[0].length;
      continue;
    }
    const simple = ESCAPES[rest[0] ?? ''];
    if (simple === undefined) return undefined;
    out += simple;
    at++;
  }
  return out;
}
