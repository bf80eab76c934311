// Owns the state of reading one snippet: what was found so far, variables, limits. Knows no language.
import type { Word } from '../core/invocation.ts';
import { resolve } from '../core/path.ts';
import type { EffectDraft, Language, Lowering, ReadCode, Run } from '../core/program.ts';
import { secretPath } from '../core/sensitive.ts';
import { concat, known, mergeTaints, type Taint, texts, unknown, type Value } from '../core/value.ts';
import type { Fn, Stmt } from './syntax.ts';
import {
  type ClosureThing,
  joinThings,
  newScope,
  type ObjectThing,
  type Scope,
  sameThing,
  type Thing,
  textOf,
  unknownThing,
} from './thing.ts';

export type Setting = Parameters<ReadCode>[1];

/** Arguments of one call, evaluated. */
export interface Called {
  readonly args: readonly Thing[];
  readonly named: ReadonlyMap<string, Thing>;
  /** Set when more arguments may follow whose number is not known; whatever they hold. */
  readonly more: Thing | undefined;
  readonly world: World;
  /** The call expression, which names what it makes. */
  readonly site: object;
}

export type Action = (called: Called) => Thing;
export type MethodAction = (self: ObjectThing, called: Called) => Thing;

/** What a language's own library means. Data and small functions; the walk is the same for all languages. */
export interface Library {
  readonly language: Language;
  /** Names that are there without an import. */
  readonly global: (name: string, world: World) => Thing | undefined;
  readonly module: (name: string, world: World) => Thing;
  /** Attribute of a module, class or function of the library. */
  readonly member: (of: string, name: string, world: World) => Thing;
  readonly call: (name: string, called: Called) => Thing;
  /** True for functions and classes that have a row of their own: calling them may have effects. */
  readonly acts: (name: string) => boolean;
  /** Undefined: the language has nothing to say about this receiver. */
  readonly method: (self: Thing, name: string, called: Called) => Thing | undefined;
  readonly attribute: (self: Thing, name: string, world: World) => Thing | undefined;
  /** Methods that have no effect, whatever the receiver is. */
  readonly harmless: ReadonlySet<string>;
  /** What a method of this name does to a receiver that is not known. */
  readonly onUnknown: (name: string) => MethodAction | undefined;
  /** Attributes that lead out of what is understood. */
  readonly forbidden: (name: string) => boolean;
  /** Methods that the language calls by itself. */
  readonly implicit: (name: string) => boolean;
  /** True when a function stored under this key (undefined: a key that is not known) may be called by the language itself. */
  readonly implicitKey: (name: string | undefined) => boolean;
  readonly constructor: string;
  readonly instanceOfUnknownBase: (base: Thing) => boolean;
  readonly parse: (text: string) => readonly Stmt[];
}

export interface World {
  readonly library: Library;
  readonly setting: Setting;
  readonly effects: EffectDraft[];
  readonly runs: Run[];
  readonly seen: Set<string>;
  readonly root: Scope;
  readonly stack: Fn[];
  /** Library functions being run because something may call them, innermost last. */
  readonly handing: { readonly kind: string; readonly name: string; readonly given: readonly Thing[] }[];
  /** Functions that may run again when everything else has run. */
  readonly deferred: { readonly closure: ClosureThing; readonly args: readonly Thing[] }[];
  /** Labels of files that the snippet itself wrote. */
  readonly written: Map<string, readonly Taint[]>;
  /** Environment variables that the snippet itself set. */
  readonly env: Map<string, Word>;
  cwd: Value;
  steps: number;
  /** Open evaluations. */
  depth: number;
  conditional: number;
  /** Per open loop: whether something changed that its next turn can see. */
  readonly unsettled: boolean[];
  widening: boolean;
  /** Variables may hold anything they ever held. */
  late: boolean;
  printed: readonly Taint[];
  /** All of what is printed, while it is known. */
  output: Value;
}

/** More steps than any snippet of the size limit needs when it is read once or twice. */
const MAX_STEPS = 120_000;
export const MAX_SIZE = 65_536;

export const newWorld = (library: Library, setting: Setting): World => ({
  library,
  setting,
  effects: [],
  runs: [],
  seen: new Set(),
  root: newScope(),
  stack: [],
  handing: [],
  deferred: [],
  written: new Map(),
  env: new Map(),
  cwd: setting.cwd,
  steps: 0,
  depth: 0,
  conditional: 0,
  unsettled: [],
  widening: false,
  late: false,
  printed: [],
  output: known(''),
});

export function emit(world: World, effect: EffectDraft): void {
  const key = JSON.stringify(effect);
  if (world.seen.has(key)) return;
  world.seen.add(key);
  world.effects.push(effect);
}

export function emitRun(world: World, given: Run): void {
  const set = [...world.env].map(([name, word]) => ({ name, word }));
  world.output = unknown('printed by a program');
  const run: Run = set.length > 0 ? { ...given, env: [...set, ...(given.env ?? [])] } : given;
  const key = JSON.stringify(run);
  if (world.seen.has(key)) return;
  world.seen.add(key);
  world.runs.push(run);
}

/** Notes that something is not understood, and gives what is then known: nothing. */
export function giveUp(world: World, because: string, layer: 'code' | 'limit' = 'code'): Thing {
  emit(world, { kind: 'opaque', layer, because });
  return unknownThing(because);
}

/** False when the snippet is too much work; then nothing more of it is read. */
export function step(world: World): boolean {
  world.steps++;
  if (world.steps < MAX_STEPS) return true;
  giveUp(world, `the ${world.library.language} code is too much to read`, 'limit');
  return false;
}

export const absolute = (world: World, path: Value): Value => resolve(path, world.cwd);

/** Labels of what is read from a path. */
export function labelsOfFile(world: World, path: Value): readonly Taint[] {
  const all = texts(path) ?? [];
  return mergeTaints(
    ...all.map((each) => {
      const secret = secretPath(each);
      return mergeTaints(secret ? [{ label: 'secret', from: secret }] : [], world.written.get(each) ?? []);
    }),
  );
}

export function note(world: World, text: Value, taints: readonly Taint[]): void {
  world.printed = mergeTaints(world.printed, taints);
  world.output = world.conditional > 0 ? unknown('printed in a branch or loop') : concat(world.output, text);
}

export function lookup(scope: Scope, name: string, world: World): Thing | undefined {
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    const variable = at.variables.get(name);
    if (variable) return world.late ? variable.ever : variable.now;
  }
  return undefined;
}

function owner(scope: Scope, name: string, nearest: boolean): Scope {
  if (!nearest && !scope.outer.has(name)) return scope;
  let at: Scope = scope;
  while (at.parent && (at.outer.has(name) || !at.variables.has(name))) at = at.parent;
  return at;
}

/** Notes a change; it lasts to the next turn of the loops that were opened after the changed thing was made. */
export function changed(world: World, where: { readonly born?: number }): void {
  for (let loop = where.born ?? 0; loop < world.unsettled.length; loop++) world.unsettled[loop] = true;
}

/** Sets a variable; where it is not certain that this happens, it may keep what it held. */
export function setVariable(scope: Scope, name: string, thing: Thing, world: World, kind?: 'block' | 'nearest'): void {
  const home = owner(scope, name, kind === 'nearest');
  const have = home.variables.get(name);
  if (have === undefined) {
    // A name of the library that is set in a branch may still be what it was.
    const builtin = scope.conditional > 0 || home !== scope ? outerMeaning(home, name, world) : undefined;
    home.variables.set(name, {
      now: builtin ? joinThings(builtin, thing) : thing,
      ever: builtin ? joinThings(builtin, thing) : thing,
    });
    changed(world, home);
    return;
  }
  const weak = home !== scope || scope.conditional > 0 || kind === 'block' || world.late;
  const next = weak ? widen(have.now, joinThings(have.now, thing), world) : thing;
  const ever = joinThings(have.ever, next);
  if (!sameThing(have.now, next)) changed(world, home);
  have.now = next;
  have.ever = ever;
}

const outerMeaning = (home: Scope, name: string, world: World): Thing | undefined =>
  home.parent ? lookup(home.parent, name, world) : world.library.global(name, world);

function widen(before: Thing, after: Thing, world: World): Thing {
  if (!world.widening || after.kind !== 'text' || sameThing(before, after)) return after;
  return textOf(unknown('changes in a loop'), after.taints);
}

/** The findings in the shape the interpreter takes. */
export function lowering(world: World): Lowering {
  const { language } = world.library;
  const effects = world.effects.length > 0 ? world.effects : [{ kind: 'inspect', what: `${language} code` } as const];
  return {
    effects,
    runs: world.runs,
    output: {
      taints: world.printed,
      ...(world.output.kind === 'known' || world.output.kind === 'oneOf' ? { text: world.output } : {}),
    },
  };
}
