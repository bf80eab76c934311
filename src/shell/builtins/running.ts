// Owns the builtins that run something: eval, source, exec, command, trap, and aliases.
import { OWN_PROCESS, type Word } from '../../core/invocation.ts';
import { resolve } from '../../core/path.ts';
import { concat, known, mergeTaints, text, texts, unknown, type Value } from '../../core/value.ts';
import { noteDecoded, runShell } from '../code.ts';
import { runFile } from '../open.ts';
import { deliver } from '../redirect.ts';
import { type Start, start } from '../simple.ts';
import { innerSource } from '../source.ts';
import { cloneState, joinInto, type State } from '../state.ts';
import { runText } from '../substitution.ts';
import { addEffect, addOpaque, type Frame, NO_TAINTS, type Out, SILENT, type Trace, through } from '../trace.ts';
import { lookUp } from '../variables.ts';
import { type Builtin, operands, printing } from './call.ts';

export const evaluate: Builtin = ({ trace, frame, state, args, what, index }) => {
  const word = joined(args, what.span);
  const inner: Frame = {
    ...frame,
    via: [...frame.via, 'eval'],
    depth: frame.depth + 1,
    stdin: what.io.stdin,
    stdout: through(what.io.stdout),
  };
  const all = args.some((each) => each.fields === 'many' && each.value.kind !== 'known')
    ? undefined
    : texts(word.value);
  if (all === undefined)
    return runShell(
      trace,
      inner,
      state,
      { ...word, value: all === undefined && texts(word.value) ? unknown('words that are not known') : word.value },
      undefined,
      index,
      what.span,
    );
  noteDecoded(trace, inner, 'shell', word, index, what.span);
  let out = SILENT;
  for (const each of all) {
    const child = all.length === 1 ? state : cloneState(state);
    const verbatim =
      args.length === 1 && frame.source.base !== undefined
        ? (args[0] as Word).span.start - frame.source.base + 1
        : undefined;
    out = runText(trace, { ...inner, source: innerSource(each, frame.source, what.span, verbatim) }, child);
    if (child !== state) joinInto(state, child, (name) => lookUp(trace, state, name));
  }
  return { ...out, shown: what.io.stdout.kind === 'reader' };
};

/** Words joined by blanks, as eval and alias see them. */
function joined(words: readonly Word[], span: Word['span']): Word {
  return {
    value: words
      .map((word) => word.value)
      .reduce<Value>(
        (left, right, index) => (index === 0 ? right : concat(concat(left, known(' ')), right)),
        known(''),
      ),
    taints: mergeTaints(...words.map((word) => word.taints)),
    fields: 'one',
    span,
  };
}

/** `source file`: the file's text runs in this shell. */
export const source: Builtin = ({ trace, frame, state, args, what, index, name }) => {
  const [file] = operands(args);
  if (file === undefined) return SILENT;
  const path = text(file.value);
  const resolved = resolve(file.value, state.cwd);
  // Files that set up a shell (virtual environments, version managers) belong to the user or the project.
  if (path !== undefined && SETUP_FILES.test(path)) {
    addEffect(trace, frame, what.span, { kind: 'inspect', what: `sets the shell up from ${path}` }, index);
    return SILENT;
  }
  addEffect(trace, frame, file.span, { kind: 'fs.read', path: resolved, use: 'names' }, index);
  return runFile(trace, { ...frame, stdin: what.io.stdin }, state, {
    path: resolved,
    language: 'shell',
    args: operands(args).slice(1),
    via: name,
    index,
    span: what.span,
    what: undefined,
  });
};

const SETUP_FILES =
  /(^|\/)(\.?venv|env|\.virtualenvs\/[\w.-]+)\/bin\/activate$|\/\.(nvm\/nvm|cargo\/env|sdkman\/bin\/sdkman-init|asdf\/asdf|deno\/env|ghcup\/env)(\.sh)?$|^(\/opt|~|\/(home|Users)\/[^/]+|\/root|\/usr\/local)\/(mini|ana)?(conda|forge|mamba)[\w-]*\/(bin\/activate|etc\/profile\.d\/(conda|mamba)\.sh)$/;

export const executeInstead: Builtin = ({ trace, frame, state, args, what, index }) => {
  if (args.length === 0) {
    for (const [fd, descriptor] of what.io.opened) state.descriptors.set(fd, descriptor);
    deliver(trace, frame, state, what.io, SILENT, what.span, 'exec', index);
    if (what.io.redirects.some((redirect) => redirect.fd === 0) && what.io.stdin !== frame.stdin)
      addOpaque(trace, frame, what.span, 'shell', 'the shell goes on reading its commands from elsewhere', index);
    return SILENT;
  }
  let at = 0;
  let shownAs: Word | undefined;
  for (; ; at++) {
    const flag = text(args[at]?.value ?? unknown('')) ?? '';
    if (flag === '-a') shownAs = args[++at];
    else if (!/^-[cl]+$/.test(flag)) break;
  }
  const started = trace.invocations[index];
  if (started && shownAs) trace.invocations.push({ ...started, argv: [shownAs, ...args.slice(at + 1)] });
  return restart(trace, frame, state, what, args.slice(at), 'exec', true);
};

/** Starts other words in the same streams; their output comes back to the caller. */
function restart(
  trace: Trace,
  frame: Frame,
  state: State,
  what: Start,
  words: readonly Word[],
  via: string,
  external: boolean,
): Out {
  const inner: Frame = { ...frame, via: [...frame.via, via], depth: frame.depth + 1 };
  const out = start(trace, inner, state, {
    ...what,
    words,
    io: { ...what.io, stdout: through(what.io.stdout), stderr: { kind: 'reader' } },
    external,
  });
  return { ...out, shown: what.io.stdout.kind === 'reader' };
}

export const command: Builtin = ({ trace, frame, state, args, what, name }) => {
  if (hasLeadingFlag(args, /^-[vV]+$/)) return { text: unknown('where a program is'), taints: NO_TAINTS };
  let at = 0;
  while (/^(-p|--)$/.test(text(args[at]?.value ?? unknown('')) ?? '')) at++;
  if (args.length <= at) return SILENT;
  const shadowed = new Map(state.functions);
  const target = text(args[at]?.value ?? unknown(''));
  if (target !== undefined) state.functions.delete(target);
  const out = restart(trace, frame, state, what, args.slice(at), name, false);
  for (const [fn, meanings] of shadowed) if (!state.functions.has(fn)) state.functions.set(fn, meanings);
  return out;
};

const hasLeadingFlag = (args: readonly Word[], flag: RegExp): boolean =>
  flag.test(text(args[0]?.value ?? unknown('')) ?? '');

export const trap: Builtin = (call) => {
  const { trace, frame, state, args, what, index } = call;
  const [given] = args.filter((word) => text(word.value) !== '--');
  const action = given && { ...given, value: ownProcess(given.value) };
  const plain = action && text(action.value);
  if (action === undefined || /^-[lpP]+$/.test(plain ?? '')) return printing(call);
  if (plain === '' || plain === '-') return SILENT;
  runHere(trace, frame, state, action, index, what.span, 'trap');
  if (plain !== undefined)
    state.traps = [...state.traps, { source: innerSource(plain, frame.source, what.span), set: cloneState(state) }];
  return SILENT;
};

/** `trap "kill $PID" EXIT` holds the number of a process that this command started: the same as `$!`. */
const ownProcess = (value: Value): Value =>
  value.kind === 'pattern' && value.because === OWN_PROCESS && value.shape === `${value.prefix}0${value.suffix}`
    ? known(`${value.prefix}$!${value.suffix}`)
    : value;

/** Shell text that a builtin keeps and this shell runs later. */
export function runHere(
  trace: Trace,
  frame: Frame,
  state: State,
  text: Word,
  index: number,
  span: Word['span'],
  via: string,
): void {
  const child = cloneState(state);
  runShellHere(trace, { ...frame, via: [...frame.via, via], depth: frame.depth + 1 }, child, text, index, span);
  state.files = child.files;
}

/** Shell text that this shell itself runs, now or later. */
function runShellHere(trace: Trace, frame: Frame, state: State, word: Word, index: number, span: Word['span']): void {
  const all = texts(word.value);
  if (all === undefined) {
    runShell(trace, frame, state, word, undefined, index, span);
    return;
  }
  for (const each of all) {
    const verbatim = frame.source.base === undefined ? undefined : word.span.start - frame.source.base + 1;
    runText(trace, { ...frame, source: innerSource(each, frame.source, span, verbatim) }, cloneState(state));
  }
}

export const alias: Builtin = ({ state, args, trace, frame }) => {
  for (const word of operands(args)) {
    const plain = text(word.value);
    const match = plain === undefined ? undefined : /^([^=]+)=([\s\S]*)$/.exec(plain);
    if (match) state.aliases.set(match[1] as string, match[2] as string);
    else if (plain === undefined) addOpaque(trace, frame, word.span, 'shell', 'an alias that is not known');
  }
  return { text: unknown('the aliases of the shell'), taints: NO_TAINTS };
};
