// Owns what may hold after a command: where it went well, where it failed, and where nobody knows which.
import { checked, sameValue } from '../core/value.ts';
import { joinInto, type State } from './state.ts';
import type { Trace } from './trace.ts';
import { lookUp } from './variables.ts';

/** Folders the shell may be in that are told apart. */
const MAX_FOLDERS = 3;

/** Makes `state` hold what may be true after it or after `other`. */
export function merge(trace: Trace, state: State, other: State): void {
  joinInto(state, other, (name) => lookUp(trace, { ...state, vars: new Map() }, name));
}

/** After success `cd` went where it was told, and what an assignment substituted is there. */
export function succeeded(state: State): void {
  const { cd, assigned = [] } = state.last ?? {};
  if (cd) state.cwd = cd.worked;
  for (const name of assigned) {
    const variable = state.vars.get(name);
    if (variable) state.vars.set(name, { ...variable, value: checked(variable.value) });
  }
}

export function failed(state: State): void {
  if (state.last?.cd) state.cwd = state.last.cd.failed;
}

/** What holds where any of the states may be the one. */
export const joined = (trace: Trace, states: readonly State[]): State =>
  states.reduce((left, right) => {
    merge(trace, left, right);
    return left;
  });

/** The states with those of one folder joined; more than are followed are joined as well. */
export function byFolder(trace: Trace, states: readonly State[]): readonly State[] {
  const apart: State[] = [];
  for (const state of states) {
    const same = apart.find((each) => sameValue(each.cwd, state.cwd)) ?? apart[MAX_FOLDERS - 1];
    if (same) merge(trace, same, state);
    else apart.push(state);
  }
  return apart;
}
