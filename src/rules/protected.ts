// Owns the rules about changing protected files: agent settings, instructions, start-up files, keys, system files.
import type { EffectKind, EffectOf } from '../core/effect.ts';
import { type Protected, type Protection, protectedPath } from '../core/protected.ts';
import { defineRule, type Rule, type Scope, type Tier } from '../core/rule.ts';
import { show, text, type Value } from '../core/value.ts';

const CHANGES = ['fs.write', 'fs.delete', 'fs.move', 'fs.mode'] as const satisfies readonly EffectKind[];
type Change = EffectOf<(typeof CHANGES)[number]>;

function changed(effect: Change): readonly Value[] {
  if (effect.kind === 'fs.move') return [effect.from, effect.to];
  return effect.kind === 'fs.write' && effect.how === 'link' && effect.target && linksInto(effect.target)
    ? [effect.path, effect.target]
    : [effect.path];
}

/** A link to a guarded file is a second name under which it can be changed. */
const linksInto = (target: Value): boolean => text(target) !== undefined;

function found(effect: Change, scope: Scope, kinds: readonly Protection[]): Protected | undefined {
  if (effect.place.kind !== 'local') return undefined;
  const links = effect.kind === 'fs.write' && effect.how === 'link';
  for (const value of changed(effect)) {
    const hit = protectedPath(value, scope.context);
    const target = links && value !== effect.path;
    if (hit && kinds.includes(hit.what) && (!target || hit.what === 'guard' || hit.what === 'agent-settings'))
      return hit;
  }
  return undefined;
}

const act = (effect: Change): string =>
  effect.kind === 'fs.delete'
    ? 'removes'
    : effect.kind === 'fs.move'
      ? 'moves'
      : effect.kind === 'fs.mode'
        ? `changes the ${effect.what} of`
        : 'writes';

interface Row {
  readonly id: string;
  readonly tier: Tier;
  readonly kinds: readonly Protection[];
  readonly summary: string;
  readonly why: string;
  readonly instead: string;
  readonly examples: Rule['examples'];
  /** Changes that are fine all the same, or that deserve another tier. */
  readonly except?: (effect: Change, hit: Protected, scope: Scope) => 'fine' | Tier | undefined;
}

const protect = (row: Row): Rule =>
  defineRule({
    id: row.id,
    tier: row.tier,
    on: CHANGES,
    since: '0.1.0',
    summary: row.summary,
    why: row.why,
    instead: row.instead,
    examples: row.examples,
    match: (effect, scope) => {
      const hit = found(effect, scope, row.kinds);
      if (hit === undefined) return undefined;
      const other = row.except?.(effect, hit, scope);
      if (other === 'fine') return undefined;
      return { message: `This ${act(effect)} ${hit.path}`, ...(other ? { tier: other } : {}) };
    },
  });

/** Settings of a tool that carry a credential. */
const hasToken = (effect: Change): boolean =>
  effect.kind === 'fs.write' &&
  (/_authToken|_password|:_auth|token\s*=/i.test(effect.content ? show(effect.content) : '') ||
    (effect.taints ?? []).some(({ label }) => label === 'secret'));

export const protectedRules: readonly Rule[] = [
  protect({
    id: 'self/guard',
    tier: 'hard',
    kinds: ['guard'],
    summary: 'A change to the guard itself: its program, settings or journal',
    why: 'The guard is the user’s, not the agent’s.',
    instead: 'Tell the user which rule is in the way and why.',
    examples: {
      hit: [
        'rm -rf ~/.config/greenlight',
        'echo x > ~/.local/state/greenlight/journal.jsonl',
        'ln -s ~/.nah/config alias',
        'chmod 000 ~/.local/bin/greenlight',
        'rm -rf ~/.claude/plugins/cache/greenlight',
        'echo x > ~/.config/green*/config.json',
      ],
      miss: [
        'cat ~/.config/greenlight/config.json',
        'ls ~/.local/state/greenlight',
        'rm src/greenlight.ts',
        'echo x > docs/greenlight.md',
      ],
    },
  }),
  protect({
    id: 'self/agent-settings',
    tier: 'soft',
    kinds: ['agent-settings'],
    summary: 'A change to the settings, hooks, plugins or servers of a coding agent',
    why: 'They decide what the agent may do, and run code at every start.',
    instead: 'Show the user the change and let them make it.',
    examples: {
      hit: [
        'echo {} > .claude/settings.json',
        'rm -rf ~/.claude/hooks',
        'mv ~/.claude/settings.json /tmp/',
        'ln -sf /dev/null .claude/hooks/guard.sh',
        'sed -i s/deny/allow/ ~/.claude/settings.local.json',
        'echo {} > .mcp.json',
        'cp x ~/.cursor/mcp.json',
        'echo {} > ~/.cl*/settings.json',
        'cd ~/.claude && echo {} > settings.json',
        'tee .claude/settings.json < x',
      ],
      miss: [
        'cat .claude/settings.json',
        'cp ~/.claude/settings.json /tmp/x',
        'ls ~/.claude/hooks',
        'jq .permissions .claude/settings.json',
        'echo {} > settings.json',
      ],
    },
    // Other agents' hooks are project files that a reviewer sees; the settings of the one that runs are not.
    except: (effect, hit) =>
      !/claude|\.mcp\.json/i.test(hit.path) &&
      (/\/hooks(\/|$)/.test(hit.path) || (effect.kind === 'fs.write' && effect.how === 'mkdir'))
        ? 'ask'
        : undefined,
  }),
  protect({
    id: 'self/transcripts',
    tier: 'soft',
    kinds: ['transcripts'],
    summary: 'A change to the transcripts or history of a coding agent',
    why: 'They are the record of what was said and done.',
    instead: 'Leave them; ask the user when disk space is the matter.',
    examples: {
      hit: [
        'rm -rf ~/.claude/projects',
        'echo x >> ~/.claude/projects/p/s.jsonl',
        'truncate -s 0 ~/.claude/history.jsonl',
      ],
      miss: ['ls ~/.claude/projects', 'grep -c x ~/.claude/projects/p/s.jsonl'],
    },
  }),
  protect({
    id: 'self/instructions',
    tier: 'ask',
    kinds: ['instructions'],
    summary: 'A change to instruction files that steer coding agents',
    why: 'Every later session follows what they say.',
    instead: 'Propose the text to the user.',
    examples: {
      hit: ['echo "be brave" >> CLAUDE.md', 'rm AGENTS.md', 'cp x .claude/commands/x.md', 'sed -i s/a/b/ CLAUDE.md'],
      miss: ['cat CLAUDE.md', 'echo x > docs/agents.md'],
    },
  }),
  protect({
    id: 'persist/git-hook',
    tier: 'soft',
    kinds: ['git-hooks'],
    summary: 'A change to git hooks',
    why: 'They run at every commit, checkout or push, unseen.',
    instead: 'Use the project’s own hook manager in files that are reviewed.',
    examples: {
      hit: [
        'echo x > .git/hooks/pre-commit',
        'cp x .git/hooks/',
        'chmod +x .git/hooks/post-checkout',
        'rm .git/hooks/pre-commit',
      ],
      miss: ['ls .git/hooks', 'cat .git/hooks/pre-commit.sample'],
    },
  }),
  protect({
    id: 'files/git-internals',
    tier: 'soft',
    kinds: ['git-internals'],
    summary: 'Writing into .git by hand',
    why: 'It can lose history or make git run a program.',
    instead: 'Use the git command that does it.',
    examples: {
      hit: ['echo x >> .git/config', 'echo abc > .git/refs/heads/main', 'sed -i s/a/b/ .git/config', 'cp x .git/HEAD'],
      miss: ['cat .git/HEAD', 'rm -f .git/index.lock', 'echo x >> .git/info/exclude'],
    },
    except: (effect) => (effect.kind === 'fs.delete' && text(effect.path)?.endsWith('/.git/index') ? 'ask' : undefined),
  }),
  protect({
    id: 'persist/profile',
    tier: 'soft',
    kinds: ['profile'],
    summary: 'A change to shell profiles and other start-up files',
    why: 'What they hold runs in every later shell.',
    instead: 'Set the variable for this command only, or show the user the line to add.',
    examples: {
      hit: [
        'echo "export A=1" >> ~/.bashrc',
        'cp x ~/.zshrc',
        "sed -i '$a x' ~/.profile",
        'echo x > /etc/profile.d/x.sh',
        'tee -a ~/.config/fish/config.fish < x',
        'echo x >> ~/.bash*rc',
        'rm -f ~/.profile',
      ],
      miss: ['cat ~/.bashrc', 'grep PATH ~/.zshrc', 'echo x > profile', 'source ~/.bashrc'],
    },
  }),
  protect({
    id: 'persist/scheduled',
    tier: 'soft',
    kinds: ['cron', 'service'],
    summary: 'A change to schedules, services and other things that start by themselves',
    why: 'It keeps running after the session, unseen.',
    instead: 'Run it once, or give the user the unit to install.',
    examples: {
      hit: [
        'cp x.service /etc/systemd/system/',
        'echo "* * * * * x" > /etc/cron.d/x',
        'cp x.plist ~/Library/LaunchAgents/',
        'cp x.service ~/.config/systemd/user/x.service',
        'echo /tmp/x.so > /etc/ld.so.preload',
        'touch /etc/rc.local',
      ],
      miss: ['ls /etc/cron.d', 'echo "0 3 * * *" > docs/cron.txt', 'cp x.service deploy/x.service'],
    },
  }),
  protect({
    id: 'persist/ssh',
    tier: 'soft',
    kinds: ['ssh'],
    summary: 'A change to ssh keys, hosts or settings',
    why: 'It opens or closes the way into this or other machines.',
    instead: 'Give the user the line to add.',
    examples: {
      hit: [
        'echo "ssh-ed25519 A b" >> ~/.ssh/authorized_keys',
        'cp k ~/.ssh/id_ed25519',
        'echo "Host *" >> ~/.ssh/config',
        'rm -rf ~/.ssh',
      ],
      miss: ['ls ~/.ssh', 'cat ~/.ssh/id_ed25519.pub'],
    },
    except: (effect) => (effect.kind === 'fs.write' && text(effect.path)?.endsWith('/known_hosts') ? 'ask' : undefined),
  }),
  protect({
    id: 'files/credentials',
    tier: 'soft',
    kinds: ['credentials'],
    summary: 'A change to files that hold credentials, users or rights',
    why: 'It changes who may enter, and as whom.',
    instead: 'Let the user sign in with the tool’s own login command.',
    examples: {
      hit: [
        'echo x > ~/.aws/credentials',
        'cp x ~/.netrc',
        'echo x >> /etc/passwd',
        'rm ~/.kube/config',
        'echo "x ALL=(ALL) NOPASSWD:ALL" > /etc/sudoers.d/x',
      ],
      miss: ['ls ~/.aws', 'cp .aws/config.example docs/'],
    },
  }),
  protect({
    id: 'files/history',
    tier: 'soft',
    kinds: ['history', 'logs'],
    summary: 'A change to shell histories or system logs',
    why: 'They are the record of what happened on this machine.',
    instead: 'Leave them as they are.',
    examples: {
      hit: [
        'echo "" > ~/.bash_history',
        'ln -sf /dev/null ~/.zsh_history',
        'rm /var/log/syslog',
        'truncate -s 0 /var/log/auth.log',
        'cat /dev/null > ~/.bash_history',
      ],
      miss: ['tail ~/.bash_history', 'ls /var/log', 'rm logs/dev.log'],
    },
  }),
  protect({
    id: 'files/system',
    tier: 'soft',
    kinds: ['system'],
    summary: 'A change to files of the operating system or of installed programs',
    why: 'It affects every program and user of this machine.',
    instead: 'Work inside the project, or give the user the command.',
    examples: {
      hit: [
        'echo "1.2.3.4 x" >> /etc/hosts',
        'cp x /usr/local/bin/x',
        'rm -rf /usr/lib/x',
        'mv x /opt/x',
        'ln -s x /usr/bin/x',
      ],
      miss: ['cat /etc/hosts', 'ls /usr/bin', 'cp /etc/hosts /tmp/hosts'],
    },
  }),
  protect({
    id: 'files/tool-config',
    tier: 'ask',
    kinds: ['tool-config'],
    summary: 'A change to the user’s own settings of development tools',
    why: 'It changes how these tools behave in every project.',
    instead: 'Use a setting of the project, or pass the option on the command line.',
    examples: {
      hit: ['echo x >> ~/.gitconfig', 'echo registry=https://r.example > ~/.npmrc'],
      miss: ['cat ~/.gitconfig', 'echo save-exact=true > .npmrc'],
    },
    except: (effect) => (hasToken(effect) ? 'soft' : undefined),
  }),
];
