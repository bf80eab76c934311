// Owns the rules about changing git's own files, credentials, histories, the system and the user's tool settings.
import type { Rule } from '../core/rule.ts';
import { show } from '../core/value.ts';
import { type Change, protect } from './protect.ts';

/** What git cannot do without, as opposed to the marks and leftovers of a command that was interrupted. */
const GIT_CORE = /\.git(\/(config|HEAD|refs|objects|packed-refs|logs|modules|worktrees|shallow)(\/.*)?)?$/i;
const GIT_LEFTOVER =
  /\/\.git\/((.*\/)?index|gc\.(log|pid)|(rebase-(merge|apply)|sequencer)(\/.*)?|\w+_(HEAD|MODE|LOG)|AUTO_MERGE)$/;

function gitTier(effect: Change, path: string): 'ask' | 'fine' | undefined {
  if (effect.kind === 'fs.write' && effect.how === 'mkdir') return 'fine';
  if (effect.kind === 'fs.delete')
    return GIT_LEFTOVER.test(path) || (!effect.recursive && !GIT_CORE.test(path)) ? 'ask' : undefined;
  return effect.kind === 'fs.write' && effect.how !== 'link' && !GIT_CORE.test(path) && !path.endsWith('/index')
    ? 'ask'
    : undefined;
}

/** Settings of a tool that carry a credential. */
const hasToken = (effect: Change): boolean =>
  effect.kind === 'fs.write' &&
  (/_authToken|_password|:_auth|token\s*=/i.test(effect.content ? show(effect.content) : '') ||
    (effect.taints ?? []).some(({ label }) => label === 'secret'));

export const systemFileRules: readonly Rule[] = [
  protect({
    id: 'files/git-internals',
    tier: 'soft',
    kinds: ['git-internals'],
    summary: 'Writing into .git by hand',
    why: 'It can lose history or make git run a program.',
    instead: 'Use the git command that does it.',
    examples: {
      hit: [
        'echo x >> .git/config',
        'echo abc > .git/refs/heads/main',
        'sed -i s/a/b/ .git/config',
        'cp x .git/HEAD',
        "rm -rf '.git/{objects,refs}'",
        'rm -rf .git/rebase-merge',
        'rm .git/odd*',
        'echo x > .git/ORIG_HEAD',
      ],
      miss: [
        'cat .git/HEAD',
        'rm -f .git/index.lock .git/refs/heads/a.lock',
        'mkdir -p .git/info && echo x >> .git/info/exclude',
        'echo "fix: x" > .git/COMMIT_EDITMSG',
        'git rev-parse HEAD > /tmp/head',
      ],
    },
    except: (effect, hit) => gitTier(effect, hit.path),
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
    // Places that people fill by hand; what the system itself lives on is elsewhere.
    except: (effect, hit) =>
      effect.kind !== 'fs.delete' && /^\/(opt|srv|snap|var|usr\/local)\//.test(hit.path) ? 'ask' : undefined,
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
