// Turns argv of programs that open this machine to the network, or join it to a private one, into effects; knows nothing of policy.
import type { Call, EffectDraft, Program } from '../../core/program.ts';
import { known, prefixOf, text, type Value } from '../../core/value.ts';
import { harmless, here, inspect, literal, opaque } from '../kit.ts';

const operandsOf = (words: readonly string[]): string[] => words.filter((word) => !word.startsWith('-'));
const asksOnly = (words: readonly string[]): boolean =>
  words.length > 0 && words.every((word) => /^(-{1,2}(version|help|h|V)|version|help)$/.test(word));

/** Verbs that only look. */
const LOOKING =
  /^(version|help|status|list|ls|info|ip|ping|netcheck|whois|diagnose|check|config-check|show|completion|inspect|validate)$/;

const tunnels: Program = {
  names: [
    'frps',
    'chisel',
    'pagekite.py',
    'tunnelto',
    'gotty',
    'ttyd',
    'tmate',
    'sshuttle',
    'expose',
    'loophole',
    'jprq',
    'gost',
    'iodine',
    'dnscat',
    'dnscat2',
    'ptunnel',
    'tor',
  ],
  lower: (call) => {
    const words = call.args.map((word) => literal(word) ?? '');
    const [verb, second] = operandsOf(words);
    if (
      asksOnly(words) ||
      (verb !== undefined &&
        (LOOKING.test(verb) ||
          (second !== undefined && LOOKING.test(second) && /^(tunnel|config|diagnostic)$/.test(verb))))
    )
      return harmless(call.name);
    const effects: EffectDraft[] = [
      {
        kind: 'net.listen',
        what: /^(gotty|ttyd|tmate)$/.test(call.name) ? 'shell' : 'tunnel',
        address: known(call.name),
        exposes: operandsOf(words).join(' ') || 'this machine',
      },
    ];
    return { effects };
  },
  examples: {
    allow: ['frps --version', 'sshuttle --help'],
    deny: ['ttyd bash', 'sshuttle -r ann@198.51.100.4 0/0', 'chisel client 198.51.100.4:8080 R:3000', 'tmate'],
  },
};

const networks: Program = {
  names: [
    'zerotier-cli',
    'netbird',
    'wg',
    'wg-quick',
    'openvpn',
    'nebula',
    'warp-cli',
    'nordvpn',
    'mullvad',
    'vpnc',
    'openconnect',
  ],
  lower: (call) => {
    const words = call.args.map((word) => literal(word) ?? '');
    const [verb, second] = operandsOf(words);
    if (asksOnly(words) || (verb !== undefined && LOOKING.test(verb) && second !== 'reset')) return harmless(call.name);
    return { effects: [{ kind: 'system', action: 'network', what: `${call.name} ${verb ?? ''}`.trim() }] };
  },
  examples: {
    allow: ['wg show', 'zerotier-cli status'],
    unsettled: ['wg-quick up wg0'],
  },
};

/** The folder that is handed out: what an option names, an operand that is a path, or where the server is started. */
function folderOf(call: Call, words: readonly string[]): Value {
  const option = words.findIndex((word) => /^(--?(root|path|dir|directory|r|d|C)|-[A-Za-z]*h)$/.test(word));
  const glued = words.map((word) => /^--(?:root|path|dir|directory)=(.+)$/.exec(word)?.[1]).find((each) => each);
  const path = glued ?? (option < 0 ? operandsOf(words).find((word) => /^[.~/]/.test(word)) : words[option + 1]);
  return here(call, path ?? '.');
}

/** File servers of one command: a folder for whoever can reach the port. */
const servers: Program = {
  names: [
    'miniserve',
    'dufs',
    'simple-http-server',
    'ran',
    'updog',
    'qrcp',
    'webfsd',
    'darkhttpd',
    'woof',
    'droopy',
    'caddy',
    'twistd',
    'nginx',
    'httpd',
    'apache2',
    'apachectl',
    'apache2ctl',
    'lighttpd',
    'smbd',
    'nfsd',
    'vsftpd',
    'sshd',
    'dropbear',
    'in.tftpd',
  ],
  lower: (call) => {
    const words = call.args.map((word) => literal(word) ?? '');
    if (
      asksOnly(words) ||
      words.some((word) =>
        /^(-t|-T|-v|-V|configtest|validate|fmt|list-modules|build-info|environ|adapt|hash-password|-S|-M)$/.test(word),
      )
    )
      return harmless(call.name);
    // Only the httpd of busybox takes a port.
    if (
      /^(nginx|apache2|apachectl|apache2ctl|smbd|nfsd|vsftpd|in\.tftpd)$/.test(call.name) ||
      (call.name === 'httpd' && !words.includes('-p'))
    )
      return { effects: [{ kind: 'system', action: 'service', what: [call.name, ...words].join(' ') }] };
    if (/^(sshd|dropbear)$/.test(call.name))
      return { effects: [{ kind: 'net.listen', what: 'shell', address: known('ssh') }] };
    const local = call.args.some((word) =>
      /^(--?(i|interfaces|bind|a|listen)=?)?(127\.0\.0\.1|localhost)/.test(prefixOf(word.value)),
    );
    const effects: EffectDraft[] = [
      local
        ? inspect(call.name)
        : {
            kind: 'net.listen',
            what: 'server',
            address: known('any'),
            exposes: text(folderOf(call, words)) ?? 'the current folder',
          },
    ];
    if (/^(caddy|twistd)$/.test(call.name)) effects.push(opaque(`the configuration of ${call.name} is not read`));
    return { effects };
  },
  examples: {
    allow: ['nginx -t', 'caddy validate', 'miniserve --version'],
    unsettled: ['miniserve .', 'caddy run', 'nginx -s reload'],
    deny: ['sshd -D -p 2222', 'miniserve /etc', 'cd / && busybox httpd -f -p 8080', 'darkhttpd ~ --port 8080'],
  },
};

export const tunnelPrograms: readonly Program[] = [tunnels, networks, servers];
