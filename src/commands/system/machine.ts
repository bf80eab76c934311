// Turns argv of programs that change the machine's network, kernel, clock, power and protections into effects; knows nothing of policy.
import type { Call, EffectDraft, Program } from '../../core/program.ts';
import { known, number } from '../../core/value.ts';
import { lookOrChange, operandsOf, system } from './verbs.ts';

const weaken = (what: string): EffectDraft => ({ kind: 'weaken', what });
const has = (words: readonly string[], shape: RegExp): boolean => words.some((word) => shape.test(word));

const showsPasswords = (call: Call, words: readonly string[]): boolean =>
  call.name === 'nmcli' && has(words, /^(-s|--show-secrets|show-password)$/);

const interfaces: readonly Program[] = [
  lookOrChange(
    [
      'ip',
      'tc',
      'bridge',
      'ethtool',
      'iw',
      'iwconfig',
      'nmcli',
      'networkctl',
      'wpa_cli',
      'rfkill',
      'devlink',
      'mii-tool',
    ],
    (words, call) =>
      !showsPasswords(call, words) &&
      (has(words, /^(show|list|ls|get|status)$/) ||
        !(
          has(
            words,
            /^(add|a?del(ete)?|change|replace|set|flush|up|down|connect|disconnect|modify|mod|reload|on|off|block|unblock|exec|append|prepend|restore|-batch|-b|import|-K|-A|-G)$/,
          ) ||
          (call.name === 'ethtool' && has(words, /^-s$/))
        )),
    (words, call) => {
      if (showsPasswords(call, words)) return [{ kind: 'secret.read', what: 'the passwords of networks', shown: true }];
      const inside = words.indexOf('exec');
      if (call.name === 'ip' && inside >= 0 && words.includes('netns'))
        return {
          effects: [{ kind: 'privilege', how: 'escape', what: 'another network namespace' }],
          runs: [{ kind: 'argv', via: 'ip netns exec', argv: call.args.slice(inside + 2) }],
        };
      return [system('network', call, words)];
    },
    {
      allow: ['ip addr', 'ip route show', 'ip -br link', 'ip -s link', 'nmcli device status'],
      deny: ['nmcli device wifi show-password', 'nmcli -s connection show home'],
      unsettled: ['ip link set eth0 down', 'ip route del default'],
    },
  ),
  lookOrChange(
    ['ifconfig', 'route', 'arp', 'ifup', 'ifdown', 'dhclient', 'dhcpcd', 'brctl', 'ifplugd'],
    (words, call) =>
      !/^(ifup|ifdown|dhclient|dhcpcd)$/.test(call.name) &&
      (operandsOf(words).length === (call.name === 'ifconfig' ? Math.min(1, operandsOf(words).length) : 0) ||
        has(words, /^(get|show|print)$/)) &&
      !has(words, /^-[a-z]*[ds]$/),
    (words, call) => [system('network', call, words)],
    {
      allow: ['ifconfig', 'ifconfig en0', 'route -n', 'arp -a'],
      unsettled: ['ifconfig eth0 down', 'route add default gw 10.0.0.1', 'ifdown eth0'],
    },
  ),
  lookOrChange(
    ['scutil', 'networksetup', 'systemsetup', 'airport'],
    (words) => has(words, /^(--?(get|list|dns|proxy|nwi|nc$|print|show|r$|w$)|-I|-s$)/i) && !has(words, /^--?set/i),
    (words, call) => [system('network', call, words)],
    {
      allow: ['scutil --dns', 'networksetup -getinfo Wi-Fi', 'networksetup -listallhardwareports'],
      unsettled: ['networksetup -setdnsservers Wi-Fi 203.0.113.9', 'scutil --set HostName x'],
    },
  ),
];

const firewalls: Program = lookOrChange(
  [
    'iptables',
    'ip6tables',
    'iptables-legacy',
    'iptables-nft',
    'nft',
    'ufw',
    'firewall-cmd',
    'pfctl',
    'ebtables',
    'ipset',
    'iptables-restore',
    'ip6tables-restore',
    'iptables-save',
    'ip6tables-save',
    'socketfilterfw',
    'shorewall',
    'csf',
    'fail2ban-client',
  ],
  (words, call) =>
    /-save$/.test(call.name) ||
    (!/-restore$/.test(call.name) &&
      has(
        words,
        /^(-[a-zA-Z]*[LS]|--list(-[a-z-]+)?|--list-rules|list|status|show|-s|--get-[a-z-]+|--query-[a-z-]+|--state|--getglobalstate|-n|-sr|-sa|-si|version)$/,
      ) &&
      !has(
        words,
        /^(-[AIDFPXZRN]|--(add|remove|set|permanent|reload)|add|delete|flush|-f|-d|-e|insert|reset|disable|enable)/,
      )),
  (words, call) => [weaken(`the firewall (${[call.name, ...words].join(' ').slice(0, 80)})`)],
  {
    allow: ['iptables -L -n', 'ufw status verbose', 'nft list ruleset', 'firewall-cmd --list-all', 'iptables-save'],
    deny: [
      'iptables -F',
      'ufw disable',
      'nft flush ruleset',
      'pfctl -d',
      'iptables -A INPUT -p tcp --dport 22 -j ACCEPT',
    ],
  },
);

const access: Program = lookOrChange(
  [
    'setenforce',
    'setsebool',
    'semanage',
    'semodule',
    'restorecon',
    'chcon',
    'aa-disable',
    'aa-complain',
    'aa-enforce',
    'aa-teardown',
    'aa-remove-unknown',
    'apparmor_parser',
    'auditctl',
    'auditd',
    'augenrules',
    'spctl',
    'csrutil',
    'tccutil',
    'xprotect',
    'fdesetup',
    'bputil',
    'mokutil',
    'sbctl',
    'kickstart',
    'esxcli',
  ],
  (words, call) => {
    if (/^(spctl|csrutil|fdesetup|bputil|mokutil)$/.test(call.name))
      return (
        has(
          words,
          /^(-{0,2}(status|assess|list|isactive|sb-state|list-enrolled|d|display)|-a|-v|authenticated-root)$/,
        ) && !has(words, /^-{0,2}(add|remove|master-disable|global-disable|disable|enable|clear|authorize)/)
      );
    if (call.name === 'auditctl') return has(words, /^-[ls]$/);
    return /^(semanage|semodule)$/.test(call.name) && has(words, /^(-l|list|--list)/);
  },
  (words, call) =>
    /^(restorecon|aa-enforce|chcon)$/.test(call.name)
      ? [system('settings', call, words)]
      : [weaken(`${call.name} ${words.join(' ')}`.slice(0, 80))],
  {
    allow: ['csrutil status', 'spctl --status', 'auditctl -l', 'semodule -l'],
    deny: [
      'setenforce 0',
      'csrutil disable',
      'spctl --master-disable',
      'auditctl -e 0',
      'aa-disable /etc/apparmor.d/usr.bin.x',
      'apparmor_parser -R profile',
    ],
    unsettled: ['restorecon -R .'],
  },
);

const kernel: readonly Program[] = [
  lookOrChange(
    ['sysctl'],
    (words) => !has(words, /=|^-[a-z]*[wp]$|^(--write|--load|--system)/),
    (words, call) => [
      /kptr|randomize|ptrace|protected_|sysrq|rp_filter|unprivileged|dmesg_restrict|kexec/.test(words.join(' '))
        ? weaken(`a kernel protection (${words.join(' ')})`)
        : system('kernel', call, words),
    ],
    {
      allow: ['sysctl -n hw.ncpu', 'sysctl -a', 'sysctl vm.swappiness', 'make -j$(sysctl -n hw.logicalcpu)'],
      deny: ['sysctl -w kernel.randomize_va_space=0'],
      unsettled: ['sysctl -w vm.swappiness=10'],
    },
    (words) =>
      /^-n hw\.(\w*ncpu|\w*cpu|memsize)$/.test(words.join(' ')) ? number('the number of processors') : undefined,
  ),
  lookOrChange(
    [
      'modprobe',
      'insmod',
      'rmmod',
      'kmod',
      'kextload',
      'kextunload',
      'kmutil',
      'depmod',
      'dkms',
      'kldload',
      'bpftool',
      'bpftrace',
    ],
    (words) => has(words, /^(-n|--dry-run|--show-depends|-D|-c|--showconfig|list|status|show|inspect)$/),
    (words, call) => [
      system('kernel', call, words),
      { kind: 'privilege', how: 'preload', what: `kernel code (${call.name} ${words.join(' ')})` },
    ],
    { allow: ['modprobe -n loop', 'dkms status'], deny: ['modprobe evil', 'insmod ./x.ko', 'rmmod loop'] },
  ),
  lookOrChange(
    ['shutdown', 'reboot', 'halt', 'poweroff', 'init', 'telinit', 'kexec', 'pm-suspend', 'pm-hibernate'],
    (words) => has(words, /^(-c|--show|-k|-l)$/),
    (words, call) => [system('shutdown', call, words)],
    {
      allow: ['shutdown -c', 'shutdown --help'],
      deny: ['shutdown -h now', 'reboot', 'init 0', 'poweroff', 'halt -p', 'kexec -e'],
    },
  ),
  lookOrChange(
    [
      'hostnamectl',
      'timedatectl',
      'localectl',
      'hwclock',
      'ntpdate',
      'chronyc',
      'ntpq',
      'sntp',
      'rdate',
      'pmset',
      'nvram',
      'efibootmgr',
      'bless',
      'grub-install',
      'update-grub',
      'grub-mkconfig',
      'grub2-mkconfig',
      'update-initramfs',
      'dracut',
      'mkinitcpio',
      'fwupdmgr',
      'flashrom',
      'update-alternatives',
      'alternatives',
      'ldconfig',
      'locale-gen',
      'dpkg-reconfigure',
      'update-ca-certificates',
      'update-ca-trust',
      'trust',
      'swapon',
      'swapoff',
      'mkswap',
      'cpupower',
      'renice',
      'tuned-adm',
      'quotaon',
      'setquota',
      'edquota',
      'softwareupdate',
      'xcode-select',
    ],
    (words, call) =>
      /^(ntpq)$/.test(call.name) ||
      (/^(hostnamectl|timedatectl|localectl|pmset|efibootmgr|hwclock|cpupower|chronyc)$/.test(call.name) &&
        operandsOf(words).length === 0 &&
        !has(words, /^(-w|-s|--systohc|--hctosys|--set|-B|-c|-o|-a)$/)) ||
      has(
        words,
        /^(status|show|list|list-[a-z-]+|-g|--get|-l|--list|--display|--query|-p|--print|-p=.*|get-[a-z-]+|-r|--show|tracking|sources|--list-selections|timesync-status|-s|--summary)$/,
      ),
    (words, call) => {
      if (/^(timedatectl|hwclock|ntpdate|sntp|rdate|chronyc)$/.test(call.name)) return [system('time', call, words)];
      if (/^(update-ca-certificates|update-ca-trust|trust)$/.test(call.name))
        return [weaken('which certificates this machine trusts')];
      return [system('settings', call, words)];
    },
    {
      allow: [
        'hostnamectl',
        'timedatectl status',
        'pmset -g',
        'efibootmgr',
        'xcode-select -p',
        'update-alternatives --list java',
      ],
      deny: ['update-ca-certificates'],
      unsettled: [
        'timedatectl set-ntp false',
        'nvram boot-args=-v',
        'hostnamectl set-hostname x',
        'renice -n 19 4711',
        'update-grub',
      ],
    },
  ),
];

/** Removes the mark that makes the system check a downloaded program. */
const attributes: Program = lookOrChange(
  ['xattr', 'SetFile'],
  (words, call) => call.name === 'xattr' && !has(words, /^-[a-z]*[dwc]/),
  (words, call) =>
    has(words, /quarantine|provenance/) || (call.name === 'xattr' && has(words, /^-[a-z]*c/))
      ? [weaken('the quarantine mark of a downloaded program')]
      : call.args.slice(-1).map(
          (word): EffectDraft => ({
            kind: 'fs.mode',
            path:
              word.value.kind === 'known'
                ? known(
                    word.value.text.startsWith('/')
                      ? word.value.text
                      : `${call.cwd.kind === 'known' ? call.cwd.text : ''}/${word.value.text}`,
                  )
                : word.value,
            mode: known(words.slice(0, -1).join(' ')),
            recursive: has(words, /^-[a-z]*R/),
            what: 'attributes',
          }),
        ),
  { allow: ['xattr -l app.dmg', 'xattr file.txt'], deny: ['xattr -d com.apple.quarantine tool', 'xattr -cr Tool.app'] },
);

export const machinePrograms: readonly Program[] = [...interfaces, firewalls, access, ...kernel, attributes];
