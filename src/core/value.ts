// Owns what is statically known of a word: its text, its possible texts, or why neither is known. Knows nothing of shells.

/** A property that travels with data: read from a secret, fetched from the network, written by someone who is not the user, or decoded from what nobody can read. */
export type Label = 'secret' | 'downloaded' | 'untrusted' | 'decoded';

/** One label and where it came from, in words for a reader (a path, a URL, a variable name). */
export interface Taint {
  readonly label: Label;
  readonly from: string;
}

export type Value =
  | { readonly kind: 'known'; readonly text: string }
  | { readonly kind: 'oneOf'; readonly texts: readonly string[] }
  | {
      /** Known head and tail around a middle that is not known. */
      readonly kind: 'pattern';
      readonly prefix: string;
      readonly suffix: string;
      /** False when the middle can hold neither `..` segments nor a leading `/`: a glob, or a fresh temporary name. */
      readonly climbs: boolean;
      readonly because: string;
      /** The whole glob, when the middle is a pathname expansion. */
      readonly glob?: string;
      /** The whole text if what should have filled the middle failed and left nothing (`$(mktemp -d)` that was not checked). */
      readonly ifEmpty?: string;
      /** The whole text with `0` for each number in it, when numbers are all that is not known (`$((n + 1)),20p`). */
      readonly shape?: string;
    }
  | { readonly kind: 'unknown'; readonly because: string };

export const known = (text: string): Value => ({ kind: 'known', text });
export const unknown = (because: string): Value => ({ kind: 'unknown', because });

/** At most this many alternatives are carried; beyond it a value is unknown, so that joins cannot grow without bound. */
const MAX_ALTERNATIVES = 32;

/** One of `texts`; a single text is simply known, none or too many are unknown. */
export function oneOf(texts: readonly string[]): Value {
  const distinct = [...new Set(texts)];
  const [only] = distinct;
  if (only === undefined) return unknown('no possible value');
  if (distinct.length === 1) return known(only);
  return distinct.length > MAX_ALTERNATIVES ? unknown('too many possible values') : { kind: 'oneOf', texts: distinct };
}

/** Head and tail of a value whose middle is not known; with neither head nor tail it is unknown. */
export function pattern(
  prefix: string,
  suffix: string,
  because: string,
  options: {
    climbs?: boolean;
    glob?: string | undefined;
    ifEmpty?: string | undefined;
    shape?: string | undefined;
  } = {},
): Value {
  const climbs = options.climbs ?? true;
  if (prefix === '' && suffix === '' && options.glob === undefined && climbs) return unknown(because);
  return {
    kind: 'pattern',
    prefix,
    suffix,
    climbs,
    because,
    ...(options.glob === undefined ? {} : { glob: options.glob }),
    ...(options.ifEmpty === undefined ? {} : { ifEmpty: options.ifEmpty }),
    ...(options.shape === undefined ? {} : { shape: options.shape }),
  };
}

/** Every text the value can have, or undefined when they cannot be listed. */
export function texts(value: Value): readonly string[] | undefined {
  if (value.kind === 'known') return [value.text];
  return value.kind === 'oneOf' ? value.texts : undefined;
}

/** The text when there is exactly one. */
export const text = (value: Value): string | undefined => (value.kind === 'known' ? value.text : undefined);

/** The part every possible text begins with ('' when nothing is known). */
export function prefixOf(value: Value): string {
  if (value.kind === 'known') return value.text;
  if (value.kind === 'pattern') return value.prefix;
  if (value.kind === 'unknown') return '';
  return value.texts.reduce((head, next) => {
    let length = 0;
    while (length < head.length && head[length] === next[length]) length++;
    return head.slice(0, length);
  });
}

/** The part every possible text ends with ('' when nothing is known). */
export function suffixOf(value: Value): string {
  if (value.kind === 'known') return value.text;
  if (value.kind === 'pattern') return value.suffix;
  if (value.kind === 'unknown') return '';
  return value.texts.reduce((tail, next) => {
    let length = 0;
    while (length < tail.length && tail.at(-1 - length) === next.at(-1 - length)) length++;
    return length === 0 ? '' : tail.slice(-length);
  });
}

/** True when the value may turn out to be exactly this text. */
export function couldBe(value: Value, wanted: string): boolean {
  const all = texts(value);
  if (all) return all.includes(wanted);
  const head = prefixOf(value);
  const tail = suffixOf(value);
  return wanted.length >= head.length + tail.length && wanted.startsWith(head) && wanted.endsWith(tail);
}

/** Both values written one after the other. */
export function concat(left: Value, right: Value): Value {
  if (left.kind === 'known' && left.text === '') return right;
  if (right.kind === 'known' && right.text === '') return left;
  // Joined piece by piece a long text must not be looked at as a whole each time.
  if (left.kind === 'known' && right.kind === 'known') return known(left.text + right.text);
  const heads = texts(left);
  const tails = texts(right);
  if (heads && tails && heads.length * tails.length <= MAX_ALTERNATIVES)
    return oneOf(heads.flatMap((head) => tails.map((tail) => head + tail)));
  const because = why(left) ?? why(right) ?? 'too many possible values';
  const parts = [left, right];
  const globs = parts.map((part) => (part.kind === 'pattern' ? part.glob : text(part)));
  const empties = parts.map((part) => (part.kind === 'pattern' ? part.ifEmpty : text(part)));
  const shapes = parts.map(shapeOf);
  return pattern(
    left.kind === 'known' ? left.text + prefixOf(right) : prefixOf(left),
    right.kind === 'known' ? suffixOf(left) + right.text : suffixOf(right),
    because,
    {
      climbs: parts.some(
        (part) => part.kind === 'unknown' || part.kind === 'oneOf' || (part.kind === 'pattern' && part.climbs),
      ),
      glob: globs.every((part) => part !== undefined) ? globs.join('') : undefined,
      ifEmpty: empties.every((part) => part !== undefined) ? empties.join('') : undefined,
      shape: shapes.every((part) => part !== undefined) ? shapes.join('') : undefined,
    },
  );
}

/** The text, or what stands for it when only numbers in it are not known. */
export const shapeOf = (value: Value): string | undefined => (value.kind === 'pattern' ? value.shape : text(value));

/** A value made of digits: it can neither begin an option nor hold a path. */
export const number = (because: string): Value => pattern('', '', because, { climbs: false, shape: '0' });

/** A value that may be either. */
export function join(left: Value, right: Value): Value {
  const both = [texts(left), texts(right)];
  if (both[0] && both[1]) return oneOf([...both[0], ...both[1]]);
  if (sameValue(left, right)) return left;
  const unchecked = left.kind === 'pattern' && left.ifEmpty === undefined ? right : left;
  if (sameValue(checked(left), checked(right)) && (unchecked !== left || checked(right) === right)) return unchecked;
  if (isNumber(left) && isNumber(right)) return number(why(left) ?? why(right) ?? 'a number');
  return pattern(
    prefixOf({ kind: 'oneOf', texts: [prefixOf(left), prefixOf(right)] }),
    suffixOf({ kind: 'oneOf', texts: [suffixOf(left), suffixOf(right)] }),
    why(left) ?? why(right) ?? 'may be one of two values',
  );
}

/** The value once it is known that what fills its middle did not fail. */
export function checked(value: Value): Value {
  if (value.kind !== 'pattern' || value.ifEmpty === undefined) return value;
  const { ifEmpty: _, ...rest } = value;
  return rest;
}

const isNumber = (value: Value): boolean => texts(value)?.every((each) => /^\d+$/.test(each)) ?? shapeOf(value) === '0';

/** Why the text is not known; undefined when it is. */
export function why(value: Value): string | undefined {
  return value.kind === 'pattern' || value.kind === 'unknown' ? value.because : undefined;
}

export function sameValue(left: Value, right: Value): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** The value as a reader sees it: text as it is, unknown parts as `…`. */
export function show(value: Value): string {
  switch (value.kind) {
    case 'known':
      return value.text;
    case 'oneOf':
      return `{${value.texts.join(' | ')}}`;
    case 'pattern':
      return value.glob ?? `${value.prefix}…${value.suffix}`;
    case 'unknown':
      return '…';
  }
}

const NONE: readonly Taint[] = [];

/** The taints of all parts, each once. */
export function mergeTaints(...parts: readonly (readonly Taint[])[]): readonly Taint[] {
  let merged: readonly Taint[] = NONE;
  for (const part of parts)
    for (const taint of part)
      if (!merged.some((have) => have.label === taint.label && have.from === taint.from)) merged = [...merged, taint];
  return merged;
}

export const hasTaint = (taints: readonly Taint[], label: Label): boolean =>
  taints.some((taint) => taint.label === label);
