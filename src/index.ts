// Library entry: judge a command, explain the verdict, look up facts. Adds nothing to what it passes on.

export type { Assumed } from './core/assumed.ts';
export { assumedContext, assumedFacts } from './core/assumed.ts';
export type { Context, Policy } from './core/context.ts';
export { DEFAULT_POLICY } from './core/context.ts';
export type { Effect, EffectKind, Span } from './core/effect.ts';
export type { FactAnswer, FactKind, FactRequest, FactSource } from './core/fact.ts';
export type { Invocation, Word } from './core/invocation.ts';
export type { Machinery } from './core/machinery.ts';
export type { Program } from './core/program.ts';
export type { Decision, Finding, Rule, Tier, Unsettled, Verdict } from './core/rule.ts';
export type { Value } from './core/value.ts';
export { type Explanation, explanation as explain } from './explanation.ts';
export { type FactEnvironment, NO_SESSION, type SessionFacts } from './facts/environment.ts';
export { type FactCache, factSource, lookup } from './facts/lookup.ts';
export { type Answered, type WithFacts, withFacts } from './facts/with-facts.ts';
export type { Judgement } from './judge.ts';
export { judgeCommand } from './judge.ts';
export { machinery } from './machinery.ts';
