// Describes password managers and secret stores: what lists names, what shows a secret, what changes one.
import type { Lowering, Program } from '../../core/program.ts';
import { harmless, literal, opaque } from '../kit.ts';
import { entries } from '../table.ts';
import { asksHelp, type Grammar, platform } from './grammar.ts';
import { isLocalAddress } from './verbs.ts';

const runner =
  (names: readonly string[]) =>
  (
    command: { readonly words: readonly string[] },
    call: Parameters<NonNullable<Grammar['special']>>[1],
  ): Lowering | undefined => {
    const dashes = call.args.findIndex((word) => literal(word) === '--');
    if (!names.includes(command.words[0] ?? '') || dashes < 0) return undefined;
    return {
      effects: [
        {
          kind: 'cloud',
          provider: call.name,
          service: 'secrets',
          operation: 'run',
          action: 'exec',
          target: { kind: 'known', text: '' },
        },
      ],
      runs: [{ kind: 'argv', argv: call.args.slice(dashes + 1), via: `${call.name} run` }],
    };
  };

const vault: Grammar = {
  names: ['vault', 'bao'],
  provider: 'vault',
  options: {
    style: 'words',
    flags: entries('-non-interactive | -dev'),
    optional: entries(
      '-address | -namespace | -token | -format | -field | -mount | -version | -method | -path | -ca-cert',
    ),
  },
  commands: {
    local: 'version | policy fmt | path-help ',
    read: 'status | list | kv list | secrets list | auth list | policy list | policy read | audit list | kv metadata get | lease lookup | operator raft list-peers | operator members | plugin list | namespace list | token capabilities | kv get -help | version-history | events',
    secret:
      'read | kv get | token create | token lookup | unwrap | operator init | operator generate-root | operator rotate | operator rekey | ssh | pki | transit | operator raft snapshot | kv export',
    login: 'login | auth',
    grant: 'policy write | auth enable | auth tune',
    delete: 'delete | kv delete | kv destroy | policy delete | token revoke | lease revoke | kv metadata delete',
    destroy:
      'secrets disable | auth disable | audit disable | operator seal | namespace delete | operator step-down | secrets move',
    update:
      'write | kv put | kv patch | kv undelete | kv rollback | secrets enable | secrets tune | audit enable | operator unseal | token renew | lease renew | plugin | namespace create | kv metadata put | patch | wrap | kv enable-versioning',
    serve: 'server | agent | proxy | debug | monitor',
  },
  local: (command, call) =>
    isLocalAddress(literal(command.parsed.value('-address') ?? call.env('VAULT_ADDR')) ?? 'not known') &&
    !/^(read|kv get)/.test(command.path.join(' ')),
  examples: {
    allow: ['vault status', 'vault kv list secret/', 'vault server -dev', 'vault policy list'],
    deny: [
      'vault kv get secret/shop',
      'vault read database/creds/app',
      'vault kv metadata delete secret/shop',
      'vault audit disable file',
      'vault token create',
    ],
    unsettled: ['vault kv put secret/shop a=b', 'vault login', 'vault frob'],
  },
};

const op: Grammar = {
  names: ['op'],
  provider: '1password',
  options: {
    flags: entries('--cache | --no-color | --debug | --iso-timestamps | --reveal'),
    values: entries(
      '--account | --vault | --format | --session | --config | --fields | --env-file | --in-file -i | --out-file -o | --tags | --categories',
    ),
  },
  commands: {
    local: 'completion | --version',
    read: 'item list | vault list | account list | whoami | user list | group list | document list | vault get | account get | user get | template list | item template list | connect server list',
    secret:
      'read | item get | document get | inject | item share | get | service-account create | connect token create',
    login: 'signin | signout | account add | account forget',
    grant: 'vault user grant | vault group grant | group user grant | user provision | user confirm',
    delete: 'item delete | document delete | vault delete | user delete | group delete',
    update:
      'item create | item edit | document create | document edit | vault create | vault edit | user edit | user suspend | user reactivate | item move | group create | group edit | events-api create | plugin',
    exec: 'run',
  },
  special: runner(['run']),
  examples: {
    allow: ['op item list', 'op whoami', 'op vault list'],
    deny: ['op read op://Private/aws/key', 'op item get stripe --reveal', 'op item delete stripe'],
    unsettled: ['op run -- npm test', 'op signin', 'op item create --category login'],
  },
};

const bitwarden: Grammar = {
  names: [
    'bw',
    'bws',
    'lpass',
    'keeper',
    'dashlane',
    'dcli',
    'keepassxc-cli',
    'gopass',
    'passage',
    'prs',
    'rbw',
    'akeyless',
    'conjur',
    'phase',
  ],
  provider: 'secret store',
  options: {
    flags: entries('--pretty | --raw | --quiet | --no-pager | --plain | --json | --silent'),
    values: entries(
      '--session | --project -p | --config -c | --env -e | --token -t | --folderid | --search | --format | --path | --projectId',
    ),
  },
  commands: {
    read: 'status | list folders | list organizations | list collections | folder list | project list | version | sync | ls | projects | environments | environments get | configs | me | whoami | list-services | find | search | activity | settings',
    secret:
      'get | show | list | list items | export | secrets | secret | secret list | secret get | secrets get | secrets download | secrets list | read | clip | print | login-token | cat | exec-show | code | search --show | db-show | password | p | keys | pull | decrypt',
    login: 'login | logout | unlock | lock | setup | init | unlocked | link | register',
    delete: 'delete | rm | secret delete | secrets delete',
    update:
      'create | edit | write | generate | insert | restore | import | add | secret create | secret edit | secrets set | secrets upload | mv | cp | share | send | push | encrypt',
    exec: 'run | exec | env | ssh',
  },
  special: runner(['run', 'exec']),
  examples: {
    allow: ['bw status'],
    deny: ['bw get password stripe', 'bw export --format json'],
    unsettled: ['bw unlock'],
  },
};

const sops: Program = {
  names: ['sops'],
  lower: (call) => {
    if (asksHelp(call.args)) return harmless('sops help');
    const words = call.args.map(literal);
    if (words.some((word) => word === undefined)) return { effects: [opaque('an argument of sops is not known')] };
    if (words.some((word) => /^(-d|--decrypt|decrypt|edit|exec-env|exec-file)$/.test(word ?? '')))
      return {
        effects: [
          {
            kind: 'secret.read',
            what: 'a file encrypted with sops',
            shown: !words.includes('-i') && !words.includes('--in-place'),
          },
        ],
        output: { taints: [{ label: 'secret', from: 'sops' }] },
      };
    if (words.some((word) => /^(filestatus|--version)$/.test(word ?? ''))) return harmless('sops');
    return { effects: [opaque('sops changes encrypted files')] };
  },
  examples: { allow: ['sops --version'], unsettled: ['sops -e -i secrets.enc.yaml'] },
};

export const vaultPrograms: readonly Program[] = [...[vault, op, bitwarden].map(platform), sops];
