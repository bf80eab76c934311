// Judges one call with facts of this machine: judges, looks up what was asked for, judges again until nothing is missing.
import type { Context } from '../core/context.ts';
import { type FactCache, factSource, lookup } from '../facts/lookup.ts';
import type { ToolCall } from '../hosts/types.ts';
import type { Judgement, Machinery } from '../judge.ts';
import type { Session } from '../state/session.ts';
import { judgeTool } from '../tools/judge-tool.ts';

/** A reading can ask for facts about what an earlier answer revealed, a script that runs a script; deeper ones stay unknown. */
const MAX_ROUNDS = 5;

export interface Observed extends Judgement {
  /** What was looked up of paths and repositories, by question; contents of files are left out. */
  readonly observed: Readonly<Record<string, unknown>>;
}

/** `session` is asked for only when a fact is needed: folding the journal costs more than judging a harmless call. */
export function judgeCall(
  call: ToolCall,
  context: Context,
  machinery: Machinery,
  session: () => Session,
  env: Readonly<Record<string, string | undefined>>,
  deadline: number,
): Observed {
  const cache: FactCache = new Map();
  let judgement = judgeTool(call, context, factSource(cache), machinery);
  for (let round = 1; round < MAX_ROUNDS && judgement.needs.length > 0; round++) {
    if (Date.now() > deadline) break;
    const { made, received, branches, startedAt } = session();
    const { projectRoot, tmp } = context;
    lookup(
      judgement.needs,
      {
        projectRoot,
        tmp,
        session: { made, received, ownBranches: branches, started: startedAt },
        env,
        deadline,
      },
      cache,
    );
    judgement = judgeTool(call, context, factSource(cache), machinery);
  }
  const observed = [...cache].filter(([question]) => question.startsWith('path ') || question.startsWith('git '));
  return { ...judgement, observed: Object.fromEntries(observed) };
}
