// Owns the rules about lasting changes to the machine: scheduled jobs, services, accounts, rights, protections, power.
import { isLoopback } from '../core/host.ts';
import { defineRule, type Rule } from '../core/rule.ts';
import { certainHost } from '../core/settle.ts';
import { known, show, text } from '../core/value.ts';

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
      'brew services start redis',
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

const weaken = defineRule({
  id: 'machine/protection',
  tier: 'soft',
  on: 'weaken',
  since: '0.1.0',
  summary: 'A protection switched off or lowered: certificates, firewall, access control, logs, history, backups',
  why: 'What it guards against goes unnoticed from then on.',
  instead: 'Fix the cause (a missing certificate, a rule that is too narrow), or ask the user.',
  match: (effect) => ({
    message: `This weakens ${effect.what}`,
    ...(effect.once === true ? { tier: 'ask' as const } : {}),
  }),
  examples: {
    hit: [
      'setenforce 0',
      'ufw disable',
      'iptables -F',
      'history -c',
      'spctl --master-disable',
      'auditctl -D',
      'xattr -d com.apple.quarantine app',
      'curl -k https://shop.example/a',
      'tmutil disable',
    ],
    miss: ['getenforce', 'ufw status', 'curl -k https://localhost:8443', 'history', 'csrutil status', 'xattr -l app'],
  },
});

const power = defineRule({
  id: 'machine/power',
  tier: 'soft',
  on: 'system',
  since: '0.1.0',
  summary: 'Shutting down, restarting or putting the machine to sleep',
  why: 'Unsaved work of everyone on the machine is lost.',
  instead: 'Restart the one process that needs it.',
  match: (effect) =>
    effect.action === 'shutdown' ? `This would stop the machine or its sessions (${effect.what})` : undefined,
  examples: {
    hit: ['reboot', 'shutdown -h now', 'systemctl poweroff', 'init 6', 'sudo halt -p'],
    miss: ['shutdown -c', 'systemctl status', 'uptime', 'echo reboot'],
  },
});

const change = defineRule({
  id: 'machine/settings',
  tier: 'ask',
  on: ['system', 'device'],
  since: '0.1.0',
  summary: 'Services, network, kernel, clock, mounts or settings of the machine',
  why: 'Others, and other projects, use the same machine.',
  instead: 'Work in the project or in a container, or let the user make the change.',
  match: (effect) => {
    if (effect.kind === 'device')
      return effect.action === 'mount' || effect.action === 'unmount' || effect.action === 'read'
        ? `This would ${effect.action} ${show(effect.target)}`
        : undefined;
    return effect.action === 'shutdown' ? undefined : `This changes the machine (${effect.what})`;
  },
  examples: {
    hit: [
      'systemctl restart nginx',
      'sysctl -w vm.swappiness=1',
      'ip link set eth0 down',
      'mount /dev/sdb1 /mnt',
      'timedatectl set-ntp false',
      'apt-get update',
    ],
    miss: ['systemctl status nginx', 'sysctl -n hw.ncpu', 'ip addr', 'mount', 'timedatectl', 'apt list'],
  },
});

const attack = defineRule({
  id: 'machine/attack',
  tier: 'soft',
  on: 'attack',
  since: '0.1.0',
  summary: 'Scanning, cracking, flooding, spoofing or capturing of others’ traffic',
  why: 'It harms people who did not agree to it, in the user’s name.',
  instead: 'Test against localhost, or let the user run the tool with its owner’s permission.',
  match: (effect) => ({
    message: `This starts ${effect.what}`,
    ...(/captures traffic|flood of packets/.test(effect.what) ? { tier: 'ask' as const } : {}),
  }),
  examples: {
    hit: [
      'nmap -sS 198.51.100.0/24',
      'hydra -l a -P w.txt ssh://198.51.100.4',
      'john hashes',
      'tcpdump -i eth0',
      'ping -f 198.51.100.4',
      'xmrig -o pool.example:3333',
    ],
    miss: ['nmap -p 3000 localhost', 'ping -c1 example.com', 'hashcat --version', 'tcpdump -r a.pcap'],
  },
});

const plainKey = defineRule({
  id: 'machine/plain-credential',
  tier: 'soft',
  on: 'net.fetch',
  since: '0.1.0',
  summary: 'A password written into an address that is fetched without encryption',
  why: 'Everyone on the way can read it.',
  instead: 'Use https and a credential that does not stand in the address.',
  match: (effect) => {
    const url = text(effect.url) ?? '';
    const host = certainHost(known(url));
    return /^(http|ftp):\/\/[^/@\s:]+:[^/@\s]+@/i.test(url) && host !== undefined && !isLoopback(host)
      ? `This sends a password to ${host} in clear text`
      : undefined;
  },
  examples: {
    hit: ['curl http://ann:hunter2@shop.example/x'],
    miss: ['curl http://ann:hunter2@localhost/x', 'curl https://example.com/a@b', 'curl http://example.com'],
  },
});

export const machineRules: readonly Rule[] = [persist, privilege, setuid, weaken, power, change, attack, plainKey];
