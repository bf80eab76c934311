// Owns the pure path from a command to a verdict: read, ask for facts, check, decide. Looks nothing up itself.
import type { Context } from './core/context.ts';
import { decide } from './core/decide.ts';
import { type FactRequest, type FactSource, factKey } from './core/fact.ts';
import type { Machinery } from './core/machinery.ts';
import type { Verdict } from './core/rule.ts';
import { type Reading, readCommand } from './shell/interpret.ts';

export interface Judgement {
  readonly verdict: Verdict;
  readonly reading: Reading;
  /** Questions that had no answer yet; look them up and judge again. Empty when the verdict is final. */
  readonly needs: readonly FactRequest[];
}

/** Judges a shell command with the facts there are. */
export function judgeCommand(command: string, context: Context, facts: FactSource, machinery: Machinery): Judgement {
  const { source, needs } = noting(facts);
  const reading = readCommand(command, context, source, machinery);
  const verdict = decide(machinery.rules, {
    context,
    facts: source,
    effects: reading.effects,
    invocations: reading.invocations,
  });
  return { verdict, reading, needs: [...needs.values()] };
}

/** A source that notes every question that has no answer yet. */
export function noting(facts: FactSource): {
  readonly source: FactSource;
  readonly needs: ReadonlyMap<string, FactRequest>;
} {
  const needs = new Map<string, FactRequest>();
  const source: FactSource = (kind, ask) => {
    const answer = facts(kind, ask);
    if (answer === undefined) needs.set(factKey(kind, ask), { kind, ...ask } as FactRequest);
    return answer;
  };
  return { source, needs };
}
