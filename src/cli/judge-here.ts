// Judges a command as the hook would in a folder of this machine, without a session, a journal or a classifier.
import { resolve } from 'node:path';
import { loadSettings } from '../config/load.ts';
import type { Settings } from '../config/merge.ts';
import { permit } from '../config/permit.ts';
import type { Context } from '../core/context.ts';
import type { FactSource, GitFact } from '../core/fact.ts';
import { NO_SESSION } from '../facts/environment.ts';
import { realPath } from '../facts/places.ts';
import { type Answered, withFacts } from '../facts/with-facts.ts';
import { contextOf } from '../hook/context.ts';
import type { Judgement } from '../judge.ts';
import { machinery } from '../machinery.ts';
import { judgeTool } from '../tools/judge-tool.ts';
import type { Terminal } from './terminal.ts';
import { type Arguments, UsageError, type Verb } from './verb.ts';

export interface JudgedHere {
  readonly command: string;
  readonly context: Context;
  readonly judgement: Judgement;
  readonly settings: Settings;
  readonly facts: readonly Answered[];
  readonly ms: number;
}

export function judgeHere(
  command: string,
  folder: string,
  branch: string | undefined,
  env: NodeJS.ProcessEnv,
): JudgedHere {
  const started = performance.now();
  const cwd = resolve(folder);
  const settings = loadSettings(cwd, env);
  const context = contextOf(cwd, env, settings.policy);
  const { projectRoot, tmp } = context;
  const call = { name: 'Bash', tool: { kind: 'shell', command, unsandboxed: false } } as const;
  const { judged, facts } = withFacts(
    (source) => judgeTool(call, context, source, machinery),
    () => ({ projectRoot, tmp, session: NO_SESSION, env }),
    (source) => onBranch(source, branch),
  );
  return {
    command,
    context,
    settings,
    judgement: { ...judged, verdict: permit(call, judged, settings.permissions, { context, realPath }) },
    facts,
    ms: performance.now() - started,
  };
}

/** The same facts with another branch checked out, which has no upstream. */
function onBranch(facts: FactSource, branch: string | undefined): FactSource {
  if (branch === undefined) return facts;
  return (kind, ask) => {
    const answer = facts(kind, ask);
    if (kind !== 'git' || answer === undefined) return answer;
    const fact = answer as GitFact;
    return { ...fact, branch, upstream: fact.branch === branch ? fact.upstream : undefined } as never;
  };
}

export const HERE_OPTIONS: Verb['options'] = {
  cwd: { type: 'string', describe: 'judge as if in this folder (default: the current one)' },
  branch: { type: 'string', describe: 'judge as if this branch were checked out' },
  json: { type: 'boolean', describe: 'print JSON' },
};

/** The command is one argument, or standard input when it is `-` or missing and something is piped in. */
export function judgeGiven({ operands, value }: Arguments, { readInput }: Terminal): JudgedHere {
  const [given, ...more] = operands;
  if (more.length > 0) throw new UsageError('the command is one argument; put it in quotes');
  const command = given === undefined || given === '-' ? readInput() : given;
  if (command === undefined) throw new UsageError('a command is needed');
  return judgeHere(command, value('cwd') ?? process.cwd(), value('branch'), process.env);
}
