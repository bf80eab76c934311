// Owns simple commands: assignments, finding out what a name starts, functions and aliases, and the record of the start.
import type { Assignment, Invocation, Word } from '../core/invocation.ts';
import { basename } from '../core/path.ts';
import { known, mergeTaints, text, texts, unknown, why } from '../core/value.ts';
import { assign, assignRaw } from './assign.ts';
import { braceWords } from './brace.ts';
import { builtins, plainBuiltins } from './builtins/index.ts';
import { noteDecoded } from './code.ts';
import { reached } from './guess.ts';
import { type Ast, parseWord } from './parse.ts';
import { deliver, feedSink, type Io, openRedirects } from './redirect.ts';
import { environmentOf, runProgram } from './run.ts';
import { innerSource, spanOf } from './source.ts';
import { cloneState, joinInto, type State } from './state.ts';
import { runNode } from './statements.ts';
import { runText } from './substitution.ts';
import {
  addEffect,
  addOpaque,
  exhaust,
  type Frame,
  MAX_INVOCATIONS,
  NO_TAINTS,
  type Out,
  SILENT,
  type Trace,
} from './trace.ts';
import { lookUp } from './variables.ts';
import { expandFields, expandSingle } from './words.ts';

export function runSimple(trace: Trace, frame: Frame, state: State, node: Ast.Command): Out {
  const span = spanOf(frame.source, node);
  const words: Word[] = [];
  if (node.name) words.push(...expandFields(trace, frame, state, node.name));
  const declares = DECLARES.has(text(words[0]?.value ?? unknown('')) ?? '');
  for (const argument of node.args) {
    if (argument.type === 'Word') words.push(...expandFields(trace, frame, state, argument));
    else words.push(...assignmentWords(trace, frame, state, argument, declares));
  }
  const assignments: Assignment[] = [];
  const prefixes = node.prefix.filter((part) => part.type === 'Assignment');
  if (words.length === 0) {
    state.last = undefined;
    for (const part of prefixes) assign(trace, frame, state, part);
    const io = openRedirects(trace, frame, state, node.redirects);
    if (node.redirects.length > 0) deliver(trace, frame, state, io, SILENT, span, 'a redirection');
    addEffect(trace, frame, span, { kind: 'inspect', what: 'sets a variable' });
    state.last = { assigned: prefixes.map((part) => part.name) };
    const set = prefixes
      .filter((part) => part.value.type === 'Word')
      .map((part) => ({ name: part.name, word: wordOfVariable(trace, state, part.name, span) }));
    environmentOf(trace, frame, state, set, '', span);
    // `$(<file)` is the content of the file (bash manual 3.5.4); zsh prints it without the substitution as well.
    const reads = prefixes.length === 0 && node.redirects.some((redirect) => redirect.operator === '<');
    return reads ? { text: io.stdin.text, taints: io.stdin.taints } : SILENT;
  }
  for (const part of prefixes) {
    if (part.value.type !== 'Word') continue;
    const word = expandSingle(trace, frame, state, part.value, true);
    assignments.push({ name: part.name, word: { ...word, span: spanOf(frame.source, part) } });
  }
  const io = openRedirects(trace, frame, state, node.redirects);
  const aliasText = node.name && node.name.parts === undefined ? state.aliases.get(node.name.text) : undefined;
  if (aliasText !== undefined && node.name && frame.depth < 12) {
    const rest = frame.source.text.slice(node.name.end, node.end);
    const child = cloneState(state);
    child.aliases.delete(node.name.text);
    runText(
      trace,
      {
        ...frame,
        via: [...frame.via, `alias ${node.name.text}`],
        depth: frame.depth + 1,
        source: innerSource(aliasText + rest, frame.source, span),
      },
      child,
    );
    state.files = child.files;
  }
  return start(trace, frame, state, { words, assignments, io, span, external: false });
}

const DECLARES = new Set(['declare', 'typeset', 'local', 'export', 'readonly']);

/** An argument such as `X={a,b}` of `declare` is expanded like any word before it is an assignment. */
function assignmentWords(trace: Trace, frame: Frame, state: State, node: Ast.Assignment, declares: boolean): Word[] {
  const span = spanOf(frame.source, node);
  const raw = frame.source.text.slice(node.pos, node.end);
  if (node.value.type === 'ArrayValue') {
    assignRaw(trace, frame, state, node);
    return [{ value: known(`${node.name}=(…)`), taints: NO_TAINTS, fields: 'one', span }];
  }
  const braces = raw.includes('{') ? braceWords(raw) : [raw];
  if (declares && braces && braces.length > 1)
    return braces.map((each) => {
      const parsed = parseWord(`'${each.replaceAll("'", '')}'`);
      return {
        value: parsed ? known(each) : unknown('a brace expansion that is not followed'),
        taints: NO_TAINTS,
        fields: 'one',
        span,
      };
    });
  const value = expandSingle(trace, frame, state, node.value, true);
  const head = raw.slice(0, raw.indexOf('=') + 1);
  return [{ ...value, value: prefixed(head, value), span }];
}

function prefixed(head: string, word: Word): Word['value'] {
  const all = texts(word.value);
  if (all && all.length === 1) return known(head + all[0]);
  if (all) return { kind: 'oneOf', texts: all.map((each) => head + each) };
  const { value } = word;
  return {
    kind: 'pattern',
    prefix: head + (value.kind === 'pattern' ? value.prefix : ''),
    suffix: value.kind === 'pattern' ? value.suffix : '',
    climbs: true,
    because: why(value) ?? '',
  };
}

function wordOfVariable(trace: Trace, state: State, name: string, span: Word['span']): Word {
  const { value, taints } = lookUp(trace, state, name);
  return { value, taints, fields: 'one', span };
}

/** What is about to be started. */
export interface Start {
  readonly words: readonly Word[];
  readonly assignments: readonly Assignment[];
  readonly io: Io;
  readonly span: Word['span'];
  /** True when another program starts it, which knows no functions, aliases or shell builtins. */
  readonly external: boolean;
}

export function start(trace: Trace, frame: Frame, state: State, what: Start): Out {
  state.last = undefined;
  const [program] = what.words;
  if (program === undefined) return SILENT;
  const index = record(trace, frame, state, what);
  if (index < 0) return SILENT;
  noteDecoded(trace, frame, 'shell', program, index, what.span);
  if (program.disguise !== undefined)
    addEffect(trace, frame, program.span, { kind: 'disguise', name: program.value, how: program.disguise }, index);
  const names =
    program.fields === 'many' && program.value.kind !== 'known' && program.value.kind !== 'oneOf'
      ? undefined
      : texts(program.value);
  if (names === undefined) {
    addOpaque(
      trace,
      frame,
      what.span,
      'shell',
      `the program to run is not known: ${why(program.value) ?? 'its name'}`,
      index,
    );
    for (const taint of program.taints)
      if (taint.label === 'downloaded')
        addEffect(
          trace,
          frame,
          what.span,
          { kind: 'code.run', origin: 'download', language: 'shell', what: program.value, taints: program.taints },
          index,
        );
    for (const each of reached(program.value))
      startItself(
        trace,
        frame,
        cloneState(state),
        { ...what, words: [{ ...program, value: known(each) }, ...what.words.slice(1)] },
        index,
        each,
      );
    return settle(
      trace,
      frame,
      state,
      what,
      { text: unknown('the output of an unknown program'), taints: what.io.stdin.taints },
      index,
      'an unknown program',
    );
  }
  if (names.length === 1) return startNamed(trace, frame, state, what, index, names[0] as string);
  let out = SILENT;
  for (const name of names) {
    const child = cloneState(state);
    const alternative = {
      ...what,
      words: [{ ...program, value: known(name), fields: 'one' as const }, ...what.words.slice(1)],
    };
    const printed = startNamed(trace, frame, child, alternative, record(trace, frame, child, alternative), name);
    joinInto(state, child, (variable) => lookUp(trace, { ...state, vars: new Map() }, variable));
    out = { text: unknown('the output of one of several programs'), taints: [...out.taints, ...printed.taints] };
  }
  return out;
}

function startNamed(trace: Trace, frame: Frame, state: State, what: Start, index: number, name: string): Out {
  if (index < 0) return SILENT;
  const meanings = what.external ? undefined : state.functions.get(name);
  if (meanings === undefined) return startItself(trace, frame, state, what, index, name);
  const start = cloneState(state);
  let out: Out | undefined;
  for (const fn of meanings) {
    const child = out === undefined ? state : cloneState(start);
    const printed =
      fn === undefined
        ? startItself(trace, frame, child, what, index, name)
        : settle(trace, frame, child, what, runFunction(trace, frame, child, name, fn, what, index), index, name, true);
    if (child !== state) joinInto(state, child, (variable) => lookUp(trace, { ...start, vars: new Map() }, variable));
    out =
      out === undefined
        ? printed
        : { text: unknown('the output of one of several functions'), taints: mergeTaints(out.taints, printed.taints) };
  }
  return out ?? SILENT;
}

/** Starts the builtin or program of that name. */
function startItself(trace: Trace, frame: Frame, state: State, what: Start, index: number, name: string): Out {
  const builtin = what.external ? plainBuiltins.get(name) : builtins.get(name);
  if (builtin) {
    environmentOf(trace, frame, state, what.assignments, name, what.span, index);
    const before = trace.effects.length;
    const out = builtin({ trace, frame, state, what, index, name, args: what.words.slice(1) });
    if (trace.effects.length === before) addEffect(trace, frame, what.span, { kind: 'inspect', what: name }, index);
    return settle(trace, frame, state, what, out, index, name);
  }
  const out = runProgram(trace, frame, state, what, index, name);
  return settle(trace, frame, state, what, out, index, basename(name));
}

/** Hands the output on, and feeds process substitutions that were named as files to write. */
function settle(
  trace: Trace,
  frame: Frame,
  state: State,
  what: Start,
  out: Out,
  index: number,
  name: string,
  grouped = false,
): Out {
  for (const word of what.words) {
    const path = text(word.value);
    if (path !== undefined && trace.sinks.has(path)) feedSink(trace, state, path, out);
  }
  const io =
    grouped && what.io.stdout.kind === 'reader' ? { ...what.io, stdout: { kind: 'capture' as const } } : what.io;
  return deliver(trace, frame, state, io, out, what.span, name, index);
}

function record(trace: Trace, frame: Frame, state: State, what: Start): number {
  if (trace.invocations.length >= MAX_INVOCATIONS) {
    exhaust(trace, frame, 'it starts too many programs');
    return -1;
  }
  const invocation: Invocation = {
    argv: what.words,
    assignments: what.assignments,
    redirects: what.io.redirects,
    stdin: what.io.stdin,
    captured: what.io.stdout.kind !== 'reader',
    cwd: state.cwd,
    place: frame.place,
    root: frame.root,
    via: frame.via,
    span: what.span,
    ...(frame.projectCode === undefined ? {} : { projectCode: frame.projectCode }),
  };
  trace.invocations.push(invocation);
  return trace.invocations.length - 1;
}

function runFunction(
  trace: Trace,
  frame: Frame,
  state: State,
  name: string,
  fn: { readonly body: Ast.Function['body']; readonly source: Frame['source'] },
  what: Start,
  index: number,
): Out {
  if (trace.running.filter((each) => each === name).length > 1) {
    addEffect(
      trace,
      frame,
      what.span,
      { kind: 'system', action: 'exhaust', what: `the function ${name} starts itself without an end` },
      index,
    );
    addOpaque(trace, frame, what.span, 'limit', `the function ${name} calls itself`, index);
    return SILENT;
  }
  const saved = { positional: state.positional, positionalUnknown: state.positionalUnknown, locals: state.locals };
  state.positional = what.words;
  state.positionalUnknown = what.words.some((word) => word.fields === 'many');
  const locals: NonNullable<State['locals']> = new Map();
  state.locals = locals;
  for (const { name: variable, word } of what.assignments) {
    locals.set(variable, state.vars.get(variable));
    state.vars.set(variable, { value: word.value, taints: word.taints, exported: true });
  }
  const { stdout } = what.io;
  const inner: Frame = {
    ...frame,
    source: fn.source,
    via: [...frame.via, `${name}()`],
    depth: frame.depth + 1,
    stdin: what.io.stdin,
    stdout: stdout.kind === 'reader' ? stdout : { kind: 'capture' },
  };
  const descriptors = state.descriptors;
  state.descriptors = new Map([...descriptors, ...what.io.opened]);
  trace.running.push(name);
  const out = runNode(trace, inner, state, fn.body);
  trace.running.pop();
  state.descriptors = descriptors;
  for (const [variable, before] of locals) {
    if (before) state.vars.set(variable, before);
    else state.vars.delete(variable);
  }
  Object.assign(state, saved);
  return out;
}
