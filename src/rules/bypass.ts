// Owns the rule about skipped checks: hooks, CI, reviews, protections.
import { defineRule, type Rule } from '../core/rule.ts';

export const bypassRules: readonly Rule[] = [
  defineRule({
    id: 'bypass/checks',
    tier: 'ask',
    on: 'bypass',
    since: '0.1.0',
    summary: 'Skips a check that the project set up: hooks, CI, review, branch protection',
    why: 'The check is there so that nobody has to trust a single change.',
    instead: 'Let the check run and fix what it finds.',
    match: (effect) => {
      const message = `${effect.detail} skips ${effect.what === 'hooks' ? 'the hooks' : effect.what === 'ci' ? 'CI' : `the ${effect.what}`}`;
      return /^(review|protection|approval)$/.test(effect.what) ? { message, tier: 'soft' } : message;
    },
    examples: {
      hit: [
        'git commit --no-verify -m x',
        'git commit -anm x',
        'git push --no-verify',
        'git commit -m "x [skip ci]"',
        'git -c core.hooksPath=/dev/null commit -m x',
        'gh pr merge 3 --admin --squash',
        'gh pr review 3 --approve',
      ],
      miss: [
        'git commit -m "remove --no-verify from the docs"',
        'git log --grep "[skip ci]"',
        'gh pr review 3 --comment -b "looks good"',
        'git merge -n main',
      ],
    },
  }),
];
