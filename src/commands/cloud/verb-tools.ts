// Describes tools of platforms, clusters and stores whose words are plain verbs, with what those verbs do not say.
import type { Program } from '../../core/program.ts';
import { entries } from '../table.ts';
import { choosesProduction } from './chosen.ts';
import { type Grammar, platform } from './grammar.ts';

const OPTIONS = {
  flags: entries(
    '--yes -y | --force -f | --json | --all -a | --verbose -v | --quiet -q | --wait | --dry-run | --no-wait',
  ),
  values: entries(
    '--app | --project -p | --environment -e | --namespace -n | --org -o | --region -r | --output | --format | --context | --kubeconfig | --address | --url | --site | --server',
  ),
  abbreviations: false,
};

const verbs = (
  names: readonly string[],
  commands: Grammar['commands'],
  examples: Program['examples'],
  more: Partial<Grammar> = {},
): Grammar => ({
  names,
  options: OPTIONS,
  commands,
  otherwise: 'verb',
  environment: (_, call) => (choosesProduction(call) ? 'production' : 'unknown'),
  examples,
  ...more,
});

const TOOLS: readonly Grammar[] = [
  verbs(
    [
      'platform',
      'upsun',
      'terminus',
      'acli',
      'clever',
      'scalingo',
      'qovery',
      'zeabur',
      'caprover',
      'balena',
      'tugboat',
      'gigalixir',
      'qoddi',
    ],
    {
      read: 'whoami | site:list | site:info | env:list | env:info | environment:list | environment:info | project:list | project:info | activity:list | apps | ps | devices | org:list | backup:list | domain:list',
      secret:
        'env | variable:get | variables | config | env-get | connection:info | tokens create | api-key | auth:machine-token:list | service:credentials',
      login: 'login | logout | auth | auth:login | link | unlink',
      exec: 'run | ssh | drush | wp | db:sql | remote:drush | remote:wp | environment:ssh | sql | one-off-container',
      deploy:
        'deploy | push | up | env:deploy | environment:push | environment:activate | environment:merge | redeploy | env:commit | rollback',
      destroy:
        'site:delete | env:wipe | project:delete | environment:delete | app delete | apps-destroy | destroy | multidev:delete | backup:restore | env:clone-content | db:import | environment:synchronize',
      grant:
        'user:add | user:update | user:role | site:team:add | collaborators-add | members | organization:user:add | org:people:add | ssh-key:add',
    },
    {
      allow: ['platform environment:list', 'terminus site:list', 'clever status', 'balena devices'],
      deny: [
        'terminus env:wipe shop.dev',
        'platform project:delete -y',
        'scalingo --app shop destroy',
        'clever delete --yes',
        'upsun user:add x@shop.example',
      ],
      unsettled: ['clever restart', 'platform ssh', 'balena push shop'],
    },
  ),
  verbs(
    ['temporal', 'tctl', 'pulsar-admin', 'zbctl', 'nsqadmin', 'rsk'],
    {
      read: 'workflow list | workflow describe | workflow show | operator namespace list | topics stats | tenants list | env get',
      local: 'server start-dev | server start-dev --headless',
      update: 'workflow cancel | workflow signal | workflow start | workflow execute | schedule trigger',
      destroy:
        'workflow terminate | workflow delete | workflow reset | operator namespace delete | namespaces delete | topics delete | topics terminate | tenants delete | namespaces clear-backlog | topics skip-all | topics unload',
      grant: 'namespaces grant-permission | topics grant-permission',
    },
    {
      allow: ['temporal workflow list', 'temporal server start-dev', 'pulsar-admin topics list public/default'],
      deny: [
        'temporal workflow terminate --query x',
        'pulsar-admin topics delete persistent://a/b/c',
        'temporal operator namespace delete shop',
      ],
      unsettled: ['temporal workflow start --type Pay'],
    },
    { groups: 1 },
  ),
  verbs(
    ['algolia', 'meilisearch-cli', 'typesense-cli', 'elastic-package', 'swiftype'],
    {
      read: 'objects browse | rules browse | synonyms browse | search | settings get | profile list | index list | indices list | events tail | describe',
      secret: 'apikeys get | apikeys list | apikeys create',
      configure: 'profile',
      destroy:
        'indices delete | indices clear | index clear | objects delete | indices move | rules delete | index delete',
      update:
        'settings set | settings import | indices copy | rules import | synonyms import | synonyms save | objects import | objects update | index import',
      create: 'crawler',
    },
    {
      allow: ['algolia indices list', 'algolia search products --query a'],
      deny: ['algolia indices delete products -y', 'algolia index clear products'],
      unsettled: ['algolia objects import products -F data.ndjson'],
    },
    { groups: 1 },
  ),
  verbs(
    ['kapp', 'kpt', 'timoni', 'kargo', 'nomad-pack', 'fission', 'faas-cli', 'func', 'spin', 'vcluster', 'vela'],
    {
      read: 'inspect | logs | list | ls | live status | status | show | info | version | plan | diff | describe | whoami | doctor | get',
      local:
        'build | init | render | fn render | new | templates | template | lint | vet | generate | local run | up --help | add | watch | completion',
      deploy:
        'deploy | app-change garbage-collect | live apply | apply | run | up | app-group deploy | bundle apply | function create | function update | promote',
      destroy:
        'delete | live destroy | destroy | stop | app-group delete | remove | undeploy | function delete | teardown',
      exec: 'invoke | connect | exec | function test | fn eval | pkg get',
      login: 'login | logout',
    },
    {
      allow: ['kapp list', 'kpt live status', 'vcluster list', 'spin build'],
      deny: ['kapp delete -a shop -y', 'kpt live destroy', 'vcluster delete dev', 'faas-cli remove resize'],
      unsettled: ['kapp deploy -a shop -f k8s/', 'spin deploy'],
    },
  ),
  verbs(
    ['calicoctl', 'cmctl', 'antctl', 'submariner', 'subctl', 'cnpg', 'linstor', 'ceph-csi'],
    {
      read: 'check | inspect certificate | status certificate | node status | ipam show | version | cluster info',
      update: 'renew | replace | ipam | node run',
      deploy: 'apply',
      grant: 'approve | deny',
    },
    {
      allow: ['calicoctl get nodes', 'cmctl check api'],
      deny: ['calicoctl delete globalnetworkpolicy deny-all'],
      unsettled: ['cmctl renew shop-tls', 'calicoctl apply -f policy.yaml'],
    },
  ),
  verbs(
    [
      'circleci',
      'jf',
      'jfrog',
      'jenkins-cli',
      'drone',
      'woodpecker-cli',
      'bk',
      'tkn-cli',
      'semaphore',
      'travis',
      'codefresh',
      'harness',
    ],
    {
      local:
        'config validate | config process | config pack | local execute | lint | rt ping | audit | scan | exec --help | orb validate | setup | completion',
      read: 'rt search | rt s | status | history | logs | build info | pipeline list | info project | rt cl | monitor | whoami | queue ls',
      secret: 'config export | rt access-token-create | atc | token | secret get',
      login: 'login | logout | config | c',
      deploy:
        'orb publish | rt upload | rt u | rt bpr | rt bp | rt build-promote | rt build-publish | rt docker-promote | rt docker-push | ds | build promote | promote',
      destroy:
        'rt delete | rt del | rt repo-delete | rt rdel | delete-job | delete-node | delete-builds | delete-view | delete-credentials | project delete | repo rm | rt build-discard | context delete',
      exec: 'rt download | rt dl | groovy | groovysh | build restart | deploy | run | restart | npm | mvn | rt curl | rt c',
      grant: 'rt user-create | rt users-create | rt group-add-users | rt permission-target-create',
      update:
        'context store-secret | secret add | rt copy | rt cp | rt move | rt mv | rt set-props | encrypt | env set',
    },
    {
      allow: ['circleci config validate', 'jf rt search "libs/*"', 'jf audit'],
      deny: [
        'circleci context remove-secret github acme ctx KEY',
        'jf rt del "libs/*" --quiet',
        'jenkins-cli delete-job shop',
      ],
      unsettled: [
        'circleci context store-secret github acme ctx KEY',
        'jf rt upload a.zip libs/',
        'travis encrypt A=b',
      ],
    },
  ),
  verbs(
    ['aws-nuke', 'cloud-nuke', 'azure-nuke', 'gcp-nuke'],
    {
      read: 'version | resource-types | list-resource-types | inspect-aws',
      destroy: 'run | nuke | aws | azure | gcp | defaults-aws',
    },
    {
      allow: ['aws-nuke resource-types'],
      deny: [
        'aws-nuke run -c nuke.yml --no-dry-run',
        'cloud-nuke aws --region eu-west-1',
        'aws-nuke -c nuke.yml --no-dry-run',
      ],
    },
    { bare: 'destroy' },
  ),
  verbs(
    ['pgbackrest', 'wal-g', 'barman', 'cbbackupmgr', 'pg_probackup', 'velero-restic'],
    {
      read: 'info | check | backup-list | wal-show | list-backup | list-server | show-backup | status | show | st ls | verify | help | version | list-servers | list-backups | show-servers',
      create:
        'backup | backup-push | archive-push | wal-push | cron | stanza-create | receive-wal | switch-wal | config',
      destroy:
        'delete | expire | stanza-delete | restore | recover | backup-fetch | delete-backup | catchup-fetch | remove | merge | backup-delete',
    },
    {
      allow: ['pgbackrest info', 'wal-g backup-list', 'barman list-backup all'],
      deny: [
        'wal-g delete everything FORCE --confirm',
        'pgbackrest --stanza=shop restore',
        'barman delete shop oldest',
      ],
      unsettled: ['pgbackrest --stanza=shop backup'],
    },
  ),
  verbs(
    ['restic', 'rustic', 'borg', 'borgmatic', 'kopia', 'duplicity'],
    {
      read: 'snapshots | ls | find | stats | check | diff | version | list | info | snapshot list | repository status | policy list | policy show | collection-status | list-current-files | verify | self-update --help | content stats | rlist | rinfo',
      secret: 'key export | key list | key',
      create:
        'backup | create | snapshot create | init | copy | repository connect | repository create | full | incremental | tag | unlock | break-lock | migrate | rebuild-index | repair | mount | umount | compact | transfer',
      destroy:
        'forget | prune | delete | snapshot delete | snapshot expire | purge-full | remove-older-than | remove-all-but-n-full | remove-all-inc-of-but-n-full | cleanup | rewrite | recreate | rdelete | repo-delete',
      exec: 'restore | extract | dump | export-tar | cat | serve | server | with-lock',
    },
    {
      allow: ['restic -r /srv/backup snapshots', 'borg list /srv/backup', 'restic forget --keep-daily 7 --dry-run'],
      deny: [
        'restic -r s3:https://s3.shop.example/b forget --keep-last 1 --prune',
        'borg delete /srv/backup::monday',
        'kopia snapshot delete k1 --delete',
      ],
      unsettled: [
        'restic snapshots --password-command ./x.sh',
        'borg list --rsh ./x.sh ssh://b.example/r',
        'restic backup src',
        'borg create /srv/backup::x src',
        'restic restore latest --target /',
      ],
    },
    {
      options: {
        flags: entries(
          '--dry-run -n | --json | --verbose -v | --quiet -q | --prune | --force | --list | --stats | --progress',
        ),
        values: entries(
          '--repo -r | --password-file -p | --tag | --host -H | --path | --keep-last | --keep-daily | --config -c | --rsh | --remote-path',
        ),
        abbreviations: false,
      },
      local: (command) => command.parsed.has('--dry-run'),
    },
  ),
  verbs(
    ['nodetool', 'cassandra-nodetool', 'sstableloader', 'scylla-nodetool'],
    {
      read: 'status | info | ring | tpstats | tablestats | cfstats | describecluster | gossipinfo | netstats | compactionstats | getendpoints | proxyhistograms | tablehistograms | version | listsnapshots | getcompactionthroughput | statusgossip | statusbinary',
      update:
        'flush | compact | cleanup | repair | drain | refresh | scrub | upgradesstables | rebuild | disablegossip | enablegossip | disablebinary | enablebinary | setcompactionthroughput | snapshot | settraceprobability | garbagecollect',
      destroy:
        'decommission | removenode | assassinate | clearsnapshot | truncatehints | move | stopdaemon | resetlocalschema',
    },
    {
      allow: ['nodetool status', 'nodetool -h 127.0.0.1 tpstats'],
      deny: ['nodetool decommission', 'nodetool removenode 1', 'nodetool clearsnapshot --all'],
      unsettled: ['nodetool repair shop'],
    },
    {
      options: {
        values: entries('--host -h | --port -p | --username -u | --password -pw | --password-file -pwf'),
        abbreviations: false,
      },
    },
  ),
];

export const verbToolPrograms: readonly Program[] = TOOLS.map(platform);
