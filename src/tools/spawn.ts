// Judges the start of another agent by what its task text tells it to run; the agent's own calls are judged when it makes them.
import type { Context } from '../core/context.ts';
import { decide, reasonOf } from '../core/decide.ts';
import type { FactSource } from '../core/fact.ts';
import type { Machinery } from '../core/machinery.ts';
import type { Finding, Verdict } from '../core/rule.ts';
import { known } from '../core/value.ts';
import type { Tool } from '../hosts/types.ts';
import { type Judgement, judgeCommand, noting } from '../judge.ts';
import { effectOf } from './effects.ts';
import { candidates } from './task-text.ts';

export function judgeSpawn(
  tool: Extract<Tool, { kind: 'spawn' }>,
  context: Context,
  facts: FactSource,
  machinery: Machinery,
): Judgement {
  const { source, needs } = noting(facts);
  const effect = effectOf(
    { kind: 'agent.spawn', agent: tool.agent, approvals: tool.approvals, task: known(tool.task) },
    'Agent',
    tool.task.length,
  );
  const verdict = decide(machinery.rules, { context, facts: source, effects: [effect], invocations: [] });
  const orders = candidates(tool.task).flatMap(({ command, start }) =>
    judgeCommand(command, context, source, machinery)
      .verdict.findings.filter(({ tier }) => tier === 'hard' || tier === 'soft')
      .map((finding) => within(finding, start)),
  );
  const [order] = orders;
  return {
    verdict: order === undefined || verdict.decision === 'deny' ? verdict : ordered(verdict, order, orders),
    reading: { invocations: [], effects: [effect, ...orders.map((each) => each.effect)] },
    needs: [...needs.values()],
  };
}

function ordered(verdict: Verdict, order: Finding, orders: readonly Finding[]): Verdict {
  return {
    ...verdict,
    decision: 'deny',
    rule: order.rule,
    reason: reasonOf({ ...order, message: `The task tells the agent to do this: ${order.message}` }),
    span: order.span,
    findings: [...orders, ...verdict.findings],
  };
}

/** The finding with its spans counted in the task text. */
function within(finding: Finding, start: number): Finding {
  const span = { start: finding.span.start + start, end: finding.span.end + start };
  return { ...finding, span, effect: { ...finding.effect, span, via: ['task text', ...finding.effect.via] } };
}
