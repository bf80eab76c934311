// Turns the argv of command-line guards of coding agents into effects: asking them is harmless, changing them is not; knows nothing of policy.
import type { Program } from '../core/program.ts';
import { inspect, literal, wantsHelp } from './kit.ts';

/** Verbs that only judge, explain or show. */
const ASKS = new Set(
  'check explain test eval rules defaults doctor status stats version help list log logs show history replay try why scan simulate lint validate diff types classify'.split(
    ' ',
  ),
);

export const guardPrograms: readonly Program[] = [
  {
    names: ['greenlight', 'nah', 'dcg', 'tirith', 'cc-safety-net', 'hall-pass', 'dippy'],
    lower: (call) => {
      const verb = literal(call.args.find((word) => !literal(word)?.startsWith('-')));
      if (call.args.length === 0 || wantsHelp(call.args) || (verb !== undefined && ASKS.has(verb)))
        return { effects: [inspect(call.name)] };
      return { effects: [{ kind: 'self.change', what: `${call.name} ${verb ?? ''}`.trim() }] };
    },
    examples: {
      allow: ['greenlight check "rm -rf /"', 'greenlight --version', 'nah status', 'greenlight explain ls'],
      deny: ['greenlight disable', 'nah trust .', 'G=dcg; "$G" allow "rm -rf /"'],
    },
  },
];
