// Owns the shell's own commands: what they change in the shell and what they print. Programs of the same name are the catalogue's.
import type { Word } from '../core/invocation.ts';
import { resolve } from '../core/path.ts';
import { concat, known, mergeTaints, pattern, text, texts, unknown, type Value } from '../core/value.ts';
import { setText } from './assign.ts';
import { printEcho, printPrintf } from './print.ts';
import { deliver } from './redirect.ts';
import { runFile, runShell } from './run.ts';
import { type Start, start } from './simple.ts';
import { innerSource } from './source.ts';
import { cloneState, joinInto, type State } from './state.ts';
import { addEffect, addOpaque, type Frame, NO_TAINTS, type Out, SILENT, type Trace } from './trace.ts';
import { lookUp, setVariable } from './variables.ts';
import { runText } from './words.ts';

export interface BuiltinCall {
  readonly trace: Trace;
  readonly frame: Frame;
  readonly state: State;
  readonly what: Start;
  readonly index: number;
  readonly name: string;
  readonly args: readonly Word[];
}

type Builtin = (call: BuiltinCall) => Out;

const silent: Builtin = () => SILENT;

/** Options a builtin may have, and the words that are none. */
const operands = (args: readonly Word[]): readonly Word[] =>
  args.filter((word) => !/^[-+][A-Za-z]+$/.test(text(word.value) ?? ''));

const hasFlag = (args: readonly Word[], letter: string): boolean =>
  args.some((word) => new RegExp(`^-[A-Za-z]*${letter}`).test(text(word.value) ?? ''));

const changeDirectory: Builtin = ({ trace, state, args, frame, what, index }) => {
  const plain = args.filter((word) => !/^(-[LPe@]+|--)$/.test(text(word.value) ?? ''));
  const [target] = plain;
  if (plain.length > 1) addOpaque(trace, frame, what.span, 'shell', 'cd with several folders', index);
  enter(
    trace,
    state,
    target === undefined
      ? lookUp(trace, state, 'HOME').value
      : text(target.value) === '-'
        ? state.oldCwd
        : target.value,
  );
  return SILENT;
};

/** Goes to a folder; when it is not known to be there, what follows may run in either place. */
function enter(trace: Trace, state: State, target: Value): void {
  const before = state.cwd;
  const all = texts(target);
  const relative = all?.some((each) => !/^[/.]/.test(each)) ?? false;
  const worked = relative && state.vars.has('CDPATH') ? unknown('a folder found by CDPATH') : resolve(target, before);
  const surely = texts(worked)?.every((path) => {
    const fact = trace.facts('path', { path });
    return path === text(before) || (fact?.exists === true && fact.type === 'dir');
  });
  state.oldCwd = before;
  state.lastCd = { worked, failed: before };
  state.cwd = surely === true || state.exitOnError ? worked : joinFolders(before, worked);
}

function joinFolders(left: Value, right: Value): Value {
  const both = [texts(left), texts(right)];
  if (both[0] && both[1]) return { kind: 'oneOf', texts: [...new Set([...both[0], ...both[1]])].slice(0, 33) };
  return unknown('the folder that cd went to, or the one before');
}

const pushd: Builtin = (call) => {
  const { state, args, trace } = call;
  const [target] = operands(args);
  state.folders = [...state.folders, state.cwd];
  if (target) enter(trace, state, target.value);
  else state.cwd = unknown('a folder of the stack');
  return SILENT;
};

const popd: Builtin = ({ state, args }) => {
  const back = operands(args).length === 0 ? state.folders.at(-1) : undefined;
  state.folders = state.folders.slice(0, -1);
  state.cwd = back ?? unknown('a folder of the stack');
  return SILENT;
};

const declare: Builtin = ({ trace, state, args, name, frame, what, index }) => {
  const exported = name === 'export' || hasFlag(args, 'x');
  if (name === 'export' && hasFlag(args, 'f')) state.exportedFunctions = true;
  if (hasFlag(args, 'n') && name !== 'export')
    addOpaque(trace, frame, what.span, 'shell', 'a name that stands for another variable', index);
  const set: { name: string; word: Word }[] = [];
  for (const word of args) {
    const whole = text(word.value) ?? (word.value.kind === 'pattern' ? word.value.prefix : undefined);
    if (texts(word.value) === undefined && whole === undefined) {
      addOpaque(trace, frame, word.span, 'shell', 'a variable whose name is not known', index);
      continue;
    }
    for (const each of texts(word.value) ?? [whole as string]) {
      const match = /^([A-Za-z_]\w*)(\+?)=/.exec(each);
      const variable = match?.[1] ?? (/^[A-Za-z_]\w*$/.test(each) ? each : undefined);
      if (variable === undefined) continue;
      if (
        state.locals &&
        (name === 'local' || ((name === 'declare' || name === 'typeset') && !hasFlag(args, 'g'))) &&
        !state.locals.has(variable)
      )
        state.locals.set(variable, state.vars.get(variable));
      if (match && !each.endsWith('=(…)')) {
        const value: Word = { ...word, value: restOf(word.value, each, match[0].length), fields: 'one' };
        setText(trace, state, variable, value, match[2] === '+');
        set.push({ name: variable, word: value });
      }
      const now = lookUp(trace, state, variable);
      if (exported) {
        state.vars.set(variable, { ...now, exported: true });
        if (!match)
          set.push({ name: variable, word: { value: now.value, taints: now.taints, fields: 'one', span: word.span } });
      } else if (!match && name !== 'readonly' && !state.vars.has(variable))
        setVariable(state, variable, known(''), NO_TAINTS);
    }
  }
  if (exported && trace.environment && set.length > 0) {
    const { effects } = trace.environment(set, { cwd: state.cwd, context: trace.context, name: '' });
    for (const { span, place: _place, root: _root, ...body } of effects)
      addEffect(trace, frame, span ?? what.span, body, index);
  }
  return args.length === operands(args).length && args.length > 0 ? SILENT : listing(args, 'declarations');
};

function restOf(value: Value, whole: string, cut: number): Value {
  if (value.kind === 'pattern')
    return concat(
      pattern(value.prefix.slice(cut), '', value.because, { climbs: value.climbs }),
      value.suffix === '' ? known('') : pattern('', value.suffix, value.because),
    );
  return known(whole.slice(cut));
}

/** `export -p`, `set` and such show every variable, secrets included. */
const listing = (args: readonly Word[], what: string): Out =>
  operands(args).length > 0
    ? SILENT
    : { text: unknown(`the ${what} of the shell`), taints: [{ label: 'secret', from: 'the environment' }] };

const unset: Builtin = ({ state, args, trace, frame }) => {
  for (const word of operands(args)) {
    const name = text(word.value);
    if (name === undefined || /[[$`]/.test(name))
      addOpaque(trace, frame, word.span, 'shell', 'a variable whose name is evaluated');
    else if (hasFlag(args, 'f')) state.functions.delete(name);
    else state.vars.set(name, { value: known(''), taints: NO_TAINTS, exported: false, unset: true });
  }
  return SILENT;
};

const set: Builtin = ({ state, args }) => {
  if (args.length === 0) return listing(args, 'variables');
  const dashes = args.findIndex((word) => text(word.value) === '--');
  const flags = (dashes < 0 ? args : args.slice(0, dashes)).filter((word) => /^[-+]/.test(text(word.value) ?? ''));
  for (const word of flags) {
    const flag = text(word.value) as string;
    const on = flag.startsWith('-');
    if (/^[-+][a-zA-Z]*e/.test(flag)) state.exitOnError = on;
    if (/^[-+][a-zA-Z]*f/.test(flag)) state.noGlob = on;
  }
  const options = flags.some((word) => /^[-+][a-zA-Z]*o$/.test(text(word.value) ?? ''));
  const rest = dashes >= 0 ? args.slice(dashes + 1) : options ? [] : args.filter((word) => !flags.includes(word));
  if (dashes >= 0 || rest.length > 0) {
    state.positional = [
      state.positional[0] ?? {
        value: unknown('the name of the script'),
        taints: NO_TAINTS,
        fields: 'one',
        span: { start: 0, end: 0 },
      },
      ...rest,
    ];
    state.positionalUnknown = rest.some((word) => word.fields === 'many');
  }
  return SILENT;
};

const shift: Builtin = ({ state, args }) => {
  const by = args.length === 0 ? 1 : Number(text(args[0]?.value ?? unknown('')));
  if (!Number.isInteger(by) || state.positionalUnknown) state.positionalUnknown = true;
  else state.positional = [...state.positional.slice(0, 1), ...state.positional.slice(1 + by)];
  return SILENT;
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

const evaluate: Builtin = ({ trace, frame, state, args, what, index }) => {
  const word = joined(args, what.span);
  const inner: Frame = {
    ...frame,
    via: [...frame.via, 'eval'],
    depth: frame.depth + 1,
    stdin: what.io.stdin,
    stdout: { kind: 'capture' },
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
  return out;
};

/** `source file`: the file's text runs in this shell. */
const source: Builtin = ({ trace, frame, state, args, what, index, name }) => {
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
  /(^|\/)(\.?venv|env|\.virtualenvs\/[\w.-]+)\/bin\/activate$|\/\.(nvm\/nvm|cargo\/env|sdkman\/bin\/sdkman-init|asdf\/asdf|deno\/env|ghcup\/env)(\.sh)?$/;

const executeInstead: Builtin = ({ trace, frame, state, args, what, index }) => {
  if (args.length === 0) {
    for (const [fd, descriptor] of what.io.opened) state.descriptors.set(fd, descriptor);
    deliver(trace, frame, state, what.io, SILENT, what.span, 'exec', index);
    if (what.io.redirects.some((redirect) => redirect.fd === 0) && what.io.stdin !== frame.stdin)
      addOpaque(trace, frame, what.span, 'shell', 'the shell goes on reading its commands from elsewhere', index);
    return SILENT;
  }
  let at = 0;
  while (/^-[cl]+$/.test(text(args[at]?.value ?? unknown('')) ?? '')) at++;
  if (text(args[at]?.value ?? unknown('')) === '-a') {
    at += 2;
    const started = trace.invocations[index];
    const shownAs = args[at - 1];
    if (started && shownAs) trace.invocations.push({ ...started, argv: [shownAs, ...args.slice(at + 1)] });
  }
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
  return start(trace, inner, state, {
    ...what,
    words,
    io: { ...what.io, stdout: { kind: 'capture' }, stderr: { kind: 'reader' } },
    external,
  });
}

const command: Builtin = ({ trace, frame, state, args, what, name }) => {
  if (hasLeadingFlag(args, /^-[vV]+$/)) return { text: unknown('where a program is'), taints: NO_TAINTS };
  let at = 0;
  while (/^(-p|--)$/.test(text(args[at]?.value ?? unknown('')) ?? '')) at++;
  if (args.length <= at) return SILENT;
  const shadowed = new Map(state.functions);
  const target = text(args[at]?.value ?? unknown(''));
  if (target !== undefined) state.functions.delete(target);
  const out = restart(trace, frame, state, what, args.slice(at), name, false);
  for (const [fn, body] of shadowed) if (!state.functions.has(fn)) state.functions.set(fn, body);
  return out;
};

const hasLeadingFlag = (args: readonly Word[], flag: RegExp): boolean =>
  flag.test(text(args[0]?.value ?? unknown('')) ?? '');

const trap: Builtin = ({ trace, frame, state, args, what, index }) => {
  const [action] = args.filter((word) => text(word.value) !== '--');
  const plain = action && text(action.value);
  if (action === undefined || plain === '' || plain === '-' || plain === '-l' || plain === '-p') return SILENT;
  const child = cloneState(state);
  runShellHere(
    trace,
    { ...frame, via: [...frame.via, 'trap'], depth: frame.depth + 1 },
    child,
    action,
    index,
    what.span,
  );
  state.files = child.files;
  return SILENT;
};

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

const alias: Builtin = ({ state, args, trace, frame }) => {
  for (const word of operands(args)) {
    const plain = text(word.value);
    const match = plain === undefined ? undefined : /^([^=]+)=([\s\S]*)$/.exec(plain);
    if (match) state.aliases.set(match[1] as string, match[2] as string);
    else if (plain === undefined) addOpaque(trace, frame, word.span, 'shell', 'an alias that is not known');
  }
  return { text: unknown('the aliases of the shell'), taints: NO_TAINTS };
};

const read: Builtin = ({ trace, frame, state, args, what }) => {
  const { stdin } = what.io;
  const names = readNames(args);
  for (const name of names) {
    if (!/^[A-Za-z_]\w*$/.test(name)) addOpaque(trace, frame, what.span, 'shell', 'a variable whose name is not known');
    else
      setVariable(
        state,
        name,
        lineOf(stdin.text, names.length === 1) ??
          (names.length === 1 ? stdin.each : undefined) ??
          unknown(`$${name} is read from input`),
        stdin.taints,
      );
  }
  return SILENT;
};

const READ_VALUES = new Set(['-d', '-n', '-N', '-p', '-t', '-u', '-i']);

function readNames(args: readonly Word[]): string[] {
  const names: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const plain = text(args[at]?.value ?? unknown(''));
    if (plain !== undefined && /^-[a-zA-Z]+$/.test(plain)) {
      if (plain.endsWith('a')) names.push(text(args[++at]?.value ?? unknown('')) ?? '?');
      else if (READ_VALUES.has(`-${plain.at(-1)}`)) at++;
      continue;
    }
    names.push(plain ?? '?');
  }
  return names.length > 0 ? names : ['REPLY'];
}

/** The lines of known input, any of which a loop may be reading. */
function lineOf(input: Value, whole: boolean): Value | undefined {
  const plain = text(input);
  if (plain === undefined || !whole) return undefined;
  const lines = plain
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.trim());
  return lines.length > 0 && lines.length <= 32 ? { kind: 'oneOf', texts: [...new Set([...lines, ''])] } : undefined;
}

const mapFile: Builtin = ({ state, args, what }) => {
  const name = text(operands(args).at(-1)?.value ?? known('MAPFILE')) ?? 'MAPFILE';
  setVariable(
    state,
    /^[A-Za-z_]\w*$/.test(name) ? name : 'MAPFILE',
    unknown('lines that are read from input'),
    what.io.stdin.taints,
  );
  return SILENT;
};

const getopts: Builtin = ({ state, args }) => {
  const name = text(args[1]?.value ?? unknown(''));
  if (name !== undefined) setVariable(state, name, unknown('an option of the script'), NO_TAINTS);
  setVariable(state, 'OPTARG', unknown('an option of the script'), NO_TAINTS);
  return SILENT;
};

/** `let` and `test -v` evaluate their words as arithmetic. */
const letBuiltin: Builtin = ({ trace, frame, state, args, what, index }) => {
  for (const word of args) {
    const plain = text(word.value);
    if (plain === undefined || /[[$`]/.test(plain))
      addOpaque(trace, frame, what.span, 'shell', 'arithmetic that is evaluated from text', index);
    const name = /^\s*([A-Za-z_]\w*)\s*(?:[-+*/%]?=|\+\+|--)/.exec(plain ?? '')?.[1];
    if (name) setVariable(state, name, unknown('a computed number'), NO_TAINTS);
  }
  return SILENT;
};

const test: Builtin = ({ trace, frame, args, what, index }) => {
  args.forEach((word, at) => {
    if (text(word.value) !== '-v') return;
    const name = text(args[at + 1]?.value ?? known(''));
    if (name === undefined || /\[.*[$`]/.test(name))
      addOpaque(trace, frame, what.span, 'shell', 'a test evaluates text', index);
  });
  return SILENT;
};

const workingDirectory: Builtin = ({ state }) => ({ text: concat(state.cwd, known('\n')), taints: NO_TAINTS });

const history: Builtin = ({ trace, frame, args, what, index }) => {
  if (args.some((word) => /^-[cdwraps]/.test(text(word.value) ?? '-c'))) {
    addEffect(trace, frame, what.span, { kind: 'weaken', what: 'the shell history' }, index);
    return SILENT;
  }
  return { text: unknown('the shell history'), taints: [{ label: 'secret', from: 'the shell history' }] };
};

const enable: Builtin = ({ trace, frame, args, what, index }) => {
  if (hasFlag(args, 'f')) addOpaque(trace, frame, what.span, 'shell', 'a builtin that is loaded from a file', index);
  return SILENT;
};

const dirs: Builtin = ({ state }) => ({
  text: state.folders.length === 0 ? concat(state.cwd, known('\n')) : unknown('the folders of the stack'),
  taints: NO_TAINTS,
});

const echo: Builtin = ({ args }) => printEcho(args);
const printf: Builtin = (call) => {
  const { args, state, trace, frame, what, index } = call;
  if (text(args[0]?.value ?? unknown('')) !== '-v') return printPrintf(args);
  const name = text(args[1]?.value ?? unknown(''));
  if (name === undefined || !/^[A-Za-z_]\w*$/.test(name))
    addOpaque(trace, frame, what.span, 'shell', 'a variable whose name is evaluated', index);
  else {
    const out = printPrintf(args.slice(2));
    setVariable(state, name, out.text, out.taints);
  }
  return SILENT;
};

/** zsh's `print`, `which -a` and others that bash does not have are left to the catalogue. */
export const builtins: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ['cd', changeDirectory],
  ['chdir', changeDirectory],
  ['pushd', pushd],
  ['popd', popd],
  ['dirs', dirs],
  ['pwd', workingDirectory],
  ['declare', declare],
  ['typeset', declare],
  ['local', declare],
  ['export', declare],
  ['readonly', declare],
  ['unset', unset],
  ['set', set],
  ['shift', shift],
  ['eval', evaluate],
  ['source', source],
  ['.', source],
  ['exec', executeInstead],
  ['command', command],
  ['builtin', command],
  ['trap', trap],
  ['alias', alias],
  ['unalias', silent],
  ['read', read],
  ['mapfile', mapFile],
  ['readarray', mapFile],
  ['getopts', getopts],
  ['let', letBuiltin],
  ['test', test],
  ['[', test],
  ['history', history],
  ['fc', history],
  ['enable', enable],
  ['echo', echo],
  ['printf', printf],
  ...[
    ':',
    'true',
    'false',
    'exit',
    'return',
    'break',
    'continue',
    'wait',
    'jobs',
    'fg',
    'bg',
    'disown',
    'hash',
    'type',
    'umask',
    'ulimit',
    'times',
    'shopt',
    'complete',
    'compgen',
    'compopt',
    'bind',
    'caller',
    'help',
    'logout',
    'suspend',
  ].map((name): [string, Builtin] => [name, silent]),
]);

/** Builtins that are programs as well, with the same meaning. */
export const plainBuiltins: ReadonlyMap<string, Builtin> = new Map(
  ['echo', 'printf', 'true', 'false', 'test', '[', 'pwd'].map((name) => [name, builtins.get(name) as Builtin]),
);
