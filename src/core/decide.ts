// Owns how effects and findings become one verdict. Looks nothing up and knows no program.
import type { Effect, EffectKind } from './effect.ts';
import type { Decision, Finding, Rule, Scope, Tier, Unsettled, Verdict } from './rule.ts';
import { unsettledBecause } from './settle.ts';

const MAX_REASON = 400;
const RANK: Readonly<Record<Tier, number>> = { hard: 3, soft: 2, ask: 1, observe: 0 };

const sorted = new WeakMap<readonly Rule[], ReadonlyMap<EffectKind, readonly Rule[]>>();

/** The rules that are for an effect of this kind; sorted once for each list of rules. */
function rulesFor(rules: readonly Rule[], kind: EffectKind): readonly Rule[] {
  let byKind = sorted.get(rules);
  if (byKind === undefined) {
    const made = new Map<EffectKind, Rule[]>();
    for (const rule of rules) for (const on of rule.on) made.set(on, [...(made.get(on) ?? []), rule]);
    sorted.set(rules, made);
    byKind = made;
  }
  return byKind.get(kind) ?? [];
}

/** Every rule asked about every effect it is for. */
function check(rules: readonly Rule[], scope: Scope): Finding[] {
  const findings: Finding[] = [];
  for (const effect of scope.effects)
    for (const rule of rulesFor(rules, effect.kind)) {
      const override = scope.context.policy.rules[rule.id];
      if (override === 'off') continue;
      const hit = rule.match(effect, scope);
      if (hit === undefined) continue;
      const { message, tier, span } =
        typeof hit === 'string' ? { message: hit, tier: undefined, span: undefined } : hit;
      const weight = override ?? tier ?? rule.tier;
      if (weight === 'ask' && effect.projectCode !== undefined && isVague(effect)) continue;
      findings.push({
        rule: rule.id,
        tier: weight,
        span: span ?? effect.span,
        message,
        why: rule.why,
        instead: rule.instead,
        effect,
      });
    }
  return findings.sort((a, b) => RANK[b.tier] - RANK[a.tier]);
}

/**
 * What the project's own code, there before the session, does to something that is only computed when it runs. The
 * project is trusted with that; what it names outright, and what no one may do, is still judged.
 */
const isVague = (effect: Effect): boolean =>
  Object.values(effect).some((part: unknown) => {
    const kind = typeof part === 'object' && part !== null && 'kind' in part ? part.kind : undefined;
    return kind === 'unknown' || kind === 'pattern';
  });

/** The verdict over all effects: the strongest finding, else what is unsettled, else allow. */
export function decide(rules: readonly Rule[], scope: Scope): Verdict {
  const findings = check(rules, scope);
  const worst = findings.find((finding) => finding.tier !== 'observe');
  const unsettled = unsettledEffects(scope);
  if (worst !== undefined && worst.tier !== 'ask') return fromFinding('deny', worst, findings, unsettled);
  if (worst !== undefined) return fromFinding('ask', worst, findings, unsettled);
  const [first] = unsettled;
  if (first !== undefined)
    return {
      decision: 'classify',
      rule:
        first.effect.kind === 'opaque' ? `unsettled/opaque-${first.effect.layer}` : `unsettled/${first.effect.kind}`,
      reason: clip(`${first.because}.`),
      span: first.effect.span,
      findings,
      unsettled,
    };
  return { decision: 'allow', rule: 'allow/harmless', reason: '', span: undefined, findings, unsettled };
}

function unsettledEffects(scope: Scope): Unsettled[] {
  if (scope.effects.length === 0)
    return [
      {
        effect: {
          kind: 'opaque',
          layer: 'shell',
          because: 'nothing in the call is understood',
          span: { start: 0, end: 0 },
          via: [],
          place: { kind: 'local' },
          root: false,
          invocation: -1,
        },
        because: 'Nothing in the call is understood',
      },
    ];
  return scope.effects.flatMap((effect: Effect) => {
    const because = unsettledBecause(effect, scope);
    return because === undefined ? [] : [{ effect, because }];
  });
}

function fromFinding(
  decision: Decision,
  finding: Finding,
  findings: readonly Finding[],
  unsettled: readonly Unsettled[],
): Verdict {
  return {
    decision,
    rule: finding.rule,
    reason: reasonOf(finding),
    span: finding.span,
    findings,
    unsettled,
  };
}

/** Rule id, what, why, and what would be fine instead. */
export const reasonOf = ({ rule, message, why, instead }: Finding): string =>
  clip(`${rule}: ${sentence(message)} ${sentence(why)} Instead: ${sentence(instead)}`);

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
const clip = (text: string): string => (text.length <= MAX_REASON ? text : `${text.slice(0, MAX_REASON - 1)}…`);
