// Owns control flow: lists, pipelines, branches, loops and groups, each joined so that nothing that may run is left out.
import { OWN_PROCESS } from '../core/invocation.ts';
import { isWithin } from '../core/path.ts';
import {
  concat,
  join,
  known,
  mergeTaints,
  number,
  sameValue,
  text,
  texts,
  unknown,
  type Value,
} from '../core/value.ts';
import { evaluateArithmetic } from './arithmetic.ts';
import { runTest } from './condition.ts';
import { byFolder, failed, joined, merge, succeeded } from './ends.ts';
import { foldersMade, isEndless, leaves, type Node } from './outcome.ts';
import type { Ast } from './parse.ts';
import { deliver, openRedirects } from './redirect.ts';
import { runSimple } from './simple.ts';
import { spanOf } from './source.ts';
import { cloneState, forgetChanges, type ShellFunction, type State, sameState } from './state.ts';
import {
  addEffect,
  addOpaque,
  exhaust,
  type Frame,
  MAX_DEPTH,
  NO_TAINTS,
  type Out,
  SILENT,
  type Trace,
} from './trace.ts';
import { runTraps } from './traps.ts';
import { listOf, setVariable } from './variables.ts';
import { expandFields, expandSingle } from './words.ts';

/** Longest output that is kept as text. */
const MAX_TEXT = 256 * 1024;
/** Passes over a loop before what still changes is given up. */
const MAX_PASSES = 3;
/** Choices followed one within the other; beyond them both are joined into one state that says less. */
const MAX_CHOICES = 2;

export const appendOut = (left: Out, right: Out): Out => {
  if (left === SILENT) return right;
  if (right === SILENT) return left;
  const value = concat(left.text, right.text);
  const taints = mergeTaints(left.taints, right.taints);
  return { text: value.kind === 'known' && value.text.length > MAX_TEXT ? unknown('a long output') : value, taints };
};

const eitherOut = (left: Out, right: Out): Out => ({
  text: join(left.text, right.text),
  taints: mergeTaints(left.taints, right.taints),
});

export function runScript(
  trace: Trace,
  frame: Frame,
  state: State,
  script: { readonly commands: readonly Ast.Statement[] },
): Out {
  if (frame.depth > MAX_DEPTH) {
    exhaust(trace, frame, 'it is nested too deeply');
    return SILENT;
  }
  let out = SILENT;
  for (const [index, statement] of script.commands.entries()) {
    if (trace.exhausted) break;
    out = appendOut(out, runStatement(trace, frame, state, statement));
    const rest = script.commands.slice(index + 1);
    const apart = rest.length > 0 && trace.choices < MAX_CHOICES ? choices(state, statement) : undefined;
    if (apart) return appendOut(out, followEach(trace, frame, state, apart, rest));
  }
  return out;
}

/** Where a `cd` left the shell in one of several places, and more hangs on it than names of files: what holds in each. */
function choices(state: State, { background, command }: Ast.Statement): readonly State[] | undefined {
  if (background || (command.type !== 'AndOr' && command.type !== 'Command')) return undefined;
  const { cd, apart } = state.last ?? {};
  if (apart || !cd || texts(state.cwd) || sameValue(cd.worked, cd.failed)) return apart;
  return [cd.worked, cd.failed].map((cwd) => ({ ...cloneState(state), cwd }));
}

/** Reads the rest of a script once for each state it may start in. */
function followEach(
  trace: Trace,
  frame: Frame,
  state: State,
  states: readonly State[],
  commands: readonly Ast.Statement[],
): Out {
  trace.choices++;
  const out = states.map((each) => runScript(trace, frame, each, { commands })).reduce(eitherOut);
  trace.choices--;
  Object.assign(state, joined(trace, states));
  return out;
}

function runStatement(trace: Trace, frame: Frame, state: State, statement: Ast.Statement): Out {
  if (!statement.background) return runNode(trace, frame, state, statement.command);
  const out = inSubshell(state, (child) => runNode(trace, frame, child, statement.command));
  setVariable(state, '!', number(OWN_PROCESS), NO_TAINTS);
  return out;
}

/** Runs in a copy of the state; only files outlive it. */
function inSubshell(state: State, run: (child: State) => Out): Out {
  const child = cloneState(state);
  const out = run(child);
  state.files = child.files;
  return out;
}

export function runNode(trace: Trace, frame: Frame, state: State, node: Node): Out {
  if (trace.exhausted) return SILENT;
  switch (node.type) {
    case 'Command':
      return runSimple(trace, frame, state, node);
    case 'AndOr':
      return runAndOr(trace, frame, state, node);
    case 'Pipeline':
      return runPipeline(trace, frame, state, node);
    case 'CompoundList':
      return runScript(trace, frame, state, node);
    case 'BraceGroup':
      return runScript(trace, frame, state, node.body);
    case 'Subshell':
      return inSubshell(state, (child) => {
        child.traps = [];
        const out = runScript(trace, frame, child, node.body);
        runTraps(trace, frame, child);
        return out;
      });
    case 'If':
      return runIf(trace, frame, state, [node, ...node.elif], node.else);
    case 'While':
      if (isEndless(node))
        addEffect(trace, frame, spanOf(frame.source, node), {
          kind: 'system',
          action: 'exhaust',
          what: 'a loop without an end that starts jobs in the background',
        });
      return runLoop(trace, state, () =>
        appendOut(
          runScript(trace, frame, state, node.clause),
          whenTrue(trace, frame, state, node.body, node.kind === 'while'),
        ),
      );
    case 'For':
    case 'Select':
      return runFor(trace, frame, state, node);
    case 'ArithmeticFor': {
      const span = spanOf(frame.source, node);
      evaluateArithmetic(trace, frame, state, node.initialize, span);
      return runLoop(trace, state, () => {
        evaluateArithmetic(trace, frame, state, node.test, span);
        const out = runScript(trace, frame, state, node.body);
        evaluateArithmetic(trace, frame, state, node.update, span);
        return out;
      });
    }
    case 'Case':
      return runCase(trace, frame, state, node);
    case 'Redirected': {
      const io = openRedirects(trace, frame, state, node.redirects);
      const captured = io.stdout.kind !== 'reader' && io.stdout.kind !== 'capture';
      const inner: Frame = { ...frame, stdin: io.stdin, stdout: captured ? { kind: 'capture' } : io.stdout };
      const before = state.descriptors;
      state.descriptors = new Map([...before, ...io.opened]);
      const out = runNode(trace, inner, state, node.command);
      state.descriptors = before;
      return captured || io.stderr.kind === 'file'
        ? deliver(
            trace,
            frame,
            state,
            { ...io, stdout: captured ? io.stdout : { kind: 'capture' } },
            out,
            spanOf(frame.source, node),
            'a group of commands',
          )
        : out;
    }
    case 'Function': {
      const name = text(expandSingle(trace, frame, state, node.name).value);
      if (name === undefined)
        addOpaque(trace, frame, spanOf(frame.source, node), 'shell', 'a function whose name is not known');
      else defineFunction(trace, frame, state, name, { body: node.body, source: frame.source });
      addEffect(trace, frame, spanOf(frame.source, node), { kind: 'inspect', what: 'defines a function' });
      return SILENT;
    }
    case 'Coproc':
      return inSubshell(state, (child) => runNode(trace, { ...frame, stdout: { kind: 'capture' } }, child, node.body));
    case 'TestCommand':
      runTest(trace, frame, state, node.expression);
      addEffect(trace, frame, spanOf(frame.source, node), { kind: 'inspect', what: 'tests a condition' });
      return SILENT;
    case 'ArithmeticCommand':
      evaluateArithmetic(trace, frame, state, node.expression, spanOf(frame.source, node));
      addEffect(trace, frame, spanOf(frame.source, node), { kind: 'inspect', what: 'computes a number' });
      return SILENT;
  }
}

/** Shells run these when a command is not found, whichever command that is. */
const RUN_UNASKED = /^command_not_found_handler?$/;

function defineFunction(trace: Trace, frame: Frame, state: State, name: string, fn: ShellFunction): void {
  state.functions.set(name, [fn]);
  if (RUN_UNASKED.test(name))
    inSubshell(state, (child) =>
      runNode(trace, { ...frame, via: [...frame.via, `${name}()`], depth: frame.depth + 1 }, child, fn.body),
    );
}

/**
 * A chain of `&&` and `||`, read from the left: `ok` is what holds where it succeeded so far, `broken` where it failed,
 * one state for each folder; empty where control has left.
 */
function runAndOr(trace: Trace, frame: Frame, state: State, node: Ast.AndOr): Out {
  let out = runNode(trace, frame, state, node.commands[0] as Node);
  let ok: readonly State[] = [cloneState(state)];
  let broken: readonly State[] = state.last?.cd?.surely ? [] : [cloneState(state)];
  ok.forEach(succeeded);
  broken.forEach(failed);
  node.operators.forEach((operator, index) => {
    const right = node.commands[index + 1] as Node;
    const reached = operator === '&&' ? ok : broken;
    const from = reached.length > 0 ? reached : [cloneState(state)];
    const stays = from.filter((each) => !leaves(trace, each, right));
    if (from.length > 1) trace.choices++;
    out = appendOut(out, from.map((each) => runNode(trace, frame, each, right)).reduce(eitherOut));
    if (from.length > 1) trace.choices--;
    const no = stays.filter((each) => each.last?.cd?.surely !== true).map(cloneState);
    stays.forEach(succeeded);
    no.forEach(failed);
    if (operator === '&&') {
      broken = byFolder(trace, [...broken, ...no]);
      ok = byFolder(trace, stays);
    } else {
      ok = byFolder(trace, [...ok, ...stays]);
      broken = byFolder(trace, no);
    }
  });
  const places = [ok, broken].map((states) => states.map(({ cwd }) => cwd));
  const all = byFolder(trace, [...ok, ...broken].map(cloneState));
  const [first] = all;
  const apart = first && !all.every((each) => sameState({ ...each, cwd: first.cwd }, first)) ? all : undefined;
  const written = ok.flatMap(({ files }) => [...files]);
  if (first) Object.assign(state, joined(trace, all.map(cloneState)));
  // Where `mkdir -p` fails there is no such folder, and so no older file of that name that could be meant later.
  const folders =
    node.commands.length === 2 && node.operators[0] === '&&' ? foldersMade(state, node.commands[0] as Node) : [];
  for (const [path, file] of written)
    if (!file.maybe && folders.some((folder) => isWithin(path, folder))) state.files.set(path, file);
  const [worked, notWorked] = places.map((each) => (each.length > 0 ? each.reduce(join) : undefined));
  state.last = worked && notWorked ? { cd: { worked, failed: notWorked }, ...(apart ? { apart } : {}) } : undefined;
  return out;
}

function runPipeline(trace: Trace, frame: Frame, state: State, node: Ast.Pipeline): Out {
  if (node.commands.length === 1) {
    const only = runNode(trace, frame, state, node.commands[0] as Node);
    const negated = node.prefixes.filter((prefix) => prefix.type === 'Negation').length % 2 === 1;
    const cd = state.last?.cd;
    if (negated) state.last = cd ? { cd: { worked: cd.failed, failed: cd.worked } } : undefined;
    return only;
  }
  let out = SILENT;
  node.commands.forEach((command, index) => {
    const first = index === 0;
    const last = index === node.commands.length - 1;
    const inner: Frame = {
      ...frame,
      stdin: first
        ? frame.stdin
        : { from: 'pipe', text: out.text, taints: out.taints, ...(out.each ? { each: out.each } : {}) },
      stdout: last ? frame.stdout : { kind: 'capture' },
    };
    const child = cloneState(state);
    out = runNode(trace, inner, child, command);
    state.files = child.files;
    // zsh runs the last stage in the shell itself, bash does not: either may be true afterwards.
    if (last) merge(trace, state, child);
  });
  return out;
}

function whenTrue(trace: Trace, frame: Frame, state: State, body: Node, isTrue: boolean): Out {
  if (isTrue) succeeded(state);
  else failed(state);
  return runNode(trace, frame, state, body);
}

function runIf(
  trace: Trace,
  frame: Frame,
  state: State,
  branches: readonly (Ast.If | Ast.Elif)[],
  otherwise: Ast.CompoundList | undefined,
): Out {
  const [branch, ...rest] = branches;
  if (branch === undefined) return otherwise ? runNode(trace, frame, state, otherwise) : SILENT;
  const before = runScript(trace, frame, state, branch.clause);
  const other = cloneState(state);
  failed(other);
  const yes = whenTrue(trace, frame, state, branch.then, true);
  const no = runIf(trace, frame, other, rest, otherwise);
  if (leaves(trace, state, branch.then)) Object.assign(state, other);
  else if (rest.length > 0 || otherwise === undefined || !leaves(trace, other, otherwise)) merge(trace, state, other);
  return appendOut(before, eitherOut(yes, no));
}

/** Runs a body until nothing that expansion depends on changes any more. */
function runLoop(trace: Trace, state: State, body: () => Out): Out {
  let out = SILENT;
  trace.repeating++;
  for (let pass = 0; pass <= MAX_PASSES; pass++) {
    const before = cloneState(state);
    const printed = body();
    out =
      pass === 0 ? printed : { text: unknown('what a loop prints'), taints: mergeTaints(out.taints, printed.taints) };
    merge(trace, state, before);
    if (trace.exhausted || sameState(state, before)) break;
    if (pass === MAX_PASSES - 1) forgetChanges(state, before);
  }
  trace.repeating--;
  return out.text.kind === 'known' && out.text.text === ''
    ? out
    : { text: unknown('what a loop prints'), taints: out.taints };
}

function runFor(trace: Trace, frame: Frame, state: State, node: Ast.For | Ast.Select): Out {
  const name = node.name.value;
  const words = node.wordlist
    ? node.wordlist.flatMap((word) => expandFields(trace, frame, state, word))
    : (listOf(state, '@') ?? []);
  if (node.wordlist && words.length === 0) return SILENT;
  let value: Value =
    words.length === 0 ? unknown('an argument of the script') : words.map((word) => word.value).reduce(join);
  const taints = mergeTaints(...words.map((word) => word.taints));
  // An answer that is none of the numbers leaves the name of a `select` empty.
  if (node.type === 'Select') value = join(value, known(''));
  setVariable(state, name, value, taints);
  return runLoop(trace, state, () => {
    setVariable(state, name, value, taints);
    return runScript(trace, frame, state, node.body);
  });
}

function runCase(trace: Trace, frame: Frame, state: State, node: Ast.Case): Out {
  expandSingle(trace, frame, state, node.word);
  addEffect(trace, frame, spanOf(frame.source, node.word), { kind: 'inspect', what: 'compares a word' });
  const start = cloneState(state);
  const ends: State[] = node.items.some(({ pattern }) => pattern.some(({ text }) => text === '*'))
    ? []
    : [cloneState(state)];
  let out: Out | undefined;
  for (const item of node.items) {
    const branch = cloneState(start);
    for (const pattern of item.pattern) expandSingle(trace, frame, branch, pattern);
    const printed = runNode(trace, frame, branch, item.body);
    out = out ? eitherOut(out, printed) : printed;
    // `;&` and `;;&` go on with later items, so those see what this one left.
    if (item.terminator !== undefined && item.terminator !== ';;') merge(trace, start, branch);
    if (!leaves(trace, branch, item.body)) ends.push(branch);
  }
  if (ends.length > 0) Object.assign(state, joined(trace, ends));
  return out ? eitherOut(out, SILENT) : SILENT;
}
