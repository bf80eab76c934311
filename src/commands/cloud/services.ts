// Describes the command lines of hosted services: payments, messages, monitoring, identity, feature flags.
import type { Program } from '../../core/program.ts';
import { literal } from '../kit.ts';
import { entries } from '../table.ts';
import { type Grammar, platform } from './grammar.ts';

const COMMON = {
  flags: entries('--live | --json | --verbose -v | --force -f | --yes -y | --no-input | --confirm -c | --dry-run'),
  values: entries(
    '--api-key | --project -p | --project-name | --output -o | --profile | --org | --url | --auth-token | --tenant | --data -d',
  ),
  abbreviations: false,
};

const stripe: Grammar = {
  names: ['stripe'],
  provider: 'stripe',
  options: COMMON,
  commands: {
    local: 'listen | trigger | fixtures | serve | completion | open | samples | version',
    read: 'logs tail | status | resources | get | * list | * retrieve | * search | whoami',
    login: 'login | logout',
    configure: 'config | plugin',
    delete: '* delete | delete',
    update:
      'post | * create | * update | * capture | * confirm | * cancel | * void | * pay | * finalize | * close | * attach | * detach | * send',
    grant: 'refunds create | payouts create | transfers create | apps',
  },
  local: () => false,
  special: (command, call) =>
    command.path[0] === 'config' && call.args.some((word) => literal(word) === '--list')
      ? {
          effects: [{ kind: 'secret.read', what: 'the keys that stripe keeps', shown: !call.invocation.captured }],
          output: { taints: [{ label: 'secret', from: 'stripe config' }] },
        }
      : command.parsed.has('--live') && command.meaning !== 'read'
        ? {
            effects: [
              {
                kind: 'cloud',
                provider: 'stripe',
                service: command.words[0] ?? '',
                operation: command.words.join(' '),
                action: command.meaning === 'delete' ? 'delete' : 'update',
                target: { kind: 'known', text: 'live mode' },
                production: true,
              },
            ],
          }
        : undefined,
  examples: {
    allow: [
      'stripe listen --forward-to localhost:3000/hook',
      'stripe customers list',
      'stripe trigger payment_intent.succeeded',
    ],
    deny: [
      'stripe products delete prod_1',
      'stripe config --list',
      'stripe refunds create --charge ch_1',
      'stripe customers update cus_1 --live',
    ],
    unsettled: ['stripe customers create --email a@example.com', 'stripe login'],
  },
};

const verb = (
  names: readonly string[],
  commands: Grammar['commands'],
  examples: Program['examples'],
  extra: Partial<Grammar> = {},
): Grammar => ({ names, options: COMMON, commands, otherwise: 'verb', examples, ...extra });

const SERVICES: readonly Grammar[] = [
  verb(
    ['twilio'],
    {
      exec: 'api:core:messages:create | api:core:calls:create | phone-numbers:buy',
      read: 'phone-numbers:list | profiles:list | debugger:logs:list',
      configure: 'profiles:create | profiles:use | plugins',
      login: 'login',
      deploy: 'serverless:deploy',
    },
    {
      allow: ['twilio phone-numbers:list'],
      deny: ['twilio serverless:deploy'],
      unsettled: ['twilio api:core:messages:create --to +1'],
    },
  ),
  verb(
    ['sentry-cli'],
    {
      read: 'info | releases list | releases propose-version | projects list | organizations list | issues list | sourcemaps explain',
      update:
        'releases new | releases finalize | releases set-commits | releases files | sourcemaps | upload-dif | debug-files | deploys | send-event | monitors | upload-proguard | react-native',
      local: 'sourcemaps inject | bash-hook',
      login: 'login',
    },
    {
      allow: ['sentry-cli info', 'sentry-cli releases list'],
      deny: ['sentry-cli releases delete 1.0'],
      unsettled: ['sentry-cli sourcemaps upload dist'],
    },
  ),
  verb(
    [
      'datadog-ci',
      'newrelic',
      'pd',
      'pagerduty',
      'honeycomb',
      'grafana-cli',
      'opsgenie',
      'codecov',
      'cc-test-reporter',
      'snyk-cloud',
      'checkly',
    ],
    {
      update:
        'junit upload | sourcemaps upload | lambda | synthetics | upload | upload-coverage | incident ack | incident resolve | metric',
      grant: 'admin reset-admin-password | cli admin reset-admin-password',
      deploy: 'deploy',
      read: 'version | incident list | nrql query',
      local: 'test',
    },
    {
      allow: ['newrelic version'],
      deny: ['newrelic entity tags delete --guid x', 'grafana-cli admin reset-admin-password x'],
      unsettled: ['datadog-ci junit upload results.xml'],
    },
  ),
  verb(
    ['ldcli', 'launchdarkly', 'unleash', 'flagsmith', 'statsig', 'growthbook'],
    {
      update: 'flags update | flags create | flags toggle-on | flags toggle-off | flags archive | segments update',
      read: 'flags list | flags get | projects list | environments list',
      login: 'login',
      configure: 'config',
      serve: 'dev-server',
    },
    {
      allow: ['ldcli flags list --project shop'],
      deny: ['ldcli flags delete --flag new-cart'],
      unsettled: ['ldcli flags toggle-on --flag new-cart --environment test'],
    },
  ),
  verb(
    ['auth0', 'okta', 'clerk', 'workos', 'kcadm.sh', 'kcadm', 'fga', 'stytch'],
    {
      login: 'login | logout | config credentials',
      secret: 'test token | apps show --reveal-secrets | get client-secret | apps show',
      grant:
        'roles permissions add | users roles assign | users roles add | orgs members add | add-roles | set-password',
      read: 'tenants list | apps list | users search | logs tail | logs list | tenants use',
    },
    {
      allow: ['auth0 apps list', 'auth0 users search -q x'],
      deny: ['auth0 apps delete x', 'auth0 users roles assign u -r admin', 'auth0 test token'],
      unsettled: ['auth0 login', 'auth0 users create'],
    },
  ),
  verb(
    ['celery'],
    {
      destroy: '* purge | purge',
      read: 'inspect | status | report | result | events | list',
      serve: 'worker | beat | flower | multi',
      exec: 'call | control | shell | migrate | amqp',
    },
    {
      allow: ['celery -A shop inspect active', 'celery worker -A shop'],
      deny: ['celery -A shop purge -f'],
      unsettled: ['celery control shutdown -A shop'],
    },
    {
      options: {
        flags: ['--force -f'],
        values: entries(
          '--app -A | --broker -b | --loglevel -l | --queues -Q | --destination -d | --config | --workdir',
        ),
        abbreviations: false,
      },
    },
  ),
  verb(
    [
      'shopify',
      'contentful',
      'sanity',
      'strapi',
      'expo',
      'eas',
      'ionic',
      'appcenter',
      'hubspot',
      'hs',
      'sfdx',
      'sf',
      'sfcc-ci',
      'm365',
      'pac',
      'zcli',
      'slack',
      'clasp',
      'webflow',
      'ghost',
      'gridsome',
    ],
    {
      local:
        'build | start | develop | dev | theme dev | app dev | export | init | generate | prebuild | doctor | theme check | theme init | lint | run:ios | run:android | install --check | typegen | schema extract | config',
      deploy:
        'deploy | publish | space migration | theme push | theme publish | app deploy | app release | submit | update | channel:edit | release | upload | dataset import | push | project deploy start | force:source:deploy | rollout',
      secret: 'env:get | env:pull | credentials | org display | env:list --include-sensitive | dataset export',
      login: 'login | logout | auth',
      destroy: 'dataset delete | space delete | org delete | theme delete | project:delete | undeploy',
      exec: 'run | lane | apex run | ssh',
    },
    {
      allow: ['expo start', 'shopify theme check', 'eas whoami'],
      deny: [
        'eas submit -p ios',
        'eas build -p all --auto-submit',
        'shopify theme push',
        'sanity dataset delete production',
        'clasp push',
      ],
      unsettled: ['eas run x', 'eas login'],
    },
    {
      environment: (command) => (literal(command.parsed.value('--profile')) === 'preview' ? 'preview' : 'production'),
      special: (command, call) =>
        command.path[0] === 'build' && call.args.some((word) => /^--auto-submit/.test(literal(word) ?? ''))
          ? {
              effects: [
                {
                  kind: 'deploy',
                  platform: call.name,
                  environment: 'production',
                  what: `${call.name} build --auto-submit`,
                },
              ],
            }
          : undefined,
    },
  ),
];

const TUNNELS: readonly Grammar[] = [
  {
    names: [
      'ngrok',
      'localtunnel',
      'lt',
      'bore',
      'localhost.run',
      'serveo',
      'zrok',
      'pinggy',
      'telebit',
      'frpc',
      'inlets',
      'devtunnel',
      'pagekite',
    ],
    provider: 'tunnel',
    options: {
      values: entries(
        '--port -p | --subdomain | --local-host | --to | --region | --domain | --config -c | --authtoken',
      ),
    },
    commands: {
      tunnel: 'http | tcp | tls | start | local | share | host | * | connect',
      local: 'help | version | update | completion',
      configure: 'config | authtoken | enable | service | credits',
      read: 'diagnose | status | list',
    },
    bare: 'tunnel',
    examples: {
      allow: ['ngrok version'],
      deny: ['ngrok http 3000', 'lt --port 8080', 'bore local 8000 --to bore.pub'],
    },
  },
  {
    names: ['cloudflared'],
    provider: 'cloudflared',
    options: { values: entries('--url | --config | --hostname | --name') },
    commands: {
      tunnel: 'tunnel | tunnel run | tunnel --url | proxy-dns',
      read: 'version | tunnel list | tunnel info | tunnel validate',
      local: 'help | update',
      login: 'login | tunnel login',
      create: 'tunnel create',
      update: 'tunnel route | service',
      delete: 'tunnel delete',
      exec: 'access',
    },
    examples: {
      allow: ['cloudflared version', 'cloudflared tunnel list'],
      deny: ['cloudflared tunnel --url http://localhost:3000', 'cloudflared tunnel delete shop'],
      unsettled: ['cloudflared tunnel create shop', 'cloudflared access ssh'],
    },
  },
  {
    names: ['tailscale'],
    provider: 'tailscale',
    commands: {
      tunnel: 'funnel',
      read: 'status | ip | ping | netcheck | version | whois | dns status | serve status | funnel status | exit-node list | licenses',
      configure: 'serve | up | down | set | login | logout | switch | update | lock | cert',
      exec: 'ssh | nc | file | drive | web',
      local: 'bugreport',
    },
    examples: {
      allow: ['tailscale status', 'tailscale ip -4'],
      deny: ['tailscale funnel 3000'],
      unsettled: ['tailscale up', 'tailscale ssh web-1'],
    },
  },
];

export const servicePrograms: readonly Program[] = [stripe, ...SERVICES, ...TUNNELS].map(platform);
