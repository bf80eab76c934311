// Owns what the shell remembers from one command to the next: variables, functions, the folder it is in, open files.
import type { Context } from '../core/context.ts';
import type { Stream, Word } from '../core/invocation.ts';
import { join, known, mergeTaints, sameValue, type Taint, unknown, type Value } from '../core/value.ts';
import type { Ast } from './parse.ts';
import type { Source } from './source.ts';

export interface Variable {
  readonly value: Value;
  readonly taints: readonly Taint[];
  readonly exported: boolean;
  /** Elements of an indexed array whose elements are all written out. */
  readonly elements?: readonly Word[];
  /** What every line is, when it holds an output whose lines are not known one by one. */
  readonly each?: Value;
  /** Given the integer attribute: what is assigned is evaluated as arithmetic. */
  readonly integer?: boolean;
  /** True after `unset`: expands like an empty text, but counts as not set. */
  readonly unset?: boolean;
}

export interface Outcome {
  /** `surely`: the folder is known to be there. */
  readonly cd?: { readonly worked: Value; readonly failed: Value; readonly surely?: boolean };
  /** What may hold now, one state for each folder the shell may be in, where more differs than the folder. */
  readonly apart?: readonly State[];
  readonly assigned?: readonly string[];
}

export interface Trap {
  readonly source: Source;
  /** What held when it was set. */
  readonly set: State;
}

export interface ShellFunction {
  readonly body: Ast.Function['body'];
  readonly source: Source;
}

/** A file that this command wrote, fetched or moved; `folder` covers everything below it. */
export interface MadeFile {
  readonly text: Value;
  readonly taints: readonly Taint[];
  readonly folder: boolean;
  /** True when the write may not have happened, so that the file may still be what it was on disk. */
  readonly maybe: boolean;
  /** Made by a compiler or bundler from the project's own code. */
  readonly built?: boolean;
}

/** What an open file descriptor stands for. */
export type Descriptor =
  | { readonly kind: 'reader' }
  | { readonly kind: 'capture' }
  | { readonly kind: 'null' }
  | { readonly kind: 'file'; readonly path: Value; readonly append: boolean }
  | { readonly kind: 'socket'; readonly address: Value }
  /** Opened for reading. */
  | { readonly kind: 'source'; readonly stream: Stream }
  /** What is written feeds the process substitution of this name. */
  | { readonly kind: 'sink'; readonly name: string };

export interface State {
  vars: Map<string, Variable>;
  /** What a name may stand for; `undefined` among them: the command of that name itself. */
  functions: Map<string, readonly (ShellFunction | undefined)[]>;
  aliases: Map<string, string>;
  cwd: Value;
  oldCwd: Value;
  /** $0, then $1 … */
  positional: readonly Word[];
  /** True when $1 … are not known (a script's own arguments). */
  positionalUnknown: boolean;
  files: Map<string, MadeFile>;
  /** Descriptors opened by `exec`, beyond the first three. */
  descriptors: Map<number, Descriptor>;
  /** True once `export -f` was used, so that new shells know the functions. */
  exportedFunctions: boolean;
  exitOnError: boolean;
  noGlob: boolean;
  /** Folders saved by pushd, latest last. */
  folders: readonly Value[];
  /** What the success of the last command says: where `cd` went, or which variables its assignments filled. */
  last: Outcome | undefined;
  /** Shell text to be run at the end of the shell or on a signal. */
  traps: readonly Trap[];
  /** Inside a function: values of its local variables from before, to be put back. */
  locals: Map<string, Variable | undefined> | undefined;
}

export function initialState(context: Context): State {
  return {
    vars: new Map(),
    functions: new Map(),
    aliases: new Map(),
    cwd: known(context.cwd),
    oldCwd: unknown('the folder before this one'),
    positional: [],
    positionalUnknown: false,
    files: new Map(),
    descriptors: new Map(),
    exportedFunctions: false,
    exitOnError: false,
    noGlob: false,
    folders: [],
    last: undefined,
    traps: [],
    locals: undefined,
  };
}

export const cloneState = (state: State): State => ({
  ...state,
  vars: new Map(state.vars),
  functions: new Map(state.functions),
  aliases: new Map(state.aliases),
  files: new Map(state.files),
  descriptors: new Map(state.descriptors),
});

/** Makes `into` hold what may be true after either state; `fallback` gives the value of a variable set on one side only. */
export function joinInto(into: State, other: State, fallback: (name: string) => Variable): void {
  for (const name of new Set([...into.vars.keys(), ...other.vars.keys()])) {
    const left = into.vars.get(name);
    const right = other.vars.get(name);
    if (left === right) continue;
    into.vars.set(name, joinVariables(left ?? fallback(name), right ?? fallback(name)));
  }
  joinFunctions(into, other);
  for (const [name, text] of other.aliases) into.aliases.set(name, text);
  if (!sameValue(into.cwd, other.cwd)) into.cwd = join(into.cwd, other.cwd);
  if (!sameValue(into.oldCwd, other.oldCwd)) into.oldCwd = join(into.oldCwd, other.oldCwd);
  if (into.positional !== other.positional) into.positionalUnknown = true;
  joinFiles(into.files, other.files);
  for (const [fd, descriptor] of other.descriptors) {
    const have = into.descriptors.get(fd);
    if (have === undefined || RISK.indexOf(descriptor.kind) > RISK.indexOf(have.kind))
      into.descriptors.set(fd, descriptor);
  }
  into.last = undefined;
  into.exportedFunctions ||= other.exportedFunctions;
  into.traps = [...new Set([...into.traps, ...other.traps])];
  into.exitOnError &&= other.exitOnError;
  into.noGlob &&= other.noGlob;
}

/** Of two descriptors that may both be meant, the one that can do more harm is kept. */
const RISK: readonly Descriptor['kind'][] = ['null', 'reader', 'capture', 'source', 'file', 'sink', 'socket'];

function joinFunctions(into: State, other: State): void {
  for (const name of new Set([...into.functions.keys(), ...other.functions.keys()])) {
    const left = into.functions.get(name) ?? [undefined];
    const right = other.functions.get(name) ?? [undefined];
    if (left !== right) into.functions.set(name, [...new Set([...left, ...right])]);
  }
}

function joinFiles(into: Map<string, MadeFile>, other: ReadonlyMap<string, MadeFile>): void {
  for (const path of new Set([...into.keys(), ...other.keys()])) {
    const left = into.get(path);
    const right = other.get(path);
    if (left === right) continue;
    if (left && right)
      into.set(path, {
        text: join(left.text, right.text),
        taints: mergeTaints(left.taints, right.taints),
        folder: left.folder || right.folder,
        maybe: left.maybe || right.maybe,
      });
    else into.set(path, { ...((left ?? right) as MadeFile), maybe: true });
  }
}

function joinVariables(left: Variable, right: Variable): Variable {
  return {
    value: join(left.value, right.value),
    taints: mergeTaints(left.taints, right.taints),
    exported: left.exported || right.exported,
    ...(left.elements !== undefined && left.elements === right.elements ? { elements: left.elements } : {}),
    ...(left.each !== undefined && left.each === right.each ? { each: left.each } : {}),
  };
}

/** True when nothing that expansion depends on differs. */
export function sameState(left: State, right: State): boolean {
  if (!sameValue(left.cwd, right.cwd) || left.vars.size !== right.vars.size || left.files.size !== right.files.size)
    return false;
  for (const [name, variable] of left.vars) {
    const other = right.vars.get(name);
    if (other === undefined || (other !== variable && !sameVariable(variable, other))) return false;
  }
  return left.functions.size === right.functions.size;
}

function sameVariable(left: Variable, right: Variable): boolean {
  return (
    sameValue(left.value, right.value) &&
    left.taints.length === right.taints.length &&
    left.elements === right.elements &&
    left.each === right.each
  );
}

/** Values that differ from `before` become unknown; used when a loop keeps changing them. */
export function forgetChanges(state: State, before: State): void {
  for (const [name, variable] of state.vars) {
    const old = before.vars.get(name);
    if (old === undefined || !sameVariable(old, variable))
      state.vars.set(name, {
        value: unknown(`$${name} changes in a loop`),
        taints: variable.taints,
        exported: variable.exported,
      });
  }
  if (!sameValue(state.cwd, before.cwd)) state.cwd = unknown('the folder changes in a loop');
}
