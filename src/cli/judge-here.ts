// Judges a command as the hook would in a folder of this machine, without a session, a journal or a classifier.
import { resolve } from 'node:path';
import { loadSettings } from '../config/load.ts';
import type { Settings } from '../config/merge.ts';
import { permit } from '../config/permit.ts';
import type { Context } from '../core/context.ts';
import type { FactRequest, FactSource, GitFact } from '../core/fact.ts';
import { contextOf } from '../events/context.ts';
import { NO_SESSION } from '../facts/environment.ts';
import { type FactCache, factSource, lookup } from '../facts/lookup.ts';
import { realPath } from '../facts/places.ts';
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
  /** Questions in the order they were asked, with their answers. */
  readonly facts: readonly { readonly ask: FactRequest; readonly answer: unknown }[];
  readonly ms: number;
}

const MAX_ROUNDS = 5;

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
  const call = { name: 'Bash', tool: { kind: 'shell', command, unsandboxed: false } } as const;
  const cache: FactCache = new Map();
  const source = onBranch(factSource(cache), branch);
  const asked: FactRequest[] = [];
  let judgement = judgeTool(call, context, source, machinery);
  for (let round = 1; round < MAX_ROUNDS && judgement.needs.length > 0; round++) {
    asked.push(...judgement.needs);
    lookup(judgement.needs, { projectRoot: context.projectRoot, tmp: context.tmp, session: NO_SESSION, env }, cache);
    judgement = judgeTool(call, context, source, machinery);
  }
  return {
    command,
    context,
    settings,
    judgement: { ...judgement, verdict: permit(call, judgement, settings.permissions, { context, realPath }) },
    facts: asked.map((ask) => ({ ask, answer: source(ask.kind, withoutKind(ask) as never) })),
    ms: performance.now() - started,
  };
}

const withoutKind = ({ kind: _, ...ask }: FactRequest): object => ask;

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
