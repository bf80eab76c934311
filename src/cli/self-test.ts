// Judges every rule's and program's own examples in the stated default world, for doctor. Looks at no machine.
import { programs } from '../commands/index.ts';
import { assumedContext, assumedFacts } from '../core/assumed.ts';
import { DEFAULT_POLICY } from '../core/context.ts';
import type { Example } from '../core/program.ts';
import type { Verdict } from '../core/rule.ts';
import { judgeCommand } from '../judge.ts';
import { machinery } from '../machinery.ts';
import { rules } from '../rules/index.ts';

export const exampleText = (example: Example): string => (typeof example === 'string' ? example : example.command);

export function judgeExample(example: Example): Verdict {
  const given = typeof example === 'string' ? { command: example } : example;
  const context = assumedContext(given.cwd ?? '/home/dev/project', DEFAULT_POLICY, given.env);
  const facts = assumedFacts(context, {
    ...('branch' in given ? { branch: given.branch } : {}),
    ...(given.files ? { files: given.files } : {}),
  });
  return judgeCommand(given.command, context, facts, machinery).verdict;
}

export interface SelfTest {
  readonly examples: number;
  /** One line for each example that the engine does not judge as it says. */
  readonly failures: readonly string[];
}

export function selfTest(): SelfTest {
  const failures: string[] = [];
  let examples = 0;
  const expectThat = (holds: boolean, of: string, example: Example, what: string): void => {
    examples++;
    if (!holds) failures.push(`${of}: ${what}: ${exampleText(example)}`);
  };
  for (const { id, examples: own } of rules) {
    const finds = (example: Example): boolean => judgeExample(example).findings.some(({ rule }) => rule === id);
    for (const example of own.hit) expectThat(finds(example), id, example, 'should hit');
    for (const example of own.miss) expectThat(!finds(example), id, example, 'should miss');
  }
  for (const { names, examples: own } of programs)
    for (const kind of ['allow', 'deny', 'unsettled'] as const)
      for (const example of own[kind] ?? []) {
        const { decision } = judgeExample(example);
        const reached = decision === 'ask' || decision === 'classify' ? 'unsettled' : decision;
        expectThat(reached === kind, names[0] ?? '', example, `should be ${kind}, is ${reached}`);
      }
  return { examples, failures };
}
