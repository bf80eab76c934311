// Owns what is statically known of a value inside a snippet: text, data, containers, functions, handles. Runs nothing.
import {
  join as joinValues,
  known,
  mergeTaints,
  oneOf,
  sameValue,
  type Taint,
  unknown,
  type Value,
} from '../core/value.ts';
import type { Fn } from './syntax.ts';

export interface ListThing {
  readonly kind: 'list';
  /** Undefined when number or order are not known. */
  items: readonly Thing[] | undefined;
  /** Whatever it may hold; undefined while it is empty. */
  element: Thing | undefined;
  born?: number;
}

export interface DictThing {
  readonly kind: 'dict';
  readonly entries: Map<string, Thing>;
  /** What may be stored under keys that are not known. */
  rest: Thing | undefined;
  born?: number;
}

/** A handle or an instance: what it is, and the path, address or engine that it stands for. */
export interface ObjectThing {
  readonly kind: 'object';
  readonly type: string;
  readonly value: Value;
  readonly taints: readonly Taint[];
  readonly attributes: Map<string, Thing>;
  readonly made?: ClassThing;
  born?: number;
}

export interface ClassThing {
  readonly kind: 'class';
  readonly name: string;
  readonly members: Map<string, Thing>;
  readonly bases: readonly Thing[];
  /** What was made of it, by the place in the code: one object stands for all that are made there. */
  readonly instances: Map<object, ObjectThing>;
}

export interface ClosureThing {
  readonly kind: 'closure';
  readonly fn: Fn;
  readonly scope: Scope;
  readonly self?: Thing;
}

export type Thing =
  | { readonly kind: 'text'; readonly value: Value; readonly taints: readonly Taint[]; readonly number?: true }
  /** Plain data of any shape; nothing that was seen put into it can be called. */
  | { readonly kind: 'data'; readonly taints: readonly Taint[] }
  | ListThing
  | DictThing
  /** A module, function, class or constant of the language's own library, by its full name. */
  | { readonly kind: 'ref'; readonly name: string }
  | ClosureThing
  | ClassThing
  | { readonly kind: 'method'; readonly of: Thing; readonly name: string }
  | ObjectThing
  | { readonly kind: 'either'; readonly of: readonly Thing[] }
  | { readonly kind: 'unknown'; readonly because: string; readonly taints: readonly Taint[] };

export interface Variable {
  now: Thing;
  /** Everything it ever held; what code that runs later may see. */
  ever: Thing;
}

export interface Scope {
  readonly variables: Map<string, Variable>;
  readonly parent: Scope | undefined;
  /** Names that belong to an outer scope although they are set here. */
  readonly outer: Set<string>;
  /** How many branches and loops of this scope are open. */
  conditional: number;
  /** Containers by the expression that makes them, so that a loop makes one and not ever new ones. */
  readonly made: Map<object, Thing>;
  /** Names of a class body are not seen by its methods. */
  readonly isClass: boolean;
  /** How many loops were open when it was made: what is made within a turn of a loop does not last to the next. */
  readonly born: number;
  result: Thing | undefined;
  yields: Thing | undefined;
}

export const newScope = (parent?: Scope, born = 0, isClass = false): Scope => ({
  born,
  made: new Map(),
  isClass,
  variables: new Map(),
  parent,
  outer: new Set(),
  conditional: 0,
  result: undefined,
  yields: undefined,
});

const MAX_ITEMS = 64;
const MAX_EITHER = 12;

export const data = (taints: readonly Taint[] = []): Thing => ({ kind: 'data', taints });
export const textOf = (value: Value, taints: readonly Taint[] = []): Thing => ({ kind: 'text', value, taints });
export const literal = (text: string): Thing => textOf(known(text));
export const ref = (name: string): Thing => ({ kind: 'ref', name });
export const unknownThing = (because: string, taints: readonly Taint[] = []): Thing => ({
  kind: 'unknown',
  because,
  taints,
});
export const handle = (
  type: string,
  value: Value = unknown('not known'),
  taints: readonly Taint[] = [],
): ObjectThing => ({
  kind: 'object',
  type,
  value,
  taints,
  attributes: new Map(),
});
export const listOf = (items: readonly Thing[]): ListThing => ({
  kind: 'list',
  items: items.length <= MAX_ITEMS ? items : undefined,
  element: items.length === 0 ? undefined : items.reduce(joinThings),
});
/** A list of any number of `element`. */
export const manyOf = (element: Thing | undefined): ListThing => ({ kind: 'list', items: undefined, element });
export const dictOf = (entries: Iterable<readonly [string, Thing]> = [], rest?: Thing): DictThing => ({
  kind: 'dict',
  entries: new Map(entries),
  rest,
});

const alternatives = (thing: Thing): readonly Thing[] => (thing.kind === 'either' ? thing.of : [thing]);

/** A thing that may be either. */
export function joinThings(left: Thing, right: Thing): Thing {
  if (left === right) return left;
  if (left.kind === 'unknown') return { ...left, taints: mergeTaints(left.taints, taintsOf(right)) };
  if (right.kind === 'unknown') return { ...right, taints: mergeTaints(right.taints, taintsOf(left)) };
  if (left.kind === 'text' && right.kind === 'text')
    return textOf(joinValues(left.value, right.value), mergeTaints(left.taints, right.taints));
  if (left.kind === 'data' && (right.kind === 'data' || right.kind === 'text'))
    return data(mergeTaints(left.taints, right.taints));
  if (left.kind === 'text' && right.kind === 'data') return joinThings(right, left);
  if (left.kind === 'object' && right.kind === 'object' && left.type === right.type && !left.made && !right.made)
    return handle(left.type, joinValues(left.value, right.value), mergeTaints(left.taints, right.taints));
  if (left.kind === 'list' && right.kind === 'list') return joinLists(left, right);
  if (left.kind === 'object' && right.kind === 'object' && left.made && left.made === right.made)
    return { ...left, attributes: joinMaps(left.attributes, right.attributes) };
  const merged: Thing[] = [...alternatives(left)];
  for (const next of alternatives(right)) {
    const at = merged.findIndex((have) => mergeable(have, next));
    if (at < 0) merged.push(next);
    else
      merged[at] = sameThing(merged[at] as Thing, next) ? (merged[at] as Thing) : joinThings(merged[at] as Thing, next);
  }
  if (merged.length > MAX_EITHER)
    return unknownThing('too many possible values', mergeTaints(...merged.map((each) => taintsOf(each))));
  return merged.length === 1 ? (merged[0] as Thing) : { kind: 'either', of: merged };
}

function joinLists(left: ListThing, right: ListThing): ListThing {
  const pairs =
    left.items && left.items.length === right.items?.length
      ? left.items.map((each, index) => joinThings(each, right.items?.[index] ?? each))
      : undefined;
  return { kind: 'list', items: pairs, element: joinMaybe(left.element, right.element) };
}

function joinMaps(left: ReadonlyMap<string, Thing>, right: ReadonlyMap<string, Thing>): Map<string, Thing> {
  const merged = new Map(left);
  for (const [name, each] of right) merged.set(name, joinMaybe(left.get(name), each) ?? each);
  return merged;
}

export const joinMaybe = (left: Thing | undefined, right: Thing | undefined): Thing | undefined =>
  left === undefined ? right : right === undefined ? left : joinThings(left, right);

const mergeable = (a: Thing, b: Thing): boolean =>
  sameThing(a, b) ||
  (a.kind === 'list' && b.kind === 'list') ||
  ((a.kind === 'text' || a.kind === 'data') && (b.kind === 'text' || b.kind === 'data')) ||
  (a.kind === 'object' && b.kind === 'object' && a.type === b.type && a.made === b.made);

/** True when nothing would change if one stood for the other. */
export function sameThing(a: Thing, b: Thing | undefined): boolean {
  if (a === b) return true;
  if (b === undefined) return false;
  if (a.kind !== b.kind) return false;
  if (a.kind === 'text' && b.kind === 'text') return sameValue(a.value, b.value) && sameTaints(a.taints, b.taints);
  if (a.kind === 'data' && b.kind === 'data') return sameTaints(a.taints, b.taints);
  if (a.kind === 'unknown' && b.kind === 'unknown') return sameTaints(a.taints, b.taints);
  if (a.kind === 'ref' && b.kind === 'ref') return a.name === b.name;
  if (a.kind === 'list' && b.kind === 'list')
    return a.element !== undefined && b.element !== undefined && sameThing(a.element, b.element) && sameItems(a, b);
  if (a.kind === 'closure' && b.kind === 'closure') return a.fn === b.fn && a.scope === b.scope && a.self === b.self;
  if (a.kind === 'object' && b.kind === 'object' && a.made && a.made === b.made)
    return (
      a.attributes.size === b.attributes.size &&
      [...a.attributes].every(([name, each]) => sameThing(each, b.attributes.get(name)))
    );
  if (a.kind === 'object' && b.kind === 'object')
    return a.type === b.type && !a.made && !b.made && sameValue(a.value, b.value) && sameTaints(a.taints, b.taints);
  if (a.kind === 'either' && b.kind === 'either')
    return a.of.length === b.of.length && a.of.every((each, index) => sameThing(each, b.of[index] as Thing));
  return a.kind === 'method' && b.kind === 'method' && a.name === b.name && sameThing(a.of, b.of);
}

const sameItems = (a: ListThing, b: ListThing): boolean =>
  a.items === undefined || b.items === undefined
    ? a.items === b.items
    : a.items.length === b.items.length && a.items.every((each, index) => sameThing(each, b.items?.[index] as Thing));

const sameTaints = (a: readonly Taint[], b: readonly Taint[]): boolean =>
  a.length === b.length && a.every((each, index) => each.label === b[index]?.label && each.from === b[index]?.from);

/** The environment as a whole; its names are no secret. */
const ALL_VARIABLES: readonly Taint[] = [{ label: 'secret', from: 'the environment' }];

/** Every label that the thing or anything in it carries. */
export function taintsOf(thing: Thing | undefined, seen: Set<Thing> = new Set()): readonly Taint[] {
  if (thing === undefined || seen.has(thing)) return [];
  switch (thing.kind) {
    case 'text':
    case 'data':
    case 'unknown':
      return thing.taints;
    case 'object':
      if (thing.type === 'environment') return ALL_VARIABLES;
      seen.add(thing);
      return mergeTaints(thing.taints, ...[...thing.attributes.values()].map((each) => taintsOf(each, seen)));
    case 'list':
      seen.add(thing);
      return taintsOf(thing.element, seen);
    case 'dict':
      seen.add(thing);
      return mergeTaints(
        taintsOf(thing.rest, seen),
        ...[...thing.entries.values()].map((each) => taintsOf(each, seen)),
      );
    case 'either':
      return mergeTaints(...thing.of.map((each) => taintsOf(each, seen)));
    case 'method':
      return taintsOf(thing.of, seen);
    case 'ref':
    case 'closure':
    case 'class':
      return [];
  }
}

/** True when nothing in it can be called or has methods with effects. */
export function inert(thing: Thing | undefined, seen: Set<Thing> = new Set()): boolean {
  if (thing === undefined || seen.has(thing)) return true;
  switch (thing.kind) {
    case 'text':
    case 'data':
      return true;
    case 'list':
      seen.add(thing);
      return inert(thing.element, seen);
    case 'dict':
      seen.add(thing);
      return inert(thing.rest, seen) && [...thing.entries.values()].every((each) => inert(each, seen));
    case 'either':
      return thing.of.every((each) => inert(each, seen));
    default:
      return false;
  }
}

/** What iterating over the thing, or reading an unknown key of it, may give. */
export function elementOf(thing: Thing): Thing {
  switch (thing.kind) {
    case 'list':
      return thing.element ?? data();
    case 'dict': {
      const each = [...thing.entries.values(), ...(thing.rest ? [thing.rest] : [])];
      return each.length === 0 ? data() : each.reduce(joinThings);
    }
    case 'text':
      return textOf(unknown('part of a text'), thing.taints);
    case 'data':
      return thing;
    case 'either':
      return thing.of.map(elementOf).reduce(joinThings);
    case 'object':
      if (thing.type === 'package') return thing;
      return thing.type === 'instance' ? unknownThing('an item of an object', taintsOf(thing)) : data(thing.taints);
    default:
      return unknownThing('an item of a value that is not known', taintsOf(thing));
  }
}

/** What a loop over the thing gives: the keys of a dictionary, the elements of everything else. */
export function iterate(thing: Thing, keys = false): Thing {
  if (thing.kind === 'either') return thing.of.map((each) => iterate(each, keys)).reduce(joinThings);
  if (thing.kind === 'dict' && thing.rest === undefined && thing.entries.size > 0)
    return textOf(oneOf([...thing.entries.keys()]));
  if (thing.kind === 'dict') return textOf(unknown('a key'), taintsOf(thing));
  return keys && thing.kind === 'list' ? textOf(unknown('an index')) : elementOf(thing);
}

/** The thing as text: a path, a name, a URL, a command. */
export function asValue(thing: Thing | undefined): Value {
  if (thing === undefined) return unknown('not given');
  if (thing.kind === 'text') return thing.value;
  if (thing.kind === 'object' && (thing.type === 'path' || thing.type === 'url' || thing.type === 'file'))
    return thing.value;
  if (thing.kind === 'either') return thing.of.map(asValue).reduce(joinValues);
  return unknown(thing.kind === 'unknown' ? thing.because : 'computed while the code runs');
}
