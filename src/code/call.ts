// Owns what a call does: functions of the snippet are read, library functions are looked up, others are not known.
import { known } from '../core/value.ts';
import { attribute, evaluate, FIELDS, findMember, maybe } from './evaluate.ts';
import { runStatements } from './statements.ts';
import type { ClassBody, Param } from './syntax.ts';
import { assign } from './target.ts';
import {
  type ClassThing,
  type ClosureThing,
  data,
  dictOf,
  elementOf,
  handle,
  inert,
  joinMaybe,
  joinThings,
  listOf,
  manyOf,
  newScope,
  type ObjectThing,
  type Scope,
  type Thing,
  taintsOf,
  unknownThing,
} from './thing.ts';
import { type Called, giveUp, step, type World } from './world.ts';

const MAX_CALLS = 24;

export function call(callee: Thing, called: Called): Thing {
  const { world } = called;
  switch (callee.kind) {
    case 'ref':
      return world.library.call(callee.name, called);
    case 'closure':
      return callClosure(callee, called);
    case 'class':
      return construct(callee, called);
    case 'method':
      return callMethod(callee.of, callee.name, called);
    case 'either':
      return maybe(world.root, world, () => callee.of.map((each) => call(each, called)).reduce(joinThings));
    case 'object': {
      const special = world.library.method(callee, '()', called);
      if (special) return special;
      const member = callee.made && findMember(callee.made, '__call__');
      return member?.kind === 'closure'
        ? callClosure({ ...member, self: callee }, called)
        : giveUp(world, `a ${callee.type} object is called`);
    }
    default:
      handOverAll(called);
      return giveUp(world, 'a function that is not known is called');
  }
}

export function callMethod(receiver: Thing, name: string, called: Called): Thing {
  const { world } = called;
  if (receiver.kind === 'either')
    return maybe(world.root, world, () => receiver.of.map((each) => callMethod(each, name, called)).reduce(joinThings));
  if (world.library.forbidden(name) && receiver.kind !== 'ref')
    return giveUp(world, `the attribute ${name} leads out of what is read`);
  const special = world.library.method(receiver, name, called);
  if (special) return special;
  switch (receiver.kind) {
    case 'ref':
    case 'class':
    case 'method':
    case 'closure': {
      const member = attribute(receiver, name, world);
      return member.kind === 'method' ? onUnknown(receiver, name, called) : call(member, called);
    }
    case 'object':
    case 'dict': {
      const member = attribute(receiver, name, world);
      // A field that only holds data is not what is called.
      const field = receiver.kind === 'object' && inert(member);
      // A function of an object literal sees that object as `this`.
      const bound = member.kind === 'closure' && receiver.kind === 'dict' && !takesSelf(world);
      if (bound) return callClosure({ ...member, self: receiver }, called);
      if (!field && (member.kind !== 'method' || member.of !== receiver)) return call(member, called);
      return onUnknown(receiver, name, called);
    }
    default:
      return onUnknown(receiver, name, called);
  }
}

/** A method of a value whose type is not known: harmless by its name, an effect on something not known, or not understood. */
function onUnknown(receiver: Thing, name: string, called: Called): Thing {
  const { world } = called;
  const own =
    receiver.kind === 'object' &&
    receiver.made !== undefined &&
    !receiver.made.bases.some((base) => world.library.instanceOfUnknownBase(base));
  const action = own ? undefined : world.library.onUnknown(name);
  if (action) return action(handle('unknown', undefined, taintsOf(receiver)), called);
  handOverAll(called);
  if (own || !world.library.harmless.has(name))
    return giveUp(world, `the method ${name} of a value whose type is not known`);
  return resultOf(receiver, called);
}

/** Data from data; otherwise whatever the parts may hold. */
export function resultOf(receiver: Thing, called: Called): Thing {
  const taints = [...taintsOf(receiver), ...allTaints(called)];
  const all = [receiver, ...called.args, ...called.named.values()];
  return all.every((each) => inert(each)) && inert(called.more) ? data(taints) : unknownThing('not known', taints);
}

export const allTaints = (called: Called) =>
  [...called.args, ...called.named.values(), ...(called.more ? [called.more] : [])].flatMap((each) => [
    ...taintsOf(each),
  ]);

/** Functions given to something that is not known to leave them alone run with arguments that are not known. */
export function handOverAll(called: Called, given: readonly Thing[] = []): void {
  for (const each of called.args) handOver(each, called.world, given);
  for (const each of called.named.values()) handOver(each, called.world, given);
  if (called.more) handOver(called.more, called.world, given);
}

export function handOver(thing: Thing, world: World, given: readonly Thing[] = [], seen: Set<Thing> = new Set()): void {
  if (seen.has(thing) || !step(world)) return;
  const deeper = (each: Thing): void => handOver(each, world, given, seen);
  switch (thing.kind) {
    case 'list':
      seen.add(thing);
      if (thing.element) deeper(thing.element);
      return;
    case 'dict':
      seen.add(thing);
      for (const each of thing.entries.values()) deeper(each);
      if (thing.rest) deeper(thing.rest);
      return;
    case 'either':
      thing.of.forEach(deeper);
      return;
    case 'closure':
      seen.add(thing);
      defer(thing, given, world);
      maybe(world.root, world, () => callClosure(thing, unknownCall(world, thing, given)));
      return;
    case 'ref':
    case 'method':
      if (!harmlessReference(thing, world)) handOverReference(thing, world, given);
      return;
    case 'object':
      seen.add(thing);
      if (thing.made)
        for (const each of thing.made.members.values()) if (each.kind === 'closure') deeper({ ...each, self: thing });
      return;
    default:
  }
}

/** A function that is handed its own arguments again tells nothing new; with other arguments it is given up. */
function handOverReference(thing: Thing & { kind: 'ref' | 'method' }, world: World, given: readonly Thing[]): void {
  const open = world.handing.find((each) => each.kind === thing.kind && each.name === thing.name);
  if (open !== undefined) {
    const same = open.given.length === given.length && open.given.every((each, index) => each === given[index]);
    if (!same) giveUp(world, `${thing.name} is handed on to itself`);
    return;
  }
  world.handing.push({ kind: thing.kind, name: thing.name, given });
  maybe(world.root, world, () => call(thing, unknownCall(world, thing, given)));
  world.handing.pop();
}

/** Classes of plain data are handed around as values all the time. */
const harmlessReference = (thing: Thing, world: World): boolean =>
  thing.kind === 'ref' && !world.library.acts(thing.name) && /^[A-Z]/.test(thing.name.split('.').at(-1) ?? '');

const unknownCall = (world: World, site: object, given: readonly Thing[]): Called => ({
  args: given,
  named: new Map(),
  more: unknownThing('given by the caller'),
  world,
  site,
});

function defer(closure: ClosureThing, args: readonly Thing[], world: World): void {
  if (world.late) return;
  const known = world.deferred.some((each) => each.closure.fn === closure.fn && each.closure.scope === closure.scope);
  if (!known || world.deferred.length < 64) world.deferred.push({ closure, args });
}

export function callClosure(closure: ClosureThing, called: Called): Thing {
  const { world } = called;
  const { fn } = closure;
  if (!step(world)) return unknownThing('not read');
  const open = world.stack.filter((each) => each === fn).length;
  if (open >= 2 || world.stack.length >= MAX_CALLS) {
    const simple = called.args.every((each) => inert(each)) && open >= 2;
    return simple ? unknownThing('recursion') : giveUp(world, 'functions call each other too deeply to read');
  }
  const scope = newScope(closure.scope, world.unsettled.length);
  bind(fn.params, open === 0 ? called : generalised(called), scope, closure, world);
  if (fn.later) defer(closure, called.args, world);
  world.stack.push(fn);
  runStatements(fn.body, scope, world);
  world.stack.pop();
  if (fn.generator) return manyOf(joinMaybe(scope.yields, undefined));
  return scope.result ?? data();
}

/** Arguments of a recursive call: anything of the same make. */
function generalised(called: Called): Called {
  const vague = (each: Thing): Thing =>
    inert(each) ? data(taintsOf(each)) : unknownThing('recursion', taintsOf(each));
  return {
    ...called,
    args: called.args.map(vague),
    named: new Map([...called.named].map(([name, each]) => [name, vague(each)])),
  };
}

function bind(params: readonly Param[], called: Called, scope: Scope, closure: ClosureThing, world: World): void {
  const args = closure.self && !closure.fn.arrow && takesSelf(world) ? [closure.self, ...called.args] : called.args;
  if (closure.self && !takesSelf(world)) scope.variables.set('this', { now: closure.self, ever: closure.self });
  const used = new Set<string>();
  params.forEach((param, index) => {
    const name = param.target.t === 'name' ? param.target.name : undefined;
    if (param.rest === 'list') {
      const rest = args.slice(index);
      assign(
        param.target,
        called.more ? manyOf(joinMaybe(listOf(rest).element, called.more)) : listOf(rest),
        scope,
        world,
      );
      return;
    }
    if (param.rest === 'dict') {
      const left = [...called.named].filter(([each]) => !used.has(each));
      assign(param.target, dictOf(left, called.more), scope, world);
      return;
    }
    if (name !== undefined) used.add(name);
    const given = args[index] ?? (name === undefined ? undefined : called.named.get(name));
    const fallback = () => (param.default ? evaluate(param.default, closure.scope, world) : undefined);
    const value = given ?? joinMaybe(called.more, fallback()) ?? data();
    assign(param.target, value, scope, world);
  });
}

const takesSelf = (world: World): boolean => world.library.language === 'python';

/** A class of the snippet: its body runs now, its methods when they are called. */
export function makeClass(definition: ClassBody, scope: Scope, world: World): Thing {
  const inner = newScope(scope, world.unsettled.length, true);
  const bases = definition.bases.map((base) => evaluate(base, scope, world));
  runStatements(definition.body, inner, world);
  const made: ClassThing = {
    kind: 'class',
    name: definition.name,
    bases,
    instances: new Map(),
    members: new Map([...inner.variables].map(([name, { now }]) => [name, now])),
  };
  const foreign = bases.some((base) => base.kind !== 'class' && world.library.instanceOfUnknownBase(base));
  const self = handle('instance', known(definition.name));
  const instance: Thing = { ...self, made };
  for (const [name, member] of made.members)
    if (member.kind === 'closure' && (foreign || world.library.implicit(name)) && name !== world.library.constructor)
      defer({ ...member, self: instance }, [], world);
  // What a class overrides is still reached through super().
  for (const base of bases)
    for (const name of base.kind === 'class' ? base.members.keys() : []) {
      const member = made.members.has(name) ? findMember(base, name) : undefined;
      if (member?.kind === 'closure') defer({ ...member, self: instance }, [], world);
    }
  return made;
}

function construct(made: ClassThing, called: Called): Thing {
  const instance: ObjectThing = made.instances.get(called.site) ?? { ...handle('instance', known(made.name)), made };
  made.instances.set(called.site, instance);
  const start = findMember(made, called.world.library.constructor);
  if (start?.kind === 'closure') callClosure({ ...start, self: instance }, called);
  else handOverAll(called);
  // The given values may end up in the fields of the instance.
  if (start === undefined) for (const [name, each] of called.named) putField(instance, name, each);
  const base = made.bases.find((each) => each.kind === 'ref');
  if (start === undefined && called.args.length > 0) putField(instance, FIELDS, called.args.reduce(joinThings));
  return base && start === undefined && base.kind === 'ref' && /Enum$/.test(base.name) ? elementOf(data()) : instance;
}

function putField(instance: ObjectThing, name: string, thing: Thing): void {
  instance.attributes.set(name, joinMaybe(instance.attributes.get(name), thing) ?? thing);
}
