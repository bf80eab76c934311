// Owns the contract of a rule, its findings and the verdict lattice. Holds no rule.
import type { Context } from './context.ts';
import type { Effect, EffectKind, EffectOf, Span } from './effect.ts';
import type { FactSource } from './fact.ts';
import type { Invocation } from './invocation.ts';
import type { Example } from './program.ts';

/** hard: nothing clears it. soft: denied unless the user's own words or settings clear it. ask: a person decides. observe: journalled only. */
export type Tier = 'hard' | 'soft' | 'ask' | 'observe';

export interface Scope {
  readonly context: Context;
  readonly facts: FactSource;
  /** All effects of the call, in order. */
  readonly effects: readonly Effect[];
  readonly invocations: readonly Invocation[];
}

export interface Hit {
  /** What is wrong, with the fact that decided it; addressed to the agent; no secrets. */
  readonly message: string;
  /** When the case at hand deserves another tier than the rule's own. */
  readonly tier?: Tier;
  readonly span?: Span;
}

export interface Rule {
  /** `family/name`. */
  readonly id: string;
  readonly tier: Tier;
  readonly on: readonly EffectKind[];
  readonly since: string;
  readonly summary: string;
  readonly why: string;
  readonly instead: string;
  readonly match: (effect: Effect, scope: Scope) => Hit | string | undefined;
  /** hit: this rule has a finding. miss: it has none. Executed by the tests. */
  readonly examples: { readonly hit: readonly Example[]; readonly miss: readonly Example[] };
}

/** Checks that `match` takes exactly the kinds named in `on`. */
export function defineRule<const K extends EffectKind>(
  rule: Omit<Rule, 'on' | 'match'> & {
    readonly on: K | readonly K[];
    readonly match: (effect: EffectOf<K>, scope: Scope) => Hit | string | undefined;
  },
): Rule {
  const on = (Array.isArray(rule.on) ? rule.on : [rule.on]) as readonly EffectKind[];
  return { ...rule, on, match: rule.match as Rule['match'] };
}

export interface Finding {
  readonly rule: string;
  readonly tier: Tier;
  readonly span: Span;
  readonly message: string;
  readonly why: string;
  readonly instead: string;
  readonly effect: Effect;
}

/** `classify`: neither rules nor known-harmless effects settle it; the classifier or a person does. */
export type Decision = 'allow' | 'classify' | 'ask' | 'deny';

/** An effect no rule objects to and nothing shows to be harmless. */
export interface Unsettled {
  readonly effect: Effect;
  readonly because: string;
}

export interface Verdict {
  readonly decision: Decision;
  /** Rule that decided; `allow/harmless`, `unsettled/opaque`, `unsettled/effect` where none did. */
  readonly rule: string;
  /** At most 400 characters: rule id first, then what, why and what would be fine instead. */
  readonly reason: string;
  readonly span: Span | undefined;
  readonly findings: readonly Finding[];
  readonly unsettled: readonly Unsettled[];
}
