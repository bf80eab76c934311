// Owns brace expansion of raw words (bash manual 3.5.1), which happens before any other expansion.

/** More alternatives than this are not listed. */
const MAX_WORDS = 64;

/** The words a raw word becomes; itself when nothing expands; undefined when there are too many or it is unclear. */
export function braceWords(raw: string, depth = 0): readonly string[] | undefined {
  if (depth > 8) return undefined;
  const group = firstGroup(raw);
  if (group === undefined) return [raw];
  const items = group.items ?? sequence(raw.slice(group.start + 1, group.end));
  if (items === undefined) return undefined;
  const heads = raw.slice(0, group.start);
  const tails = braceWords(raw.slice(group.end + 1), depth + 1);
  const middles: string[] = [];
  for (const item of items) {
    const words = group.items ? braceWords(item, depth + 1) : [item];
    if (words === undefined) return undefined;
    middles.push(...words);
  }
  if (tails === undefined || middles.length * tails.length > MAX_WORDS) return undefined;
  return middles.flatMap((middle) => tails.map((tail) => heads + middle + tail));
}

interface Group {
  readonly start: number;
  readonly end: number;
  /** Items of a list; undefined for a sequence. */
  readonly items: readonly string[] | undefined;
}

function firstGroup(raw: string): Group | undefined {
  for (let at = 0; at < raw.length; at = skip(raw, at)) {
    if (raw[at] !== '{' || raw[at - 1] === '$') continue;
    const group = groupAt(raw, at);
    if (group) return group;
  }
  return undefined;
}

function groupAt(raw: string, start: number): Group | undefined {
  const cuts = [start];
  let depth = 0;
  for (let at = start; at < raw.length; at = skip(raw, at)) {
    const char = raw[at];
    if (char === '{') depth++;
    else if (char === ',' && depth === 1) cuts.push(at);
    else if (char === '}' && --depth === 0) {
      cuts.push(at);
      if (cuts.length > 2)
        return {
          start,
          end: at,
          items: cuts.slice(1).map((cut, index) => raw.slice((cuts[index] as number) + 1, cut)),
        };
      return /^[^{}]*\.\.[^{}]*$/.test(raw.slice(start + 1, at)) ? { start, end: at, items: undefined } : undefined;
    }
  }
  return undefined;
}

/** Offset behind the character, quoted string or expansion at `at`. */
function skip(raw: string, at: number): number {
  const char = raw[at];
  if (char === '\\') return at + 2;
  if (char === "'") return behind(raw, at + 1, "'");
  if (char === '"') return behind(raw, at + 1, '"', true);
  if (char === '`') return behind(raw, at + 1, '`', true);
  if (char === '$' && raw[at + 1] === '{') return balanced(raw, at + 1, '{', '}');
  if (/[$<>]/.test(char ?? '') && raw[at + 1] === '(') return balanced(raw, at + 1, '(', ')');
  return at + 1;
}

function behind(raw: string, from: number, close: string, escapes = false): number {
  for (let at = from; at < raw.length; at++) {
    if (escapes && raw[at] === '\\') at++;
    else if (raw[at] === close) return at + 1;
  }
  return raw.length;
}

function balanced(raw: string, from: number, open: string, close: string): number {
  let depth = 0;
  for (let at = from; at < raw.length; ) {
    if (raw[at] === open) depth++;
    else if (raw[at] === close && --depth === 0) return at + 1;
    at = raw[at] === open || raw[at] === close ? at + 1 : skip(raw, at);
  }
  return raw.length;
}

function sequence(body: string): string[] | undefined {
  const match = /^(-?\d{1,6}|[A-Za-z])\.\.(-?\d{1,6}|[A-Za-z])(?:\.\.(-?\d{1,4}))?$/.exec(body);
  if (!match) return undefined;
  const [, from = '', to = '', by] = match;
  const letters = /[A-Za-z]/.test(from);
  if (letters !== /[A-Za-z]/.test(to)) return undefined;
  const first = letters ? from.charCodeAt(0) : Number(from);
  const last = letters ? to.charCodeAt(0) : Number(to);
  const step = Math.max(1, Math.abs(Number(by ?? 1)));
  const count = Math.floor(Math.abs(last - first) / step) + 1;
  if (count > MAX_WORDS) return undefined;
  const width = /^-?0\d/.test(from) || /^-?0\d/.test(to) ? Math.max(from.length, to.length) : 0;
  return Array.from({ length: count }, (_, index) => {
    const value = first + (last >= first ? 1 : -1) * index * step;
    if (letters) return String.fromCharCode(value);
    return value < 0 ? `-${String(-value).padStart(width - 1, '0')}` : String(value).padStart(width, '0');
  });
}
