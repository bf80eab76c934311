// Describes the command lines of hosted back ends and deploy tools: supabase, firebase, amplify, eb and their kind.
import type { Call, Lowering, Program } from '../../core/program.ts';
import { known } from '../../core/value.ts';
import { losesLocal } from '../containers/machine.ts';
import { at, literal } from '../kit.ts';
import { type Command, type Grammar, platform } from './grammar.ts';
import { isLocalAddress, mentionsProduction, namesProduction, namesStage } from './verbs.ts';

const stageOf = (command: Command, position: number): 'production' | 'preview' | 'unknown' => {
  const name =
    command.words[position] ??
    literal(command.parsed.value('--stage', '--environment', '--env', '--destination')) ??
    '';
  return namesProduction(name) ? 'production' : namesStage(name) ? 'preview' : 'unknown';
};

const supabaseDatabase = (command: Command): Lowering | undefined => {
  const [group, verb] = command.words;
  if (group === 'stop' && command.parsed.has('--no-backup'))
    return {
      effects: [losesLocal('the data of the local supabase', 'stop --no-backup')],
    };
  const reset = group === 'db' && verb === 'reset';
  const moves =
    (group === 'db' && verb === 'push') || (group === 'migration' && /^(up|down|repair|squash)$/.test(verb ?? ''));
  if (!reset && !moves) return undefined;
  const url = literal(command.parsed.value('--db-url'));
  const linked =
    command.parsed.has('--linked') || (group === 'db' && verb === 'push' && !command.parsed.has('--local'));
  const local = url === undefined ? !linked : isLocalAddress(url);
  if (command.parsed.has('--dry-run')) return { effects: [{ kind: 'inspect', what: 'supabase dry run' }] };
  return {
    effects: [
      {
        kind: 'db',
        engine: 'supabase',
        action: reset ? 'reset' : 'migrate',
        target: known(local ? 'localhost' : 'the linked supabase project'),
        statement: command.path.join(' '),
      },
    ],
  };
};

const supabase: Grammar = {
  names: ['supabase'],
  provider: 'supabase',
  options: {
    flags: ['--no-backup', '--linked', '--local', '--debug', '--dry-run', '--experimental', '--yes'],
    values: [
      '--workdir',
      '--project-ref',
      '--db-url',
      '--schema -s',
      '--output -o',
      '--lang',
      '--file -f',
      '--profile',
    ],
    abbreviations: false,
  },
  commands: {
    local:
      'start | stop | init | migration new | functions new | functions serve | test | db diff | db lint | db start | gen types | gen signing-key | seed  | services',
    read: 'status | projects list | functions list | migration list | orgs list | secrets list | branches list | branches get | inspect | domains get | network-bans get | network-restrictions get | ssl-enforcement get | backups list | storage ls | postgres-config get | migration fetch',
    secret: 'projects api-keys | db dump | gen bearer-jwt | gen keys',
    login: 'login | logout | link | unlink',
    update:
      'secrets set | secrets unset | storage cp | storage mv | domains | network-restrictions | ssl-enforcement | branches create | branches update | branches pause | config push | network-bans | encryption | vanity-subdomains | sso | postgres-config | db pull | functions download',
    create: 'projects create | orgs create',
    delete: 'branches delete | functions delete | storage rm',
    destroy: 'projects delete | backups restore',
    deploy: 'functions deploy',
    migrate: 'db push | db reset | migration up | migration down | migration repair | migration squash',
  },
  special: supabaseDatabase,
  examples: {
    allow: [
      'supabase start',
      'supabase status',
      'supabase gen types typescript --local',
      'supabase migration new add_orders',
      'supabase db diff',
    ],
    deny: [
      'supabase db push',
      'supabase db reset --linked',
      'supabase functions deploy pay',
      'supabase projects delete abc',
    ],
    unsettled: [
      'supabase db reset',
      'supabase stop --no-backup',
      'supabase secrets set A=b',
      'supabase link --project-ref abc',
    ],
  },
};

const firebase: Grammar = {
  names: ['firebase'],
  provider: 'firebase',
  options: {
    flags: ['--json', '--debug', '--non-interactive', '--force -f', '--dry-run'],
    values: [
      '--project -P',
      '--only',
      '--except',
      '--config -c',
      '--token',
      '--account',
      '--import',
      '--export-on-exit',
      '--message -m',
      '--port -p',
      '--instance',
    ],
    abbreviations: false,
  },
  commands: {
    local:
      'emulators:start | emulators:export | setup:emulators:firestore | serve | init | help | apps:sdkconfig | dataconnect:sdk:generate | experiments:list',
    read: 'projects:list | apps:list | hosting:sites:list | hosting:channel:list | functions:list | functions:log | firestore:indexes | database:get | database:profile | login:list | remoteconfig:get | remoteconfig:versions:list | firestore:databases:list | firestore:databases:get | appdistribution:testers:list | database:instances:list | functions:secrets:get | extensions | ext:list | ext:info',
    secret: 'functions:secrets:access | functions:config:get | auth:export | login:ci',
    login: 'login | logout | use | login:add | login:use | target | target:apply',
    update:
      'functions:config:set | functions:config:unset | functions:secrets:set | apps:create | hosting:clone | database:set | database:update | database:push | remoteconfig:rollback | appdistribution:distribute | crashlytics:symbols:upload | ext:install | ext:update | ext:configure | hosting:sites:create | firestore:databases:create | auth:import',
    create: 'projects:create | projects:addfirebase',
    delete:
      'hosting:channel:delete | functions:delete | functions:secrets:destroy | functions:secrets:prune | hosting:sites:delete | ext:uninstall | target:clear | target:remove',
    destroy:
      'firestore:delete | projects:delete | database:remove | hosting:disable | firestore:databases:delete | database:rules:release | functions:artifacts:setpolicy',
    deploy: 'deploy | apphosting:rollouts:create',
    preview: 'hosting:channel:deploy',
  },
  special: (command) => {
    if (command.path[0] === 'deploy' && command.parsed.has('--dry-run'))
      return { effects: [{ kind: 'inspect', what: 'firebase deploy dry run' }] };
    if (command.path[0] !== 'emulators:exec' && command.words[0] !== 'emulators:exec') return undefined;
    const { operands } = command.parsed;
    const script = operands[operands.findIndex((word) => literal(word) === 'emulators:exec') + 1];
    return script === undefined
      ? undefined
      : {
          effects: [{ kind: 'inspect', what: 'firebase emulators' }],
          runs: [{ kind: 'shell', text: script, via: 'firebase emulators:exec' }],
        };
  },
  examples: {
    allow: [
      'firebase emulators:start --only firestore',
      "firebase emulators:exec --only firestore 'npm test'",
      'firebase projects:list',
      'firebase functions:log',
      'firebase --version',
    ],
    deny: [
      'firebase deploy',
      'firebase deploy --only functions',
      'firebase firestore:delete --all-collections -f',
      'firebase --project acme-prod deploy',
    ],
    unsettled: ['firebase hosting:channel:deploy pr-12', 'firebase use staging', 'firebase login'],
  },
};

const amplify: Grammar = {
  names: ['amplify', 'ampx'],
  provider: 'amplify',
  options: { flags: ['--yes -y', '--debug'], values: ['--envName', '--appId'], abbreviations: false },
  commands: {
    local: 'init:local | codegen | mock | help | generate | diagnose',
    read: 'status | env list | env get | console | info',
    configure: 'configure | init | add | update | remove | env add | env checkout | pull | import',
    exec: 'sandbox secret | function',
    deploy: 'push | publish | pipeline-deploy',
    destroy: 'delete | env remove | sandbox delete',
    preview: 'sandbox',
  },
  examples: {
    allow: ['amplify status', 'amplify codegen'],
    deny: ['amplify push --yes', 'amplify delete', 'amplify publish'],
    unsettled: ['amplify pull', 'ampx sandbox'],
  },
};

const eb: Grammar = {
  names: ['eb'],
  provider: 'elasticbeanstalk',
  commands: {
    local: 'local | init --help',
    read: 'status | health | list | logs | events | console | open | tags list | printenv',
    configure: 'init | use | config | labs',
    exec: 'ssh',
    update: 'setenv | scale | restart | tags | abort | swap | clone | appversion | platform | restore | migrate',
    create: 'create',
    destroy: 'terminate',
    deploy: 'deploy | upgrade | codesource',
  },
  examples: {
    allow: ['eb status', 'eb logs', 'eb list'],
    deny: ['eb deploy', 'eb terminate web --force'],
    unsettled: ['eb ssh', 'eb setenv A=b'],
  },
};

const copilot: Grammar = {
  names: ['copilot-cli'],
  provider: 'copilot',
  commands: {
    read: '* ls | * show | * status | * logs | version',
    exec: '* exec',
    destroy: '* delete',
    deploy: 'deploy | * deploy | * package',
    configure: '* init | init',
  },
  examples: {
    allow: ['copilot-cli svc status'],
    deny: ['copilot-cli svc deploy', 'copilot-cli app delete'],
    unsettled: ['copilot-cli svc exec'],
  },
};

const dokku: Grammar = {
  names: ['dokku'],
  provider: 'dokku',
  options: { flags: ['--force', '--quiet'] },
  commands: {
    read: 'apps:list | apps:exists | apps:report | ps:report | logs | domains:report | plugin:list | help | version | events | storage:list | network:list | postgres:list | postgres:info | config:keys | proxy:report | certs:report | nginx:report',
    secret: 'config | config:show | config:get | config:export | postgres:export',
    exec: 'run | enter | run:detached | postgres:connect',
    destroy:
      'apps:destroy | *:destroy | postgres:destroy | mysql:destroy | redis:destroy | mongo:destroy | storage:unmount',
    deploy: 'git:from-image | git:from-archive | git:sync | ps:rebuild | apps:clone | tar:from | tags:deploy',
    update:
      'apps | apps:create | apps:rename | apps:lock | config:set | config:unset | ps:restart | ps:stop | ps:start | ps:scale | domains:add | domains:remove | domains:set | letsencrypt | letsencrypt:enable | proxy:ports-add | proxy:ports-set | storage:mount | postgres:create | postgres:link | redis:create | nginx:set | git:set | checks:disable | docker-options:add | plugin:install | network:create | cleanup | builder:set | buildpacks:add | certs:add | cron:list',
  },
  examples: {
    allow: ['dokku apps:list', 'dokku logs shop'],
    deny: ['dokku apps:destroy shop', 'dokku config shop', 'dokku ps:rebuild shop'],
    unsettled: ['dokku run shop bash', 'dokku config:set shop A=b'],
  },
};

const kamal: Grammar = {
  names: ['kamal'],
  provider: 'kamal',
  options: {
    flags: ['--verbose -v', '--quiet -q', '--skip-push -P', '--primary -p', '--yes -y'],
    values: ['--destination -d', '--version', '--hosts -h', '--roles -r', '--config-file -c'],
    abbreviations: false,
  },
  commands: {
    local: 'init | docs | version | help | build dev',
    read: 'details | audit | app details | app logs | app containers | app images | app version | app stale_containers | config | accessory details | accessory logs | proxy details | proxy logs | lock status | server:status',
    secret: 'secrets',
    exec: 'app exec | server exec | accessory exec | app live',
    destroy: 'remove | app remove | accessory remove | proxy remove | prune',
    deploy:
      'deploy | redeploy | rollback | setup | upgrade | build | build push | build deliver | app boot | app start | app stop | accessory | proxy | server bootstrap | registry | lock | app maintenance',
  },
  environment: (command) => (stageOf(command, 99) === 'preview' ? 'preview' : 'production'),
  examples: {
    allow: ['kamal details', 'kamal app logs'],
    deny: ['kamal deploy', 'kamal rollback abc', 'kamal remove -y'],
    unsettled: ['kamal deploy -d staging', 'kamal app exec "bin/rails c"'],
  },
};

const cap: Grammar = {
  names: ['cap'],
  provider: 'capistrano',
  options: { flags: ['--dry-run -n', '--tasks -T', '--all -A', '--trace -t', '--verbose -v'], abbreviations: false },
  commands: {
    local: 'install',
    deploy: '* deploy | * deploy:rollback | * deploy:migrate | * deploy:restart | * deploy:check',
    exec: '*',
  },
  local: (command) => command.parsed.has('--dry-run') || command.parsed.has('--tasks'),
  environment: (command) => (stageOf(command, 0) === 'preview' ? 'preview' : 'production'),
  examples: {
    allow: ['cap production deploy --dry-run'],
    deny: ['cap production deploy', 'cap production deploy:rollback', 'cap production rails:console'],
    unsettled: ['cap staging deploy'],
  },
};

const pm2: Grammar = {
  names: ['pm2', 'pm2-runtime'],
  provider: 'pm2',
  commands: {
    read: 'ls | list | status | logs | show | describe | monit | prettylist | jlist | info | env | ping | report | id | pid | l | ps',
    local:
      'start | restart | reload | stop | delete | kill | scale | flush | reset | save | dump | resurrect | ecosystem | init | examples | reloadLogs | update | serve | del',
    update: 'install | set | startup | unstartup | link | plus | uninstall | conf | sendSignal',
    deploy: 'deploy',
  },
  environment: (command) => (mentionsProduction(command.parsed.operands) ? 'production' : 'unknown'),
  special: (command, call) =>
    ['start', 'serve'].includes(command.words[0] ?? '')
      ? pm2Start(command, call)
      : command.words[0] === 'startup'
        ? { effects: [{ kind: 'persist', how: 'service', what: known('pm2 and all it runs') }] }
        : ['stop', 'delete', 'del', 'kill', 'restart', 'reload'].includes(command.words[0] ?? '')
          ? {
              effects: [
                { kind: 'proc.kill', target: 'name', name: command.operands[0]?.value ?? known('all'), signal: 'TERM' },
              ],
            }
          : undefined,
  examples: {
    allow: ['pm2 ls', 'pm2 logs api'],
    deny: ['pm2 startup', 'pm2 deploy production', "pm2 start 'rm -rf ~'"],
    unsettled: ['pm2 delete all', 'pm2 install some-module', 'pm2 start /opt/other/server.js'],
  },
};

/** pm2 starts a script, a file of settings, or a program by name. */
function pm2Start(command: Command, call: Call): Lowering {
  const [what] = command.operands;
  const spelled = literal(what);
  if (what === undefined)
    return {
      effects: [
        { kind: 'code.run', origin: 'project', language: 'javascript', what: known('ecosystem.config.js'), taints: [] },
      ],
    };
  if (command.words[0] === 'serve')
    return {
      effects: [{ kind: 'net.listen', what: 'server', address: known('localhost'), exposes: spelled ?? 'a folder' }],
    };
  if (spelled !== undefined && /^(npm|yarn|pnpm|bun|node|python3?|bash|sh)$/.test(spelled)) {
    const dashes = call.args.findIndex((word) => literal(word) === '--');
    return {
      effects: [],
      runs: [{ kind: 'argv', argv: [what, ...(dashes < 0 ? [] : call.args.slice(dashes + 1))], via: 'pm2 start' }],
    };
  }
  if (spelled !== undefined && /\s/.test(spelled))
    return { effects: [], runs: [{ kind: 'shell', text: what, via: 'pm2 start' }] };
  if (spelled !== undefined && !/[./]/.test(spelled))
    return { effects: [{ kind: 'inspect', what: 'pm2 start of a known process' }] };
  return { effects: [], runs: [{ kind: 'file', path: at(call, what), via: 'pm2 start' }] };
}

const bareDeploy = (name: string): Grammar => ({
  names: [name],
  provider: name,
  commands: { read: 'list | whoami', delete: 'teardown', login: 'login | logout' },
  bare: 'deploy',
  special: (command) =>
    command.path.length === 0
      ? { effects: [{ kind: 'deploy', platform: name, environment: 'production', what: `${name} publishes a folder` }] }
      : undefined,
  examples: { allow: [`${name} --help`], deny: [name, `${name} --dist build`, `${name} dist`] },
});

export const backendPrograms: readonly Program[] = [
  ...[supabase, firebase, amplify, eb, copilot, dokku, kamal, cap, pm2].map(platform),
  ...['surge', 'gh-pages', 'gh-pages-deploy', 'angular-cli-ghpages'].map((name) => platform(bareDeploy(name))),
];
