// Owns the making of a rule that guards one kind of protected path against every change. Holds no rule.
import type { EffectKind, EffectOf } from '../core/effect.ts';
import { type Protected, type Protection, protectedPath } from '../core/protected.ts';
import { defineRule, type Rule, type Scope, type Tier } from '../core/rule.ts';
import { text, type Value } from '../core/value.ts';

const CHANGES = ['fs.write', 'fs.delete', 'fs.move', 'fs.mode'] as const satisfies readonly EffectKind[];
export type Change = EffectOf<(typeof CHANGES)[number]>;

function changed(effect: Change): readonly Value[] {
  if (effect.kind === 'fs.move') return [effect.from, effect.to];
  return effect.kind === 'fs.write' && effect.how === 'link' && effect.target && linksInto(effect.target)
    ? [effect.path, effect.target]
    : [effect.path];
}

/** A link to a guarded file is a second name under which it can be changed. */
const linksInto = (target: Value): boolean => text(target) !== undefined;

function found(effect: Change, scope: Scope, kinds: readonly Protection[]): Protected | undefined {
  if (effect.place.kind !== 'local') return undefined;
  const links = effect.kind === 'fs.write' && effect.how === 'link';
  for (const value of changed(effect)) {
    const hit = protectedPath(value, scope.context);
    const target = links && value !== effect.path;
    if (hit && kinds.includes(hit.what) && (!target || hit.what === 'guard' || hit.what === 'agent-settings'))
      return hit;
  }
  return undefined;
}

const act = (effect: Change): string =>
  effect.kind === 'fs.delete'
    ? 'removes'
    : effect.kind === 'fs.move'
      ? 'moves'
      : effect.kind === 'fs.mode'
        ? `changes the ${effect.what} of`
        : 'writes';

interface Row {
  readonly id: string;
  readonly tier: Tier;
  readonly kinds: readonly Protection[];
  readonly summary: string;
  readonly why: string;
  readonly instead: string;
  readonly examples: Rule['examples'];
  /** Changes that are fine all the same, or that deserve another tier. */
  readonly except?: (effect: Change, hit: Protected, scope: Scope) => 'fine' | Tier | undefined;
}

export const protect = (row: Row): Rule =>
  defineRule({
    id: row.id,
    tier: row.tier,
    on: CHANGES,
    since: '0.1.0',
    summary: row.summary,
    why: row.why,
    instead: row.instead,
    examples: row.examples,
    match: (effect, scope) => {
      const hit = found(effect, scope, row.kinds);
      if (hit === undefined) return undefined;
      const other = row.except?.(effect, hit, scope);
      if (other === 'fine') return undefined;
      return { message: `This ${act(effect)} ${hit.path}`, ...(other ? { tier: other } : {}) };
    },
  });
