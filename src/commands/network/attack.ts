// Turns argv of scanners, crackers and sniffers into effects; knows nothing of policy.
import { ATTACK_TOOLS, attackOf } from '../../core/attack-tools.ts';
import { hostOf, isLoopback } from '../../core/host.ts';
import type { EffectDraft, Program } from '../../core/program.ts';
import { prefixOf, show } from '../../core/value.ts';
import { carries, harmless, inspect, literal, opaque, writes } from '../kit.ts';

const asksOnly = (words: readonly string[]): boolean =>
  words.length > 0 && words.every((word) => /^-{1,2}(version|help|h|V|hh)$/.test(word));

const attack: Program = {
  names: ATTACK_TOOLS,
  lower: (call) => {
    if (asksOnly(call.args.map((word) => literal(word) ?? ''))) return harmless(call.name);
    return { effects: [{ kind: 'attack', what: `${call.name}, which ${attackOf(call.name) ?? 'attacks'}` }] };
  },
  examples: {
    allow: ['hashcat --version', 'sqlmap --help'],
    deny: [
      'hydra -l admin -P words.txt ssh://198.51.100.4',
      'masscan 198.51.100.0/24 -p0-65535',
      'john hashes.txt',
      'sqlmap -u "https://shop.example/?id=1" --dump',
    ],
  },
};

/** Load generators and scanners that have everyday uses against one's own machine. */
const scanners: Program = {
  names: [
    'nmap',
    'zenmap',
    'ab',
    'wrk',
    'wrk2',
    'hey',
    'siege',
    'bombardier',
    'vegeta',
    'k6',
    'artillery',
    'oha',
    'autocannon',
    'locust',
  ],
  lower: (call) => {
    const words = call.args.map((word) => literal(word) ?? '');
    if (asksOnly(words)) return harmless(call.name);
    if (words.length === 1 && words[0] === 'version') return harmless(call.name);
    if (/^(k6|artillery|locust)$/.test(call.name)) return { effects: [opaque(`${call.name} runs a script`)] };
    const targets = call.args.filter(
      (word) => /[.:]|^localhost/.test(prefixOf(word.value)) && !prefixOf(word.value).startsWith('-'),
    );
    const known = targets.flatMap((word) => hostOf(literal(word) ?? '') ?? []);
    const local = known.length > 0 && known.length === targets.length && known.every(isLoopback);
    const effects: EffectDraft[] = local
      ? [inspect(call.name)]
      : [{ kind: 'attack', what: `${call.name} of ${targets[0] ? show(targets[0].value) : 'a host'}` }];
    if (words.some((word) => /^(--script|-s[CV]*C|-A$|--datadir)/.test(word)) && call.name === 'nmap')
      effects.push(opaque('nmap scripts run'));
    call.args.forEach((word, index) => {
      const out = /^-o[NXSGAo]$/.test(literal(word) ?? '') ? call.args[index + 1] : undefined;
      if (out) effects.push(...writes(call, [out]));
    });
    return { effects };
  },
  examples: {
    allow: [
      'nmap -p 3000,8080 localhost',
      'wrk -t2 -c10 -d5s http://127.0.0.1:3000/',
      'autocannon http://localhost:8080',
      'k6 version',
    ],
    deny: ['nmap -sS 198.51.100.0/24'],
    unsettled: ['k6 run load.js'],
  },
};

/** Captures what others send over the network. */
const sniffers: Program = {
  names: [
    'tcpdump',
    'tshark',
    'dumpcap',
    'ngrep',
    'wireshark',
    'mitmproxy',
    'mitmdump',
    'mitmweb',
    'tcpflow',
    'termshark',
    'urlsnarf',
    'sslsplit',
  ],
  lower: (call) => {
    const words = call.args.map((word) => literal(word) ?? '');
    if (asksOnly(words) || words.some((word) => /^(-D|--list-interfaces)$/.test(word))) return harmless(call.name);
    const reading = words.findIndex((word) => word === '-r' || word === '--read-file');
    const runs =
      words.some((word) => /^(-z$|--postrotate-command|-X$|-s$|--scripts?)/.test(word)) && call.name !== 'tshark';
    const effects: EffectDraft[] =
      reading >= 0 ? [inspect('a capture file')] : [{ kind: 'attack', what: `${call.name}, which captures traffic` }];
    if (runs) effects.push(opaque(`${call.name} can run a program`));
    call.args.forEach((word, index) => {
      const next = call.args[index + 1];
      if (/^(-z|--postrotate-command)$/.test(literal(word) ?? '') && call.name === 'tcpdump' && next)
        effects.push(carries(call, '-z', next));
      if (/^-w$/.test(literal(word) ?? '') && next) effects.push(...writes(call, [next]));
    });
    return { effects };
  },
  examples: {
    allow: ['tcpdump -D', 'tcpdump -r trace.pcap', 'tshark --version'],
    deny: ['tcpdump -i lo -z ./x.sh -w a.pcap'],
    unsettled: ['tcpdump -i eth0 port 80'],
  },
};

export const attacks: readonly Program[] = [attack, scanners, sniffers];
