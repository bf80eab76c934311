// Owns the rounds between judging and looking: judge, look up what was asked for, judge again until nothing is missing.
import { type FactRequest, type FactSource, factKey } from '../core/fact.ts';
import type { FactEnvironment } from './environment.ts';
import { type FactCache, factSource, lookup } from './lookup.ts';

/** A reading can ask for facts about what an earlier answer revealed, a script that runs a script; deeper ones stay unknown. */
const MAX_ROUNDS = 5;

export interface Answered {
  readonly ask: FactRequest;
  readonly answer: unknown;
}

export interface WithFacts<T> {
  readonly judged: T;
  /** What was looked up, in the order it was asked for. */
  readonly facts: readonly Answered[];
}

/**
 * `environment` is called only when a fact is needed: folding the journal costs more than judging a harmless call.
 * `seenAs` changes what the judge and the answers see of the facts.
 */
export function withFacts<T extends { readonly needs: readonly FactRequest[] }>(
  judge: (facts: FactSource) => T,
  environment: () => FactEnvironment,
  seenAs: (facts: FactSource) => FactSource = (facts) => facts,
): WithFacts<T> {
  const cache: FactCache = new Map();
  const source = seenAs(factSource(cache));
  const asked = new Map<string, FactRequest>();
  let judged = judge(source);
  for (let round = 1; round < MAX_ROUNDS && judged.needs.length > 0; round++) {
    const given = environment();
    if (given.deadline !== undefined && Date.now() > given.deadline) break;
    for (const need of judged.needs) asked.set(keyOf(need), need);
    lookup(judged.needs, given, cache);
    judged = judge(source);
  }
  return { judged, facts: [...asked.values()].map((ask) => ({ ask, answer: answerOf(source, ask) })) };
}

function keyOf({ kind, ...ask }: FactRequest): string {
  return factKey(kind, ask);
}

function answerOf(source: FactSource, { kind, ...ask }: FactRequest): unknown {
  // The question is of the kind it names; the compiler cannot tie the two.
  return source(kind, ask as never);
}
