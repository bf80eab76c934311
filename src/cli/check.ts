// Judges one command with the facts of this machine and answers with an exit code.
import type { Decision } from '../core/rule.ts';
import { HERE_OPTIONS, judgeGiven } from './judge-here.ts';
import type { Verb } from './verb.ts';
import { verdictLines } from './verdict.ts';

const EXIT_CODES: Readonly<Record<Decision, number>> = { allow: 0, deny: 1, ask: 3, classify: 3 };

export const checkVerb: Verb = {
  name: 'check',
  operands: 'CMD',
  summary: 'Judge a command as the hook would here; nothing is run',
  options: HERE_OPTIONS,
  details: [
    'CMD is one argument; `-`, or no argument with something piped in, reads it from standard input.',
    'Settings and facts are those of the folder. No session is known, and no classifier is asked.',
    'Exit code: 0 allow, 1 deny, 2 usage, 3 ask or left to the classifier.',
  ].join('\n'),
  examples: ["greenlight check 'git push --force origin main'", 'greenlight check --json - < deploy.sh'],
  run: (given, terminal) => {
    const judged = judgeGiven(given, terminal);
    const { decision: verdict, rule, reason, span } = judged.judgement.verdict;
    terminal.out(
      given.flag('json')
        ? `${JSON.stringify({ verdict, rule, reason, span: span ?? null, ms: Math.round(judged.ms * 10) / 10 })}\n`
        : verdictLines(judged.command, judged.judgement.verdict, terminal),
    );
    return EXIT_CODES[verdict];
  },
};
