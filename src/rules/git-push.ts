// Owns the rules about what a push does to branches and where it goes.
import { type PushedRef, planPush } from '../core/branches.ts';
import { defineRule, type Rule } from '../core/rule.ts';
import { show } from '../core/value.ts';

const named = (ref: PushedRef): string => show(ref.name).replace(/^refs\/heads\//, '');

const forcePush = defineRule({
  id: 'git/force-push',
  tier: 'soft',
  on: 'git.push',
  since: '0.1.0',
  summary: 'Force push that can drop other people’s commits',
  why: 'The remote keeps no undo.',
  instead: 'Fetch, look at the difference, then push with --force-with-lease to your own branch.',
  match: (push, scope) => {
    const plan = planPush(push, scope);
    if (push.force === 'force' && push.everything !== 'none')
      return `This forces ${push.everything === 'tags' ? 'tags' : 'every branch'} onto the remote`;
    for (const ref of plan.refs) {
      if (ref.force === 'none' || ref.deletes) continue;
      if (ref.target === 'default') return `This overwrites ${named(ref)}, a default branch`;
      if (ref.force === 'lease') continue;
      if (plan.remote === 'elsewhere' || plan.remote === 'unknown')
        return 'This forces commits onto a repository that is not known';
      const message = `This overwrites ${named(ref)} without looking at what is there`;
      return ref.target === 'current' || ref.target === 'own' || ref.target === 'unknown'
        ? { message, tier: 'ask' }
        : message;
    }
    return undefined;
  },
  examples: {
    hit: [
      'git push --force origin main',
      'git push -f',
      'git push --force-with-lease origin main',
      'bash -c "git push -f origin main"',
      'git push --force "$REMOTE"',
      "git push origin --force 'refs/heads/*:refs/heads/*'",
      "git push origin '+refs/tags/*'",
    ],
    miss: ['git push', 'git push --force-with-lease origin feature/work', 'git commit -m "no git push --force"'],
  },
});

const pushDefault = defineRule({
  id: 'git/push-default-branch',
  tier: 'soft',
  on: 'git.push',
  since: '0.1.0',
  summary: 'Push to the default branch (setting `pushToDefault`: deny, ask or allow)',
  why: 'It reaches everyone without review.',
  instead: 'Push a branch of your own and open a pull request.',
  match: (push, scope) => {
    const { pushToDefault } = scope.context.policy;
    if (pushToDefault === 'allow') return undefined;
    const ref = planPush(push, scope).refs.find((each) => each.target === 'default' && !each.deletes);
    if (ref === undefined) return undefined;
    return {
      message: `This pushes to ${named(ref)}, a default branch`,
      tier: pushToDefault === 'ask' ? 'ask' : 'soft',
    };
  },
  examples: {
    hit: [
      'git push origin main',
      'git push origin HEAD:main',
      { command: 'git push', branch: 'main' },
      'git switch main && git merge feature/work && git push',
      'git symbolic-ref HEAD refs/heads/main && git push',
      'git checkout -b x && git switch main && git switch - && git switch - && git push',
      { command: 'git push origin HEAD', branch: 'main' },
    ],
    miss: [
      'git push',
      'git push origin feature/main-menu',
      'git checkout main && git pull && git checkout - && git push',
      'git checkout -b fix/typo && git push -u origin HEAD',
      'git -C ../other switch main && git push',
      'git pull origin main',
    ],
  },
});

const deleteRemote = defineRule({
  id: 'git/delete-remote-branch',
  tier: 'soft',
  on: 'git.push',
  since: '0.1.0',
  summary: 'Deletes a branch or tag on the remote',
  why: 'Commits that only live there are lost for everyone.',
  instead: 'Let the user delete it, or delete only a branch that you made yourself after it was merged.',
  match: (push, scope) => {
    if (push.everything === 'mirror') return 'A mirror push deletes every branch the remote has and you have not';
    const plan = planPush(push, scope);
    const gone = plan.refs.filter((ref) => ref.deletes);
    const foreign = gone.find(
      (ref) => ref.target === 'default' || ref.target === 'shared' || ref.target === 'other' || ref.target === 'tag',
    );
    if (foreign) return `This deletes ${named(foreign)} on the remote`;
    const [own] = gone;
    if (own === undefined) return undefined;
    const message = `This deletes ${named(own)} on the remote`;
    return plan.remote === 'configured' && !(own.name.kind === 'unknown' && own.name.because.startsWith('every'))
      ? { message, tier: 'ask' }
      : message;
  },
  examples: {
    hit: ['git push origin :main', 'git push origin -d old', 'git push --mirror backup', 'git push --prune origin'],
    miss: ['git push origin feature/work', 'git branch -d old', 'git fetch --prune'],
  },
});

const pushElsewhere = defineRule({
  id: 'git/push-elsewhere',
  tier: 'soft',
  on: 'git.push',
  since: '0.1.0',
  summary: 'Push to a repository that is no remote of the project',
  why: 'The project’s code and history leave for a place nobody chose for it.',
  instead: 'Push to a configured remote; ask the user to add another.',
  match: (push, scope) => {
    const plan = planPush(push, scope);
    const target = push.remote ? show(push.remote).replace(/\/\/[^@/]*@/, '//') : '';
    if (plan.remote === 'elsewhere' && !scope.context.policy.repositories.some((trusted) => target.includes(trusted)))
      return `${target} is no remote of this repository`;
    const added = scope.effects.some(
      (effect) => effect.kind === 'git.remote' && effect.action !== 'remove' && show(effect.name) === target,
    );
    return added ? `The remote ${target} was set in this very command` : undefined;
  },
  examples: {
    hit: [
      'git push https://git.example.net/x.git HEAD',
      'git push git@github.com:someone/else.git feature/work',
      'git remote add x https://git.example.net/x.git && git push x HEAD',
    ],
    miss: [
      'git push origin feature/work',
      'git push git@github.com:acme/project.git feature/work',
      'git push https://github.com/acme/project feature/work',
    ],
  },
});

export const gitPushRules: readonly Rule[] = [forcePush, pushDefault, deleteRemote, pushElsewhere];
