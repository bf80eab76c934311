// Owns the builtins that change the folder: cd, pushd, popd, and what prints it.
import { resolve } from '../../core/path.ts';
import { concat, known, text, texts, unknown, type Value } from '../../core/value.ts';
import type { State } from '../state.ts';
import { addOpaque, NO_TAINTS, SILENT, type Trace } from '../trace.ts';
import { lookUp } from '../variables.ts';
import { type Builtin, operands, printing } from './call.ts';

/** `cd -` and a folder found by CDPATH are told (bash manual 4.1). */
export const changeDirectory: Builtin = (call) => {
  const { trace, state, args, frame, what, index } = call;
  const plain = args.filter((word) => !/^(-[LPe@]+|--)$/.test(text(word.value) ?? ''));
  const [target] = plain;
  if (plain.length > 1) addOpaque(trace, frame, what.span, 'shell', 'cd with several folders', index);
  const back = target !== undefined && text(target.value) === '-';
  const searched = state.vars.has('CDPATH') || what.assignments.some(({ name }) => name === 'CDPATH');
  enter(
    trace,
    state,
    target === undefined ? lookUp(trace, state, 'HOME').value : back ? state.oldCwd : target.value,
    searched,
  );
  // A redirect that fails keeps it from running at all.
  const { stdin, stdout, stderr } = what.io;
  if (stdin.from === 'file' || [stdout, stderr].some(({ kind }) => kind === 'file')) forgetSurely(state);
  return back || searched ? printing(call) : SILENT;
};

/** Goes to a folder; when it is not known to be there, what follows may run in either place. */
function enter(trace: Trace, state: State, target: Value, searched = state.vars.has('CDPATH')): void {
  const before = state.cwd;
  const all = texts(target);
  const relative = all?.some((each) => !/^[/.]/.test(each)) ?? true;
  const worked = relative && searched ? unknown('a folder found by CDPATH') : resolve(target, before);
  const surely = texts(worked)?.every((path) => {
    const fact = trace.facts('path', { path });
    return path === text(before) || (fact?.exists === true && fact.type === 'dir');
  });
  state.oldCwd = before;
  state.last = { cd: { worked, failed: surely === true ? worked : before, surely: surely === true } };
  state.cwd = surely === true || state.exitOnError ? worked : joinFolders(before, worked);
}

function forgetSurely(state: State): void {
  if (state.last?.cd) state.last = { cd: { worked: state.last.cd.worked, failed: state.last.cd.failed } };
}

function joinFolders(left: Value, right: Value): Value {
  const both = [texts(left), texts(right)];
  if (both[0] && both[1]) return { kind: 'oneOf', texts: [...new Set([...both[0], ...both[1]])].slice(0, 33) };
  return unknown('the folder that cd went to, or the one before');
}

export const pushd: Builtin = (call) => {
  const { state, args, trace } = call;
  const [target] = operands(args);
  state.folders = [...state.folders, state.cwd];
  if (target) enter(trace, state, target.value);
  else state.cwd = unknown('a folder of the stack');
  return printing(call);
};

export const popd: Builtin = (call) => {
  const { state, args } = call;
  const back = operands(args).length === 0 ? state.folders.at(-1) : undefined;
  state.folders = state.folders.slice(0, -1);
  state.cwd = back ?? unknown('a folder of the stack');
  return printing(call);
};

export const workingDirectory: Builtin = ({ state }) => ({ text: concat(state.cwd, known('\n')), taints: NO_TAINTS });

export const dirs: Builtin = ({ state }) => ({
  text: state.folders.length === 0 ? concat(state.cwd, known('\n')) : unknown('the folders of the stack'),
  taints: NO_TAINTS,
});
