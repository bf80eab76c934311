// Owns the rules about checks that are skipped or taken away: hooks, CI, reviews, protections.
import { isWithin } from '../core/path.ts';
import { defineRule, type Rule, type Scope } from '../core/rule.ts';
import { prefixOf, text, texts, type Value } from '../core/value.ts';

/** Files by which a project has every change checked. */
const CHECKS =
  /^\/(\.github\/workflows(\/|$)|\.github$|\.gitlab-ci\.ya?ml$|\.circleci(\/|$)|\.husky(\/|$)|\.pre-commit-config\.ya?ml$|\.?lefthook\.ya?ml$|azure-pipelines\.ya?ml$|bitbucket-pipelines\.ya?ml$|Jenkinsfile$|\.buildkite(\/|$)|\.travis\.ya?ml$|(\.github\/|docs\/)?CODEOWNERS$)/;
const HOOK = /^\/\.husky\/[a-z][a-z-]*$/;
/** Shell that lets everything pass. */
const EMPTY = /^(\s*(#[^\n]*|exit(\s+0)?|true|:)?\s*(\n|;|$))+$/;

/** The path below the project, of a check that was there before the session. */
function checkOf(path: Value, { context, facts }: Scope): string | undefined {
  const plain = text(path) ?? prefixOf(path);
  if (!isWithin(plain, context.projectRoot)) return undefined;
  const below = plain.slice(context.projectRoot.length);
  const known = text(path);
  const made = known !== undefined && facts('path', { path: known })?.session === 'made';
  return CHECKS.test(below) && !made ? below.slice(1) : undefined;
}

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
  defineRule({
    id: 'bypass/removed-check',
    tier: 'ask',
    on: ['fs.delete', 'fs.move', 'fs.write'],
    since: '0.1.0',
    summary: 'Removes or empties what checks every change: CI workflows, hooks of the project, code owners',
    why: 'From then on nobody is told when something is wrong.',
    instead: 'Mend what the check finds, or show the user why it should go.',
    match: (effect, scope) => {
      if (effect.place.kind !== 'local') return undefined;
      if (effect.kind === 'fs.write') {
        const check = checkOf(effect.path, scope);
        const emptied = (effect.content === undefined ? undefined : texts(effect.content))?.some((each) =>
          EMPTY.test(each),
        );
        return check !== undefined && HOOK.test(`/${check}`) && emptied ? `${check} lets everything pass` : undefined;
      }
      if (effect.kind === 'fs.delete' && effect.only === 'empty') return undefined;
      const check = checkOf(effect.kind === 'fs.delete' ? effect.path : effect.from, scope);
      const stays = effect.kind === 'fs.move' && checkOf(effect.to, scope) !== undefined;
      return check === undefined || stays ? undefined : `${check} checks every change`;
    },
    examples: {
      hit: [
        'rm .github/workflows/*.yml',
        'git rm .github/workflows/security.yml',
        'rm -rf .husky',
        'mv .gitlab-ci.yml /tmp/',
        "echo 'exit 0' > .husky/pre-commit",
      ],
      miss: [
        'rm src/workflows/a.yml',
        'git mv .github/workflows/a.yml .github/workflows/ci.yml',
        "echo 'npx lint-staged' > .husky/pre-commit",
        'cat .github/workflows/ci.yml',
        'rm docs/CODEOWNERS.md',
      ],
    },
  }),
];
