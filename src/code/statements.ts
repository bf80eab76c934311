// Owns running the statements of a snippet, each branch and loop body as often as it takes to see all it can do.
import { call, callClosure, resultOf } from './call.ts';
import { evaluate, maybe } from './evaluate.ts';
import type { Stmt } from './syntax.ts';
import { assign } from './target.ts';
import { data, iterate, joinMaybe, joinThings, type Scope, type Thing, unknownThing } from './thing.ts';
import { type Called, giveUp, setVariable, step, type World } from './world.ts';

const MAX_PASSES = 8;

export function runStatements(statements: readonly Stmt[], scope: Scope, world: World): void {
  const first = (each: Stmt): boolean => each.t === 'define' && each.hoisted === true;
  for (const statement of statements) if (first(statement)) runStatement(statement, scope, world);
  for (const statement of statements) {
    if (!step(world)) return;
    if (!first(statement)) runStatement(statement, scope, world);
  }
}

function runStatement(statement: Stmt, scope: Scope, world: World): void {
  switch (statement.t) {
    case 'expression':
      evaluate(statement.value, scope, world);
      return;
    case 'set': {
      const value = evaluate(statement.value, scope, world);
      for (const target of statement.targets) assign(target, value, scope, world);
      return;
    }
    case 'import':
      importInto(statement, scope, world);
      return;
    case 'define': {
      let thing = evaluate(statement.value, scope, world);
      for (const decorator of statement.decorators) {
        const decorate = evaluate(decorator, scope, world);
        thing = call(decorate, { args: [thing], named: new Map(), more: undefined, world, site: decorator });
      }
      setVariable(scope, statement.name, thing, world);
      return;
    }
    case 'branches':
      if (statement.test) evaluate(statement.test, scope, world);
      for (const branch of statement.branches) maybe(scope, world, () => runStatements(branch, scope, world));
      return;
    case 'loop':
      runLoop(statement, scope, world);
      return;
    case 'with': {
      const entered = enter(evaluate(statement.value, scope, world), statement, world);
      if (statement.target) assign(statement.target, entered, scope, world);
      return;
    }
    case 'block':
      maybe(scope, world, () => runStatements(statement.body, scope, world));
      return;
    case 'return':
      scope.result = joinMaybe(scope.result, evaluate(statement.value, scope, world));
      return;
    case 'outer':
      for (const name of statement.names) scope.outer.add(name);
      return;
    case 'opaque':
      giveUp(world, statement.because);
      return;
  }
}

function runLoop(statement: Extract<Stmt, { t: 'loop' }>, scope: Scope, world: World): void {
  const wasWidening = world.widening;
  const loop = world.unsettled.push(false) - 1;
  maybe(scope, world, () => {
    for (let pass = 0; ; pass++) {
      world.unsettled[loop] = false;
      world.widening = wasWidening || pass >= 2;
      if (statement.test) evaluate(statement.test, scope, world);
      if (statement.each) {
        const { target, of, keys } = statement.each;
        assign(target, iterate(evaluate(of, scope, world), keys), scope, world);
      }
      runStatements(statement.body, scope, world);
      if (!world.unsettled[loop] || !step(world)) break;
      if (pass < MAX_PASSES) continue;
      giveUp(world, 'a loop changes its variables in a way that is not followed');
      break;
    }
  });
  world.widening = wasWidening;
  world.unsettled.pop();
}

/** What a `with` statement binds. */
function enter(thing: Thing, site: object, world: World): Thing {
  const called: Called = { args: [], named: new Map(), more: undefined, world, site };
  if (thing.kind === 'either') return thing.of.map((each) => enter(each, site, world)).reduce(joinThings);
  const special = world.library.method(thing, '__enter__', called);
  if (special) return special;
  // A generator under contextlib.contextmanager: what it yields.
  if (thing.kind === 'list') return iterate(thing);
  if (thing.kind === 'object' && thing.made) {
    const member = thing.made.members.get('__enter__');
    return member?.kind === 'closure' ? callClosure({ ...member, self: thing }, called) : unknownThing('entered');
  }
  return thing.kind === 'data' || thing.kind === 'text' ? resultOf(thing, called) : thing;
}

function importInto(statement: Extract<Stmt, { t: 'import' }>, scope: Scope, world: World): void {
  const module = world.library.module(statement.module, world);
  if (statement.as !== undefined)
    setVariable(scope, statement.as, statement.top ? world.library.module(statement.as, world) : module, world);
  for (const { name, as } of statement.names) {
    if (name === '*') {
      const all = world.library.attribute(module, '*', world);
      if (all?.kind !== 'dict') giveUp(world, `everything of ${statement.module} is imported`);
      else for (const [each, thing] of all.entries) setVariable(scope, each, thing, world);
      continue;
    }
    const member =
      module.kind === 'ref' ? world.library.member(module.name, name, world) : memberOf(module, name, world);
    setVariable(scope, as, member, world);
  }
}

const memberOf = (module: Thing, name: string, world: World): Thing =>
  world.library.attribute(module, name, world) ?? (module.kind === 'unknown' ? module : data());

/** Runs the whole snippet, then once more whatever may run later, with everything that variables ever held. */
export function runAll(statements: readonly Stmt[], world: World): void {
  runStatements(statements, world.root, world);
  for (let index = 0; index < world.deferred.length && index < 256; index++) {
    const { closure, args } = world.deferred[index] as (typeof world.deferred)[number];
    const more = unknownThing('given by the caller');
    world.late = true;
    maybe(world.root, world, () => callClosure(closure, { args, named: new Map(), more, world, site: closure }));
  }
  if (world.deferred.length >= 256) giveUp(world, 'too many functions are handed over', 'limit');
}
