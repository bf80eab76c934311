// Owns what runs at the end of a shell: the actions of its traps, with what then holds.
import { cloneState, type State, sameState } from './state.ts';
import { runText } from './substitution.ts';
import type { Frame, Trace } from './trace.ts';

/** Runs the actions again where something they depend on has changed since they were set. */
export function runTraps(trace: Trace, frame: Frame, state: State): void {
  for (const { source, set } of state.traps) {
    if (sameState(set, state)) continue;
    const child = cloneState(state);
    child.traps = [];
    runText(trace, { ...frame, source, via: [...frame.via, 'trap'], depth: frame.depth + 1 }, child);
    state.files = child.files;
  }
}
