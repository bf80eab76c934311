// Describes the command lines of hosted data and back-end platforms: databricks, snowflake, mongodb atlas, convex, airflow, datadog's old client.
import type { Program } from '../../core/program.ts';
import { runsHosted } from '../database/hosted.ts';
import { entries } from '../table.ts';
import { type Grammar, platform } from './grammar.ts';
import { mentionsProduction } from './verbs.ts';

const COMMON = {
  flags: entries(
    '--force -f | --yes -y | --debug | --json | --recursive -r | --overwrite | --prod | --push | --once | --replace | --append',
  ),
  values: entries(
    '--output -o | --profile -p | --target -t | --format | --projectId | --orgId | --connection -c | --env-file | --project',
  ),
  abbreviations: false,
};

const PLATFORMS: readonly Grammar[] = [
  {
    names: ['databricks', 'dbx'],
    options: COMMON,
    commands: {
      read: 'fs ls | fs cat | bundle validate | bundle summary | current-user me | secrets list-scopes | secrets list-secrets | runs get-output',
      local: 'bundle init | bundle schema | completion | version',
      secret: 'secrets get-secret | auth token | auth env | tokens create | token-management',
      login: 'auth | configure',
      grant: 'secrets put-acl | permissions | grants | account | ip-access-lists',
      exec: 'jobs run-now | jobs submit | runs submit | labs | ssh | statement-execution',
      deploy: 'bundle deploy | bundle run | pipelines start-update | apps deploy | sync',
      destroy:
        'bundle destroy | fs rm | workspace delete | clusters permanent-delete | schemas delete | catalogs delete | tables delete | volumes delete | secrets delete-scope | metastores delete',
      create: 'fs cp | fs mkdir | workspace import | workspace import-dir | secrets put-secret | secrets create-scope',
    },
    otherwise: 'verb',
    groups: 1,
    environment: (command) =>
      mentionsProduction(command.parsed.all('--target', '--profile')) ? 'production' : 'unknown',
    examples: {
      allow: ['databricks clusters list', 'databricks bundle validate'],
      deny: [
        'databricks fs rm -r dbfs:/mnt/shop',
        'databricks clusters permanent-delete 1',
        'databricks secrets get-secret shop key',
        'databricks bundle deploy -t prod',
      ],
      unsettled: ['databricks bundle deploy', 'databricks jobs run-now 1', 'databricks frob'],
    },
  },
  {
    names: ['snow'],
    options: { ...COMMON, values: [...COMMON.values, '--query -q', '--filename'] },
    commands: {
      read: 'connection list | object list | stage list-files | --info | cortex summarize',
      secret: 'connection generate-jwt | spcs image-registry token',
      configure: 'connection',
      exec: 'sql | snowpark execute | notebook execute',
      deploy: 'app deploy | snowpark deploy | streamlit deploy | app run | spcs service upgrade | git execute',
      destroy: 'object drop | app teardown | stage remove | spcs service drop',
      create: 'stage copy',
    },
    otherwise: 'verb',
    groups: 1,
    special: (command) => {
      const statement = command.parsed.value('--query');
      return command.path[0] === 'sql' && statement !== undefined
        ? runsHosted(statement, 'snowflake', 'snowflakecomputing.com', 'snow sql')
        : undefined;
    },
    examples: {
      allow: ['snow object list table', 'snow sql -q "select 1"'],
      deny: ['snow sql -q "drop warehouse shop"', 'snow object drop table orders'],
      unsettled: ['snow sql -f changes.sql'],
    },
  },
  {
    names: ['mongocli', 'atlas-cli', 'atlascli'],
    options: COMMON,
    tracks: ['atlas', 'cloud-manager', 'cm', 'ops-manager', 'om'],
    commands: {
      read: 'clusters describe | clusters connectionStrings describe | metrics | processes | logs list | deployments list | config list | auth whoami',
      secret: 'deployments connect | projects apiKeys create | organizations apiKeys create',
      login: 'auth | config',
      grant:
        'dbusers create | dbusers update | accessLists create | customDbRoles create | customDbRoles update | projects invitations | organizations invitations | projects users | teams | projects apiKeys assign | users invite',
      destroy:
        'clusters delete | projects delete | organizations delete | backups snapshots delete | deployments delete',
      create: 'setup | deployments setup | backups restores start',
    },
    otherwise: 'verb',
    groups: 1,
    examples: {
      allow: ['mongocli atlas clusters list'],
      deny: ['mongocli atlas clusters delete shop --force', 'mongocli atlas projects delete 1'],
      unsettled: ['mongocli atlas clusters pause shop', 'mongocli frob'],
    },
  },
  {
    names: ['convex'],
    options: COMMON,
    commands: {
      local: 'dev | codegen | docs | dashboard | init | typecheck',
      read: 'logs | data | function-spec',
      secret: 'env get | env list | export',
      login: 'login | logout',
      update: 'env set | import',
      delete: 'env remove | env unset',
      exec: 'run',
      deploy: 'deploy',
    },
    special: (command) =>
      (command.parsed.has('--prod') && /^(run|env (set|remove)|import)$/.test(command.path.join(' '))) ||
      (command.path[0] === 'import' && command.parsed.has('--replace'))
        ? {
            effects: [
              {
                kind: 'cloud',
                provider: 'convex',
                service: '',
                operation: command.path.join(' '),
                action: command.parsed.has('--replace') ? 'delete' : 'update',
                target: { kind: 'known', text: '' },
                ...(command.parsed.has('--prod') ? { production: true } : {}),
              },
            ],
          }
        : undefined,
    examples: {
      allow: ['convex dev --once', 'convex codegen'],
      deny: ['convex deploy -y', 'convex import --replace data.zip', 'convex run --prod admin:clean'],
      unsettled: ['convex run seed:init', 'convex env set A b'],
    },
  },
  {
    names: ['airflow'],
    options: COMMON,
    commands: {
      read: 'info | version | dags report | dags state | dags next-execution | dags show | tasks state | tasks states-for-dag-run | cheat-sheet | variables list | connections list | plugins | providers | db check | db check-migrations | db shell --help | jobs check | dags list-runs | dags list-import-errors',
      local: 'standalone | webserver | scheduler | triggerer | api-server | dag-processor | tasks render',
      secret: 'config | variables get | variables export | connections get | connections export',
      grant: 'users create | users add-role | roles create | roles add-perms | users reset-password | users import',
      exec: 'dags test | tasks test | dags trigger | dags backfill | backfill | tasks run | celery | kubernetes',
      destroy: 'db reset | db clean | db downgrade | dags delete | db drop-archived',
      migrate: 'db init | db upgrade | db migrate',
    },
    otherwise: 'verb',
    groups: 1,
    examples: {
      allow: ['airflow dags list', 'airflow info'],
      deny: ['airflow db reset -y', 'airflow dags delete shop -y', 'airflow users create --role Admin --username x'],
      unsettled: ['airflow tasks test shop load 2024-01-01', 'airflow dags trigger shop', 'airflow frob'],
    },
  },
  {
    names: ['swiftclient'],
    options: {
      flags: entries('--all -a | --lh | --verbose -v | --yes-all'),
      values: entries('--os-auth-url | --auth -A | --user -U | --key -K | --container'),
    },
    commands: {
      read: 'list | stat | capabilities',
      secret: 'auth | tempurl',
      destroy: 'delete',
      grant: 'post',
      create: 'upload | copy',
      exec: 'download',
    },
    examples: {
      allow: ['swiftclient list'],
      deny: ['swiftclient delete shop-img'],
      unsettled: ['swiftclient download shop-img'],
    },
  },
  {
    names: ['dogshell'],
    options: { ...COMMON, values: entries('--api-key | --application-key | --config | --timeout | --tags') },
    commands: {
      read: '* show | * show_all | * query | * can_delete | search query',
      update:
        'metric post | event post | monitor mute | monitor unmute | monitor mute_all | monitor unmute_all | host mute | host unmute | downtime post',
    },
    otherwise: 'verb',
    groups: 1,
    examples: {
      allow: ['dogshell monitor show 42'],
      deny: ['dogshell monitor delete 42'],
      unsettled: ['dogshell event post a b'],
    },
  },
];

export const dataPlatformPrograms: readonly Program[] = PLATFORMS.map(platform);
