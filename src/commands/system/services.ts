// Turns argv of service managers and schedulers into effects; knows nothing of policy.
import { parseArgs } from '../../core/options.ts';
import type { EffectDraft, Lowering, Program } from '../../core/program.ts';
import { known, mergeTaints, text } from '../../core/value.ts';
import { at, harmless, inspect, literal, opaque, reads } from '../kit.ts';
import { asksAbout, lookOrChange, operandsOf, system, wordsOf } from './verbs.ts';

const persists = (how: Extract<EffectDraft, { kind: 'persist' }>['how'], what: string): EffectDraft => ({
  kind: 'persist',
  how,
  what: known(what),
});

const SYSTEMCTL_READS =
  /^(status|show|cat|help|list-[a-z-]+|is-[a-z-]+|get-default|get-property|show-environment|log-level|log-target|whoami|)$/;
const SYSTEMCTL_LASTING =
  /^(enable|reenable|link|preset|preset-all|add-wants|add-requires|edit|set-default|unmask|revert)$/;
const SYSTEMCTL_POWER =
  /^(poweroff|reboot|halt|kexec|soft-reboot|suspend|hibernate|hybrid-sleep|sleep|emergency|rescue|isolate|exit|switch-root|default)$/;
/** Services that watch or protect the machine. */
const PROTECTION =
  /^(auditd|apparmor|firewalld|ufw|nftables|iptables|fail2ban|rsyslog|syslog|systemd-journald|clamav[\w-]*|falcon-sensor|crowdstrike|osqueryd|wazuh-agent|auoms|mdatp|sysmon|apport|falco[\w-]*|santa|sentinelone|sentinelagent|cbdaemon|cbagentd|ossec[\w-]*|snort|suricata|crowdsec|sshguard|psad|ipset|shorewall|netfilter-persistent|nessusagent|qualys-cloud-agent|samhain|aide|tripwire|selinux-[\w-]+)(\.service)?$/;

const systemctl = lookOrChange(
  ['systemctl'],
  (words) => SYSTEMCTL_READS.test(operandsOf(words)[0] ?? '') && !words.some((word) => /^(-H|--host|-M)/.test(word)),
  (words, call) => {
    const [verb = '', ...units] = operandsOf(words);
    if (SYSTEMCTL_POWER.test(verb)) return [system('shutdown', call, words)];
    if (/^(stop|disable|mask|kill|freeze)$/.test(verb) && units.some((unit) => PROTECTION.test(unit)))
      return [{ kind: 'weaken', what: `the service ${units.join(', ')}` }];
    if (SYSTEMCTL_LASTING.test(verb) && verb !== 'unmask') return [persists('service', units.join(' ') || verb)];
    return [system('service', call, words)];
  },
  {
    allow: [
      'systemctl status nginx',
      'systemctl list-units --type=service',
      'systemctl --user is-active pulseaudio',
      'systemctl cat sshd',
      'systemctl --version',
    ],
    deny: [
      'systemctl enable backdoor.service',
      'systemctl --user enable --now sync.timer',
      'systemctl reboot',
      'systemctl stop auditd',
      'systemctl isolate rescue.target',
    ],
    unsettled: [
      'systemctl restart nginx',
      'systemctl stop postgresql',
      'systemctl daemon-reload',
      'systemctl "$VERB" nginx',
    ],
  },
);

const service = lookOrChange(
  ['service', 'rc-service', 'sv', 'initctl', 'supervisorctl', 'invoke-rc.d', 's6-svc', 'monit'],
  (words) => words.some((word) => /^(status|--status-all|avail|list|-s|-l)$/.test(word)) || words.length === 0,
  (words, call) =>
    words.some((word) => PROTECTION.test(word)) && words.includes('stop')
      ? [{ kind: 'weaken', what: `the service ${words[0]}` }]
      : [system('service', call, words)],
  {
    allow: ['service nginx status', 'service --status-all', 'supervisorctl status'],
    deny: ['service auditd stop'],
    unsettled: ['service nginx restart', 'supervisorctl restart all'],
  },
);

const boot = lookOrChange(
  ['update-rc.d', 'chkconfig', 'rc-update', 'sysrc', 'insserv', 'systemd-sysusers', 'ntsysv'],
  (words) => words.some((word) => /^(--list|show|-a|status)$/.test(word)),
  (words, call) =>
    words.some((word) => /^(disable|remove|off|delete|del|-f|--del|-x)$/.test(word))
      ? [system('service', call, words)]
      : [persists('service', words.join(' '))],
  {
    allow: ['chkconfig --list', 'rc-update show'],
    deny: ['update-rc.d backdoor defaults', 'chkconfig backdoor on'],
    unsettled: ['update-rc.d mysql disable'],
  },
);

const launchctl = lookOrChange(
  ['launchctl'],
  (words) =>
    /^(list|print|print-cache|print-disabled|blame|dumpstate|managerpid|manageruid|managername|hostinfo|resolveport|procinfo|getenv|limit|error|variant|version|help|)$/.test(
      operandsOf(words)[0] ?? '',
    ),
  (words, call) => {
    const [verb = '', ...rest] = operandsOf(words);
    if (/^(load|bootstrap|enable|submit|start|kickstart|asuser|bsexec)$/.test(verb))
      return /^(start|kickstart)$/.test(verb)
        ? [system('service', call, words)]
        : [persists('service', rest.at(-1) ?? verb)];
    return verb === 'reboot' ? [system('shutdown', call, words)] : [system('service', call, words)];
  },
  {
    allow: ['launchctl list', 'launchctl print gui/501'],
    deny: ['launchctl load ~/Library/LaunchAgents/dev.sync.plist', 'launchctl bootstrap gui/501 /tmp/a.plist'],
    unsettled: ['launchctl stop dev.sync', 'launchctl setenv A b'],
  },
);

const crontab: Program = {
  names: ['crontab', 'fcrontab'],
  lower: (call): Lowering => {
    const words = wordsOf(call);
    if (asksAbout(words)) return harmless('crontab');
    if (words.includes('-l')) return harmless('the cron table');
    const file = call.args.find(
      (word, index) => (literal(word) === '-' || !(literal(word) ?? '').startsWith('-')) && words[index - 1] !== '-u',
    );
    const what = words.includes('-r') ? 'the removal of the cron table' : 'a cron table';
    return { effects: [...(file ? reads(call, [file]) : []), persists('cron', what)] };
  },
  examples: {
    allow: ['crontab -l', 'crontab -l -u dev'],
    deny: ['crontab jobs.txt', 'echo "* * * * * ~/x.sh" | crontab -', 'crontab -r', 'crontab -e'],
  },
};

const at_: Program = {
  names: ['at', 'batch', 'atq', 'atrm'],
  lower: (call): Lowering => {
    const words = wordsOf(call);
    if (call.name === 'atq' || words.some((word) => /^-(l|V|c)$/.test(word))) return harmless('scheduled jobs');
    if (call.name === 'atrm' || words.some((word) => /^-[dr]$/.test(word)))
      return { effects: [system('service', call, words)] };
    return { effects: [persists('cron', `a job at ${words.join(' ') || 'a later time'}`)] };
  },
  examples: {
    allow: ['atq', 'at -l'],
    deny: ['echo ./x.sh | at now + 5 minutes', 'at -f x.sh midnight', 'echo ./x.sh | batch'],
    unsettled: ['atrm 3'],
  },
};

const logger: Program = {
  names: ['logger'],
  lower: (call) => {
    const taints = mergeTaints(call.stdin.taints, ...call.args.map((word) => word.taints));
    return {
      effects: [
        { kind: 'print', taints, what: 'the log of the system' },
        ...reads(
          call,
          parseArgs(call.args, {
            values: ['-f --file', '-t --tag', '-p --priority', '-n --server', '-P --port', '-u --socket'],
          }).all('-f'),
        ),
      ],
      output: { taints: [] },
    };
  },
  examples: { allow: ['logger "deploy done"', 'logger -t app started'], unsettled: ['cat .env | logger'] },
};

const journal = lookOrChange(
  ['journalctl', 'dmesg', 'log', 'logcli'],
  (words, call) =>
    !words.some(
      (word) =>
        /^(--vacuum-|--rotate|--flush|--sync|--relinquish|--update-catalog|--setup-keys|-C$|-c$|--clear|--read-clear|-n$|--console-level|-D$|-E$|erase|config|cl$|clear-log)/.test(
          word,
        ) &&
        !(word === '-n' && call.name !== 'dmesg') &&
        !(word === '-c' && call.name !== 'dmesg'),
    ),
  (words) => [{ kind: 'weaken', what: `the system's logs (${words.join(' ')})` }],
  {
    allow: ['journalctl -u nginx -n 50 --no-pager', 'journalctl -f -u app', 'dmesg | tail', 'log show --last 5m'],
    deny: ['journalctl --vacuum-time=1s', 'dmesg -C', 'log erase --all'],
  },
);

/** Makes a program's file outlive the session, by the service file it is given. */
const units: Program = {
  names: ['systemd-tmpfiles', 'loginctl', 'systemd-firstboot', 'systemd-machine-id-setup', 'machinectl'],
  lower: (call) => {
    const words = wordsOf(call);
    const [verb = ''] = operandsOf(words);
    if (asksAbout(words) || /^(list|list-[a-z]+|[a-z]+-status|status|show|show-[a-z]+|)$/.test(verb))
      return harmless(call.name);
    if (verb === 'enable-linger') return { effects: [persists('service', 'lingering user services')] };
    if (/^(terminate|kill|poweroff|reboot|lock)/.test(verb)) return { effects: [system('shutdown', call, words)] };
    return {
      effects: [
        /^(shell|login|start|run)$/.test(verb)
          ? opaque(`${call.name} ${verb} is not read`)
          : system('settings', call, words),
      ],
    };
  },
  examples: {
    allow: ['loginctl list-sessions', 'loginctl session-status'],
    deny: ['loginctl enable-linger dev', 'loginctl terminate-user dev'],
    unsettled: ['machinectl shell build'],
  },
};

/** Long-running watchers that a developer starts by hand and that keep a list of programs. */
const keepers: Program = {
  names: ['anacron', 'incrontab', 'fcron', 'cronie', 'crond', 'cron', 'atd'],
  lower: (call) => {
    const words = wordsOf(call);
    if (asksAbout(words) || words.includes('-l') || words.includes('-T')) return { effects: [inspect(call.name)] };
    const file = call.args.at(-1);
    return {
      effects: [
        ...(file && /[/.]/.test(text(file.value) ?? '')
          ? [{ kind: 'fs.read' as const, path: at(call, file), use: 'content' as const }]
          : []),
        persists('cron', `${call.name} ${words.join(' ')}`.trim()),
      ],
    };
  },
  examples: { allow: ['incrontab -l', 'anacron -T'], deny: ['incrontab jobs.txt', 'crond'] },
};

export const servicePrograms: readonly Program[] = [
  systemctl,
  service,
  boot,
  launchctl,
  crontab,
  at_,
  logger,
  journal,
  units,
  keepers,
];
