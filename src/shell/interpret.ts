// Owns the reading of one command: what would run, in which order, where, fed by what. Judges nothing.
import type { Context } from '../core/context.ts';
import type { Effect } from '../core/effect.ts';
import type { FactSource } from '../core/fact.ts';
import type { Invocation } from '../core/invocation.ts';
import type { Readers } from '../core/machinery.ts';
import { runUnfedSinks } from './redirect.ts';
import { topSource } from './source.ts';
import { initialState } from './state.ts';
import { runText } from './substitution.ts';
import { type Frame, INHERITED, newTrace } from './trace.ts';
import { runTraps } from './traps.ts';

export interface Reading {
  /** Every simple command as the shell would start it, and what is peeled out of it. */
  readonly invocations: readonly Invocation[];
  readonly effects: readonly Effect[];
}

/** Reads shell text as the host's shell would run it in `context.cwd`. Never throws for any text. */
export function readCommand(source: string, context: Context, facts: FactSource, readers: Readers): Reading {
  const trace = newTrace(context, facts, readers);
  const frame: Frame = {
    source: topSource(source),
    via: [],
    place: { kind: 'local' },
    root: false,
    depth: 0,
    stdin: INHERITED,
    stdout: { kind: 'reader' },
  };
  const state = initialState(context);
  runText(trace, frame, state);
  runTraps(trace, frame, state);
  runUnfedSinks(trace, state);
  return { invocations: trace.invocations, effects: trace.effects };
}
