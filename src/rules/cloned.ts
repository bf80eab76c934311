// Owns the rule about building or running a repository that the same command has just brought in.
import { certainlyWithin } from '../core/path.ts';
import { defineRule, type Rule } from '../core/rule.ts';
import { hasTaint, text } from '../core/value.ts';

export const clonedRules: readonly Rule[] = [
  defineRule({
    id: 'code/cloned',
    tier: 'ask',
    on: ['code.run', 'pkg.install'],
    since: '0.1.0',
    summary: 'Code of a repository that was cloned or unpacked in the same step',
    why: 'Nobody has read it, and building or installing it runs what its authors wrote.',
    instead: 'Clone first, read what the build would run, and let the user say whether it may.',
    match: (effect, { effects, invocations }) => {
      const cwd = invocations[effect.invocation]?.cwd;
      if (cwd === undefined) return undefined;
      for (const other of effects) {
        if (other.kind !== 'fs.write' || other.how !== 'extract' || !hasTaint(other.taints ?? [], 'downloaded'))
          continue;
        const folder = text(other.path);
        if (folder === undefined || other.invocation >= effect.invocation || !certainlyWithin(cwd, folder)) continue;
        return `This runs code in ${folder}, which came from ${other.taints?.[0]?.from ?? 'outside'} in this very command`;
      }
      return undefined;
    },
    examples: {
      hit: [
        'git clone https://github.com/someone/thing /tmp/thing && cd /tmp/thing && make',
        'git clone https://github.com/someone/thing && cd thing && npm install',
        'gh repo clone someone/thing && (cd thing && go run .)',
      ],
      miss: [
        'git clone https://github.com/someone/thing /tmp/thing && ls /tmp/thing',
        'git clone https://github.com/someone/thing /tmp/thing && npm test',
        'cd packages/a && npm install',
        'make && git clone https://github.com/someone/thing',
      ],
    },
  }),
];
