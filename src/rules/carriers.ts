// Owns the rule about code that hides in an option of a program that looks harmless.
import { defineRule, type Rule } from '../core/rule.ts';
import { show } from '../core/value.ts';

const carrier = defineRule({
  id: 'code/carrier',
  tier: 'soft',
  on: 'code.run',
  since: '0.1.0',
  summary: 'Code that runs through an option of a program that looks harmless',
  why: 'A reader of the command does not expect it to run anything.',
  instead: 'Run the program as a step of its own, where it can be seen.',
  match: (effect) => (effect.carrier === undefined ? undefined : `${effect.carrier} runs ${show(effect.what)}`),
  examples: {
    hit: [
      'rg --pre ./x.sh TODO',
      'tar cf /tmp/a.tar src --checkpoint=1 --checkpoint-action=exec=./x.sh',
      'tar -I ./x.sh -cf /tmp/a.tar src',
      'zip a.zip src -T -TT ./x.sh',
    ],
    miss: [
      'rg TODO',
      'tar czf out.tgz dist',
      'tar -I zstd -cf a.tar.zst src',
      'tar --use-compress-program=pigz -cf a.tgz src',
    ],
  },
});

export const carrierRules: readonly Rule[] = [carrier];
