// Numbers the program starts of a reading for a reader: what a loop or a branch read twice is one step.
import type { Invocation } from '../core/invocation.ts';
import { show } from '../core/value.ts';

export interface Step {
  readonly number: number;
  readonly invocation: Invocation;
}

export interface Steps {
  readonly all: readonly Step[];
  /** The number of the step at an index of the reading's invocations; undefined for -1. */
  readonly numberAt: (index: number) => number | undefined;
}

const looks = ({ span, via, argv, cwd, stdin }: Invocation): string =>
  JSON.stringify([span, via, argv.map(({ value }) => show(value)), show(cwd), stdin.from, stdin.taints]);

export function stepsOf(invocations: readonly Invocation[]): Steps {
  const seen = new Map<string, Step>();
  const numbers = invocations.map((invocation) => {
    const key = looks(invocation);
    const step = seen.get(key) ?? { number: seen.size + 1, invocation };
    seen.set(key, step);
    return step.number;
  });
  return { all: [...seen.values()], numberAt: (index) => numbers[index] };
}
