// Puts together what the classifier is asked and loads it only then; decides nothing itself.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Action, ClassifierVerdict } from '../classifier/index.ts';
import type { Settings } from '../config/merge.ts';
import type { Environment } from '../core/context.ts';
import type { ToolCall } from '../hosts/types.ts';
import type { Session } from '../state/session.ts';
import type { Observed } from './judge-call.ts';

const CREDENTIALS = ['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN'];
const MAX_INSTRUCTIONS = 20_000;
const MAX_CALLS = 60;
const MAX_PATHS = 40;

/** Undefined when no credential is set, so that the SDK is not even loaded. A soft finding is only sent when the user said anything. */
export async function askClassifier(
  call: ToolCall,
  { verdict, reading, observed }: Observed,
  { prose }: Settings,
  session: Session,
  env: Environment,
  deadline: number,
): Promise<ClassifierVerdict | undefined> {
  if (!CREDENTIALS.some((name) => env[name])) return undefined;
  if (verdict.decision === 'deny' && !session.turns.some((turn) => turn.byUser)) return undefined;
  const { classify } = await import('../classifier/index.ts');
  const instructions = instructionsOf(env.CLAUDE_PROJECT_DIR ?? call.cwd);
  return classify(
    {
      action: { tool: call.name, input: call.input },
      cwd: call.cwd,
      effects: reading.effects,
      findings: verdict.findings,
      unsettled: verdict.unsettled,
      facts: {
        ...observed,
        madeByAgent: session.made.slice(-MAX_PATHS),
        receivedFromOutside: session.received.slice(-MAX_PATHS),
      },
      turns: session.turns,
      prose,
      calls: session.calls.slice(-MAX_CALLS).map(({ tool, input }): Action => ({ tool, input })),
      ...(instructions === undefined ? {} : { instructions }),
      ...(call.agent === undefined ? {} : { agent: call.agent }),
    },
    env as NodeJS.ProcessEnv,
    Math.max(0, deadline - Date.now()),
  );
}

function instructionsOf(folder: string): string | undefined {
  try {
    return readFileSync(join(folder, 'CLAUDE.md'), 'utf8').slice(0, MAX_INSTRUCTIONS);
  } catch {
    // Most projects have none, and one that cannot be read says nothing.
    return undefined;
  }
}
