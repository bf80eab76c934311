// Describes password managers and secret stores: what lists names, what shows a secret, what changes one.
import type { Word } from '../../core/invocation.ts';
import type { Lowering, Program } from '../../core/program.ts';
import { known } from '../../core/value.ts';
import { harmless, literal, opaque } from '../kit.ts';
import { entries } from '../table.ts';
import { asksHelp, type Grammar, platform } from './grammar.ts';
import { isLocalAddress } from './verbs.ts';

/** A program that shows its whole environment. */
const printsAll = (argv: readonly Word[]): boolean =>
  /^(printenv|export|set)$/.test(literal(argv[0]) ?? '') || (literal(argv[0]) === 'env' && argv.length === 1);

const runner =
  (names: readonly string[]) =>
  (
    command: { readonly words: readonly string[] },
    call: Parameters<NonNullable<Grammar['special']>>[1],
  ): Lowering | undefined => {
    const dashes = call.args.findIndex((word) => literal(word) === '--');
    if (!names.includes(command.words[0] ?? '') || dashes < 0) return undefined;
    const payload = call.args.slice(dashes + 1);
    return {
      effects: [
        ...(printsAll(payload)
          ? [
              {
                kind: 'secret.read' as const,
                what: `everything that ${call.name} puts into the environment`,
                shown: true,
              },
            ]
          : []),
        {
          kind: 'cloud',
          provider: call.name,
          service: 'secrets',
          operation: 'run',
          action: 'exec',
          target: { kind: 'known', text: '' },
        },
      ],
      runs: [{ kind: 'argv', argv: payload, via: `${call.name} run` }],
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
  special: (command) =>
    /^(write|patch)$/.test(command.path[0] ?? '') &&
    /^\/?(auth|sys|identity)\//.test(literal(command.operands[0]) ?? '')
      ? {
          effects: [
            {
              kind: 'cloud',
              provider: 'vault',
              service: 'access',
              operation: 'write',
              action: 'grant',
              target: command.operands[0]?.value ?? known(''),
            },
          ],
        }
      : undefined,
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
      'vault write auth/userpass/users/x policies=admin',
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

const hosted = (
  names: readonly string[],
  commands: Grammar['commands'],
  examples: Program['examples'],
  runs: readonly string[] = ['run', 'exec'],
): Grammar => ({
  names,
  options: {
    flags: entries(
      '--plain | --json | --no-file | --silent | --no-read-env | --only-names | --raw | --yes -y | --quiet -q',
    ),
    values: entries(
      '--project -p | --config -c | --env -e | --token -t | --format -f | --path | --projectId | --name -n | --id -i | --backend -b | --scope | --command | --report-path',
    ),
    abbreviations: false,
  },
  commands,
  special: (command, call) =>
    command.words[0] === 'secrets' && command.words.length === 1 && command.parsed.has('--only-names')
      ? harmless(`${call.name} lists names`)
      : command.parsed.has('--report-path')
        ? { effects: [opaque(`${call.name} writes a report to a place that is not read`)] }
        : runner(runs)(command, call),
  examples,
});

const HOSTED: readonly Grammar[] = [
  hosted(
    ['doppler'],
    {
      read: 'configs | configs get | configs list | projects | projects get | environments | environments get | me | activity | settings | configs logs | changelog | open | flags',
      secret:
        'secrets | secrets get | secrets download | secrets substitute | configs tokens | configure get token | configure debug',
      login: 'login | logout | setup | configure | configure set | update',
      delete: 'secrets delete | projects delete | environments delete | configs delete | configs tokens revoke',
      update:
        'secrets set | secrets upload | configs create | configs update | configs clone | configs lock | configs unlock | projects create | projects update | environments create | environments rename | import | secrets notes',
      exec: 'run',
    },
    {
      allow: ['doppler configs', 'doppler secrets --only-names', 'doppler me'],
      deny: [
        'doppler secrets',
        'doppler secrets get STRIPE_KEY --plain',
        'doppler secrets download --no-file',
        'doppler secrets delete STRIPE_KEY -y',
        'doppler run -- printenv',
      ],
      unsettled: ['doppler run -- npm test', 'doppler secrets set A=b', 'doppler login'],
    },
  ),
  hosted(
    ['infisical'],
    {
      local: 'scan | init | reset | vault | scan git-changes | scan install',
      read: 'user get | secrets folders get',
      secret:
        'secrets | secrets get | export | user get token | service-token | dynamic-secrets | ssh issue-credentials',
      login: 'login | logout',
      delete: 'secrets delete | secrets folders delete',
      update: 'secrets set | secrets folders create | secrets generate-example-env',
      exec: 'run | agent | gateway',
    },
    {
      allow: ['infisical scan'],
      deny: [
        'infisical secrets',
        'infisical export --env=prod',
        'infisical secrets delete STRIPE_KEY',
        'infisical run -- env',
      ],
      unsettled: ['infisical run -- npm run dev', 'infisical login'],
    },
  ),
  hosted(
    ['chamber'],
    {
      read: 'list | list-services | history | version | tag read | find',
      secret: 'read | export | env',
      update: 'write | import | tag',
      delete: 'delete',
      exec: 'exec',
    },
    {
      allow: ['chamber list shop'],
      deny: ['chamber read shop stripe_key', 'chamber export shop', 'chamber delete shop stripe_key'],
      unsettled: ['chamber exec shop -- npm start', 'chamber write shop stripe_key -'],
    },
  ),
  {
    ...hosted(
      ['akeyless', 'conjur', 'berglas', 'gcsm', 'dcos-secret', 'delinea', 'tss', 'dsv', 'thycotic'],
      {
        read: 'list-items | list-roles | list | whoami | describe-item | describe-role | resource list | policy get',
        secret:
          'access | get | get-secret-value | get-dynamic-secret-value | get-rotated-secret-value | get-ssh-certificate | get-kube-exec-creds | variable get | secret get | authenticate | user rotate-api-key | host rotate-api-key | get-pki-certificate | auth | read',
        login: 'login | logout | configure | init',
        grant:
          'grant | revoke | policy load | policy replace | policy update | assoc-role-am | set-role-rule | create-auth-method | create-role',
        exec: 'exec',
        update: 'variable set',
      },
      {
        allow: ['akeyless list-items', 'conjur whoami'],
        deny: [
          'akeyless get-secret-value -n /shop/stripe',
          'conjur variable get -i shop/stripe',
          'berglas access shop-secrets/stripe',
          'akeyless delete-item -n /shop/stripe',
        ],
        unsettled: ['conjur variable set -i shop/stripe -v x', 'berglas exec -- npm start'],
      },
    ),
    otherwise: 'verb',
  },
];

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

export const vaultPrograms: readonly Program[] = [...[vault, op, bitwarden, ...HOSTED].map(platform), sops];
