// Says what the functions of subprocess and os that start or end other programs run; one row per function.
import type { Stream } from '../../core/invocation.ts';
import type { Run } from '../../core/program.ts';
import { known, text as knownText, type Taint, unknown } from '../../core/value.ts';
import { argument, mayBeOn, pure, refuses, runArgv, runShell, wordOf } from '../action.ts';
import { handOver } from '../call.ts';
import {
  asValue,
  data,
  handle,
  listOf,
  type ObjectThing,
  type Thing,
  taintsOf,
  textOf,
  unknownThing,
} from '../thing.ts';
import { type Action, absolute, type Called, emit, giveUp, type World } from '../world.ts';

const stream = (from: Stream['from'], thing: Thing | undefined, taints: readonly Taint[]): Stream => ({
  from,
  text: thing ? asValue(thing) : unknown('written by the code'),
  taints,
});

/** What the started program reads; undefined is what this code reads itself. */
function input(called: Called): Stream | undefined {
  const text = called.named.get('input');
  if (text && text.kind !== 'data') return stream('text', text, taintsOf(text));
  const given = called.named.get('stdin');
  if (!given && !text) return undefined;
  if (given?.kind === 'ref' && given.name === 'subprocess.DEVNULL') return stream('closed', textOf(known('')), []);
  if (given?.kind === 'object' && given.type === 'file')
    return { ...stream('file', undefined, given.taints), path: given.value };
  return stream('pipe', undefined, [...taintsOf(text), ...taintsOf(given)]);
}

/** Variables for the started program; undefined when they are not known. */
function environment(called: Called): Run['env'] | undefined {
  const given = called.named.get('env');
  if (given === undefined || (given.kind === 'object' && given.type === 'environment')) return [];
  if (given.kind === 'dict') return [...given.entries].map(([name, thing]) => ({ name, word: wordOf(thing) }));
  return given.kind === 'data' && given.taints.length === 0 && knownText(asValue(given)) === '' ? [] : undefined;
}

function start(called: Called, via: string): ObjectThing {
  const { world } = called;
  const command = argument(called, [0, 'args']);
  const env = environment(called);
  if (env === undefined) giveUp(world, `${via} runs with an environment that is not known`);
  const hook = called.named.get('preexec_fn');
  if (hook) handOver(hook, world);
  for (const name of ['executable', 'pass_fds', 'user', 'group'])
    if (called.named.has(name)) giveUp(world, `${via} with ${name}`);
  if (called.more) giveUp(world, `${via} runs with arguments that are not known`);
  const cwd = called.named.get('cwd');
  const stdin = input(called);
  const extra: Partial<Run> = {
    ...(cwd && cwd.kind !== 'data'
      ? { cwd: absolute(world, asValue(cwd)) }
      : cwd
        ? { cwd: unknown('a folder that is not known') }
        : {}),
    ...(stdin ? { stdin } : {}),
    ...(env && env.length > 0 ? { env } : {}),
  };
  if (!mayBeOn(called, [8, 'shell'])) {
    // A single text is the program's name on POSIX.
    const words = command?.kind === 'text' ? listOf([command]) : command;
    return runArgv(world, via, words, extra);
  }
  const sure = /^true$/i.test(knownText(asValue(argument(called, [8, 'shell']))) ?? '');
  if (!sure || command?.kind === 'list') giveUp(world, `${via} may or may not use a shell`);
  return runShell(world, via, command, extra);
}

const runs =
  (via: string): Action =>
  (called) =>
    start(called, via);
const runsForText =
  (via: string): Action =>
  (called) =>
    data(start(called, via).taints);
const shell =
  (via: string): Action =>
  (called) =>
    runShell(called.world, via, argument(called, [0, 'cmd']));

const replace =
  (via: string, words: (called: Called) => Thing | undefined): Action =>
  (called) =>
    runArgv(called.world, via, called.more ? undefined : words(called));

/** The first word of the list is only what the program is told to be called. */
const withList =
  (at: number) =>
  (called: Called): Thing | undefined => {
    const list = called.args[at + 1];
    const program = called.args[at];
    return list?.kind === 'list' && list.items && program ? listOf([program, ...list.items.slice(1)]) : undefined;
  };
const withArguments =
  (at: number, extra = 0) =>
  (called: Called): Thing | undefined => {
    const program = called.args[at];
    return program ? listOf([program, ...called.args.slice(at + 2, called.args.length - extra)]) : undefined;
  };

function kill(world: World, thing: Thing | undefined, signal: Thing | undefined, group: boolean): Thing {
  const own = thing?.kind === 'object' && thing.type === 'own-pid';
  emit(world, {
    kind: 'proc.kill',
    target: own ? 'own' : group ? 'all' : 'pid',
    name: own ? known('a process of this code') : asValue(thing),
    signal: signal?.kind === 'ref' ? (signal.name.split('.').at(-1) ?? 'TERM') : (knownText(asValue(signal)) ?? 'TERM'),
  });
  return data();
}

export const PROCESSES: Readonly<Record<string, Action>> = {
  'subprocess.run': runs('subprocess.run'),
  'subprocess.call': runs('subprocess.call'),
  'subprocess.check_call': runs('subprocess.check_call'),
  'subprocess.Popen': runs('subprocess.Popen'),
  'subprocess.check_output': runsForText('subprocess.check_output'),
  'subprocess.getoutput': (called) =>
    data(runShell(called.world, 'subprocess.getoutput', argument(called, [0, 'cmd'])).taints),
  'subprocess.getstatusoutput': (called) =>
    data(runShell(called.world, 'subprocess.getstatusoutput', argument(called, [0, 'cmd'])).taints),
  'os.system': shell('os.system'),
  'os.popen': shell('os.popen'),
  'asyncio.create_subprocess_shell': shell('asyncio.create_subprocess_shell'),
  'asyncio.create_subprocess_exec': replace('asyncio.create_subprocess_exec', (called) => listOf(called.args)),
  'pty.spawn': replace('pty.spawn', (called) =>
    called.args[0]?.kind === 'text' ? listOf([called.args[0]]) : called.args[0],
  ),
  'os.execv': replace('os.execv', withList(0)),
  'os.execvp': replace('os.execvp', withList(0)),
  'os.execl': replace('os.execl', withArguments(0)),
  'os.execlp': replace('os.execlp', withArguments(0)),
  'os.spawnv': replace('os.spawnv', withList(1)),
  'os.spawnvp': replace('os.spawnvp', withList(1)),
  'os.spawnl': replace('os.spawnl', withArguments(1)),
  'os.spawnlp': replace('os.spawnlp', withArguments(1)),
  'os.execve': refuses('os.execve replaces the environment'),
  'os.execvpe': refuses('os.execvpe replaces the environment'),
  'os.execle': refuses('os.execle replaces the environment'),
  'os.posix_spawn': refuses('os.posix_spawn replaces the environment'),
  'os.startfile': refuses('os.startfile opens a file with an unknown program'),
  'os.kill': (called) => kill(called.world, called.args[0], called.args[1], false),
  'os.killpg': (called) => kill(called.world, called.args[0], called.args[1], true),
  'os.getpgid': (called) => called.args[0] ?? data(),
  'os.getpid': () => handle('own-pid'),
  'os.fork': refuses('os.fork starts this program again'),
  'os._exit': pure,
  'os.abort': pure,
  'os.wait': pure,
  'os.nice': pure,
  'os.setuid': refuses('os.setuid changes the user'),
  'webbrowser.open': (called) => {
    emit(called.world, { kind: 'net.fetch', url: asValue(called.args[0]) });
    return data();
  },
};

/** What is read of a started process. */
export function useProcess(self: ObjectThing, name: string, called: Called): Thing | undefined {
  if (['read', 'readline', 'readlines', 'check_returncode'].includes(name)) return data(self.taints);
  if (['wait', 'poll', 'close', 'flush'].includes(name)) return data();
  if (name === 'communicate') {
    const given = argument(called, [0, 'input']);
    if (taintsOf(given).length > 0) giveUp(called.world, 'labelled data is written to a process');
    return listOf([data(self.taints), data(self.taints)]);
  }
  if (name === 'write' || name === 'writelines')
    return allClean(called) ? data() : giveUp(called.world, 'labelled data is written to a process');
  if (['kill', 'terminate', 'send_signal'].includes(name)) {
    emit(called.world, { kind: 'proc.kill', target: 'own', name: known('a process of this code'), signal: name });
    return data();
  }
  return name === '[]' ? unknownThing('part of a process', self.taints) : undefined;
}

const allClean = (called: Called): boolean => called.args.every((each) => taintsOf(each).length === 0);
