// Owns judging an example in the stated default world.
import { assumedContext, assumedFacts } from '../src/core/assumed.ts';
import { DEFAULT_POLICY } from '../src/core/context.ts';
import type { Example } from '../src/core/program.ts';
import { type Judgement, judgeCommand } from '../src/judge.ts';
import { machinery } from '../src/machinery.ts';

export function judgeExample(example: Example): Judgement {
  const given = typeof example === 'string' ? { command: example } : example;
  const context = assumedContext(given.cwd ?? '/home/dev/project', DEFAULT_POLICY, given.env);
  const facts = assumedFacts(context, {
    ...('branch' in given ? { branch: given.branch } : {}),
    ...(given.files ? { files: given.files } : {}),
  });
  return judgeCommand(given.command, context, facts, machinery);
}
