// Describes the command lines of smaller clouds by their grammars of nouns and verbs.
import type { Lowering, Program } from '../../core/program.ts';
import { runsHosted } from '../database/hosted.ts';
import { entries } from '../table.ts';
import { type Command, type Grammar, platform } from './grammar.ts';

const COMMON = {
  flags: entries('--force -f | --verbose -v | --wait | --yes -y | --debug | --json | --no-header | --text | --all'),
  values: entries(
    '--output -o | --format | --context | --profile | --config -c | --access-token -t | --region -r | --query | --project -p',
  ),
  abbreviations: false,
};

const doctl: Grammar = {
  names: ['doctl'],
  provider: 'doctl',
  options: COMMON,
  commands: {
    read: 'version | account get | account ratelimit | apps logs | apps list-deployments | apps list | databases connection --help | registry repository list | balance get | billing-history list | apps spec get | apps spec validate',
    secret:
      'databases connection | databases user get | databases user list | kubernetes cluster kubeconfig | registry docker-config | auth token | databases get-ca | registry kubernetes-manifest',
    login: 'auth | registry login | registry logout',
    exec: 'compute ssh | apps console | serverless functions invoke | sandbox',
    destroy:
      'compute droplet delete | compute volume delete | compute snapshot delete | databases delete | databases db delete | kubernetes cluster delete | apps delete | projects delete | compute domain delete | registry delete | spaces delete | compute image delete | registry repository delete',
    deploy: 'apps create-deployment | apps update | apps create | serverless deploy | apps upgrade-buildpack',
    grant:
      'databases firewalls | compute firewall add-rules | compute firewall create | compute ssh-key import | databases user reset',
    update:
      'compute droplet-action | compute volume-action | compute domain records | databases user create | databases migrate',
  },
  otherwise: 'verb',
  groups: 1,
  examples: {
    allow: ['doctl compute droplet list', 'doctl account get', 'doctl apps logs abc', 'doctl databases list'],
    deny: [
      'doctl compute droplet delete web-1',
      'doctl databases user delete abc app',
      'doctl compute domain records delete example.com 42',
      'doctl kubernetes cluster delete main',
      'doctl apps create-deployment abc',
    ],
    unsettled: ['doctl compute droplet create web-2', 'doctl auth init', 'doctl frob'],
  },
};

const generic = (
  names: readonly string[],
  extra: Grammar['commands'],
  examples: Program['examples'],
  more: Partial<Grammar> = {},
): Grammar => ({
  names,
  options: COMMON,
  commands: extra,
  otherwise: 'verb',
  groups: 1,
  examples,
  ...more,
});

/** A shell of a hosted database that is given its statement: `turso db shell NAME STATEMENT`. */
function runsStatement(command: Command, path: string): Lowering | undefined {
  const statement = command.operands[1];
  return command.path.join(' ') === path && statement !== undefined
    ? runsHosted(statement, 'libsql', 'turso.io', 'turso db shell')
    : undefined;
}

const CLOUDS: readonly Grammar[] = [
  generic(
    ['hcloud'],
    {
      exec: 'server ssh',
      login: 'context create | context use | context active',
      secret: 'server request-console | server reset-password',
      grant: 'server enable-rescue | firewall add-rule | firewall replace-rules',
    },
    {
      allow: ['hcloud server list', 'hcloud server describe web-1'],
      deny: [
        'hcloud server delete web-1',
        'hcloud server rebuild web-1 --image debian-12',
        'hcloud firewall add-rule fw --direction in',
      ],
      unsettled: ['hcloud server reboot web-1', 'hcloud server ssh web-1'],
    },
  ),
  generic(
    ['linode-cli', 'linode'],
    {
      configure: 'configure',
      secret: 'lke kubeconfig-view | databases postgresql-creds-view | databases mysql-creds-view',
    },
    {
      allow: ['linode-cli linodes list', 'linode-cli linodes view 123'],
      deny: ['linode-cli linodes delete 123', 'linode-cli volumes delete 1'],
      unsettled: ['linode-cli linodes boot 123'],
    },
  ),
  generic(
    ['oci'],
    {
      login: 'session | setup',
      secret: 'secrets secret-bundle get | ce cluster create-kubeconfig | iam auth-token create',
      grant: 'iam group add-user | iam dynamic-group create | iam user api-key upload | iam customer-secret-key create',
    },
    {
      allow: ['oci compute instance list', 'oci os object list'],
      deny: [
        'oci iam policy create --name p --statements x',
        'oci compute instance terminate --instance-id x --force',
        'oci os bucket delete --bucket-name b',
      ],
      unsettled: ['oci compute instance action --action STOP --instance-id x'],
    },
  ),
  generic(
    ['ibmcloud', 'ic'],
    {
      login: 'login | logout | target',
      read: 'account show | regions | plugin list | is instances | ks clusters | resource groups',
      secret: 'iam oauth-tokens | iam api-key-create',
      exec: 'ce jobrun submit',
    },
    {
      allow: ['ibmcloud plugin list', 'ibmcloud is instances'],
      deny: ['ibmcloud resource service-instance delete x', 'ibmcloud iam oauth-tokens'],
      unsettled: ['ibmcloud login'],
    },
  ),
  generic(
    [
      'scw',
      'vultr-cli',
      'exo',
      'civo',
      'upctl',
      'openstack',
      'aliyun',
      'tccli',
      'hcp',
      'yc',
      'koyeb',
      'northflank',
      'porter',
      'equinix',
      'metal',
      'ovhcloud',
      'stackit',
    ],
    {
      login: 'login | init | auth',
      configure: 'config',
      secret:
        'secret version access | kubernetes config | k8s kubeconfig get | iam create-token | lockbox payload get | apikey show | kubeconfig get | credential create | kubernetes kubeconfig',
    },
    {
      allow: ['scw instance server list', 'openstack server list', 'civo kubernetes list'],
      deny: [
        'scw instance server delete x',
        'openstack server delete web',
        'scw k8s kubeconfig get x',
        'openstack role add --user x --project shop admin',
        'aliyun ram AttachPolicyToUser --PolicyName ReadOnlyAccess --UserName x',
      ],
      unsettled: ['scw instance server reboot x', 'scw frobnicate'],
    },
  ),
  generic(
    [
      'neonctl',
      'neon',
      'turso',
      'pscale',
      'xata',
      'cockroachcloud',
      'ccloud',
      'confluent',
      'rpk',
      'upstash',
      'hasura',
      'appwrite',
      'nhost',
      'aiven',
      'avn',
      'redpanda',
    ],
    {
      login: 'login | auth',
      exec: 'shell | db shell | console | sql',
      local: 'dev',
      destroy: 'branches reset | branches restore | branch reset | branch restore',
      deploy: 'deploy-request deploy | deploy-request revert | branch promote',
      secret:
        'connection-string | cs | password create | db tokens create | group tokens create | api-key create | service user-creds-download | db show --url',
    },
    {
      allow: ['neonctl branches list', 'turso db list', 'pscale branch list shop'],
      deny: [
        'neonctl branches delete dev',
        'turso db destroy shop',
        'pscale database delete shop',
        'neonctl connection-string main',
        'neonctl branches reset dev --parent',
        'pscale deploy-request deploy shop 7',
        'turso db shell shop "drop table orders"',
      ],
      unsettled: ['neonctl branches create', 'pscale shell shop main', 'turso db shell shop'],
    },
    { special: (command) => runsStatement(command, 'db shell') },
  ),
];

export const providerPrograms: readonly Program[] = [doctl, ...CLOUDS].map(platform);
