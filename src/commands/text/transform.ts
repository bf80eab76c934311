// Owns what small text filters make of text that is known: decoding, reversing, translating. Knows no effects.

const MAX = 64 * 1024;

/** UTF-8 text of base64, or undefined when it is not valid. */
export function decodeBase64(encoded: string): string | undefined {
  const packed = encoded.replace(/\s+/g, '');
  if (packed.length > MAX || !/^[A-Za-z0-9+/]*={0,2}$/.test(packed)) return undefined;
  try {
    return fromBytes(Uint8Array.from(atob(packed), (each) => each.charCodeAt(0)));
  } catch {
    return undefined; // not valid base64: the decoder itself would fail as well
  }
}

export function encodeBase64(plain: string): string | undefined {
  if (plain.length > MAX) return undefined;
  return btoa(Array.from(new TextEncoder().encode(plain), (byte) => String.fromCharCode(byte)).join(''));
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export function decodeBase32(encoded: string): string | undefined {
  const packed = encoded.replace(/[\s=]+/g, '');
  if (packed.length > MAX || !/^[A-Z2-7]*$/.test(packed)) return undefined;
  const bits = [...packed].map((each) => BASE32.indexOf(each).toString(2).padStart(5, '0')).join('');
  return fromBytes(Uint8Array.from(bits.match(/[01]{8}/g) ?? [], (byte) => Number.parseInt(byte, 2)));
}

export function decodeHex(encoded: string): string | undefined {
  const packed = encoded.replace(/\s+/g, '');
  if (packed.length > MAX || packed.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(packed)) return undefined;
  return fromBytes(Uint8Array.from(packed.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)));
}

const fromBytes = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** `rev`: the characters of each line backwards. */
export const reverseLines = (plain: string): string =>
  plain
    .split('\n')
    .map((line) => [...line].reverse().join(''))
    .join('\n');

/** `tac`: the lines backwards. */
export const reverseOrder = (plain: string): string => `${plain.replace(/\n$/, '').split('\n').reverse().join('\n')}\n`;

const CLASSES: Readonly<Record<string, string>> = {
  '[:lower:]': 'a-z',
  '[:upper:]': 'A-Z',
  '[:digit:]': '0-9',
  '[:alpha:]': 'A-Za-z',
  '[:alnum:]': '0-9A-Za-z',
  '[:space:]': '\\t\\n\\v\\f\\r ',
};
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '0': '\0',
  '\\': '\\',
  v: '\v',
  f: '\f',
};

/** Members of a `tr` set; undefined when it uses a form that is not read here. */
function trSet(spec: string): string[] | undefined {
  const plain = spec.replace(/\[:[a-z]+:\]/g, (name) => CLASSES[name] ?? name);
  if (/\[[:=.]|\*[0-9]*\]/.test(plain)) return undefined;
  const marks = [...plain.matchAll(/\\(.)|([^\\])/gs)].map((match) =>
    match[1] === undefined ? (match[2] ?? '') : (ESCAPES[match[1]] ?? match[1]),
  );
  const members: string[] = [];
  for (let index = 0; index < marks.length; index++) {
    const from = marks[index] as string;
    const to = marks[index + 2];
    if (marks[index + 1] !== '-' || to === undefined) {
      members.push(from);
      continue;
    }
    for (let code = from.charCodeAt(0); code <= to.charCodeAt(0) && members.length < 1024; code++)
      members.push(String.fromCharCode(code));
    index += 2;
  }
  return members;
}

/** `tr` with plain sets, with `-d`; undefined for forms that are not read here. */
export function translate(plain: string, from: string, to: string | undefined, remove: boolean): string | undefined {
  const source = trSet(from);
  const target = to === undefined ? undefined : trSet(to);
  if (source === undefined || plain.length > MAX) return undefined;
  if (remove) return [...plain].filter((each) => !source.includes(each)).join('');
  if (target === undefined || target.length === 0) return undefined;
  return [...plain]
    .map((each) => {
      const index = source.lastIndexOf(each);
      return index < 0 ? each : (target[Math.min(index, target.length - 1)] ?? each);
    })
    .join('');
}
