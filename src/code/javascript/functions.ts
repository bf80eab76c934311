// Says what the global objects of JavaScript and Node.js do; one row per function.
import { known, text as knownText, mergeTaints, unknown } from '../../core/value.ts';
import { anyText, emits, mixes, pure, refuses, same } from '../action.ts';
import { allTaints, call, handOver, handOverAll } from '../call.ts';
import { runStatements } from '../statements.ts';
import {
  asValue,
  data,
  dictOf,
  elementOf,
  handle,
  inert,
  iterate,
  joinMaybe,
  listOf,
  manyOf,
  ref,
  type Thing,
  taintsOf,
  textOf,
  unknownThing,
} from '../thing.ts';
import { type Action, absolute, type Called, emit, giveUp, note } from '../world.ts';
import { ACCESSOR } from './convert.ts';
import { FILE_FUNCTIONS } from './files.ts';
import { PROGRAMS } from './programs.ts';

const print: Action = (called) => {
  const taints = allTaints(called);
  const texts = called.args.map((each) => (each.kind === 'text' ? knownText(each.value) : undefined));
  const whole = texts.every((each) => each !== undefined) && !texts[0]?.includes('%');
  note(called.world, whole ? known(`${texts.join(' ')}\n`) : unknown('printed'), taints);
  return data();
};

const evaluated: Action = (called) => {
  const { world } = called;
  const [code] = called.args;
  const taints = taintsOf(code);
  if (taints.some((each) => each.label === 'downloaded')) {
    emit(world, { kind: 'code.run', origin: 'download', language: 'javascript', what: asValue(code), taints });
    return unknownThing('the result of code');
  }
  const written = knownText(asValue(code));
  if (written === undefined || called.args.length !== 1) return giveUp(world, 'text that is not known runs as code');
  runStatements(world.library.parse(written), world.root, world);
  return unknownThing('the result of code');
};

/** Properties may not be put on what belongs to the library. */
const assignTo: Action = (called) => {
  const [to, ...from] = called.args;
  if (!to || to.kind === 'ref' || to.kind === 'unknown')
    return giveUp(called.world, 'properties are put on an object that is not known');
  if (to.kind !== 'dict' || from.some((each) => each.kind !== 'dict')) {
    handOverAll(called);
    return inert(to) && from.every((each) => inert(each))
      ? data(allTaints(called))
      : unknownThing('an object', allTaints(called));
  }
  for (const each of from)
    if (each.kind === 'dict') {
      for (const [name, thing] of each.entries) to.entries.set(name, joinMaybe(to.entries.get(name), thing) ?? thing);
      to.rest = joinMaybe(to.rest, each.rest);
    }
  return to;
};

const arrayFrom: Action = (called) => {
  const [from, map] = called.args;
  const element = iterate(from ?? data());
  return manyOf(map ? call(map, { ...called, args: [element, data()] }) : element);
};

const makePromise: Action = (called) => {
  const [run] = called.args;
  if (run) call(run, { ...called, args: [ref('Promise.settle'), ref('Promise.settle')] });
  return unknownThing('what a promise gives');
};

const kill: Action = (called) => {
  const [id, signal] = called.args;
  const own = id?.kind === 'object' && id.type === 'own-pid';
  emit(called.world, {
    kind: 'proc.kill',
    target: own ? 'own' : 'pid',
    name: own ? known('a process of this code') : asValue(id),
    signal: knownText(asValue(signal)) ?? 'TERM',
  });
  return data();
};

const changeFolder: Action = (called) => {
  const { world } = called;
  world.cwd =
    world.conditional > 0
      ? unknown('the working directory changes in a branch')
      : absolute(world, asValue(called.args[0]));
  return data();
};

const load: Action = (called) => {
  const name = knownText(asValue(called.args[0]));
  return name === undefined
    ? giveUp(called.world, 'a module whose name is not known is loaded')
    : called.world.library.module(name, called.world);
};

const values = (called: Called): Thing => elementOf(called.args[0] ?? data());

export const FUNCTIONS: Readonly<Record<string, Action>> = {
  ...FILE_FUNCTIONS,
  ...PROGRAMS,
  ...Object.fromEntries(
    [
      'log',
      'error',
      'warn',
      'info',
      'debug',
      'table',
      'dir',
      'trace',
      'group',
      'groupEnd',
      'time',
      'timeEnd',
      'assert',
      'count',
      'timeLog',
      'groupCollapsed',
    ].map((name) => [`console.${name}`, print]),
  ),
  require: load,
  'require.resolve': pure,
  'module.createRequire': () => ref('require'),
  eval: evaluated,
  Function: refuses('a function is made from text'),
  Proxy: refuses('Proxy changes what operations mean'),
  'Reflect.ownKeys': pure,
  'Reflect.has': pure,
  'Object.keys': (called) => manyOf(iterateKeys(called.args[0])),
  'Object.values': (called) => manyOf(values(called)),
  'Object.entries': (called) => manyOf(listOf([iterateKeys(called.args[0]), values(called)])),
  'Object.fromEntries': (called) => {
    const pair = iterate(called.args[0] ?? data());
    return dictOf([], pair.kind === 'list' ? (pair.items?.[1] ?? pair.element) : elementOf(pair));
  },
  'Object.assign': assignTo,
  'Object.freeze': same([0]),
  'Object.seal': same([0]),
  'Object.create': (called) =>
    called.args[0]?.kind === 'data' && called.args.length === 1
      ? dictOf()
      : giveUp(called.world, 'an object is made from a prototype'),
  'Object.getOwnPropertyNames': pure,
  'Object.hasOwn': pure,
  'Object.is': pure,
  'Object.groupBy': mixes,
  'Array.from': arrayFrom,
  'Array.of': (called) => listOf(called.args),
  'Array.isArray': pure,
  Promise: makePromise,
  'Promise.settle': pure,
  'Promise.all': same([0]),
  'Promise.allSettled': (called) =>
    inert(called.args[0]) ? data(allTaints(called)) : unknownThing('results', allTaints(called)),
  'Promise.race': (called) => iterate(called.args[0] ?? data()),
  'Promise.any': (called) => iterate(called.args[0] ?? data()),
  'Promise.resolve': (called) => called.args[0] ?? data(),
  'Promise.reject': pure,
  'util.promisify': same([0]),
  'util.inspect': pure,
  'timers/promises.setTimeout': pure,
  String: (called) => {
    const [given] = called.args;
    return given?.kind === 'text' ? textOf(given.value, given.taints) : anyText('a text', allTaints(called));
  },
  'String.raw': (called) => anyText('a text', allTaints(called)),
  URL: (called) => handle('url', asValue(called.args[0]), mergeTaints(...called.args.map((each) => taintsOf(each)))),
  [ACCESSOR]: (called) => {
    for (const each of called.args) handOver(each, called.world);
    return unknownThing('what an accessor gives');
  },
  'events.EventEmitter': refuses('an event emitter hands functions around'),
  'process.exit': pure,
  'process.cwd': (called) => textOf(called.world.cwd),
  'process.chdir': changeFolder,
  'process.kill': kill,
  'process.on': mixes,
  'process.once': mixes,
  'process.nextTick': mixes,
  'process.hrtime': pure,
  'process.hrtime.bigint': pure,
  'process.uptime': pure,
  'process.memoryUsage': pure,
  'process.cpuUsage': pure,
  'process.resourceUsage': pure,
  'process.getuid': pure,
  'process.emitWarning': pure,
  'process.abort': pure,
  'Deno.readTextFile': (called) => FILE_FUNCTIONS['fs.readFileSync']?.(called) ?? data(),
  'Deno.readTextFileSync': (called) => FILE_FUNCTIONS['fs.readFileSync']?.(called) ?? data(),
  'Deno.writeTextFile': (called) => FILE_FUNCTIONS['fs.writeFileSync']?.(called) ?? data(),
  'Deno.writeTextFileSync': (called) => FILE_FUNCTIONS['fs.writeFileSync']?.(called) ?? data(),
  'Deno.remove': (called) => FILE_FUNCTIONS['fs.rmSync']?.(called) ?? data(),
  'Deno.removeSync': (called) => FILE_FUNCTIONS['fs.rmSync']?.(called) ?? data(),
  'Deno.cwd': (called) => textOf(called.world.cwd),
  'Bun.sleep': emits({ kind: 'inspect', what: 'wait' }),
};

function iterateKeys(thing: Thing | undefined): Thing {
  if (thing?.kind === 'dict') return iterate(thing);
  const names = thing?.kind === 'object' && thing.type === 'environment';
  return textOf(unknown('a key'), names ? [] : taintsOf(thing));
}
