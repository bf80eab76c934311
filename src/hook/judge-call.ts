// Judges one call of the host with facts of this machine and of the session. Answers nothing.
import type { Context, Environment } from '../core/context.ts';
import { factKey } from '../core/fact.ts';
import type { Machinery } from '../core/machinery.ts';
import { withFacts } from '../facts/with-facts.ts';
import type { ToolCall } from '../hosts/types.ts';
import type { Judgement } from '../judge.ts';
import type { Session } from '../state/session.ts';
import { judgeTool } from '../tools/judge-tool.ts';

export interface Observed extends Judgement {
  /** What was looked up of paths and repositories, by question; contents of files are left out. */
  readonly observed: Readonly<Record<string, unknown>>;
}

export function judgeCall(
  call: ToolCall,
  context: Context,
  machinery: Machinery,
  session: () => Session,
  env: Environment,
  deadline: number,
): Observed {
  const { projectRoot, tmp } = context;
  const { judged, facts } = withFacts(
    (source) => judgeTool(call, context, source, machinery),
    () => {
      const { made, received, branches, startedAt } = session();
      return {
        projectRoot,
        tmp,
        session: { made, received, ownBranches: branches, started: startedAt },
        env,
        deadline,
      };
    },
  );
  const observed = facts.flatMap(({ ask: { kind, ...ask }, answer }) =>
    kind === 'path' || kind === 'git' ? [[factKey(kind, ask), answer]] : [],
  );
  return { ...judged, observed: Object.fromEntries(observed) };
}
