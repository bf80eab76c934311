// Owns the pure path from any tool call to a verdict: shell text goes to the shell reading, all else to its effects.
import type { Context } from '../core/context.ts';
import { decide } from '../core/decide.ts';
import type { Effect } from '../core/effect.ts';
import type { FactSource } from '../core/fact.ts';
import { PERSON_RULE } from '../core/limits.ts';
import type { Machinery } from '../core/machinery.ts';
import type { Decision, Verdict } from '../core/rule.ts';
import type { Tool } from '../hosts/types.ts';
import { type Judgement, judgeCommand, noting } from '../judge.ts';
import { effectOf, effectsOf } from './effects.ts';
import { judgeSpawn } from './spawn.ts';

export interface NamedTool {
  /** The host's name for it. */
  readonly name: string;
  readonly tool: Tool;
}

/** Judges a call with the facts there are. */
export function judgeTool(
  { name, tool }: NamedTool,
  context: Context,
  facts: FactSource,
  machinery: Machinery,
): Judgement {
  switch (tool.kind) {
    case 'shell': {
      const judgement = judgeCommand(tool.command, context, facts, machinery);
      return tool.unsandboxed ? unsandboxed(judgement, tool.command.length) : judgement;
    }
    case 'spawn':
      return judgeSpawn(tool, context, facts, machinery);
    case 'person':
      return settled('ask', PERSON_RULE, `${tool.what} is a question to the person, who answers it.`);
    case 'mcp':
      if (tool.own)
        return settled(
          'deny',
          'guard/own-tool',
          'guard/own-tool: This tool serves the hooks of Greenlight and is not for you. Instead: make the call you need; it is judged by itself.',
        );
  }
  const { source, needs } = noting(facts);
  const effects = effectsOf(tool, name, context, source);
  const verdict = decide(machinery.rules, { context, facts: source, effects, invocations: [] });
  return { verdict, reading: { invocations: [], effects }, needs: [...needs.values()] };
}

/** A verdict that no effect of the call could change. */
function settled(decision: Decision, rule: string, reason: string): Judgement {
  const verdict: Verdict = { decision, rule, reason, span: undefined, findings: [], unsettled: [] };
  return { verdict, reading: { invocations: [], effects: [] }, needs: [] };
}

/** A command that asks to leave the host's sandbox is never allowed on the rules' word alone. */
function unsandboxed({ verdict, reading, needs }: Judgement, length: number): Judgement {
  const effect: Effect = effectOf({ kind: 'weaken', what: 'the host’s sandbox for this command' }, 'Bash', length);
  const because = 'The command asks to run outside the host’s sandbox';
  const unsettled = [...verdict.unsettled, { effect, because }];
  return {
    verdict:
      verdict.decision === 'allow'
        ? { ...verdict, decision: 'ask', rule: 'unsettled/sandbox', reason: `${because}.`, unsettled }
        : { ...verdict, unsettled },
    reading: { ...reading, effects: [...reading.effects, effect] },
    needs,
  };
}
