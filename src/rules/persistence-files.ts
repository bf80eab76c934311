// Owns the rules about files that make something run later, unseen: hooks, profiles, schedules, services, ssh.
import type { Rule } from '../core/rule.ts';
import { text } from '../core/value.ts';
import { protect } from './protect.ts';

export const persistenceFileRules: readonly Rule[] = [
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
        'echo "(shell-command x)" >> ~/.emacs.d/init.el',
        'echo "import os" > ~/.local/lib/python3.12/site-packages/usercustomize.py',
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
];
