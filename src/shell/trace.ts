// Owns what one reading collects, the limits it keeps to, and the setting in which each piece of text runs.
import type { Context } from '../core/context.ts';
import type { Effect, EffectBody, Place, Span } from '../core/effect.ts';
import type { FactSource } from '../core/fact.ts';
import type { Invocation, Stream } from '../core/invocation.ts';
import type { Catalogue, LowerVariables, Readers } from '../core/machinery.ts';
import { known, type Taint, unknown, type Value } from '../core/value.ts';
import type { Ast } from './parse.ts';
import type { Source } from './source.ts';
import type { Descriptor } from './state.ts';

export const MAX_INVOCATIONS = 1500;
const MAX_EFFECTS = 6000;
/** Depth of functions, substitutions and peeled programs. */
export const MAX_DEPTH = 24;

/** One reading of one call. */
export interface Trace {
  readonly context: Context;
  readonly facts: FactSource;
  readonly catalogue: Catalogue;
  readonly readers: Readers['readers'];
  readonly environment: LowerVariables | undefined;
  readonly invocations: Invocation[];
  readonly effects: Effect[];
  /** Keys of effects found inside a loop or behind a choice, so that its further passes do not repeat them. */
  readonly seen: Set<string>;
  /** Process substitutions that something may write to, by the name the writer sees. */
  readonly sinks: Map<string, { readonly part: Ast.ProcessSubstitutionPart; readonly frame: Frame }>;
  /** Sinks that were written to. */
  readonly fed: Set<string>;
  /** Functions being run, to tell recursion. */
  readonly running: string[];
  /** Script files being read, to tell inclusion of each other. */
  readonly opening: string[];
  /** Process substitutions so far; each has a path of its own. */
  pipes: number;
  /** Depth of loops being read. */
  repeating: number;
  /** How many choices of where a command left the shell are being followed one by one. */
  choices: number;
  exhausted: boolean;
}

/** Where a piece of shell text runs and what its standard streams are. */
export interface Frame {
  readonly source: Source;
  readonly via: readonly string[];
  readonly place: Place;
  readonly root: boolean;
  readonly depth: number;
  readonly stdin: Stream;
  readonly stdout: Descriptor;
  readonly projectCode?: string;
}

/** What a command writes to its standard output, as far as it is not redirected away. */
export interface Out {
  readonly text: Value;
  readonly taints: readonly Taint[];
  /** What every line is, when their texts and number are not known. */
  readonly each?: Value;
  /** Every part that reaches the reader was noted where it was printed. */
  readonly shown?: boolean;
}

/** Standard output of what runs inside a command: the reader sees it through the command, all else is collected. */
export const through = (stdout: Descriptor): Descriptor => (stdout.kind === 'reader' ? stdout : { kind: 'capture' });

export const NO_TAINTS: readonly Taint[] = [];
export const SILENT: Out = { text: known(''), taints: NO_TAINTS };
export const INHERITED: Stream = { from: 'inherit', text: unknown('what is typed'), taints: NO_TAINTS };
export const CLOSED: Stream = { from: 'closed', text: known(''), taints: NO_TAINTS };

export function newTrace(context: Context, facts: FactSource, { catalogue, readers, environment }: Readers): Trace {
  return {
    context,
    facts,
    catalogue,
    readers,
    environment,
    invocations: [],
    effects: [],
    seen: new Set(),
    sinks: new Map(),
    fed: new Set(),
    running: [],
    opening: [],
    pipes: 0,
    repeating: 0,
    choices: 0,
    exhausted: false,
  };
}

/** Adds an effect with the setting it happens in. */
export function addEffect(
  trace: Trace,
  frame: Frame,
  span: Span,
  body: EffectBody,
  invocation = -1,
  override: { place?: Place; root?: boolean } = {},
): void {
  if (trace.effects.length >= MAX_EFFECTS) {
    exhaust(trace, frame, 'it has too many effects');
    return;
  }
  const effect: Effect = {
    ...body,
    span,
    via: frame.via,
    place: override.place ?? frame.place,
    root: override.root ?? frame.root,
    invocation,
    ...(frame.projectCode === undefined ? {} : { projectCode: frame.projectCode }),
  };
  if (trace.repeating > 0 || trace.choices > 0) {
    const key = JSON.stringify({ ...effect, invocation: 0 });
    if (trace.seen.has(key)) return;
    trace.seen.add(key);
  }
  trace.effects.push(effect);
}

export function addOpaque(
  trace: Trace,
  frame: Frame,
  span: Span,
  layer: 'shell' | 'program' | 'argument' | 'code' | 'limit',
  because: string,
  invocation = -1,
): void {
  addEffect(trace, frame, span, { kind: 'opaque', layer, because }, invocation);
}

/** Stops the reading: what follows is not looked at, and the call is opaque. */
export function exhaust(trace: Trace, frame: Frame, because: string): void {
  if (trace.exhausted) return;
  trace.exhausted = true;
  trace.effects.push({
    kind: 'opaque',
    layer: 'limit',
    because,
    span: frame.source.within,
    via: frame.via,
    place: frame.place,
    root: frame.root,
    invocation: -1,
  });
}
