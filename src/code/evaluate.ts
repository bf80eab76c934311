// Owns what an expression of a snippet gives, and notes the effects on the way. Knows no language and no policy.
import { known, text as knownText, mergeTaints, unknown } from '../core/value.ts';
import { call, callMethod, handOver, makeClass } from './call.ts';
import { operate, plus } from './operate.ts';
import type { Arg, Clause, Expr } from './syntax.ts';
import { assign } from './target.ts';
import {
  asValue,
  data,
  dictOf,
  elementOf,
  iterate,
  joinMaybe,
  joinThings,
  type ListThing,
  listOf,
  literal,
  manyOf,
  newScope,
  type Scope,
  type Thing,
  taintsOf,
  textOf,
  unknownThing,
} from './thing.ts';
import { type Called, changed, giveUp, lookup, step, type World } from './world.ts';

/** Evaluations within each other, over all calls; keeps the walk far from the end of the stack. */
const MAX_OPEN = 500;

/** What the expression gives in this scope. */
export function evaluate(expr: Expr, scope: Scope, world: World): Thing {
  if (!step(world)) return unknownThing('not read');
  if (world.depth > MAX_OPEN) return giveUp(world, 'the code is nested too deeply to read', 'limit');
  world.depth++;
  const thing = evaluateOpen(expr, scope, world);
  world.depth--;
  return thing;
}

function evaluateOpen(expr: Expr, scope: Scope, world: World): Thing {
  const of = (part: Expr): Thing => evaluate(part, scope, world);
  switch (expr.t) {
    case 'text':
      return expr.number ? { kind: 'text', value: known(expr.text), taints: [], number: true } : literal(expr.text);
    case 'data':
      return data();
    case 'format':
      return expr.parts
        .map(of)
        .map((part) => textOf(asValue(part), taintsOf(part)))
        .reduce(plus, literal(''));
    case 'name':
      return (
        lookup(scope, expr.name, world) ??
        world.library.global(expr.name, world) ??
        giveUp(world, `the name ${expr.name} is not known`)
      );
    case 'get':
      return attribute(of(expr.of), expr.name, world);
    case 'at':
      return item(of(expr.of), of(expr.key), world);
    case 'slice': {
      for (const bound of expr.bounds) of(bound);
      const whole = of(expr.of);
      return whole.kind === 'list' ? manyOf(whole.element) : whole.kind === 'text' ? partOf(whole) : whole;
    }
    case 'call':
      return callExpression(expr, scope, world);
    case 'list':
      return makeList(expr, scope, world);
    case 'dict':
      return makeDict(expr, scope, world);
    case 'spread':
      return elementOf(of(expr.of));
    case 'function':
      return { kind: 'closure', fn: expr.fn, scope: outsideClass(scope) };
    case 'class':
      return makeClass(expr.definition, scope, world);
    case 'operator':
      return operate(expr.operator, of(expr.left), of(expr.right));
    case 'measure':
      return data(mergeTaints(...expr.parts.map((part) => taintsOf(of(part)))));
    case 'check':
      for (const part of expr.parts) of(part);
      return data();
    case 'choice': {
      if (expr.test) of(expr.test);
      const [first, ...rest] = expr.parts;
      const head = first ? of(first) : data();
      return rest.reduce(
        (sum, part) =>
          joinThings(
            sum,
            maybe(scope, world, () => of(part)),
          ),
        head,
      );
    }
    case 'sequence':
      return expr.parts.reduce<Thing>((_, part) => of(part), data());
    case 'comprehension':
      return comprehension(expr, scope, world);
    case 'assign': {
      const value = of(expr.value);
      assign(expr.target, value, scope, world);
      return value;
    }
    case 'yield': {
      const value = of(expr.value);
      scope.yields = joinMaybe(scope.yields, expr.each ? elementOf(value) : value);
      return unknownThing('sent into a generator', taintsOf(value));
    }
    case 'import': {
      const name = knownText(asValue(of(expr.module)));
      return name === undefined
        ? giveUp(world, 'a module whose name is not known is imported')
        : world.library.module(name, world);
    }
    case 'opaque':
      return giveUp(world, expr.because);
  }
}

function outsideClass(scope: Scope): Scope {
  let at = scope;
  while (at.isClass && at.parent) at = at.parent;
  return at;
}

/** Runs something that may not happen. */
export function maybe<T>(scope: Scope, world: World, run: () => T): T {
  scope.conditional++;
  world.conditional++;
  try {
    return run();
  } finally {
    scope.conditional--;
    world.conditional--;
  }
}

function callExpression(expr: Extract<Expr, { t: 'call' }>, scope: Scope, world: World): Thing {
  const { fn } = expr;
  if (fn.t === 'get' || fn.t === 'at') {
    const receiver = evaluate(fn.of, scope, world);
    const name = fn.t === 'get' ? fn.name : knownText(asValue(evaluate(fn.key, scope, world)));
    const called = evaluateArguments(expr.args, expr, scope, world);
    if (fn.t === 'get' || (name !== undefined && receiver.kind !== 'list' && receiver.kind !== 'dict'))
      return callMethod(receiver, name as string, called);
    return call(item(receiver, evaluate(fn.key, scope, world), world), called);
  }
  const callee = evaluate(fn, scope, world);
  return call(callee, evaluateArguments(expr.args, expr, scope, world));
}

function evaluateArguments(given: readonly Arg[], site: object, scope: Scope, world: World): Called {
  const args: Thing[] = [];
  const named = new Map<string, Thing>();
  let more: Thing | undefined;
  for (const arg of given) {
    const value = evaluate(arg.value, scope, world);
    if (arg.spread === 'list') {
      if (value.kind === 'list' && value.items && more === undefined) args.push(...value.items);
      else more = joinMaybe(more, elementOf(value));
    } else if (arg.spread === 'dict') {
      if (value.kind === 'dict' && value.rest === undefined)
        for (const [key, each] of value.entries) named.set(key, each);
      else more = joinMaybe(more, elementOf(value));
    } else if (arg.name !== undefined) named.set(arg.name, value);
    else if (more !== undefined) more = joinThings(more, value);
    else args.push(value);
  }
  return { args, named, more, world, site };
}

/** The value of an attribute that is read, not called. */
export function attribute(thing: Thing, name: string, world: World): Thing {
  if (world.library.forbidden(name)) return giveUp(world, `the attribute ${name} leads out of what is read`);
  const special = world.library.attribute(thing, name, world);
  if (special) return special;
  switch (thing.kind) {
    case 'ref':
      return world.library.member(thing.name, name, world);
    case 'object': {
      const have = thing.attributes.get(name) ?? fieldOf(thing, name);
      return have ?? { kind: 'method', of: thing, name };
    }
    case 'class':
      return thing.members.get(name) ?? unknownThing(`the attribute ${name} of a class`);
    case 'dict':
      return thing.entries.get(name) ?? (thing.rest ? elementOf(thing) : { kind: 'method', of: thing, name });
    case 'either':
      return thing.of.map((each) => attribute(each, name, world)).reduce(joinThings);
    case 'text':
    case 'data':
      return data(thing.taints);
    case 'unknown':
      return thing;
    case 'list':
    case 'closure':
    case 'method':
      return { kind: 'method', of: thing, name };
  }
}

/** A member of the class, or a field that the generated constructor of a data class sets. */
function fieldOf(thing: Extract<Thing, { kind: 'object' }>, name: string): Thing | undefined {
  const member = memberOf(thing, name);
  return member?.kind === 'closure' ? member : joinMaybe(member, thing.attributes.get(FIELDS));
}

/** Stands for every field that was given without a name. */
export const FIELDS = '*';

function memberOf(thing: Extract<Thing, { kind: 'object' }>, name: string): Thing | undefined {
  const member = thing.made && findMember(thing.made, name);
  return member?.kind === 'closure' ? { ...member, self: thing } : member;
}

/** A member of a class or of the classes it is based on. */
export function findMember(of: Thing, name: string, depth = 0): Thing | undefined {
  if (of.kind !== 'class' || depth > 8) return undefined;
  const own = of.members.get(name);
  if (own) return own;
  for (const base of of.bases) {
    const found = findMember(base, name, depth + 1);
    if (found) return found;
  }
  return undefined;
}

/** What a subscript gives. */
export function item(thing: Thing, key: Thing, world: World): Thing {
  const name = knownText(asValue(key));
  if (thing.kind === 'either') return thing.of.map((each) => item(each, key, world)).reduce(joinThings);
  if (thing.kind === 'dict') {
    const have = name === undefined ? undefined : thing.entries.get(name);
    if (have && !thing.rest) return have;
    if (name !== undefined && !have && !thing.rest) return attribute(thing, name, world);
    return have ? joinThings(have, elementOf(thing)) : elementOf(thing);
  }
  if (thing.kind === 'list') {
    const index = name === undefined ? Number.NaN : Number(name);
    if (thing.items && Number.isInteger(index)) return thing.items.at(index) ?? data();
    if (name !== undefined && !Number.isInteger(index)) return attribute(thing, name, world);
    return thing.element ?? data();
  }
  if (thing.kind === 'text') return partOf(thing);
  if (thing.kind === 'data') return data(mergeTaints(thing.taints, taintsOf(key)));
  const special = world.library.method(thing, '[]', {
    args: [key],
    named: new Map(),
    more: undefined,
    world,
    site: key,
  });
  if (special) return special;
  if (thing.kind === 'unknown') return thing;
  if (name !== undefined) return attribute(thing, name, world);
  return thing.kind === 'object'
    ? unknownThing('an item of an object', taintsOf(thing))
    : giveUp(world, 'a member whose name is not known is used');
}

const partOf = (thing: Thing): Thing => textOf(unknown('part of a text'), taintsOf(thing));

function makeList(expr: Extract<Expr, { t: 'list' }>, scope: Scope, world: World): Thing {
  const items: Thing[] = [];
  let counted = true;
  for (const part of expr.items) {
    const value = evaluate(part.t === 'spread' ? part.of : part, scope, world);
    if (part.t !== 'spread') items.push(value);
    else if (value.kind === 'list' && value.items) items.push(...value.items);
    else {
      counted = false;
      items.push(elementOf(value));
    }
  }
  const fresh = counted ? listOf(items) : manyOf(listOf(items).element);
  const have = scope.made.get(expr);
  if (have?.kind !== 'list') {
    fresh.born = world.unsettled.length;
    scope.made.set(expr, fresh);
    return fresh;
  }
  refill(have, fresh, world);
  return have;
}

/** A list that is made again in a loop: whatever it was or is. */
function refill(have: ListThing, fresh: ListThing, world: World): void {
  const before = have.element;
  const pairs =
    have.items && have.items.length === fresh.items?.length
      ? have.items.map((each, index) => joinThings(each, fresh.items?.[index] ?? each))
      : undefined;
  have.items = pairs;
  have.element = joinMaybe(before, fresh.element);
  if (taintsOf(before).length !== taintsOf(have.element).length) changed(world, have);
}

function makeDict(expr: Extract<Expr, { t: 'dict' }>, scope: Scope, world: World): Thing {
  const fresh = dictOf();
  for (const { key, value } of expr.entries) {
    const thing = evaluate(value, scope, world);
    if (key === undefined) {
      if (thing.kind === 'dict' && !thing.rest) for (const [name, each] of thing.entries) fresh.entries.set(name, each);
      else fresh.rest = joinMaybe(fresh.rest, elementOf(thing));
      continue;
    }
    const keyThing = evaluate(key, scope, world);
    const name = knownText(asValue(keyThing));
    if (thing.kind === 'closure' && world.library.implicitKey(name)) handOver(thing, world);
    // A tainted key is data too.
    const stored = taintsOf(keyThing).length > 0 ? joinThings(thing, data(taintsOf(keyThing))) : thing;
    if (name !== undefined && fresh.entries.size < 512) fresh.entries.set(name, stored);
    else fresh.rest = joinMaybe(fresh.rest, stored);
  }
  const have = scope.made.get(expr);
  if (have?.kind !== 'dict') {
    fresh.born = world.unsettled.length;
    scope.made.set(expr, fresh);
    return fresh;
  }
  for (const [name, each] of fresh.entries) {
    const old = have.entries.get(name);
    have.entries.set(name, old ? joinThings(old, each) : each);
  }
  have.rest = joinMaybe(have.rest, fresh.rest);
  return have;
}

function comprehension(expr: Extract<Expr, { t: 'comprehension' }>, scope: Scope, world: World): Thing {
  const inner = newScope(scope, world.unsettled.length);
  const run = (clauses: readonly Clause[]): Thing => {
    const [first, ...rest] = clauses;
    if (first === undefined) {
      const key = expr.key ? evaluate(expr.key, inner, world) : undefined;
      const value = evaluate(expr.value, inner, world);
      return key && taintsOf(key).length > 0 ? joinThings(value, data(taintsOf(key))) : value;
    }
    assign(first.target, iterate(evaluate(first.of, inner, world)), inner, world);
    for (const test of first.tests) evaluate(test, inner, world);
    return run(rest);
  };
  const element = maybe(inner, world, () => maybe(scope, world, () => run(expr.clauses)));
  const made = expr.key ? dictOf([], element) : manyOf(element);
  made.born = world.unsettled.length;
  return made;
}
