// Judges an example of a rule or a program in the stated default world. Holds no example.
import { assumedContext, assumedFacts } from './core/assumed.ts';
import { DEFAULT_POLICY } from './core/context.ts';
import type { Example } from './core/program.ts';
import { type Judgement, judgeCommand } from './judge.ts';
import { machinery } from './machinery.ts';

export const exampleText = (example: Example): string => (typeof example === 'string' ? example : example.command);

export function judgeExample(example: Example): Judgement {
  const given = typeof example === 'string' ? { command: example } : example;
  const context = assumedContext(given.cwd ?? '/home/dev/project', DEFAULT_POLICY, given.env);
  const facts = assumedFacts(context, {
    ...('branch' in given ? { branch: given.branch } : {}),
    ...(given.files ? { files: given.files } : {}),
  });
  return judgeCommand(given.command, context, facts, machinery);
}
