// Judges every rule's and program's own examples in the stated default world, for doctor. Looks at no machine.
import { programs } from '../commands/index.ts';
import type { Example } from '../core/program.ts';
import { exampleText, judgeExample } from '../judge-example.ts';
import { rules } from '../rules/index.ts';

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
    const finds = (example: Example): boolean => judgeExample(example).verdict.findings.some(({ rule }) => rule === id);
    for (const example of own.hit) expectThat(finds(example), id, example, 'should hit');
    for (const example of own.miss) expectThat(!finds(example), id, example, 'should miss');
  }
  for (const { names, examples: own } of programs)
    for (const kind of ['allow', 'deny', 'unsettled'] as const)
      for (const example of own[kind] ?? []) {
        const { decision } = judgeExample(example).verdict;
        const reached = decision === 'ask' || decision === 'classify' ? 'unsettled' : decision;
        expectThat(reached === kind, names[0] ?? '', example, `should be ${kind}, is ${reached}`);
      }
  return { examples, failures };
}
