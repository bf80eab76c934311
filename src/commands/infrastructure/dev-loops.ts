// Describes tools that build and run a project in containers while it is being written: skaffold, tilt, act, dbt and their kind.
import { parseArgs } from '../../core/options.ts';
import type { Program } from '../../core/program.ts';
import { known } from '../../core/value.ts';
import { asksHelp, type Grammar, platform } from '../cloud/grammar.ts';
import { mentionsProduction } from '../cloud/verbs.ts';
import { harmless, inspect, literal, opaque } from '../kit.ts';
import { entries } from '../table.ts';

const LOOPS: readonly Grammar[] = [
  {
    names: ['skaffold', 'tilt', 'devspace', 'garden', 'okteto', 'werf', 'ko', 'acorn'],
    options: { values: entries('--kube-context --context | --namespace -n | --profile -p | --filename -f | --env') },
    commands: {
      read: 'version | diagnose | schema | config list | get | logs | describe | list | ls | status | doctor | options | analytics | inspect | lint | preview list | namespace list | config current-context',
      local: 'init | fix | render | build | test | validate | completion | print | verify-install | help',
      deploy:
        'run | deploy | apply | dev | up | ci | debug | preview deploy | pipeline deploy | resolve | publish | sync | converge | workflow | args | enable | trigger',
      destroy: 'delete | down | purge | cleanup | destroy | dismiss | namespace delete | preview destroy',
      exec: 'exec | enter | shell | attach',
      configure: 'config | use | context | login | namespace | kubeconfig',
    },
    local: (command) =>
      /^(kind-|minikube|k3d-|docker-desktop|colima|orbstack)/.test(
        literal(command.parsed.value('--kube-context')) ?? '',
      ),
    environment: (command) =>
      mentionsProduction(command.parsed.options.map((option) => option.value)) ? 'production' : 'unknown',
    examples: {
      allow: [
        'skaffold version',
        'okteto preview list',
        'tilt up --context kind-dev',
        'skaffold render',
        'skaffold --kube-context kind-dev run',
      ],
      deny: ['skaffold delete', 'okteto namespace delete dev-x', 'skaffold run -p production'],
      unsettled: ['skaffold run', 'tilt up'],
    },
  },
  {
    names: ['telepresence', 'mirrord', 'gefyra'],
    provider: 'telepresence',
    commands: {
      read: 'status | list | version | verify-paths',
      exec: 'connect | intercept | exec | run | replace | wiretap | ingest',
      local: 'quit | leave | gather-logs | completion',
      update: 'helm | uninstall | config | loglevel',
    },
    examples: { allow: ['telepresence status'], unsettled: ['telepresence intercept api'] },
  },
];

const act: Program = {
  names: ['act', 'gitlab-ci-local'],
  lower: (call) => {
    const parsed = parseArgs(call.args, {
      flags: entries(
        '--list -l | --dryrun -n | --graph -g | --version | --help -h | --privileged | --bind -b | --reuse -r | --verbose -v | --quiet -q | --json | --watch -w | --rm | --pull -p | --push | --ci | --allow-privileged -P | --list-options',
      ),
      values: entries(
        '--job -j | --workflows -W | --eventpath -e | --secret -s | --secret-file | --env | --env-file | --var | --platform -P_ | --directory -C | --actor -a | --container-options | --matrix | --input',
      ),
      abbreviations: false,
    });
    if (asksHelp(call.args) || parsed.has('--list', '--dryrun', '--graph', '--version', '--help'))
      return harmless(`${call.name} looks`);
    if (parsed.has('--privileged', '--container-options', '--allow-privileged'))
      return { effects: [{ kind: 'privilege', how: 'escape', what: 'a privileged build container' }] };
    if (parsed.has('--push') || parsed.has('--secret', '--secret-file', '--directory'))
      return { effects: [opaque(`${call.name} is given secrets, another folder, or may push`)] };
    return {
      effects: [{ kind: 'code.run', origin: 'project', language: 'workflow', what: known(call.name), taints: [] }],
    };
  },
  examples: {
    allow: ['act -l', 'act -n pull_request', 'act --version'],
    deny: ['act --privileged'],
    unsettled: ['act -s TOKEN=x push'],
  },
};

const dbt: Program = {
  names: ['dbt', 'sqlmesh', 'dagster', 'meltano'],
  lower: (call) => {
    const parsed = parseArgs(call.args, {
      flags: entries(
        '--full-refresh | --quiet -q | --version -v | --help -h | --no-partial-parse | --empty | --fail-fast -x',
      ),
      values: entries(
        '--target -t | --select -s --models -m | --exclude | --profiles-dir | --project-dir | --profile | --vars | --args | --threads | --selector | --state | --env',
      ),
      abbreviations: false,
    });
    const command = literal(parsed.operands[0]) ?? '';
    if (asksHelp(call.args) || parsed.has('--version', '--help')) return harmless(`${call.name} help`);
    if (
      /^(parse|compile|ls|list|deps|debug|docs|show|init|clean|lint|format|diff|plan|info|render|version|source)$/.test(
        command,
      )
    )
      return { effects: [inspect(`${call.name} ${command}`)] };
    if (!/^(run|build|seed|snapshot|test|run-operation|apply|migrate|retry|clone|freshness|materialize)$/.test(command))
      return { effects: [opaque(`what ${call.name} ${command} does is not known`)] };
    return {
      effects: [
        {
          kind: 'db',
          engine: call.name,
          action: command === 'test' ? 'read' : 'migrate',
          target: known('the configured database'),
          statement: `${call.name} ${command}`,
          ...(mentionsProduction(parsed.all('--target', '--profile', '--env')) ? { production: true } : {}),
        },
      ],
    };
  },
  examples: {
    allow: ['dbt compile', 'dbt ls', 'dbt test --select orders'],
    deny: ['dbt run --target prod'],
    unsettled: ['dbt run', 'dbt seed --full-refresh'],
  },
};

export const devLoopPrograms: readonly Program[] = [...LOOPS.map(platform), act, dbt];
