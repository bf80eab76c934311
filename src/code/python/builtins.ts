// Says what Python's built-in functions do; one row per function.
import { known, text as knownText, mergeTaints, unknown, type Value } from '../../core/value.ts';
import { anyText, argument, mixes, pure, read, refuses, same, write } from '../action.ts';
import { call, handOverAll } from '../call.ts';
import { attribute } from '../evaluate.ts';
import { runStatements } from '../statements.ts';
import { setAttribute } from '../target.ts';
import {
  asValue,
  data,
  dictOf,
  elementOf,
  handle,
  inert,
  iterate,
  joinMaybe,
  joinThings,
  listOf,
  manyOf,
  type Thing,
  taintsOf,
  textOf,
  unknownThing,
} from '../thing.ts';
import { type Action, absolute, type Called, emit, giveUp, note, type World } from '../world.ts';
import { BUILTIN_PURE } from './modules.ts';

/** `open(path, mode)`: reading gives a handle with the file's labels. */
export function openFile(world: World, given: Thing | undefined, modeThing: Thing | undefined): Thing {
  const mode = modeThing === undefined ? 'r' : knownText(asValue(modeThing));
  const path = absolute(world, asValue(given));
  if (given?.kind === 'text' && given.number) return handle('file', unknown('a file descriptor'));
  if (mode === undefined || /[wax+]/.test(mode)) {
    const how =
      mode === undefined || mode.includes('w')
        ? 'overwrite'
        : mode.includes('a')
          ? 'append'
          : mode.includes('x')
            ? 'create'
            : 'edit';
    emit(world, { kind: 'fs.write', path, how });
    if (mode?.includes('a')) return appending(path);
    if (mode !== undefined && !mode.includes('+')) return handle('file', path);
  }
  return handle('file', path, mergeTaints(read(world, path), taintsOf(given)));
}

/** What is written to it follows what is there. */
function appending(path: Value): Thing {
  const made = handle('file', path);
  made.attributes.set('written', data());
  return made;
}

const print: Action = (called) => {
  const { world } = called;
  const file = called.named.get('file');
  const taints = mergeTaints(...called.args.map((each) => taintsOf(each)), taintsOf(called.more));
  if (file?.kind === 'object' && file.type === 'file') {
    write(world, file.value, 'edit', data(taints));
    return data();
  }
  if (file && file.kind !== 'ref' && file.kind !== 'object')
    return giveUp(world, 'text is printed into something that is not known');
  const plain = called.named.size === 0 && called.more === undefined;
  const text = called.args.reduce<Thing>(
    (sum, each, index) => joinTexts(sum, index === 0 ? '' : ' ', each),
    textOf(known('')),
  );
  note(world, plain ? joinValue(text) : unknown('printed'), taints);
  return data();
};

const joinTexts = (left: Thing, between: string, right: Thing): Thing => {
  const [head, tail] = [knownText(asValue(left)), knownText(asValue(right))];
  return head === undefined || tail === undefined ? anyText('printed') : textOf(known(head + between + tail));
};
const joinValue = (text: Thing) => {
  const written = knownText(asValue(text));
  return written === undefined ? unknown('printed') : known(`${written}\n`);
};

const asList: Action = (called) => {
  const [given] = called.args;
  if (given === undefined) return listOf([]);
  return given.kind === 'list' ? { kind: 'list', items: given.items, element: given.element } : manyOf(iterate(given));
};

const keyed = (called: Called, element: Thing): void => {
  const key = called.named.get('key');
  if (key) call(key, { ...called, args: [element], named: new Map(), more: undefined });
};

const ordered: Action = (called) => {
  const element = iterate(called.args[0] ?? data());
  keyed(called, element);
  return manyOf(element);
};

const extreme: Action = (called) => {
  const all = called.args.length === 1 ? iterate(called.args[0] ?? data()) : called.args.reduce(joinThings, data());
  keyed(called, all);
  return joinMaybe(called.named.get('default'), all) ?? data();
};

const mapped: Action = (called) => {
  const [fn, ...lists] = called.args;
  if (!fn) return data();
  return manyOf(call(fn, { ...called, args: lists.map((each) => iterate(each)), named: new Map() }));
};

const filtered: Action = (called) => {
  const [fn, list] = called.args;
  const element = iterate(list ?? data());
  if (fn && fn.kind !== 'data') call(fn, { ...called, args: [element], named: new Map() });
  return manyOf(element);
};

/** Code in a text: read in place when the text is known. */
const evaluated: Action = (called) => {
  const { world } = called;
  const [code] = called.args;
  const taints = taintsOf(code);
  const written = knownText(asValue(code));
  if (taints.some((each) => each.label === 'downloaded')) {
    emit(world, { kind: 'code.run', origin: 'download', language: 'python', what: asValue(code), taints });
    return unknownThing('the result of code');
  }
  if (written === undefined || called.args.length > 1 || called.named.size > 0)
    return giveUp(world, 'text that is not known runs as code');
  runStatements(world.library.parse(written), world.root, world);
  return unknownThing('the result of code');
};

/** `getattr(thing, "name")` is `thing.name`. */
const getAttribute: Action = (called) => {
  const [of, name, fallback] = called.args;
  const written = knownText(asValue(name));
  if (of && inert(of)) return data(mergeTaints(taintsOf(of), taintsOf(fallback)));
  if (!of || written === undefined || called.more)
    return giveUp(called.world, 'an attribute whose name is not known is used');
  const found = attribute(of, written, called.world);
  return fallback ? joinThings(found, fallback) : found;
};

const putAttribute: Action = (called) => {
  const [of, name, value] = called.args;
  const written = knownText(asValue(name));
  if (!of || !value || written === undefined)
    return giveUp(called.world, 'an attribute whose name is not known is set');
  setAttribute(of, written, value, called.world);
  return data();
};

const makeDictionary: Action = (called) => {
  const [from] = called.args;
  const base = from?.kind === 'dict' ? from : undefined;
  const rest =
    from === undefined || base
      ? base?.rest
      : from.kind === 'list'
        ? pairValue(from.element)
        : joinMaybe(elementOf(from), data(taintsOf(from)));
  return dictOf([...(base?.entries ?? []), ...called.named], rest);
};
const pairValue = (pair: Thing | undefined): Thing | undefined =>
  pair?.kind === 'list' ? (pair.items?.[1] ?? pair.element) : (pair ?? undefined);

const importName: Action = (called) => {
  const name = knownText(asValue(argument(called, [0, 'name'])));
  if (name === undefined) return giveUp(called.world, 'a module whose name is not known is imported');
  return called.world.library.module(name, called.world);
};

/** A truth value or a number of things carries nothing of what was looked at. */
const check: Action = (called) => {
  pure(called);
  return data();
};

export const BUILTINS: Readonly<Record<string, Action>> = {
  ...Object.fromEntries([...BUILTIN_PURE].map((name) => [`builtins.${name}`, pure])),
  ...Object.fromEntries(
    ['bool', 'len', 'isinstance', 'hasattr', 'callable'].map((name) => [`builtins.${name}`, check]),
  ),
  ...Object.fromEntries(
    ['pprint.pprint', 'pprint.pp', 'rich.print', 'rich.pretty.pprint'].map((name) => [name, print]),
  ),
  'builtins.open': (called) => openFile(called.world, argument(called, [0, 'file']), argument(called, [1, 'mode'])),
  'builtins.print': print,
  'builtins.input': (called) => textOf(unknown('typed in'), called.world.setting.stdin.taints),
  'builtins.str': (called) => {
    const [given] = called.args;
    return given ? textOf(asValue(given), taintsOf(given)) : textOf(known(''));
  },
  'builtins.list': asList,
  'builtins.tuple': asList,
  'builtins.set': asList,
  'builtins.frozenset': asList,
  'builtins.iter': asList,
  'builtins.reversed': ordered,
  'builtins.sorted': ordered,
  'builtins.min': extreme,
  'builtins.max': extreme,
  'builtins.next': (called) => joinMaybe(called.args[1], iterate(called.args[0] ?? data())) ?? data(),
  'builtins.enumerate': (called) => manyOf(listOf([data(), iterate(called.args[0] ?? data())])),
  'builtins.zip': (called) =>
    manyOf(called.more ? manyOf(unknownThing('zipped')) : listOf(called.args.map((each) => iterate(each)))),
  'builtins.map': mapped,
  'builtins.filter': filtered,
  'builtins.dict': makeDictionary,
  'builtins.type': (called) =>
    called.args.length === 1 ? data() : giveUp(called.world, 'a class is built from parts'),
  'builtins.getattr': getAttribute,
  'builtins.setattr': putAttribute,
  'builtins.vars': (called) =>
    called.args.length === 1 && inert(called.args[0])
      ? data(taintsOf(called.args[0]))
      : giveUp(called.world, 'vars() is used'),
  'builtins.dir': pure,
  'builtins.exit': pure,
  'builtins.quit': pure,
  'builtins.super': () => handle('super'),
  'builtins.object': () => handle('plain'),
  'builtins.property': mixes,
  'builtins.staticmethod': same([0]),
  'builtins.classmethod': same([0]),
  'builtins.exec': evaluated,
  'builtins.eval': evaluated,
  'builtins.__import__': importName,
  'importlib.import_module': importName,
  'builtins.compile': refuses('text is compiled to code'),
  'builtins.globals': refuses('globals() gives every name'),
  'builtins.locals': refuses('locals() gives every name'),
  'builtins.delattr': refuses('delattr changes an object'),
  'builtins.breakpoint': refuses('breakpoint() starts a debugger'),
  'builtins.help': refuses('help() starts a pager'),
  'functools.partial': (called) => {
    const [fn, ...args] = called.args;
    if (!fn) return data();
    // The missing arguments are not known before it is called; what is known of the call is read now.
    call(fn, { ...called, args, more: unknownThing('given later') });
    return handle('read-function');
  },
  'functools.reduce': (called) => {
    const [fn, list, start] = called.args;
    const element = iterate(list ?? data());
    if (!fn) return data();
    const once = call(fn, { ...called, args: [joinMaybe(start, element) ?? element, element], named: new Map() });
    return (
      joinMaybe(start, call(fn, { ...called, args: [joinThings(once, element), element], named: new Map() })) ?? once
    );
  },
  'asyncio.run': same([0]),
  'asyncio.gather': (called) => listOf(called.args),
  'asyncio.create_task': same([0]),
  'asyncio.wait_for': same([0]),
  'asyncio.sleep': pure,
  'threading.Thread': startLater,
  'threading.Timer': (called) => startLater({ ...called, args: called.args.slice(1) }),
  'multiprocessing.Process': startLater,
  'concurrent.futures.ThreadPoolExecutor': () => handle('pool'),
  'concurrent.futures.ProcessPoolExecutor': () => handle('pool'),
  'concurrent.futures.as_completed': asList,
  'multiprocessing.Pool': () => handle('pool'),
  'multiprocessing.cpu_count': pure,
};

function startLater(called: Called): Thing {
  const target = argument(called, [0, 'target']);
  const args = called.named.get('args');
  const exact = args?.kind === 'list' && args.items && called.args.length <= 1 && !called.named.has('kwargs');
  const given = exact && args.items ? args.items : [];
  const more = exact || (!args && called.args.length <= 1) ? undefined : unknownThing('given later');
  if (!exact) handOverAll({ ...called, args: called.args.slice(1) });
  if (target && target.kind !== 'data') call(target, { ...called, args: given, named: new Map(), more });
  return handle('read-function');
}

/** `pool.map(f, items)` and `pool.submit(f, ...args)`. */
export function usePool(name: string, called: Called): Thing | undefined {
  if (['map', 'imap', 'imap_unordered'].includes(name)) return mapped(called);
  if (name === 'submit' || name === 'apply_async') {
    const [fn, ...args] = called.args;
    return fn ? call(fn, { ...called, args }) : data();
  }
  return ['shutdown', 'close', 'join', 'terminate'].includes(name) ? data() : undefined;
}
