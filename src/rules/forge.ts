// Owns the rules about repository hosting: rights, protections, secrets, workflows, deletion.
import { defineRule, type Rule } from '../core/rule.ts';

const access = defineRule({
  id: 'forge/access',
  tier: 'soft',
  on: 'forge',
  since: '0.1.0',
  summary: 'Changes who may do what in a repository or organisation, its protections or its visibility',
  why: 'Rights and protections outlive the session, and what was public once stays known.',
  instead: 'Show the user which right or protection would change and let them do it.',
  match: (effect) =>
    effect.action === 'grant' || (effect.subject === 'repo' && effect.action === 'publish')
      ? `${effect.subject} ${effect.operation} changes access on ${effect.forge}`
      : undefined,
  examples: {
    hit: [
      'gh repo edit --visibility public',
      'gh api -X PUT repos/acme/project/collaborators/x',
      'gh api -X DELETE repos/acme/project/branches/main/protection',
      'gh ssh-key add k.pub',
      'gh api orgs/acme/memberships/x -X PUT -f role=admin',
      'gh auth refresh -s admin:org',
      'glab repo members add --username=ann --role=maintainer',
    ],
    miss: ['gh repo view', 'gh api repos/acme/project/collaborators', 'gh ssh-key list', 'gh pr create --fill'],
  },
});

const secret = defineRule({
  id: 'forge/secret',
  tier: 'soft',
  on: 'forge',
  since: '0.1.0',
  summary: 'Writes or deletes a secret of a repository or organisation',
  why: 'Every workflow that reads it is changed, and the old value cannot be read back.',
  instead: 'Tell the user the name and where it is used, and let them set it.',
  match: (effect) =>
    effect.action === 'secret'
      ? `${effect.subject} ${effect.operation} changes a secret on ${effect.forge}`
      : undefined,
  examples: {
    hit: ['gh secret set X --body y', 'gh secret delete X', 'glab variable list && gh secret set Y < file'],
    miss: ['gh secret list', 'gh variable list'],
  },
});

const deletes = defineRule({
  id: 'forge/delete',
  tier: 'soft',
  on: 'forge',
  since: '0.1.0',
  summary: 'Deletes a repository, release, issue or other record on the forge',
  why: 'Its history, discussion and links go with it, and there is no undo.',
  instead: 'Close or archive it, or ask the user to delete it.',
  match: (effect) => {
    const gone = effect.action === 'delete' || (effect.subject === 'repo' && effect.operation === 'archive');
    if (!gone) return undefined;
    const message = `${effect.subject} ${effect.operation} deletes on ${effect.forge}`;
    // What is not committed in a codespace is only there.
    return /^(repo|release|ref|codespace)$/.test(effect.subject) ? message : { message, tier: 'ask' };
  },
  examples: {
    hit: [
      'gh repo delete acme/project',
      'gh release delete v1.0.0',
      'gh api -X DELETE repos/acme/project',
      'gh issue delete 3',
      'gh repo archive',
      'gh codespace delete --all',
    ],
    miss: ['gh issue close 3', 'gh release list', 'gh pr close 3'],
  },
});

/** `DELETE repos/o/r/git/refs/heads/main`, `PATCH …/git/refs/heads/main`: a push by other means. */
const refs = defineRule({
  id: 'forge/ref',
  tier: 'soft',
  on: 'forge',
  since: '0.1.0',
  summary: 'Deletes or moves a branch or tag through the API of the forge',
  why: 'It goes past the checks of a push, and commits that only the old place held are lost.',
  instead: 'Push to a branch of your own, and let the user delete or move the others.',
  match: (effect) => {
    if (effect.subject !== 'ref' || effect.action === 'read' || effect.action === 'create') return undefined;
    if (effect.operation.startsWith('POST')) return undefined;
    const message = `${effect.operation} changes a branch or tag on ${effect.forge}`;
    return effect.action === 'delete' || /(heads|branches)\/(main|master|trunk|develop|release)/.test(effect.operation)
      ? message
      : { message, tier: 'ask' };
  },
  examples: {
    hit: [
      'gh api -X DELETE repos/acme/project/git/refs/heads/old',
      'gh api -X PATCH repos/acme/project/git/refs/heads/main -f sha=abc -F force=true',
    ],
    miss: ['gh api repos/acme/project/git/refs/heads/main', 'gh api repos/acme/project/branches'],
  },
});

const workflow = defineRule({
  id: 'forge/workflow',
  tier: 'soft',
  on: 'forge',
  since: '0.1.0',
  summary: 'Switches a workflow off',
  why: 'The checks it runs stop for everyone.',
  instead: 'Fix what the workflow finds, or ask the user to disable it.',
  match: (effect) =>
    effect.subject === 'workflow' && /disable/.test(effect.operation)
      ? `${effect.operation} switches a workflow off`
      : undefined,
  examples: {
    hit: ['gh workflow disable tests.yml', 'gh api -X PUT repos/acme/project/actions/workflows/1/disable'],
    miss: ['gh workflow enable tests.yml', 'gh workflow view tests.yml'],
  },
});

const merge = defineRule({
  id: 'forge/merge-unreviewed',
  tier: 'soft',
  on: 'forge',
  since: '0.1.0',
  summary: 'Merges a pull request that was opened in the same step',
  why: 'Nobody can have looked at it.',
  instead: 'Open the pull request and leave the merge to a reviewer.',
  match: (effect, { effects }) =>
    effect.subject === 'pr' &&
    /merge|accept/.test(effect.operation) &&
    effects.some((other) => other.kind === 'forge' && other.subject === 'pr' && other.operation === 'create')
      ? 'The pull request is merged as soon as it is opened'
      : undefined,
  examples: {
    hit: ['gh pr create --fill && gh pr merge --auto --squash', 'u=$(gh pr create --fill); gh pr merge --squash "$u"'],
    miss: ['gh pr create --fill', 'gh pr merge 3 --squash'],
  },
});

export const forgeRules: readonly Rule[] = [access, secret, deletes, refs, workflow, merge];
