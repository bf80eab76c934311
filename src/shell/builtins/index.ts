// Owns the list of the shell's own commands. Programs of the same name are the catalogue's.
import { known, text, unknown } from '../../core/value.ts';
import { addEffect, addOpaque, SILENT } from '../trace.ts';
import { type Builtin, hasFlag, operands, printing, silent } from './call.ts';
import { changeDirectory, dirs, popd, pushd, workingDirectory } from './folders.ts';
import { alias, command, evaluate, executeInstead, runHere, source, trap } from './running.ts';
import { echo, mapFile, printf, read } from './streams.ts';
import { declare, getopts, letBuiltin, set, shift, unset } from './variables.ts';

const test: Builtin = ({ trace, frame, args, what, index }) => {
  args.forEach((word, at) => {
    if (text(word.value) !== '-v') return;
    const name = text(args[at + 1]?.value ?? known(''));
    if (name === undefined || /\[.*[$`]/.test(name))
      addOpaque(trace, frame, what.span, 'shell', 'a test evaluates text', index);
  });
  return SILENT;
};

/** `hash -p file name` gives a name another program. */
const hash: Builtin = (call) => {
  const { trace, frame, args, what, index } = call;
  if (hasFlag(args, 'p')) addOpaque(trace, frame, what.span, 'shell', 'a name that is given another program', index);
  return args.length === 0 || hasFlag(args, 'l') || hasFlag(args, 't') ? printing(call) : SILENT;
};

/** Completion runs commands of its own, and so do keys that are bound to them; `compgen` does it at once (bash manual 8.7). */
const completion: Builtin = (call) => {
  const { trace, frame, state, args, what, index, name } = call;
  args.forEach((word, at) => {
    const option = text(word.value);
    const given = args[at + 1];
    if (option === '-C' && given) runHere(trace, frame, state, given, index, what.span, name);
    else if (option === '-x' && name === 'bind')
      addOpaque(trace, frame, what.span, 'shell', 'a key that runs a command', index);
    else if (option === '-F' && name === 'compgen')
      addOpaque(trace, frame, what.span, 'shell', 'a function that completion runs', index);
    else if (option === '-W' && given && /[$`]/.test(text(given.value) ?? '$'))
      addOpaque(trace, frame, what.span, 'shell', 'a list of words that is evaluated', index);
  });
  const lists = name === 'compgen' || args.length === 0 || [...'plPsSvVqX'].some((letter) => hasFlag(args, letter));
  return lists ? printing(call) : SILENT;
};

/** `fc -l` lists; everything else edits or repeats commands that are not seen here. */
const fix: Builtin = (call) => {
  if (!hasFlag(call.args, 'l'))
    addOpaque(call.trace, call.frame, call.what.span, 'shell', 'a command of the history runs again', call.index);
  return { text: unknown('the shell history'), taints: [{ label: 'secret', from: 'the shell history' }] };
};

const history: Builtin = ({ trace, frame, args, what, index }) => {
  if (args.some((word) => /^-[cdwraps]/.test(text(word.value) ?? '-c'))) {
    addEffect(trace, frame, what.span, { kind: 'weaken', what: 'the shell history' }, index);
    return SILENT;
  }
  return { text: unknown('the shell history'), taints: [{ label: 'secret', from: 'the shell history' }] };
};

const enable: Builtin = (call) => {
  const { trace, frame, args, what, index } = call;
  if (hasFlag(args, 'f')) addOpaque(trace, frame, what.span, 'shell', 'a builtin that is loaded from a file', index);
  return operands(args).length === 0 || hasFlag(args, 'p') || hasFlag(args, 'a') ? printing(call) : SILENT;
};

/** Prints a setting, or changes it without a word when a value is given. */
const limit: Builtin = (call) =>
  operands(call.args).length === 0 || hasFlag(call.args, 'S') || hasFlag(call.args, 'a') ? printing(call) : SILENT;

const shopt: Builtin = (call) => {
  const { args } = call;
  const changes = (hasFlag(args, 's') || hasFlag(args, 'u')) && operands(args).length > 0 && !hasFlag(args, 'p');
  return changes || hasFlag(args, 'q') ? SILENT : printing(call);
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
  ['fc', fix],
  ['enable', enable],
  ['hash', hash],
  ['complete', completion],
  ['compgen', completion],
  ['bind', completion],
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
    'disown',
    'compopt',
    'logout',
    'suspend',
  ].map((name): [string, Builtin] => [name, silent]),
  ...['jobs', 'fg', 'bg', 'type', 'times', 'caller', 'help'].map((name): [string, Builtin] => [name, printing]),
  ['umask', limit],
  ['ulimit', limit],
  ['shopt', shopt],
]);

/** Builtins that are programs as well, with the same meaning. */
export const plainBuiltins: ReadonlyMap<string, Builtin> = new Map(
  ['echo', 'printf', 'true', 'false', 'test', '[', 'pwd'].map((name) => [name, builtins.get(name) as Builtin]),
);
