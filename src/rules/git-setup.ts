// Owns the rules about settings and remotes that change what later git commands run and where they go.
import { settingUse } from '../core/git-settings.ts';
import { certainlyWithin, resolve } from '../core/path.ts';
import { repositoryKey } from '../core/repository.ts';
import { defineRule, type Rule } from '../core/rule.ts';
import { setsTrustedProxy } from '../core/settle.ts';
import { known, show, text } from '../core/value.ts';

const settings = defineRule({
  id: 'git/settings-that-run',
  tier: 'soft',
  on: 'git.configure',
  since: '0.1.0',
  summary: 'A git setting that runs a program, switches hooks off or sends later commands to another server',
  why: 'Every later git command of everyone who uses this configuration obeys it unseen.',
  instead: 'Leave it to the user, or do once and in sight what is to be done.',
  match: (effect, scope) => {
    const { context } = scope;
    const key = text(effect.key);
    if (key === undefined || effect.value === undefined || setsTrustedProxy(effect, scope)) return undefined;
    const value = text(effect.value);
    const use = settingUse(key, value);
    if (use === 'runs') return `${key} makes git run ${show(effect.value)}`;
    if (use === 'alias')
      return value === undefined || value.startsWith('!') ? `${key} makes git run ${show(effect.value)}` : undefined;
    if (use === 'redirects')
      return `${key} sends later git commands to ${show(effect.value).replace(/\/\/[^@/]*@/, '//')}`;
    if (use === 'weakens') return `${key} lowers a check`;
    if (use === 'transport') return `${key} lets addresses run programs`;
    if (use !== 'hooks' && use !== 'includes') return undefined;
    if (use === 'hooks' && value !== undefined && /^(|\/dev\/null|\/var\/empty)$/.test(value))
      return 'This switches the repository’s hooks off';
    return certainlyWithin(resolve(effect.value, known(context.cwd)), context.projectRoot)
      ? undefined
      : `${key} takes what git runs from ${show(effect.value)}`;
  },
  examples: {
    hit: [
      'git config core.hooksPath /dev/null',
      'git config --global core.pager "sh -c evil"',
      'git config filter.x.clean "sh /tmp/x"',
      'git config url.https://x.example/.insteadOf https://github.com/',
      'git config credential.helper "!sh /tmp/x"',
      'git config http.sslVerify false',
      'git -c include.path=/tmp/x status',
      'git init --template /tmp/hooks',
      'git config remote.origin.push +refs/heads/*:refs/heads/*',
      'git config remote.pushDefault other',
      'git -c remote.origin.push=HEAD:main push',
    ],
    miss: [
      'git config core.hooksPath .githooks',
      'git config user.name Dev',
      'git config --get core.hooksPath',
      'git config --unset core.hooksPath',
      'git config core.editor vim',
      'git config alias.st status',
    ],
  },
});

const repointed = defineRule({
  id: 'git/remote-repointed',
  tier: 'soft',
  on: 'git.remote',
  since: '0.1.0',
  summary: 'An existing remote is given another repository',
  why: 'Later pushes and pulls go there without anyone noticing.',
  instead: 'Add a remote of another name after asking the user.',
  match: (effect, { facts, context }) => {
    if (effect.action !== 'change') return undefined;
    const url = effect.url && text(effect.url);
    const have = facts('git', { cwd: context.cwd })?.remotes[text(effect.name) ?? ''];
    if (url !== undefined && have !== undefined && repositoryKey(url) === repositoryKey(have)) return undefined;
    return `${show(effect.name)} would point to ${effect.url ? show(effect.url).replace(/\/\/[^@/]*@/, '//') : 'another repository'}`;
  },
  examples: {
    hit: [
      'git remote set-url origin https://git.example.net/x.git',
      'git remote set-url --push origin git@github.com:someone/else.git',
    ],
    miss: [
      'git remote set-url origin https://github.com/acme/project.git',
      'git remote get-url origin',
      'git remote add fork git@github.com:me/project.git',
    ],
  },
});

export const gitSetupRules: readonly Rule[] = [settings, repointed];
