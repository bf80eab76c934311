// Describes gcloud, gsutil and bq by their grammars of groups and verbs.
import { parseArgs } from '../../core/options.ts';
import type { Call, EffectDraft, Lowering, Program } from '../../core/program.ts';
import { known, prefixOf } from '../../core/value.ts';
import { runsHosted } from '../database/hosted.ts';
import { at, harmless, inspect, literal, mustBeKnown, opaque, reads } from '../kit.ts';
import { type Command, type Grammar, platform } from './grammar.ts';
import { isLocalAddress } from './verbs.ts';

const ROOT_ROLE = /roles\/(owner|editor)|admin/i;
const everyone = /allUsers|allAuthenticatedUsers/;

/** `gcloud storage` and `gsutil` copy like cp: what leaves the machine goes to a bucket. */
function copy(call: Call, operation: string, operands: Command['operands'], deletes: boolean): Lowering {
  const target = operands.at(-1);
  const sources = operands.slice(0, -1);
  if (target === undefined || sources.length === 0) return { effects: [opaque('what is copied is not known')] };
  const unclear = mustBeKnown(
    operands.filter((word) => prefixOf(word.value) === ''),
    'a place of the copy',
  );
  const remote = (word: Command['operands'][number]): boolean => prefixOf(word.value).startsWith('gs://');
  const effects: EffectDraft[] = [
    ...unclear,
    ...reads(
      call,
      sources.filter((word) => !remote(word)),
      'copy',
    ),
    ...sources.filter(remote).map(
      (word): EffectDraft => ({
        kind: 'cloud',
        provider: 'gcloud',
        service: 'storage',
        operation,
        action: operation === 'mv' ? 'delete' : 'read',
        target: word.value,
      }),
    ),
  ];
  const bucket = /^gs:\/\/([^/]+)/.exec(prefixOf(target.value))?.[1];
  if (bucket !== undefined && call.context.policy.buckets.includes(bucket))
    effects.push(inspect('a copy to a trusted bucket'));
  else if (remote(target))
    effects.push({
      kind: 'net.send',
      to: target.value,
      channel: 'copy',
      taints: sources.flatMap((word) => word.taints),
    });
  else if (literal(target) !== '-') effects.push({ kind: 'fs.write', path: at(call, target), how: 'overwrite' });
  if (deletes && remote(target))
    effects.push({
      kind: 'cloud',
      provider: 'gcloud',
      service: 'storage',
      operation,
      action: 'delete',
      target: target.value,
      mass: true,
    });
  else if (deletes) effects.push({ kind: 'fs.delete', path: at(call, target), recursive: true });
  return { effects };
}

const gcloudGrammar: Grammar = {
  names: ['gcloud'],
  provider: 'gcloud',
  options: {
    flags: [
      '--quiet -q',
      '--recursive -r -R',
      '--all',
      '--verbose',
      '--no-user-output-enabled',
      '--delete-unmatched-destination-objects',
      '--validate-only',
      '--preview',
      '--dry-run',
    ],
    values: [
      '--project',
      '--account',
      '--configuration',
      '--format',
      '--verbosity',
      '--impersonate-service-account',
      '--region',
      '--zone',
      '--location',
      '--role',
      '--member',
      '--command',
      '--sql',
    ],
    abbreviations: false,
  },
  commands: {
    local: 'emulators | meta | topic | feedback | survey',
    read: `version | info | help | auth list | config list | config get | config get-value |
      config configurations list | config configurations describe | components list | logging read |
      logging tail | builds log | run services logs | app logs | iam list-testable-permissions |
      iam list-grantable-roles | storage cat | storage du | storage hash |
      compute instances get-serial-port-output | projects get-iam-policy | functions logs read |
      sql instances describe | asset search-all-resources | recommender recommendations list |
      container clusters list | deploy releases list | artifacts docker images list | projects get-ancestors`,
    secret: ` auth application-default print-access-token |
      secrets versions access | iam service-accounts keys create | iam service-accounts sign-jwt |
      iam service-accounts sign-blob | config config-helper | sql generate-login-token | kms decrypt |
      compute reset-windows-password | services api-keys get-key-string |
      auth application-default print-credentials`,
    token: 'auth print-access-token | auth print-identity-token',
    login: `auth login | auth application-default | auth activate-service-account | auth configure-docker |
      auth revoke | init | container clusters get-credentials | container fleet memberships get-credentials`,
    configure: 'config set | config unset | config configurations | components | auth',
    grant: `* add-iam-policy-binding | * set-iam-policy | compute firewall-rules create |
      compute firewall-rules update | compute os-login | projects add-iam-policy-binding |
      organizations add-iam-policy-binding | iam roles create | iam roles update |
      compute instances set-service-account | compute project-info add-metadata |
      storage buckets add-iam-policy-binding | storage objects update | sql users set-password`,
    destroy: `projects delete | container clusters delete | sql instances delete | sql databases delete |
      storage buckets delete | storage rm | compute instances delete | organizations delete |
      spanner instances delete | spanner databases delete | bigtable instances delete |
      firestore databases delete | firestore bulk-delete | redis instances delete |
      filestore instances delete | dns managed-zones delete | artifacts repositories delete |
      compute disks delete | compute snapshots delete | kms keys versions destroy |
      deployment-manager deployments delete | infra-manager deployments delete | dataproc clusters delete |
      alloydb clusters delete | services disable | sql backups restore`,
    exec: `compute ssh | compute scp | app instances ssh | cloud-shell ssh | sql connect | run jobs execute |
      functions call | compute connect-to-serial-port | builds triggers run | workflows run |
      workflows execute | tasks create-http-task | builds submit |
      compute start-iap-tunnel | pubsub topics publish | scheduler jobs run | container clusters exec |
      dataproc jobs submit`,
    deploy: `app deploy | run deploy | functions deploy | deploy releases create | deploy releases promote |
      run services replace | deployment-manager deployments | infra-manager deployments apply |
      run services update-traffic | app services set-traffic | run jobs deploy | endpoints services deploy`,
  },
  otherwise: 'verb',
  groups: 1,
  tracks: ['alpha', 'beta', 'preview'],
  special: (command, call) => {
    const [group, verb] = command.words;
    const line = command.words.join(' ');
    if (group === 'storage' && (verb === 'cp' || verb === 'rsync' || verb === 'mv'))
      return copy(
        call,
        verb,
        command.parsed.operands.slice(command.parsed.operands.findIndex((word) => literal(word) === verb) + 1),
        command.parsed.has('--delete-unmatched-destination-objects'),
      );
    const statement = command.parsed.value('--sql');
    if (verb === 'databases' && statement !== undefined && / execute-sql( |$)/.test(line))
      return runsHosted(statement, 'spanner', 'spanner.googleapis.com', 'gcloud spanner execute-sql');
    const bind = /(add-iam-policy-binding|set-iam-policy)/.exec(line);
    if (bind === null) return undefined;
    const role = literal(command.parsed.value('--role')) ?? '';
    const member = literal(command.parsed.value('--member')) ?? '';
    return {
      effects: [
        {
          kind: 'cloud',
          provider: 'gcloud',
          service: group ?? '',
          operation: bind[0],
          action: 'grant',
          target: known(member),
          ...(everyone.test(member) || ROOT_ROLE.test(role) ? { mass: true } : {}),
        },
      ],
    };
  },
  local: (command, call) =>
    command.parsed.has('--dry-run', '--validate-only') ||
    (command.parsed.has('--preview') &&
      /^deployment-manager deployments (create|update)/.test(command.words.join(' '))) ||
    isLocalAddress(literal(call.env('CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE')) ?? 'remote'),
  environment: () => 'production',
  examples: {
    allow: [
      'gcloud projects list',
      'gcloud --project acme-dev compute instances describe web-1 --zone europe-west1-b',
      'gcloud run services list --format=json',
      'gcloud config get-value project',
      'gcloud logging read "severity>=ERROR" --limit 20',
      'gcloud emulators firestore start',
      'gcloud storage ls gs://acme-assets',
      'gcloud compute instances delete --help',
    ],
    deny: [
      'gcloud compute instances delete web-1 --zone europe-west1-b --quiet',
      'gcloud sql instances delete shop',
      'gcloud storage rm --recursive gs://acme-uploads',
      'gcloud projects add-iam-policy-binding acme --member=user:x@example.com --role=roles/editor',
      'gcloud run deploy api --source .',
      'gcloud secrets versions access latest --secret=stripe',
      'gcloud -q container clusters delete main',
      'gcloud pubsub topics delete orders',
      'gcloud secrets versions destroy 3 --secret=stripe',
      'gcloud beta run services delete api',
      'gcloud logging logs delete audit',
      'gcloud redis instances get-auth-string shop --region europe-west1',
      "gcloud spanner databases execute-sql shop --instance=i --sql='DELETE FROM orders WHERE true'",
      'gcloud sql backups restore 1 --restore-instance=shop',
      'gcloud sql users set-password root --instance=shop --password=x',
    ],
    unsettled: [
      'gcloud auth login',
      'TOKEN=$(gcloud auth print-access-token)',
      'gcloud compute instances create web-2',
      'gcloud config set project acme-dev',
      'gcloud builds submit --tag gcr.io/acme/api',
      'gcloud frob things',
      'gcloud $GROUP list',
    ],
  },
};

const GSUTIL_READS = /^(ls|cat|du|stat|hash|version|help|config-get)$/;

const gsutil: Program = {
  names: ['gsutil'],
  lower: (call) => {
    const parsed = parseArgs(call.args, {
      flags: ['-m', '-q', '-D', '-r -R', '-d', '-n', '-a', '-f', '-e', '-c', '-p', '-P', '-z', '-j', '-J'],
      values: ['-o', '-h', '-u', '-i'],
    });
    const command = literal(parsed.operands[0]);
    const operands = parsed.operands.slice(1);
    if (command === undefined) return { effects: [opaque('the gsutil command is not known')] };
    if (GSUTIL_READS.test(command)) return harmless(`gsutil ${command}`);
    if (command === 'rsync' && parsed.has('-n')) return harmless('gsutil rsync dry run');
    if (command === 'cp' || command === 'mv' || command === 'rsync')
      return copy(call, command, operands, command === 'rsync' && parsed.has('-d'));
    const sub = literal(operands[0]);
    if (sub === 'get') return harmless(`gsutil ${command} get`);
    const action = {
      rm: 'delete',
      rb: 'delete',
      mb: 'create',
      iam: 'grant',
      acl: 'grant',
      defacl: 'grant',
      signurl: 'grant',
    }[command];
    return {
      effects: [
        action === undefined
          ? {
              kind: 'cloud',
              provider: 'gcloud',
              service: 'storage',
              operation: command,
              action: 'update',
              target: known(sub ?? ''),
            }
          : {
              kind: 'cloud',
              provider: 'gcloud',
              service: 'storage',
              operation: command,
              action: action as 'delete',
              target: operands[0]?.value ?? known(''),
              ...(parsed.has('-r') || command === 'rb' ? { mass: true } : {}),
            },
      ],
    };
  },
  examples: {
    allow: [
      'gsutil ls gs://acme-assets',
      'gsutil cp gs://acme-assets/logo.svg public/logo.svg',
      'gsutil iam get gs://acme-assets',
    ],
    deny: [
      'gsutil -m rm -r gs://acme-uploads',
      'gsutil rb gs://acme-uploads',
      'gsutil iam ch allUsers:objectViewer gs://acme',
      'gsutil rsync -d -r dist gs://acme-site',
    ],
    unsettled: [
      'gsutil cp dist/app.js gs://acme-assets/',
      'gsutil mb gs://acme-new',
      'gsutil versioning set off gs://acme-new',
    ],
  },
};

const bq: Program = {
  names: ['bq'],
  lower: (call) => {
    const parsed = parseArgs(call.args, {
      flags: [
        '--dry_run',
        '--nouse_legacy_sql',
        '--use_legacy_sql',
        '--quiet -q',
        '--headless',
        '-f --force',
        '-r --recursive',
        '-t --table',
        '-d --dataset',
      ],
      values: [
        '--project_id',
        '--dataset_id',
        '--format',
        '--location',
        '--api',
        '--max_rows -n',
        '--maximum_bytes_billed',
      ],
    });
    const [commandWord, ...operands] = parsed.operands;
    const command = literal(commandWord);
    if (command === undefined) return { effects: [opaque('the bq command is not known')] };
    const target = operands[0]?.value ?? known('');
    switch (command) {
      case 'ls':
      case 'show':
      case 'head':
      case 'info':
      case 'version':
      case 'help':
      case 'wait':
      case 'get-iam-policy':
        return harmless(`bq ${command}`);
      case 'query': {
        if (parsed.has('--dry_run')) return harmless('bq dry run');
        const sql = operands[0];
        if (sql === undefined) return { effects: [opaque('the query is not known')] };
        return runsHosted(sql, 'bigquery', 'bigquery.googleapis.com', 'bq query');
      }
      case 'rm':
        return {
          effects: [
            {
              kind: 'cloud',
              provider: 'gcloud',
              service: 'bigquery',
              operation: 'rm',
              action: 'delete',
              target,
              mass: true,
            },
          ],
        };
      case 'load':
      case 'insert':
        return {
          effects: [
            ...reads(call, operands.slice(1, 2), 'copy'),
            { kind: 'net.send', to: known('bigquery.googleapis.com'), channel: 'copy', taints: [] },
          ],
        };
      case 'add-iam-policy-binding':
      case 'set-iam-policy':
        return {
          effects: [
            { kind: 'cloud', provider: 'gcloud', service: 'bigquery', operation: command, action: 'grant', target },
          ],
        };
      case 'mk':
      case 'cp':
      case 'update':
      case 'extract':
      case 'partition':
      case 'cancel':
        return {
          effects: [
            { kind: 'cloud', provider: 'gcloud', service: 'bigquery', operation: command, action: 'update', target },
          ],
        };
      default:
        return { effects: [opaque(`what bq ${command} does is not known`)] };
    }
  },
  examples: {
    allow: ['bq ls', 'bq show acme:sales.orders', 'bq query --dry_run "select 1"'],
    deny: ['bq rm -r -f acme:sales', 'bq rm -t acme:sales.orders'],
    unsettled: ['bq mk acme:scratch', 'bq load acme:sales.orders data.csv'],
  },
};

export const googlePrograms: readonly Program[] = [platform(gcloudGrammar), gsutil, bq];
