// Owns the rules about the machine as others use it: its protections, power and settings, and attacks from it.
import { attackOf } from '../core/attack-tools.ts';
import { isLoopback } from '../core/host.ts';
import { basename } from '../core/path.ts';
import { defineRule, type Rule } from '../core/rule.ts';
import { certainHost } from '../core/settle.ts';
import { known, show, text } from '../core/value.ts';

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
  summary: 'Stopping or exhausting the machine',
  why: 'Unsaved work of everyone on the machine is lost.',
  instead: 'Restart the one process that needs it.',
  match: (effect) =>
    effect.action === 'shutdown' || effect.action === 'exhaust'
      ? `This would stop the machine or its sessions (${effect.what})`
      : undefined,
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
    return effect.action === 'shutdown' || effect.action === 'exhaust'
      ? undefined
      : `This changes the machine (${effect.what})`;
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
  on: ['attack', 'code.run'],
  since: '0.1.0',
  summary: 'Scanning, cracking, flooding, spoofing or capturing of others’ traffic',
  why: 'It harms people who did not agree to it, in the user’s name.',
  instead: 'Test against localhost, or let the user run the tool with its owner’s permission.',
  match: (effect) => {
    if (effect.kind === 'attack') {
      const mild = /captures traffic|flood of packets/.test(effect.what);
      return { message: `This starts ${effect.what}`, ...(mild ? { tier: 'ask' as const } : {}) };
    }
    const name = basename(text(effect.what) ?? '');
    const does = attackOf(name);
    return does === undefined ? undefined : `This starts ${name}, which ${does}`;
  },
  examples: {
    hit: [
      'nmap -sS 198.51.100.0/24',
      'bash ./linpeas.sh',
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

export const machineStateRules: readonly Rule[] = [weaken, power, change, attack, plainKey];
