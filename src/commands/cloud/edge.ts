// Describes the command lines of what stands before a site: name servers, certificates and content networks.
import { parseArgs } from '../../core/options.ts';
import type { EffectDraft, Program } from '../../core/program.ts';
import { known, text } from '../../core/value.ts';
import { loadsFromElsewhere } from '../elsewhere.ts';
import { harmless, literal } from '../kit.ts';
import { entries } from '../table.ts';
import { asksHelp, type Grammar, platform } from './grammar.ts';

const EDGES: readonly Grammar[] = [
  {
    names: ['certbot', 'certbot-auto', 'letsencrypt'],
    provider: 'certificates',
    options: {
      flags: entries(
        '--dry-run | --test-cert --staging | --non-interactive -n | --agree-tos | --quiet -q | --force-renewal | --nginx | --apache | --standalone | --webroot | --manual | --expand | --redirect | --no-eff-email | --keep-until-expiring | --reuse-key | --verbose -v | --delete-after-revoke | --no-self-upgrade',
      ),
      values: entries(
        '--domains --domain -d | --email -m | --cert-name | --cert-path | --key-path | --webroot-path -w | --config-dir | --work-dir | --logs-dir | --preferred-challenges | --server | --reason | --deploy-hook | --pre-hook | --post-hook | --config -c',
      ),
      abbreviations: false,
    },
    commands: {
      read: 'certificates | plugins | show_account',
      update:
        'run | certonly | renew | install | enhance | register | reconfigure | rollback | update_account | update_symlinks',
      delete: 'revoke | delete | unregister',
    },
    bare: 'update',
    local: (command, call) =>
      command.parsed.has('--dry-run') && !call.args.some((word) => /-hook(=|$)/.test(literal(word) ?? '')),
    examples: {
      allow: ['certbot certificates', 'certbot renew --dry-run'],
      deny: ['certbot revoke --cert-name shop.example', 'certbot delete --cert-name shop.example'],
      unsettled: [
        'certbot renew',
        'certbot --nginx -d shop.example',
        'certbot renew --dry-run --pre-hook "systemctl stop nginx"',
        'certbot renew --dry-run --manual-auth-hook ./x.sh',
      ],
    },
  },
  {
    names: ['lego'],
    provider: 'certificates',
    options: {
      flags: entries('--accept-tos -a | --http | --tls | --pem | --pfx'),
      values: entries(
        '--email -m | --domains -d | --dns | --path | --server -s | --key-type -k | --csr -c | --http.port | --http.webroot | --dns.resolvers',
      ),
    },
    commands: { read: 'list | dnshelp', update: 'run | renew', delete: 'revoke' },
    examples: {
      allow: ['lego list'],
      deny: ['lego --email a@shop.example --domains shop.example revoke'],
      unsettled: ['lego --email a@shop.example --domains shop.example --dns route53 run'],
    },
  },
  {
    names: ['dnscontrol'],
    provider: 'dns',
    commands: {
      read: 'preview | check | print-ir | version | check-creds | get-zones --help',
      local: 'fmt | write-types',
      deploy: 'push',
      update: 'get-zones | get-certs | create-domains',
    },
    examples: {
      allow: ['dnscontrol preview', 'dnscontrol check'],
      deny: ['dnscontrol push'],
      unsettled: ['dnscontrol create-domains'],
    },
  },
  {
    names: ['octodns-sync'],
    provider: 'dns',
    options: {
      flags: entries('--doit | --force | --quiet'),
      values: entries('--config-file | --target | --source | --plan-output-file'),
    },
    commands: {},
    special: (command, call) => ({
      effects: [
        ...loadsFromElsewhere(call, command.parsed.all('--config-file')),
        command.parsed.has('--doit')
          ? { kind: 'deploy', platform: 'dns', environment: 'production', what: 'octodns-sync --doit' }
          : { kind: 'inspect', what: 'octodns-sync plans' },
      ],
    }),
    examples: { allow: ['octodns-sync --config-file dns.yaml'], deny: ['octodns-sync --config-file dns.yaml --doit'] },
  },
  {
    names: ['octodns-compare', 'octodns-report', 'octodns-validate', 'octodns-versions'],
    provider: 'dns',
    commands: {},
    bare: 'read',
    examples: { allow: ['octodns-validate --config-file dns.yaml'] },
  },
  {
    names: ['flarectl', 'pdnsutil', 'bunny', 'gandi', 'namecheap-cli', 'dnsimple', 'akamai'],
    provider: 'dns',
    options: {
      flags: entries('--json | --yes -y | --force -f | --everything'),
      values: entries(
        '--zone | --id | --name | --type | --content | --account-id | --section -s | --edgerc -e | --network',
      ),
      abbreviations: false,
    },
    commands: { deploy: 'property-manager activate-version | property activate', secret: 'show-key | export-zone-key' },
    otherwise: 'verb',
    examples: {
      allow: ['flarectl zone list', 'pdnsutil list-all-zones'],
      deny: [
        'flarectl dns delete --zone shop.example --id 1',
        'flarectl zone purge --zone shop.example --everything',
        'pdnsutil delete-zone shop.example',
      ],
      unsettled: ['flarectl dns create --zone shop.example --name a --type A --content 192.0.2.1', 'flarectl frob'],
    },
  },
  {
    names: ['fastly'],
    provider: 'fastly',
    options: {
      flags: entries(
        '--all | --force | --json -j | --verbose -v | --accept-defaults -d | --auto-yes -y | --non-interactive -i | --soft',
      ),
      values: entries(
        '--service-id -s | --service-name | --token -t | --version | --profile -o | --key | --url | --name -n | --file',
      ),
      abbreviations: false,
    },
    commands: {
      local:
        'compute build | compute init | compute serve | compute validate | compute pack | compute metadata | compute hash-files | version',
      read: 'whoami | pops | ip-list | log-tail | stats | service-version list | config -l | profile list',
      secret: 'profile token | auth-token create | auth-token list | secret-store-entry describe | config',
      login: 'profile | sso | authtoken',
      deploy:
        'compute deploy | compute publish | compute update | service-version activate | service-version deactivate',
      destroy: 'purge',
      grant: 'service-auth | user create | user update',
    },
    otherwise: 'verb',
    examples: {
      allow: ['fastly service list', 'fastly compute build'],
      deny: ['fastly purge --all --service-id s', 'fastly service delete --service-id s', 'fastly compute publish'],
      unsettled: ['fastly backend create --name shop', 'fastly frob'],
    },
  },
  {
    names: ['step', 'step-cli'],
    provider: 'certificates',
    options: {
      flags: entries('--short | --bundle | --force -f'),
      values: entries('--ca-url | --root | --format | --ca-config'),
    },
    commands: {
      read: 'certificate inspect | certificate verify | certificate fingerprint | certificate lint | certificate needs-renewal | ca health | ca roots | ca provisioner list | ca admin list | crypto jwt inspect | version | path | context list',
      secret: 'ca token | crypto key | ssh login | oauth',
      grant: 'ca provisioner | ca admin | ca policy',
      delete: 'ca revoke | ssh revoke | certificate uninstall',
      create:
        'certificate create | certificate sign | ca certificate | ca renew | ca sign | ca init | ca bootstrap | crypto keypair | certificate bundle | certificate p12',
    },
    examples: {
      allow: ['step certificate inspect tls.crt'],
      deny: ['step ca revoke 1234', 'step ca provisioner add ci'],
      unsettled: ['step ca certificate shop.example tls.crt tls.key', 'step frob'],
    },
  },
];

const acme: Program = {
  names: ['acme.sh'],
  lower: (call) => {
    if (asksHelp(call.args)) return harmless('acme.sh help');
    const words = call.args.map(literal);
    const has = (pattern: RegExp): boolean => words.some((word) => word !== undefined && pattern.test(word));
    const action = has(/^--(revoke|remove|deactivate|deactivate-account|uninstall|uninstall-cronjob)$/)
      ? 'delete'
      : 'update';
    if (action === 'update' && words.length === 1 && has(/^(--list|--version|-v|--info)$/))
      return harmless('acme.sh lists');
    return {
      effects: [
        {
          kind: 'cloud',
          provider: 'certificates',
          service: 'acme.sh',
          operation: action,
          action,
          target: parseArgs(call.args, { values: ['-d --domain'] }).value('-d')?.value ?? known(''),
        },
      ],
    };
  },
  examples: {
    allow: ['acme.sh --list'],
    deny: ['acme.sh --revoke -d shop.example', 'acme.sh --remove -d shop.example'],
    unsettled: ['acme.sh --issue -d shop.example --dns dns_cf', 'acme.sh --cron'],
  },
};

const nsupdate: Program = {
  names: ['nsupdate'],
  lower: (call) => {
    if (call.args.length === 1 && /^-[Vh]$/.test(literal(call.args[0]) ?? '')) return harmless('nsupdate');
    const fed = text(call.stdin.text) ?? '';
    const change = (action: 'update' | 'delete'): EffectDraft => ({
      kind: 'cloud',
      provider: 'dns',
      service: 'zone',
      operation: 'nsupdate',
      action,
      target: known(''),
    });
    return { effects: [change(/^\s*(update\s+)?del(ete)?\s/im.test(fed) ? 'delete' : 'update')] };
  },
  examples: {
    allow: ['nsupdate -V'],
    deny: ['printf "update delete shop.example A\\nsend\\n" | nsupdate -k key.conf'],
    unsettled: ['nsupdate -k key.conf changes.txt'],
  },
};

export const edgePrograms: readonly Program[] = [...EDGES.map(platform), acme, nsupdate];
