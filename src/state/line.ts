// Owns the lines of the journal: their shapes, how they are written without secrets, and how a line from disk is believed.
import { redact } from '../core/redact.ts';

const VERSION = 1;
/** One line is one write(2); a length far below what any file system takes in one piece keeps it so. */
export const MAX_LINE = 48_000;
const MAX_FIELD = 2_000;
const MAX_PROMPT = 9_000;
const MAX_LIST = 60;

export interface Decided {
  readonly kind: 'decided';
  /** The host's id of the call; empty when it gives none. */
  readonly id: string;
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly decision: 'allow' | 'deny' | 'ask';
  readonly rule: string;
  readonly reason: string;
  /** Whether a denial counts towards the limits; an outage or a fault does not. */
  readonly counts: boolean;
  readonly mode: string;
  readonly ms: number;
  readonly agent?: string | undefined;
  /** Paths that were not there before and that the call makes when it runs. */
  readonly makes?: readonly string[];
  /** Paths that the call brings in from outside when it runs. */
  readonly receives?: readonly string[];
  readonly branches?: readonly string[];
  /** SHA-256 of the content that was judged, by path. */
  readonly hashes?: Readonly<Record<string, string>>;
  /** What the classifier used, when it was asked. */
  readonly classifier?: Readonly<Record<string, unknown>>;
}

export type Body =
  | Decided
  | { readonly kind: 'start'; readonly source: string; readonly cwd: string; readonly attended: boolean }
  | { readonly kind: 'prompt'; readonly text: string; readonly byUser: boolean }
  | { readonly kind: 'ran'; readonly id: string; readonly tool: string }
  | { readonly kind: 'config'; readonly source: string; readonly path: string; readonly blocked: boolean }
  | { readonly kind: 'agent-stop'; readonly agent: string }
  | { readonly kind: 'fault'; readonly event: string; readonly because: string };

/** `at`: milliseconds since the epoch. */
export type Line = Body & { readonly at: number };

/** The line as text with its line end: redacted, clipped, at most MAX_LINE bytes. */
export function formatLine(line: Line): string {
  const max = line.kind === 'prompt' ? MAX_PROMPT : MAX_FIELD;
  const { at, kind, ...rest } = line;
  const text = JSON.stringify({ v: VERSION, at, kind, ...(clean(rest, max) as object) });
  if (text.length * 3 < MAX_LINE || Buffer.byteLength(text) < MAX_LINE) return `${text}\n`;
  const short = clean(rest, MAX_FIELD / 10) as object;
  return `${JSON.stringify({ v: VERSION, at, kind, ...short, clipped: true })}\n`;
}

function clean(value: unknown, max: number, depth = 0): unknown {
  if (typeof value === 'string') return clip(redact(value.length > max * 4 ? clip(value, max * 4) : value), max);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > 3) return '…';
  if (Array.isArray(value)) return value.slice(0, MAX_LIST).map((each) => clean(each, max, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, MAX_LIST)
      .map(([key, each]) => [clip(key, 300), clean(each, max, depth + 1)]),
  );
}

/** Beginning and end are kept: what matters of a long command or prompt stands at either. */
function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  const tail = Math.floor(max / 3);
  return `${text.slice(0, max - tail)} …[${text.length - max} characters left out]… ${text.slice(-tail)}`;
}

/** Undefined when the text is no whole line of a version this code knows. */
export function readLine(text: string): Line | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const line = value as Readonly<Record<string, unknown>>;
  if (line.v !== VERSION || typeof line.at !== 'number') return undefined;
  const shape = SHAPES.get(line.kind as string);
  return shape && Object.entries(shape).every(([key, is]) => is(line[key])) ? (line as unknown as Line) : undefined;
}

type Check = (value: unknown) => boolean;
const text: Check = (value) => typeof value === 'string';
const truth: Check = (value) => typeof value === 'boolean';
const count: Check = (value) => typeof value === 'number';
const record: Check = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const decision: Check = (value) => value === 'allow' || value === 'deny' || value === 'ask';
const maybe =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const texts: Check = (value) => Array.isArray(value) && value.every(text);
const textRecord: Check = (value) => record(value) && Object.values(value as object).every(text);

type ShapeOf<K extends Body['kind']> = Record<keyof Omit<Extract<Body, { kind: K }>, 'kind'>, Check>;
const SHAPE_TABLE: { [K in Body['kind']]: ShapeOf<K> } = {
  decided: {
    id: text,
    tool: text,
    input: record,
    decision,
    rule: text,
    reason: text,
    counts: truth,
    mode: text,
    ms: count,
    agent: maybe(text),
    makes: maybe(texts),
    receives: maybe(texts),
    branches: maybe(texts),
    hashes: maybe(textRecord),
    classifier: maybe(record),
  },
  start: { source: text, cwd: text, attended: truth },
  prompt: { text, byUser: truth },
  ran: { id: text, tool: text },
  config: { source: text, path: text, blocked: truth },
  'agent-stop': { agent: text },
  fault: { event: text, because: text },
};
const SHAPES = new Map<string, Record<string, Check>>(Object.entries(SHAPE_TABLE));
