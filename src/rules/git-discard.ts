// Owns the rules about losing work that git keeps: changes, untracked files, stashes, history.
import { defineRule, type Rule } from '../core/rule.ts';
import { show, text } from '../core/value.ts';

const lostWork = defineRule({
  id: 'git/discard-work',
  tier: 'soft',
  on: 'git.discard',
  since: '0.1.0',
  summary: 'Throws away changes, untracked files or stashes that exist nowhere else',
  why: 'Git keeps no copy of them.',
  instead: 'Stash or commit first (`git stash -u`), look with `git status` or `git clean -n`, and name single files.',
  match: (effect, { facts }) => {
    const cwd = text(effect.cwd);
    const fact = cwd === undefined ? undefined : facts('git', { cwd });
    if (effect.what === 'untracked')
      return effect.whole
        ? `This deletes every file here that git does not track`
        : {
            message: `This deletes files that git does not track (${effect.scope.map(show).join(', ') || 'here'})`,
            tier: 'ask',
          };
    if (effect.what === 'stash')
      return effect.whole ? 'This drops every stash' : { message: 'This drops a stash', tier: 'ask' };
    if (effect.what === 'worktree' && effect.whole && fact?.dirty === true)
      return 'There are uncommitted changes, and this throws them away';
    return undefined;
  },
  examples: {
    hit: ['git clean -fdx', 'git clean -f', 'git clean -fd src', 'git stash clear', 'git stash drop stash@{1}'],
    miss: ['git clean -ndx', 'git stash pop', 'git restore --staged .', 'git log --grep="git clean -fdx"'],
  },
});

const lostHistory = defineRule({
  id: 'git/discard-history',
  tier: 'soft',
  on: 'git.discard',
  since: '0.1.0',
  summary: 'Rewrites the whole history or removes what would bring lost commits back',
  why: 'The reflog and unreachable objects are the only undo that git has.',
  instead: 'Leave old objects to `git gc`; fix single commits with a new commit, a revert or an interactive rebase.',
  match: (effect) => {
    if (effect.what === 'history') return 'This writes the history of every commit anew';
    if (effect.what === 'reflog') return 'This deletes the record of where branches have been';
    return effect.what === 'objects' ? 'This deletes objects that no branch holds at once' : undefined;
  },
  examples: {
    hit: [
      'git filter-branch --index-filter "git rm --cached x" HEAD',
      'git reflog expire --expire=now --all',
      'git gc --prune=now',
      'git prune',
    ],
    miss: ['git gc', 'git reflog', 'git log --all', 'git filter-repo --analyze', 'git rebase main'],
  },
});

export const gitDiscardRules: readonly Rule[] = [lostWork, lostHistory];
