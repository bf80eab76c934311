// Owns the rules about what stays on the machine: scheduled jobs, services, accounts, rights.
import { defineRule, type Rule } from '../core/rule.ts';
import { show, text } from '../core/value.ts';

const HOW: Readonly<Record<string, string>> = {
  cron: 'schedules',
  service: 'starts with the machine',
  profile: 'runs at every login',
  'login-item': 'runs at every login',
  user: 'adds or changes the account',
  'ssh-key': 'lets a key log in to',
  hook: 'runs at every event',
  other: 'stays behind as',
};

const persist = defineRule({
  id: 'machine/persistence',
  tier: 'soft',
  on: 'persist',
  since: '0.1.0',
  summary: 'A job, service, account or key that stays after the session',
  why: 'It keeps running, or keeps a door open, when nobody watches any more.',
  instead: 'Run it once in this session, or show the user the job and let them install it.',
  match: (effect) => ({
    message: `This ${HOW[effect.how] ?? 'leaves behind'} ${show(effect.what)}`,
    ...(effect.how === 'user' ? { tier: 'ask' as const } : {}),
  }),
  examples: {
    hit: [
      'crontab jobs.txt',
      'systemctl enable sync.service',
      'launchctl load ~/Library/LaunchAgents/a.plist',
      'echo ./x.sh | at noon',
      'ssh-copy-id build-host',
      'useradd ann',
    ],
    miss: ['crontab -l', 'systemctl status sync', 'launchctl list', 'atq', 'id ann', 'brew services list'],
  },
});

const privilege = defineRule({
  id: 'machine/privilege',
  tier: 'soft',
  on: 'privilege',
  since: '0.1.0',
  summary: 'More rights: root, setuid, sudoers, capabilities, the host behind a container',
  why: 'With them every other protection of the machine can be lifted.',
  instead: 'Do the step without root, or ask the user to run it.',
  match: (effect) => ({
    message:
      effect.how === 'sudo' ? `This runs as root (${effect.what})` : `This gives rights of the machine: ${effect.what}`,
    ...(['sudo', 'capability', 'user'].includes(effect.how) ? { tier: 'ask' as const } : {}),
  }),
  examples: {
    hit: [
      'sudo apt-get install jq',
      'sudo -n true',
      'usermod -aG sudo ann',
      'setcap cap_setuid+ep ./x',
      'visudo',
      'insmod x.ko',
      'curl --unix-socket /var/run/docker.sock http://localhost/info',
    ],
    miss: ['id', 'groups', 'visudo -c', 'getcap ./server', 'modprobe -n loop'],
  },
});

const rootCode = defineRule({
  id: 'machine/root-code',
  tier: 'soft',
  on: 'code.run',
  since: '0.1.0',
  summary: 'Code from outside the project that runs as root and was not read',
  why: 'As root it can change everything on the machine.',
  instead: 'Read it first, and let the user run it.',
  match: (effect) =>
    effect.root && effect.place.kind === 'local' && /^(scratch|elsewhere|download|stdin)$/.test(effect.origin)
      ? `This runs ${show(effect.what)} as root`
      : undefined,
  examples: {
    hit: ['sudo /tmp/setup', 'sudo /opt/vendor/tool --install', 'sudo bash /tmp/setup.sh'],
    miss: ['sudo ls /root', 'sudo ./scripts/setup.sh', '/tmp/setup'],
  },
});

/** The set-user-id or set-group-id bit, by letters or by digits. */
const SETUID = /^(?:[ugoa]*[+=][rwxXt]*s[rwxXst]*|.*,[ug]*[+=][rwx]*s.*|0?[2467][0-7]{3})$/;

const setuid = defineRule({
  id: 'machine/setuid',
  tier: 'soft',
  on: 'fs.mode',
  since: '0.1.0',
  summary: 'A program that runs with its owner’s rights for everyone',
  why: 'Anyone who starts it acts as its owner.',
  instead: 'Keep ordinary modes; let the user decide about set-user-id programs.',
  match: (effect) =>
    effect.what === 'mode' && SETUID.test(text(effect.mode) ?? '')
      ? `This sets the set-user-id bit of ${show(effect.path)}`
      : undefined,
  examples: {
    hit: [
      'chmod u+s tmp/tool',
      'chmod 4755 tmp/tool',
      'sudo chmod u+s /bin/bash',
      'chmod g+s bin',
      'chmod u+xs tmp/tool',
    ],
    miss: ['chmod u+x tmp/tool', 'chmod 755 tmp/tool', 'chmod +t tmp', 'chmod 0644 a'],
  },
});

export const machineRules: readonly Rule[] = [persist, privilege, rootCode, setuid];
