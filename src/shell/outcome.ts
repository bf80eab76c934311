// Tells from the syntax alone whether control comes out of a command, whether a loop ends, and which folders surely are made. Runs nothing.
import { normalize } from '../core/path.ts';
import type { Ast } from './parse.ts';
import type { State } from './state.ts';
import type { Trace } from './trace.ts';

export type Node = Ast.Statement['command'] | Ast.CompoundList;

/** True when control never comes out at the end of the node. `break` outside a loop and `return` outside a function do nothing. */
export function leaves(trace: Trace, state: State, node: Node | Ast.Function['body'], depth = 0): boolean {
  if (node.type === 'BraceGroup') return leaves(trace, state, node.body, depth);
  if (node.type === 'CompoundList') {
    const last = node.commands.at(-1);
    return last !== undefined && !last.background && leaves(trace, state, last.command, depth);
  }
  if (node.type !== 'Command' || node.name === undefined || node.name.parts !== undefined) return false;
  const name = node.name.text;
  const meanings = state.functions.get(name);
  if (meanings) return depth < 4 && meanings.every((fn) => fn !== undefined && exits(trace, state, fn.body, depth + 1));
  if (name === 'exit') return true;
  if (name === 'exec') return node.args.length > 0;
  if (name === 'return') return trace.running.length > 0;
  return (name === 'break' || name === 'continue') && trace.repeating > 0;
}

/** A function whose last command ends the shell, not only the function. */
function exits(trace: Trace, state: State, body: Ast.Function['body'], depth: number): boolean {
  const list = body.type === 'BraceGroup' ? body.body : body.type === 'CompoundList' ? body : undefined;
  const last = list?.commands.at(-1)?.command;
  return last?.type === 'Command' && last.name?.text !== 'return' && leaves(trace, state, last, depth);
}

/** The folders that `mkdir -p` with nothing but whole paths makes. */
export function foldersMade(state: State, node: Node): readonly string[] {
  if (node.type !== 'Command' || node.name?.text !== 'mkdir' || node.redirects.length > 0) return [];
  if (state.functions.has('mkdir') || state.aliases.has('mkdir')) return [];
  const [flag, folder, ...more] = node.args;
  // Of several folders one may be there although another could not be made.
  const plain = folder !== undefined && more.length === 0 && /^\/[\w./-]+$/.test(folder.text);
  return flag?.text === '-p' && plain ? [normalize(folder.text)] : [];
}

const ALWAYS = /^(true|:|1)$/;
/** Commands in whose course a loop waits. */
const WAITS = /^(sleep|read|wait|inotifywait|fswatch|tail|nc|ncat|socat|exit|return|break)$/;

/** `while true` around background jobs that nothing in the loop waits for: each pass leaves processes behind. */
export function isEndless(node: Ast.While): boolean {
  const [condition] = node.clause.commands;
  const command = condition?.command;
  if (node.clause.commands.length !== 1 || command?.type !== 'Command') return false;
  if (node.kind === 'while' ? !ALWAYS.test(command.name?.value ?? '') : command.name?.value !== 'false') return false;
  const body = node.body.commands;
  const names = body
    .filter((each) => !each.background)
    .map((each) => (each.command.type === 'Command' ? (each.command.name?.value ?? '') : ''));
  const waits = names.some((name) => WAITS.test(name) && !(name === 'wait' && names.includes('disown')));
  return !waits && body.some((each) => each.background);
}
