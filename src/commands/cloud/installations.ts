// Describes the command lines of platforms that run on clusters and of stores that bring their own administration.
import type { Program } from '../../core/program.ts';
import { entries } from '../table.ts';
import { type Grammar, platform } from './grammar.ts';

const COMMON = {
  flags: entries('--force -f | --yes -y | --confirm | --quiet -q | --verbose -v | --recent | --json | --all'),
  values: entries('--namespace -n | --output -o | --cluster -c | --username -u | --password -p | --profile'),
  abbreviations: false,
};

const PLATFORMS: readonly Grammar[] = [
  {
    names: ['cf'],
    provider: 'cloudfoundry',
    options: COMMON,
    commands: {
      read: 'apps | a | app | logs | events | services | s | service | marketplace | m | orgs | org | spaces | space | routes | r | domains | buildpacks | stacks | target | version | help | files | quotas | tasks | plugins | security-groups',
      secret: 'env | e | service-key | oauth-token | ssh-code | curl',
      login: 'login | l | logout | lo | auth | api | passwd',
      exec: 'ssh | run-task | rt | install-plugin',
      grant:
        'set-org-role | set-space-role | unset-org-role | unset-space-role | create-user | allow-space-ssh | enable-ssh | share-service | bind-security-group | unbind-security-group',
      delete:
        'delete-route | delete-user | delete-service-key | delete-domain | delete-quota | delete-buildpack | delete-security-group | delete-orphaned-routes',
      destroy:
        'delete | d | delete-org | delete-space | delete-service | ds | purge-service-instance | purge-service-offering',
      deploy: 'push | p | rollback | restage | rg | deploy | bg-deploy | v3-push | cancel-deployment',
      update:
        'start | st | stop | sp | restart | rs | scale | map-route | unmap-route | set-env | unset-env | bind-service | unbind-service | update-service | rename | restart-app-instance | enable | disable',
      create:
        'create-app | create-org | create-space | create-service | cs | create-route | create-domain | create-service-key | create-user-provided-service | cups',
    },
    examples: {
      allow: ['cf apps', 'cf logs shop --recent'],
      deny: ['cf delete shop -f', 'cf push shop', 'cf delete-org acme', 'cf env shop'],
      unsettled: ['cf restart shop', 'cf ssh shop', 'cf frob'],
    },
  },
  {
    names: ['velero'],
    provider: 'velero',
    options: COMMON,
    commands: {
      login: 'client config',
      destroy: '* delete | uninstall | restore create | create restore',
      configure: 'install | plugin',
    },
    otherwise: 'verb',
    examples: {
      allow: ['velero backup get', 'velero backup describe nightly'],
      deny: ['velero backup delete nightly --confirm', 'velero restore create --from-backup nightly'],
      unsettled: ['velero backup create nightly'],
    },
  },
  {
    names: ['rosa', 'rancher', 'capsule', 'ocm', 'gardenctl', 'tkn', 'kn', 'longhornctl', 'crossplane'],
    provider: 'cluster platform',
    options: COMMON,
    commands: {
      login: 'login | logout | context',
      secret: 'create admin | token | cluster kf | clusters kubeconfig',
      grant: 'grant | create idp | clusters add-member-role | projects add-member-role',
      read: 'whoami | version',
    },
    otherwise: 'verb',
    examples: {
      allow: ['rosa list clusters', 'rancher clusters ls'],
      deny: ['rosa delete cluster -c shop', 'rancher clusters delete shop', 'rosa create admin -c shop'],
      unsettled: ['rosa login', 'tkn frob'],
    },
  },
  {
    names: ['couchbase-cli'],
    provider: 'store',
    options: COMMON,
    commands: {
      read: 'bucket-list | server-list | server-info | host-info | version',
      destroy: 'bucket-delete | bucket-flush | collection-manage | failover',
      grant: 'user-manage',
      create: 'bucket-create | bucket-edit | rebalance | server-add',
    },
    examples: {
      allow: ['couchbase-cli bucket-list -c db.example'],
      deny: ['couchbase-cli bucket-delete -c db.example --bucket shop'],
      unsettled: ['couchbase-cli frob'],
    },
  },
];

export const installationPrograms: readonly Program[] = PLATFORMS.map(platform);
