// Describes the command lines of application platforms: what builds here, what deploys, what deletes.
import type { Lowering, Program } from '../../core/program.ts';
import { known } from '../../core/value.ts';
import { runsHosted } from '../database/hosted.ts';
import { literal } from '../kit.ts';
import { type Command, type Grammar, platform } from './grammar.ts';
import { heroku } from './heroku.ts';
import { mentionsProduction } from './verbs.ts';

const vercel: Grammar = {
  names: ['vercel', 'vc', 'now'],
  provider: 'vercel',
  options: {
    flags: [
      '--prod --production',
      '--yes -y',
      '--debug -d',
      '--force -f',
      '--prebuilt',
      '--no-wait',
      '--confirm -c',
      '--public -p',
      '--logs -l',
      '--skip-domain',
    ],
    values: [
      '--token -t',
      '--scope -S',
      '--cwd',
      '--local-config -A',
      '--global-config -Q',
      '--team -T',
      '--target',
      '--name -n',
      '--environment',
      '--env -e',
      '--build-env -b',
      '--meta -m',
      '--regions',
      '--archive',
    ],
    abbreviations: false,
  },
  commands: {
    local: 'build | dev | develop | init | help | telemetry',
    read: `ls | list | inspect | logs | log | whoami | env ls | env list | project ls | project list | project inspect |
      domains ls | domains inspect | dns ls | alias ls | certs ls | teams ls | switch ls   | integration list |
      cache ls | rolling-release fetch`,
    login: 'login | logout | switch',
    configure: 'link | env pull | pull | git | telemetry disable | telemetry enable',
    update: `env add | env update | alias | alias set | domains add | dns add | project add | certs issue | teams | integration |
      blob | domains buy | dns import | cache | microfrontends | pause | unpause`,
    delete: 'remove | rm | env rm | env remove | domains rm | dns rm | alias rm | certs rm | blob del',
    destroy: 'project rm | project remove | blob store rm | blob empty-store | domains move',
    deploy: 'promote | rollback | redeploy | rolling-release',
    preview: 'deploy',
  },
  bare: 'preview',
  environment: (command) => (command.path[0] === 'deploy' || command.path.length === 0 ? 'preview' : 'production'),
  special: (command, call) => {
    const [first] = command.words;
    if (/^(env pull|pull)$/.test(command.path.join(' ')) && mentionsProduction(command.parsed.all('--environment')))
      return {
        effects: [
          {
            kind: 'cloud',
            provider: 'vercel',
            service: 'env',
            operation: 'pull',
            action: 'secret',
            target: known('the secrets of production'),
            production: true,
          },
        ],
      };
    const deploys = first === undefined || first === 'deploy' || (command.path.length === 0 && /[./]/.test(first));
    if (!deploys) return undefined;
    const target = command.parsed.value('--target')?.value;
    const production =
      command.parsed.has('--prod') ||
      (target !== undefined && !(target.kind === 'known' && /^(preview|staging|development)$/.test(target.text)));
    return {
      effects: [
        {
          kind: 'deploy',
          platform: 'vercel',
          environment: production ? 'production' : 'preview',
          what: `${call.name} deploy`,
        },
      ],
    };
  },
  examples: {
    allow: [
      'vercel dev',
      'vercel build',
      'vercel ls',
      'vercel env ls',
      'vercel inspect shop-abc.vercel.app',
      'vercel --version',
    ],
    deny: [
      'vercel --prod',
      'vercel deploy --target=production',
      'vercel promote shop-abc.vercel.app',
      'vercel project rm shop',
      'vercel env pull .env.local --environment=production',
      'vercel --yes --prod --cwd apps/web',
    ],
    unsettled: [
      'vercel',
      'vercel deploy',
      'vercel env add API_URL preview',
      'vercel env pull .env.local',
      'vercel link',
    ],
  },
};

const netlify: Grammar = {
  names: ['netlify', 'ntl'],
  provider: 'netlify',
  options: {
    flags: ['--prod -p', '--prod-if-unlocked', '--build', '--debug', '--json', '--open'],
    values: ['--dir -d', '--site -s', '--auth', '--filter', '--alias', '--message -m', '--context', '--functions -f'],
    abbreviations: false,
  },
  commands: {
    local:
      'build | dev | serve | functions:build | functions:create | functions:serve | functions:invoke  | recipes | completion | init:local',
    read: 'status | sites:list | functions:list | watch | logs | logs:function | logs:deploy | open | api:list | blobs:list | teams:list | db:status',
    secret: 'env:get | env:list | blobs:get',
    login: 'login | logout | switch',
    configure: 'link | unlink | init | addons | agents | clone',
    update: 'env:clone | env:import | env:set | env:unset | blobs:set',
    create: 'sites:create | sites:create-template',
    destroy: 'sites:delete | blobs:delete',
    exec: 'api',
    preview: 'deploy',
  },
  special: (command, call) =>
    command.words[0] === 'api' && /^(delete|remove|cancel|purge)[A-Z]/.test(command.words[1] ?? '')
      ? {
          effects: [
            {
              kind: 'cloud',
              provider: 'netlify',
              service: 'api',
              operation: command.words[1] ?? '',
              action: 'delete',
              target: known(''),
            },
          ],
        }
      : command.words[0] === 'dev:exec'
        ? {
            effects: [],
            runs: [
              {
                kind: 'argv',
                argv: call.args.slice(call.args.findIndex((word) => literal(word) === 'dev:exec') + 1),
                via: 'netlify dev:exec',
              },
            ],
          }
        : command.path[0] === 'deploy' && (command.parsed.has('--prod') || command.parsed.has('--prod-if-unlocked'))
          ? {
              effects: [
                { kind: 'deploy', platform: 'netlify', environment: 'production', what: 'netlify deploy --prod' },
              ],
            }
          : undefined,
  examples: {
    allow: ['netlify status', 'netlify dev', 'netlify build', 'netlify sites:list'],
    deny: [
      'netlify api deleteSite --data x',
      'netlify env:unset KEY --context production',
      'netlify deploy --prod',
      'netlify deploy -p --dir=build',
      'netlify sites:delete 123',
    ],
    unsettled: ['netlify deploy --dir build', 'netlify env:set KEY value', 'netlify frob'],
  },
};

/** Statements for the database that the worker's users reach. */
function executesThere(command: Command): Lowering | undefined {
  const statement = command.parsed.value('--command');
  return statement && runsHosted(statement, 'd1', 'd1.cloudflare.com', 'wrangler d1 execute');
}

const wrangler: Grammar = {
  names: ['wrangler', 'wrangler2'],
  provider: 'cloudflare',
  options: {
    flags: ['--dry-run', '--local', '--remote', '--json', '--yes -y', '--minify', '--preview'],
    values: [
      '--config -c',
      '--env -e',
      '--name',
      '--cwd',
      '--command',
      '--file',
      '--port',
      '--ip',
      '--outdir',
      '--persist-to',
    ],
    abbreviations: false,
  },
  commands: {
    local:
      'dev | build | init | types | pages dev | docs | telemetry | check | complete  | pages functions build | d1 migrations create',
    read: `whoami | deployments list | deployments status | deployments view | tail | pages deployment list | pages deployment tail |
      pages project list | kv namespace list | kv key list | kv:namespace list | kv:key list | r2 bucket list | r2 bucket info |
      d1 list | d1 info | d1 migrations list | d1 time-travel info | d1 insights | queues list | queues info | secret list | versions list | versions view |
      workflows list | hyperdrive list | vectorize list | kv key get | kv:key get | pages secret list | dispatch-namespace list`,
    secret: 'r2 object get | secrets-store secret get | d1 export',
    login: 'login | logout | auth',
    update: `kv key put | kv:key put | kv bulk put | kv:bulk put | r2 object put | secret put | secret bulk | kv namespace create | r2 bucket create |
      d1 create | queues create | pages project create | pages secret put | hyperdrive create | vectorize create | queues | r2 bucket | workflows`,
    delete:
      'kv key delete | kv:key delete | r2 object delete | secret delete | pages deployment delete | pages secret delete | kv bulk delete | kv:bulk delete | workflows delete',
    destroy:
      'delete | kv namespace delete | kv:namespace delete | r2 bucket delete | d1 delete | queues delete | pages project delete | queues purge | d1 time-travel restore | vectorize delete | hyperdrive delete | workers delete',
    deploy:
      'deploy | publish | pages deploy | pages publish | rollback | versions deploy | versions upload | triggers deploy | containers push',
    migrate: 'd1 migrations apply | d1 execute',
  },
  special: (command) =>
    command.path[0] === 'dev' && command.parsed.has('--remote')
      ? { effects: [{ kind: 'deploy', platform: 'cloudflare', environment: 'preview', what: 'wrangler dev --remote' }] }
      : command.path.join(' ') === 'd1 execute' && command.parsed.has('--remote')
        ? executesThere(command)
        : undefined,
  // D1 commands work on the local copy unless --remote is given (wrangler 3 and later).
  local: (command) =>
    command.parsed.has('--dry-run') ||
    (!command.parsed.has('--remote') && (command.parsed.has('--local') || command.meaning === 'migrate')),
  environment: (command) => {
    const named = command.parsed.value('--env');
    return named === undefined || mentionsProduction([named]) ? 'production' : 'unknown';
  },
  examples: {
    allow: [
      'wrangler dev --port 8787',
      'wrangler whoami',
      'wrangler deploy --dry-run --outdir build',
      'wrangler types',
      'wrangler tail api',
    ],
    deny: [
      'wrangler deploy',
      'wrangler publish --name api',
      'wrangler pages deploy dist',
      'wrangler kv namespace delete --namespace-id 1',
      'wrangler d1 delete shop',
      'wrangler d1 execute shop --remote --command "drop table orders"',
      'wrangler deploy -e production',
    ],
    unsettled: ['wrangler secret put API_KEY', 'wrangler d1 create shop', 'wrangler dev --remote', 'wrangler login'],
  },
};

const fly: Grammar = {
  names: ['fly', 'flyctl'],
  provider: 'fly',
  options: {
    flags: ['--verbose', '--debug', '--json -j', '--yes -y', '--now', '--remote-only', '--local-only', '--build-only'],
    values: ['--access-token -t', '--app -a', '--config -c', '--org -o', '--region -r', '--image -i', '--command -C'],
    abbreviations: false,
  },
  commands: {
    local: 'version | doctor | config validate | docs | settings',
    read: `status | logs | apps list | apps releases | info | releases | machine list | machine status | machines list | machines status | volumes list | volumes show |
      secrets list | regions list | checks list | scale show | ips list | certs list | certs show | postgres list | pg list | history | services list | platform | config show | orgs list |
      orgs show | auth whoami | image show | dashboard | redis list | redis status | wireguard list | mpg list | mpg status`,
    secret: 'auth token | tokens create | tokens attenuate | config env',
    login: 'auth login | auth logout | auth docker | auth signup',
    exec: 'ssh | console | proxy | sftp | postgres connect | pg connect | machine exec | machines exec | machine run | machines run | redis connect | mpg connect | machine proxy | wireguard',
    update:
      'secrets set | secrets import | secrets unset | secrets deploy | scale | machine | machines | volumes | ips | certs | apps restart | apps suspend | apps resume | config save | image update | regions | postgres | pg | redis | extensions | orgs | tokens revoke | apps move | autoscale | restart',
    create: 'apps create | create | volumes create | postgres create | pg create | redis create | mpg create',
    destroy:
      'apps destroy | destroy | volumes destroy | volumes delete | machine destroy | machines destroy | machine remove | postgres destroy | redis destroy | orgs delete | mpg destroy | storage destroy',
    deploy: 'deploy | launch | machine update',
  },
  local: (command) => command.parsed.has('--build-only'),
  otherwise: 'verb',
  examples: {
    allow: ['fly status --app shop', 'flyctl logs', 'fly secrets list', 'fly config validate', 'fly version'],
    deny: [
      'fly deploy',
      'flyctl deploy --remote-only',
      'fly apps destroy shop --yes',
      'fly volumes destroy vol_1',
      'fly tokens create deploy',
    ],
    unsettled: ['fly ssh console', 'fly scale count 3', 'fly secrets set A=b', 'fly machine restart 148'],
  },
};

const railway: Grammar = {
  names: ['railway'],
  provider: 'railway',
  options: {
    flags: ['--json', '--yes -y', '--detach -d', '--ci -c'],
    values: ['--service -s', '--environment -e', '--project -p'],
    abbreviations: false,
  },
  commands: {
    local: 'docs | completion | help',
    read: 'status | logs | list | whoami | open | environment list | deployment list',
    secret: 'variables | variable | vars',
    login: 'login | logout | link | unlink | service | environment | init',
    exec: 'run | shell | ssh | connect | functions | dev',
    update: 'add | domain | volume | scale | restart | bucket | starship',
    destroy: 'delete | environment delete | volume delete',
    deploy: 'up | redeploy | deploy | down',
  },
  examples: {
    allow: ['railway status', 'railway logs'],
    deny: ['railway up', 'railway down', 'railway variables'],
    unsettled: ['railway run npm start', 'railway link', 'railway add'],
  },
};

const render: Grammar = {
  names: ['render'],
  provider: 'render',
  options: { flags: ['--confirm', '--wait'], values: ['--output -o'], abbreviations: false },
  commands: {
    read: 'services list | services | deploys list | logs | whoami | workspace current | workspaces | jobs list | blueprints validate | builds list',
    login: 'login | logout | workspace set | workspace',
    exec: 'ssh | psql | jobs create | kv-cli | ea',
    update: 'restart | services update',
    create: 'services create',
    destroy: 'services delete',
    deploy: 'deploys create | deploys cancel | blueprints launch',
  },
  examples: {
    allow: ['render services list', 'render logs'],
    deny: ['render deploys create srv-1', 'render services delete srv-1'],
    unsettled: ['render ssh srv-1'],
  },
};

export const platformPrograms: readonly Program[] = [vercel, netlify, wrangler, fly, heroku, railway, render].map(
  platform,
);
