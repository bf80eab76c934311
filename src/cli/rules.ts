// Lists the rules, or shows one with its examples.
import type { Rule } from '../core/rule.ts';
import { exampleText } from '../judge-example.ts';
import { rules } from '../rules/index.ts';
import { clip, columns, type Terminal } from './terminal.ts';
import { EXIT, UsageError, type Verb } from './verb.ts';

export const rulesVerb: Verb = {
  name: 'rules',
  operands: '[ID]',
  summary: 'List all rules, or show one with its examples',
  options: { json: { type: 'boolean', describe: 'print JSON' } },
  examples: ['greenlight rules', 'greenlight rules git/force-push'],
  run: ({ operands, flag }, terminal) => {
    const [id, ...more] = operands;
    if (more.length > 0) throw new UsageError('rules takes one id');
    const chosen = id === undefined ? rules : rules.filter((rule) => rule.id === id);
    if (id !== undefined && chosen.length === 0) throw new UsageError(`there is no rule ${id}`);
    if (flag('json')) terminal.out(`${JSON.stringify(chosen.map(withoutMatch))}\n`);
    else
      terminal.out(id === undefined ? list(chosen, terminal) : chosen.map((rule) => show(rule, terminal)).join('\n'));
    return EXIT.ok;
  },
};

const withoutMatch = ({ match: _, ...rule }: Rule): object => rule;

const list = (all: readonly Rule[], { paint }: Terminal): string =>
  `${columns(all.map(({ id, tier, summary }) => [paint('bold', id), tier, summary]))}\n`;

function show({ id, tier, on, since, summary, why, instead, examples }: Rule, { paint }: Terminal): string {
  const lines = (list: Rule['examples']['hit']): string[] => list.map((each) => `    ${clip(exampleText(each), 160)}`);
  return [
    `${paint('bold', id)}  ${tier}, since ${since}, on ${on.join(', ')}`,
    `  ${summary}`,
    `  why      ${why}`,
    `  instead  ${instead}`,
    `  ${paint('red', 'hits')}`,
    ...lines(examples.hit),
    `  ${paint('green', 'does not hit')}`,
    ...lines(examples.miss),
    '',
  ].join('\n');
}
