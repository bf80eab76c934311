// Owns reading commands in the cage's own world and naming what bash starts there beyond the prediction.
import { programs } from '../../src/commands/index.ts';
import { assumedContext, assumedFacts } from '../../src/core/assumed.ts';
import { DEFAULT_POLICY } from '../../src/core/context.ts';
import type { Example } from '../../src/core/program.ts';
import { unknown } from '../../src/core/value.ts';
import { machinery } from '../../src/machinery.ts';
import { rules } from '../../src/rules/index.ts';
import { readCommand } from '../../src/shell/interpret.ts';
import type { Cage } from './cage.ts';
import { isOpaque, uncovered } from './covered.ts';

const context = {
  ...assumedContext('/work', DEFAULT_POLICY),
  home: '/home/dev',
  env: { HOME: '/home/dev', PWD: '/work', TMPDIR: '/tmp', USER: 'dev', LOGNAME: 'dev', SHELL: '/bin/bash' },
};
const facts = assumedFacts(context);
/** In the cage no program prints anything, so what the catalogue knows of their output is left out. */
const mute: typeof machinery = {
  ...machinery,
  catalogue: {
    find: (name) => {
      const program = machinery.catalogue.find(name);
      return (
        program && { ...program, lower: (call) => ({ ...program.lower(call), output: { text: unknown('no output') } }) }
      );
    },
  },
};
const read = (command: string) => readCommand(command, context, facts, mute);

/** Programs that bash starts and the reading does not predict, with the command. */
export function differences(
  cage: Cage,
  commands: readonly string[],
): { missed: string[]; starts: number; opaque: number } {
  const missed: string[] = [];
  let starts = 0;
  let opaque = 0;
  cage.starts(commands).forEach((each, index) => {
    const command = commands[index] ?? '';
    const reading = read(command);
    starts += each.length;
    if (isOpaque(reading)) opaque++;
    for (const argv of uncovered(reading, each))
      missed.push(`${JSON.stringify(command)} starts ${JSON.stringify(argv)}`);
  });
  return { missed, starts, opaque };
}

const commandOf = (example: Example): string => (typeof example === 'string' ? example : example.command);

/** Every distinct example of programs and rules; a sample of them, so that a run stays short. */
export function examples(): string[] {
  const all = [
    ...programs.flatMap(({ examples: { allow = [], deny = [], unsettled = [] } }) => [...allow, ...deny, ...unsettled]),
    ...rules.flatMap(({ examples: { hit, miss } }) => [...hit, ...miss]),
  ].map(commandOf);
  const distinct = [...new Set(all)].filter((command) => !command.includes('\0'));
  const step = Math.max(1, Math.floor(distinct.length / 700));
  return distinct.filter((_, index) => index % step === 0);
}
