// Turns the argv of command-line guards of coding agents into effects: asking them is harmless, changing them is not; knows nothing of policy.
import type { Program } from '../core/program.ts';
import { inspect, literal, opaque, wantsHelp } from './kit.ts';

/** Verbs that only judge, explain or show. */
const ASKS = new Set(
  'check explain test eval rules defaults doctor status stats version help list log logs show history replay try why scan simulate lint validate diff types classify docs tui info completions'.split(
    ' ',
  ),
);
/** Verbs that change what the guard allows or whether it runs. */
const CHANGES =
  /^(un)?(trust|allow|install|block|lock)|^(disable|enable|off|on|pause|resume|reset|set|config|add|remove|rm|delete|guards?|setup|init|update|upgrade|hook|plugins?|policy|bypass|skip|approve|grant|revoke)/;

export const guardPrograms: readonly Program[] = [
  {
    names: ['greenlight', 'nah', 'dcg', 'tirith', 'cc-safety-net', 'hall-pass', 'dippy'],
    lower: (call) => {
      const verb = literal(call.args.find((word) => !literal(word)?.startsWith('-')));
      if (call.args.length === 0 || wantsHelp(call.args) || (verb !== undefined && ASKS.has(verb)))
        return { effects: [inspect(call.name)] };
      return {
        effects: [
          CHANGES.test(verb ?? '')
            ? { kind: 'self.change', what: `${call.name} (${verb})` }
            : opaque(`${call.name} ${verb ?? '…'} is not read`),
        ],
      };
    },
    examples: {
      allow: ['greenlight check "rm -rf /"', 'greenlight --version', 'nah status', 'greenlight explain ls'],
      deny: ['greenlight disable', 'nah trust .', 'G=dcg; "$G" allow "rm -rf /"'],
    },
  },
];
