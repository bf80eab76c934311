// Owns what it means to store a value in a name, attribute, item or pattern.
import { text as knownText } from '../core/value.ts';
import { handOver } from './call.ts';
import { evaluate, item, maybe } from './evaluate.ts';
import type { Target } from './syntax.ts';
import {
  asValue,
  type DictThing,
  elementOf,
  inert,
  iterate,
  joinMaybe,
  joinThings,
  type ListThing,
  literal,
  manyOf,
  type Scope,
  sameThing,
  type Thing,
  taintsOf,
} from './thing.ts';
import { changed, giveUp, setVariable, type World } from './world.ts';

export function assign(target: Target, thing: Thing, scope: Scope, world: World): void {
  switch (target.t) {
    case 'name':
      setVariable(scope, target.name, thing, world, target.scope);
      return;
    case 'get':
      setAttribute(evaluate(target.of, scope, world), target.name, thing, world);
      return;
    case 'at':
      setItem(evaluate(target.of, scope, world), evaluate(target.key, scope, world), thing, world);
      return;
    case 'listTarget':
      assignItems(target.items, thing, scope, world);
      return;
    case 'dictTarget':
      for (const entry of target.entries)
        assign(entry.target, item(thing, evaluate(entry.key, scope, world), world), scope, world);
      if (target.rest) assign(target.rest, thing, scope, world);
      return;
    case 'restTarget':
      assign(target.target, manyOf(elementOf(thing)), scope, world);
      return;
    case 'defaultTarget': {
      const fallback = maybe(scope, world, () => evaluate(target.value, scope, world));
      assign(target.target, joinThings(thing, fallback), scope, world);
      return;
    }
    case 'opaque':
      giveUp(world, target.because);
      return;
  }
}

function assignItems(targets: readonly (Target | undefined)[], thing: Thing, scope: Scope, world: World): void {
  const rest = targets.findIndex((each) => each?.t === 'restTarget');
  const items = thing.kind === 'list' ? thing.items : undefined;
  targets.forEach((each, index) => {
    if (!each) return;
    const exact = items && (rest < 0 || index < rest) ? items[index] : undefined;
    if (each.t === 'restTarget') assign(each.target, manyOf(elementOf(thing)), scope, world);
    else assign(each, exact ?? elementOf(thing), scope, world);
  });
}

export function setAttribute(of: Thing, name: string, thing: Thing, world: World): void {
  if (world.library.forbidden(name)) {
    giveUp(world, `the attribute ${name} is set`);
    return;
  }
  switch (of.kind) {
    case 'object': {
      if (setSpecially(of, literal(name), thing, world)) return;
      const have = of.attributes.get(name);
      const weak = world.conditional > 0 || of.made !== undefined;
      const next = have && weak ? joinThings(have, thing) : thing;
      if (!have || !sameThing(have, next)) changed(world, of);
      of.attributes.set(name, next);
      if (of.type !== 'instance') handOver(thing, world);
      if (of.type !== 'instance' && !inert(thing) && thing.kind !== 'closure' && thing.kind !== 'ref')
        giveUp(world, `the attribute ${name} of a library object is replaced`);
      return;
    }
    case 'dict':
      setItem(of, literal(name), thing, world);
      return;
    case 'class': {
      const have = of.members.get(name);
      of.members.set(name, have ? joinThings(have, thing) : thing);
      changed(world, {});
      return;
    }
    case 'either':
      for (const each of of.of) setAttribute(each, name, thing, world);
      return;
    case 'ref': {
      const special = world.library.attribute(of, `${name}=`, world);
      if (special === undefined) giveUp(world, `the library is changed: ${of.name}.${name} is set`);
      return;
    }
    default:
      if (!inert(thing)) handOver(thing, world);
      if (of.kind === 'unknown' && thing.kind !== 'closure' && !inert(thing))
        giveUp(world, `the attribute ${name} of a value that is not known is replaced`);
  }
}

/** Objects of the library for which setting an item means something: the environment. */
function setSpecially(of: Thing, key: Thing, thing: Thing, world: World): boolean {
  if (of.kind !== 'object' || of.type !== 'environment') return false;
  const called = { args: [key, thing], named: new Map<string, Thing>(), more: undefined, world, site: of };
  return world.library.method(of, '[]=', called) !== undefined;
}

export function setItem(of: Thing, key: Thing, thing: Thing, world: World): void {
  if (of.kind === 'either') {
    for (const each of of.of) setItem(each, key, thing, world);
    return;
  }
  if (setSpecially(of, key, thing, world)) return;
  if (of.kind === 'list') {
    addTo(of, knownText(asValue(key)) === ':' ? iterate(thing) : thing, world);
    of.items = undefined;
    return;
  }
  const name = knownText(asValue(key));
  if (of.kind === 'dict') {
    setEntry(of, name, thing, world);
    return;
  }
  if (of.kind === 'ref' || of.kind === 'closure' || of.kind === 'class') {
    const special = of.kind === 'ref' ? world.library.attribute(of, '[]=', world) : undefined;
    if (special === undefined) giveUp(world, 'an item of a module, function or class is set');
    return;
  }
  if (name !== undefined && world.library.forbidden(name)) giveUp(world, `the attribute ${name} is set`);
  if (!inert(thing)) handOver(thing, world);
}

function setEntry(of: DictThing, name: string | undefined, thing: Thing, world: World): void {
  if (name !== undefined && world.library.forbidden(name)) {
    giveUp(world, `the attribute ${name} is set`);
    return;
  }
  if (thing.kind === 'closure' && world.library.implicitKey(name)) handOver(thing, world);
  if (name === undefined || of.entries.size > 512) {
    const next = joinMaybe(of.rest, thing) ?? thing;
    if (!of.rest || !sameThing(of.rest, next)) changed(world, of);
    of.rest = next;
    return;
  }
  const have = of.entries.get(name);
  const next = have && world.conditional > 0 ? joinThings(have, thing) : thing;
  if (!have || !sameThing(have, next)) changed(world, of);
  of.entries.set(name, next);
}

/** One more element of a list. */
export function addTo(list: ListThing, thing: Thing, world: World): void {
  const next = joinMaybe(list.element, thing) ?? thing;
  if (!list.element || !sameThing(list.element, next) || taintsOf(list.element).length !== taintsOf(next).length)
    changed(world, list);
  list.items = list.items && world.conditional === 0 && list.items.length < 64 ? [...list.items, thing] : undefined;
  list.element = next;
}

/** Reads an attribute by a key that was computed. */
