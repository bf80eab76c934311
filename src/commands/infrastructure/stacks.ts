// Describes the tools that bring up stacks and machines: pulumi, cdk, sam, serverless, packer, vagrant, nomad, consul and their kind.
import type { Program } from '../../core/program.ts';
import { choosesProduction } from '../cloud/chosen.ts';
import { type Command, type Grammar, platform } from '../cloud/grammar.ts';
import { isLocalAddress, namesProduction, namesStage } from '../cloud/verbs.ts';
import { loadsFromElsewhere } from '../elsewhere.ts';
import { literal } from '../kit.ts';
import { entries } from '../table.ts';

const stage = (command: Command): 'production' | 'preview' | 'unknown' => {
  const name = literal(command.parsed.value('--stage', '--stack', '--stack-name', '--config-env')) ?? '';
  return namesProduction(name) ? 'production' : namesStage(name) ? 'preview' : 'unknown';
};

const pulumi: Grammar = {
  names: ['pulumi'],
  provider: 'pulumi',
  options: {
    flags: entries(
      '--yes -y | --skip-preview -f | --refresh -r | --json -j | --non-interactive | --diff | --logtostderr | --remove | --preview-only | --show-secrets | --force',
    ),
    values: entries(
      '--stack -s | --cwd -C | --config-file | --target -t | --color | --parallel -p | --message -m | --verbose -v',
    ),
    abbreviations: false,
  },
  commands: {
    local: 'new | install | package | gen-completion | convert | schema | policy new',
    read: 'preview | pre | whoami | stack ls | stack history | stack output | stack graph | stack | config | config get | logs | about | version | history | stack tag ls | org get-default | state | plugin ls | watch --help | refresh --preview-only',
    secret: 'stack export | env open | env get | config --show-secrets',
    login: 'login | logout',
    configure:
      'stack select | stack init | stack tag | config set | config rm | config cp | config refresh | plugin | org | console | config set-all | stack rename',
    update: 'import | cancel | state move | state unprotect | state rename | env set | env edit',
    deploy: 'up | update | refresh | watch | deployment run | policy publish | policy enable',
    destroy: 'destroy | down | dn | stack rm | state delete | env rm | stack import',
    exec: 'env run',
  },
  local: (command) => command.parsed.has('--preview-only'),
  special: (command, call) => {
    const loaded = loadsFromElsewhere(call, command.parsed.all('--cwd'));
    return loaded.length > 0 ? { effects: loaded } : undefined;
  },
  environment: (command) =>
    command.parsed.has('--yes', '--skip-preview')
      ? 'production'
      : stage(command) === 'production'
        ? 'production'
        : 'unknown',
  examples: {
    allow: ['pulumi preview --stack dev', 'pulumi stack ls', 'pulumi whoami'],
    deny: [
      'pulumi destroy',
      'pulumi up --yes',
      'pulumi up -s production',
      'pulumi stack rm dev',
      'pulumi -C infra up -y',
      'pulumi config get apiKey --show-secrets',
    ],
    unsettled: ['pulumi up', 'pulumi config set a b', 'pulumi frob', 'pulumi -C /opt/other preview'],
  },
};

const cdk: Grammar = {
  names: ['cdk', 'cdktf', 'cdklocal'],
  provider: 'cdk',
  options: {
    flags: entries(
      '--all | --verbose -v | --json -j | --force -f | --ci | --hotswap | --no-rollback | --quiet -q | --auto-approve | --no-execute | --exclusively -e',
    ),
    values: entries(
      '--app -a | --context -c | --profile | --require-approval | --output -o | --plugin -p | --role-arn -r | --outputs-file -O | --parameters | --toolkit-stack-name | --language -l',
    ),
    abbreviations: false,
  },
  commands: {
    local:
      'synth | synthesize | init | ls | list | metadata | docs | doctor | acknowledge | notices | get | convert | context | provider',
    read: 'diff | version | drift | output',
    deploy: 'deploy | apply | watch | bootstrap | import | rollback | refactor | migrate',
    destroy: 'destroy | gc',
    login: 'login',
  },
  local: (command, call) => call.name === 'cdklocal' || command.parsed.has('--no-execute'),
  environment: (command) =>
    literal(command.parsed.value('--require-approval')) === 'never' || command.parsed.has('--auto-approve')
      ? 'production'
      : 'unknown',
  special: (command, call) => {
    const loaded = loadsFromElsewhere(call, command.parsed.all('--plugin'));
    if (loaded.length > 0) return { effects: loaded };
    const app = command.parsed.value('--app');
    return app !== undefined && !/^cdk\.out|^[\w./-]+$/.test(literal(app) ?? ' ')
      ? { effects: [{ kind: 'opaque', layer: 'argument', because: 'cdk --app runs a command' }] }
      : undefined;
  },
  examples: {
    allow: ['cdk synth', 'cdk diff', 'cdk ls', 'cdklocal deploy'],
    deny: ['cdk destroy', 'cdk deploy --require-approval never --all', 'cdk destroy ApiStack -f'],
    unsettled: ['cdk deploy ApiStack', 'cdk bootstrap', 'cdk --app "node evil.js" synth'],
  },
};

const sam: Grammar = {
  names: ['sam', 'samlocal'],
  provider: 'sam',
  options: {
    flags: entries('--guided -g | --debug | --no-confirm-changeset | --beta-features'),
    values: entries(
      '--template -t --template-file | --profile | --region | --stack-name | --config-env | --config-file | --s3-bucket',
    ),
    abbreviations: false,
  },
  commands: {
    local: 'build | validate | init | local | docs | pipeline init',
    read: 'list | logs | traces',
    deploy: 'deploy | publish | package | sync | pipeline bootstrap',
    destroy: 'delete',
    exec: 'remote',
  },
  local: (_, call) => call.name === 'samlocal',
  environment: stage,
  examples: {
    allow: ['sam build', 'sam local invoke Api', 'sam validate'],
    deny: ['sam delete --stack-name shop', 'sam deploy --stack-name shop-prod'],
    unsettled: ['sam deploy --guided', 'sam sync'],
  },
};

const serverless: Grammar = {
  names: ['serverless', 'sls', 'osls'],
  provider: 'serverless',
  options: {
    flags: entries('--verbose | --force | --debug | --aws-s3-accelerate'),
    values: entries(
      '--stage -s | --region -r | --config -c | --function -f | --aws-profile | --org | --app | --package -p | --path | --data -d',
    ),
    abbreviations: false,
  },
  commands: {
    local:
      'package | print | offline | create | invoke local | plugin list | plugin search | generate-event | offline start | doctor',
    read: 'info | metrics | logs | deploy list | deploy list functions | output list | output get | param list',
    secret: 'param get',
    login: 'login | logout | config',
    deploy: 'deploy | deploy function | rollback | dev',
    destroy: 'remove',
    exec: 'invoke',
    update: 'plugin install | plugin uninstall | prune | install',
  },
  environment: stage,
  examples: {
    allow: ['serverless package', 'sls offline start', 'sls info'],
    deny: ['serverless remove', 'sls deploy --stage prod', 'sls remove --stage dev'],
    unsettled: ['serverless deploy', 'sls invoke -f hello', 'sls deploy -s dev'],
  },
};

const sst: Grammar = {
  names: ['sst', 'arc', 'chalice', 'zappa', 'apex', 'claudia', 'architect', 'encore', 'wing', 'alchemy'],
  provider: 'sst',
  options: { flags: ['--verbose', '--yes -y'], values: entries('--stage -s | --region | --profile') },
  commands: {
    local: 'build | init | sandbox | local | package | test | compile | create | generate-template',
    read: 'version | diff | list | state list | status | logs | env | tail',
    secret: 'secret list | secret get',
    destroy: 'remove | delete | destroy | undeploy',
    deploy: 'deploy | update | promote | rollback',
    exec: 'shell | invoke | run | dev',
    update: 'secret | certify | schedule | unschedule | refresh | unlock',
  },
  environment: (command) => {
    const named = stage(command);
    return named === 'unknown' ? 'unknown' : named;
  },
  examples: {
    allow: ['sst version', 'chalice local'],
    deny: ['sst remove --stage dev', 'sst deploy --stage production', 'zappa undeploy live'],
    unsettled: ['sst deploy', 'sst secret set A b'],
  },
};

const packer: Grammar = {
  names: ['packer'],
  provider: 'packer',
  options: {
    style: 'words',
    flags: entries('-force | -color | -check | -recursive | -diff | -syntax-only'),
    optional: entries('-var | -var-file | -only | -on-error | -machine-readable'),
  },
  commands: {
    local: 'validate | fmt | inspect | console | fix | hcl2_upgrade | init | plugins installed | plugins required',
    read: 'version',
    create: 'build',
    configure: 'plugins',
  },
  examples: {
    allow: ['packer validate image.pkr.hcl', 'packer fmt -check .'],
    unsettled: ['packer build image.pkr.hcl'],
  },
};

const vagrant: Grammar = {
  names: ['vagrant'],
  provider: 'vagrant',
  options: {
    flags: entries('--force -f | --provision | --no-provision'),
    values: ['--command -c', '--provider', '--provision-with'],
  },
  commands: {
    local:
      'up | halt | suspend | resume | reload | init | validate | provision | rsync | port | snapshot list | snapshot save | autocomplete',
    read: 'status | global-status | version | ssh-config | box list | box outdated | plugin list',
    exec: 'ssh | winrm | powershell | upload',
    delete: 'destroy | box remove | snapshot delete | snapshot restore | box prune',
    update: 'box add | box update | plugin install | plugin update | package',
    login: 'cloud | login',
    tunnel: 'share',
  },
  examples: {
    allow: ['vagrant status', 'vagrant up', 'vagrant halt'],
    deny: ['vagrant destroy -f', 'vagrant share'],
    unsettled: ['vagrant ssh -c "ls"', 'vagrant box add some/box'],
  },
};

const addressed =
  (variable: string, option: string): NonNullable<Grammar['local']> =>
  (command, call) =>
    isLocalAddress(literal(command.parsed.value(option) ?? call.env(variable)) ?? 'not known');

const nomad: Grammar = {
  names: ['nomad', 'levant', 'waypoint', 'boundary'],
  provider: 'nomad',
  options: {
    style: 'words',
    optional: entries('-address | -region | -namespace | -token | -var | -var-file | -f'),
    flags: entries('-purge | -detach | -json | -yes | -dev | -verbose'),
  },
  commands: {
    local: 'job validate | validate | fmt | job init | agent -dev | render',
    read: 'status | job status | node status | job plan | plan | job inspect | alloc status | alloc logs | logs | job history | server members | version | monitor | deployment status | operator raft list-peers | job allocs | namespace list',
    secret: 'var get | acl token self',
    exec: 'alloc exec | exec | alloc fs | job dispatch',
    grant: 'acl',
    destroy:
      'operator raft remove-peer | job stop | stop | system gc | namespace delete | var purge | volume delete | node purge',
    deploy: 'job run | run | deploy | job revert | job promote | deployment promote | up',
    update:
      'node drain | node eligibility | job scale | alloc restart | alloc stop | volume | var put | deployment fail | operator | job eval | job periodic',
  },
  local: addressed('NOMAD_ADDR', '-address'),
  environment: (_, call) => (choosesProduction(call) ? 'production' : 'unknown'),
  examples: {
    allow: ['nomad job status', 'nomad job plan shop.nomad', 'nomad job validate shop.nomad'],
    deny: ['nomad job run -var env=prod shop.nomad', 'nomad job stop -purge shop', 'nomad acl token create'],
    unsettled: ['nomad job run shop.nomad', 'nomad alloc exec abc sh'],
  },
};

const consul: Grammar = {
  names: ['consul'],
  provider: 'consul',
  options: {
    style: 'words',
    optional: entries('-http-addr | -token | -datacenter | -stale'),
    flags: entries('-recurse | -keys | -dev | -detailed'),
  },
  commands: {
    local: 'validate | version',
    read: 'members | info | catalog | kv get | operator raft list-peers | monitor | config list | config read | intention list | intention check | services list',
    secret: 'kv export | keygen | snapshot save',
    grant: 'acl | intention create',
    delete: 'kv delete | services deregister | config delete | intention delete | peering delete',
    destroy: 'snapshot restore | operator raft remove-peer',
    update:
      'kv put | kv import | services register | maint | reload | leave | force-leave | join | config write | connect | event | lock | exec | watch | tls | login | logout',
  },
  local: addressed('CONSUL_HTTP_ADDR', '-http-addr'),
  examples: {
    allow: ['consul members', 'consul kv get shop/flag'],
    deny: ['consul kv delete -recurse shop/', 'consul snapshot restore backup.snap', 'consul acl token create'],
    unsettled: ['consul kv put a b'],
  },
};

export const stackPrograms: readonly Program[] = [
  pulumi,
  cdk,
  sam,
  serverless,
  sst,
  packer,
  vagrant,
  nomad,
  consul,
].map(platform);
