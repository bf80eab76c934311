// Owns what the common library functions of all languages do, as small builders that their tables are made of.
import type { EffectBody } from '../core/effect.ts';
import type { Word } from '../core/invocation.ts';
import type { Run } from '../core/program.ts';
import { secretPath } from '../core/sensitive.ts';
import {
  known,
  text as knownText,
  mergeTaints,
  pattern,
  type Taint,
  texts,
  unknown,
  type Value,
} from '../core/value.ts';
import { allTaints, handOverAll } from './call.ts';
import {
  asValue,
  data,
  elementOf,
  handle,
  inert,
  listOf,
  manyOf,
  type ObjectThing,
  type Thing,
  taintsOf,
  textOf,
  unknownThing,
} from './thing.ts';
import { type Action, absolute, type Called, emit, emitRun, giveUp, labelsOfFile, type World } from './world.ts';

/** An argument by position and, where the language has them, by name. */
export type At = readonly [index: number, name?: string];

export function argument(called: Called, [index, name]: At): Thing | undefined {
  const given = called.args[index] ?? (name === undefined ? undefined : called.named.get(name));
  return given ?? (called.more ? unknownThing('one of several arguments', taintsOf(called.more)) : undefined);
}

export const pathAt = (called: Called, at: At): Value => absolute(called.world, asValue(argument(called, at)));

/** True when the option is given and not certainly off. */
export function mayBeOn(called: Called, at: At): boolean {
  const given = argument(called, at);
  return given !== undefined && !/^(false|none|null|undefined|0|)$/i.test(knownText(asValue(given)) ?? '?');
}

type WriteHow = Extract<EffectBody, { kind: 'fs.write' }>['how'];

export function write(world: World, path: Value, how: WriteHow, content?: Thing): void {
  const taints = taintsOf(content);
  for (const each of texts(path) ?? [])
    world.written.set(
      each,
      mergeTaints(how === 'append' || world.conditional > 0 ? (world.written.get(each) ?? []) : [], taints),
    );
  const value = content === undefined ? undefined : asValue(content);
  emit(world, {
    kind: 'fs.write',
    path,
    how,
    ...(value && texts(value) ? { content: value } : {}),
    ...(taints.length > 0 ? { taints } : {}),
  });
}

export function read(world: World, path: Value, use: 'content' | 'names' | 'copy' = 'content'): readonly Taint[] {
  emit(world, { kind: 'fs.read', path, use });
  return labelsOfFile(world, path);
}

export const remove = (world: World, path: Value, recursive = false, only?: 'empty' | 'matching'): void =>
  emit(world, { kind: 'fs.delete', path, recursive, ...(only ? { only } : {}) });

/** A file that is copied carries its labels. */
export function copy(world: World, from: Value, to: Value): void {
  write(world, to, 'overwrite', data(read(world, from, 'copy')));
}

export const send = (
  world: World,
  to: Value,
  taints: readonly Taint[],
  channel: Extract<EffectBody, { kind: 'net.send' }>['channel'],
  method?: string,
): void => emit(world, { kind: 'net.send', to, channel, taints, ...(method ? { method } : {}) });

export const deletes =
  (at: At, recursive = false, only?: 'empty'): Action =>
  (called) => {
    remove(called.world, pathAt(called, at), recursive, only);
    return data();
  };

export const writes =
  (at: At, how: WriteHow, content?: At): Action =>
  (called) => {
    write(called.world, pathAt(called, at), how, content && argument(called, content));
    return data();
  };

export const moves =
  (from: At, to: At): Action =>
  (called) => {
    emit(called.world, { kind: 'fs.move', from: pathAt(called, from), to: pathAt(called, to) });
    return valueThing(argument(called, to));
  };

const valueThing = (thing: Thing | undefined): Thing => textOf(asValue(thing), taintsOf(thing));

export const copies =
  (from: At, to: At): Action =>
  (called) => {
    copy(called.world, pathAt(called, from), pathAt(called, to));
    return valueThing(argument(called, to));
  };

export const links =
  (target: At, path: At): Action =>
  (called) => {
    const pointed = pathAt(called, target);
    emit(called.world, { kind: 'fs.write', path: pathAt(called, path), how: 'link', target: pointed });
    return data();
  };

export const modes =
  (at: At, mode: At, what: 'mode' | 'owner' = 'mode'): Action =>
  (called) => {
    const value = asValue(argument(called, mode));
    emit(called.world, { kind: 'fs.mode', path: pathAt(called, at), mode: octal(value), recursive: false, what });
    return data();
  };

/** `0o755` and `493` are the mode that chmod calls `755`. */
function octal(value: Value): Value {
  const written = knownText(value);
  if (written === undefined) return value;
  const number = Number(written);
  return Number.isInteger(number) && written !== '' ? known(number.toString(8)) : value;
}

export const readsContent =
  (at: At): Action =>
  (called) =>
    data(read(called.world, pathAt(called, at)));

/** Names in a folder: each is one path segment, so that none climbs. */
export const readsNames =
  (at: At): Action =>
  (called) => {
    read(called.world, argument(called, at) ? pathAt(called, at) : called.world.cwd, 'names');
    return manyOf(textOf(pattern('', '', 'the name of a file', { climbs: false })));
  };

/** Looks at a path without its content. */
export const looksAt =
  (at: At): Action =>
  (called) => {
    emit(called.world, { kind: 'fs.read', path: pathAt(called, at), use: 'names' });
    return data(taintsOf(argument(called, at)));
  };

/** Only its arguments go into the result; functions among them are called with what the others hold. */
export const pure: Action = (called) => {
  const taints = allTaints(called);
  const rest = [...called.args, ...called.named.values()].filter((each) => !callable(each));
  handOverAll(called, given(rest, taints));
  return data(taints);
};

/** The result may hold the arguments themselves. */
export const mixes: Action = (called) => {
  const all = [...called.args, ...called.named.values(), ...(called.more ? [called.more] : [])];
  const rest = all.filter((each) => !callable(each));
  handOverAll(called, given(rest, allTaints(called)));
  return all.every((each) => inert(each)) ? data(allTaints(called)) : unknownThing('not known', allTaints(called));
};

export const callable = (thing: Thing): boolean =>
  thing.kind === 'closure' ||
  thing.kind === 'ref' ||
  thing.kind === 'method' ||
  thing.kind === 'class' ||
  (thing.kind === 'either' && thing.of.every(callable));

const given = (rest: readonly Thing[], taints: readonly Taint[]): readonly Thing[] => {
  const each = rest.every((one) => inert(one)) ? data(taints) : manyOf(listOf(rest).element).element;
  const one = each?.kind === 'list' || each?.kind === 'dict' ? elementOf(each) : (each ?? data(taints));
  return [one, one, one, one];
};

export const same =
  (at: At): Action =>
  (called) =>
    argument(called, at) ?? data();

export const gives =
  (make: () => Thing): Action =>
  () =>
    make();

export const refuses =
  (because: string): Action =>
  (called) => {
    handOverAll(called);
    return giveUp(called.world, because);
  };

/** Emits what is given, without looking at the arguments. */
export const emits =
  (effect: EffectBody): Action =>
  (called) => {
    emit(called.world, effect);
    return data(allTaints(called));
  };

export const wordOf = (thing: Thing | undefined): Word => ({
  value: asValue(thing),
  taints: taintsOf(thing),
  fields: 'one',
  span: { start: 0, end: 0 },
});

/** Programs whose output is a secret or comes from elsewhere, for what is done with their output later. */
const PRINTS_SECRETS = /^(env|printenv|security|pass|op|vault|gpg|age|sops|keyring|secret-tool)$/;
const PRINTS_DOWNLOADS = /^(curl|wget|http|https|fetch|aria2c)$/;

function labelsOfOutput(words: readonly Thing[], world: World): readonly Taint[] {
  const named = words.flatMap((each) => texts(asValue(each)) ?? []).flatMap((each) => each.split(/[\s'"|;&()<>=]+/));
  const labels = named.flatMap((each): Taint[] => {
    const program = each.split('/').at(-1) ?? '';
    const path = knownText(absolute(world, known(each)));
    const secret = path === undefined ? undefined : secretPath(path);
    return [
      ...(secret ? [{ label: 'secret', from: secret } as const] : []),
      ...(PRINTS_SECRETS.test(program) ? [{ label: 'secret', from: program } as const] : []),
      ...(PRINTS_DOWNLOADS.test(program) ? [{ label: 'downloaded', from: program } as const] : []),
    ];
  });
  return mergeTaints(labels, ...words.map((each) => taintsOf(each)));
}

/** Another program runs. Undefined words or number of words: not known. */
export function runArgv(world: World, via: string, words: Thing | undefined, extra: Partial<Run> = {}): ObjectThing {
  const items = words?.kind === 'list' ? words.items : undefined;
  if (!items || items.length === 0) {
    giveUp(world, `${via} runs a program whose arguments are not known`);
    return handle('process', undefined, taintsOf(words));
  }
  emitRun(world, { via, cwd: world.cwd, ...extra, kind: 'argv', argv: items.map(wordOf) } as Run);
  return handle('process', undefined, labelsOfOutput(items, world));
}

export function runShell(world: World, via: string, text: Thing | undefined, extra: Partial<Run> = {}): ObjectThing {
  emitRun(world, { via, cwd: world.cwd, ...extra, kind: 'shell', text: wordOf(text) } as Run);
  return handle('process', undefined, labelsOfOutput(text ? [text] : [], world));
}

/** A request that only asks; what it asks with is sent along when it carries a secret. */
export function fetchUrl(
  world: World,
  url: Thing | undefined,
  headers: readonly Taint[] = [],
  to?: Value,
): ObjectThing {
  const value = asValue(url);
  const secrets = taintsOf(url).filter((each) => each.label === 'secret');
  emit(world, { kind: 'net.fetch', url: value, ...(to ? { to } : {}) });
  if (secrets.length > 0) send(world, value, secrets, 'query', 'GET');
  if (headers.some((each) => each.label === 'secret')) send(world, value, headers, 'header', 'GET');
  const from = knownText(value) ?? 'a download';
  return handle('response', value, mergeTaints(taintsOf(url), [{ label: 'downloaded', from }]));
}

export const fresh = (prefix: string): Value => pattern(prefix, '', 'a new temporary name', { climbs: false });
export const anyText = (because: string, taints: readonly Taint[] = []): Thing => textOf(unknown(because), taints);
