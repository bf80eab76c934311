// Turns terraform, tofu and terragrunt argv into effects. Knows no policy.
import type { Word } from '../../core/invocation.ts';
import { parseArgs } from '../../core/options.ts';
import type { Call, EffectDraft, Lowering, Program } from '../../core/program.ts';
import { secretVariable } from '../../core/sensitive.ts';
import { known, type Taint } from '../../core/value.ts';
import { choosesProduction } from '../cloud/chosen.ts';
import { at, harmless, here, inspect, literal, mustBeKnown, opaque, writes } from '../kit.ts';
import { entries } from '../table.ts';

const SPEC = {
  style: 'words' as const,
  flags:
    entries(`-auto-approve --auto-approve | --terragrunt-non-interactive --non-interactive | -json --json | -no-color --no-color | -destroy --destroy | -recursive --recursive | -check --check | -diff --diff | -write | -upgrade --upgrade |
    -reconfigure | -migrate-state | -force-copy | -force --force | -raw --raw | -refresh-only | -help --help | -version --version | -compact-warnings | -detailed-exitcode | -list | -all --all | -a | -dry-run`),
  values: entries(
    '-target | -replace | -state | -state-out | -backup | -lock-timeout | -parallelism | --terragrunt-working-dir --working-dir',
  ),
  optional: entries(
    '-chdir | -var | -var-file --var-file | -out --out | -input --input | -refresh | -lock | -backend | -backend-config | -generate-config-out | -chdir | -write',
  ),
};
const READS =
  /^(plan|validate|show|output|version|graph|providers|fmt|console|workspace list|workspace show|state list|state show|state pull|get|test|metadata|modules|help|render-json|hclfmt|hclvalidate|output-module-groups|graph-dependencies|run-all plan|run-all validate|run-all output|validate-inputs|find|list|dag|info|plan-all|stack output|stack generate|catalog|scaffold)$/;

/** Sensitive outputs and attributes stand in it in clear text. */
const OF_STATE: Taint = { label: 'secret', from: 'the state of terraform' };

function lower(call: Call): Lowering {
  const { args } = call;
  const parsed = parseArgs(args, SPEC);
  if (args.length === 0 || parsed.has('-help', '-version')) return harmless(`${call.name} help`);
  const words = parsed.operands.map(literal);
  const [first, second] = words;
  if (first === undefined)
    return {
      effects: [opaque(`the ${call.name} command is not known`), ...mustBeKnown(parsed.operands, 'the command')],
    };
  const two = /^(workspace|state|run-all|providers|stack|hcl|backend)$/.test(first) && second !== undefined;
  const command = two
    ? `${first} ${second}`
    : first === 'run' && second !== undefined
      ? (words.find((word, index) => index > 0 && word !== '--') ?? first)
      : first;
  const production = choosesProduction(call);
  const everything = parsed.has('-all') || first === 'run-all' || /-all$/.test(first);
  const cloud = (
    operation: string,
    action: 'update' | 'delete' | 'secret' | 'configure',
    mass: boolean,
  ): EffectDraft => ({
    kind: 'cloud',
    provider: 'terraform',
    service: 'state',
    operation,
    action,
    target: known(''),
    ...(mass ? { mass: true } : {}),
    ...(production ? { production: true } : {}),
  });
  switch (command.replace(/^run-all /, '')) {
    case 'fmt':
      return {
        effects: [
          inspect('terraform fmt'),
          ...(parsed.has('-check')
            ? []
            : [
                {
                  kind: 'fs.write' as const,
                  path: parsed.value('-chdir') === undefined ? call.cwd : at(call, parsed.value('-chdir') as Word),
                  how: 'edit' as const,
                },
              ]),
        ],
      };
    case 'init':
    case 'get':
      if (parsed.unlisted.length > 0)
        return { effects: [opaque(`what ${parsed.unlisted[0]?.name} of ${call.name} init does is not known`)] };
      return { effects: [{ kind: 'pkg.install', manager: 'terraform', names: [], source: 'manifest', global: false }] };
    case 'plan':
      return { effects: [inspect('terraform plan'), ...writes(call, parsed.all('-out', '-generate-config-out'))] };
    case 'apply':
    case 'refresh':
    case 'apply-all': {
      if (parsed.has('-destroy')) return { effects: [cloud('destroy', 'delete', true)] };
      // A saved plan was looked at before; applying it does exactly what it shows.
      const added = [call.env('TF_CLI_ARGS_apply'), call.env('TF_CLI_ARGS')]
        .map((word) => literal(word) ?? '')
        .join(' ');
      const unseen = parsed.has('-auto-approve') || /auto-approve/.test(added) || everything || parsed.has('-input');
      return {
        effects: [
          {
            kind: 'deploy',
            platform: call.name,
            environment: unseen || production ? 'production' : 'unknown',
            what: parsed.has('-auto-approve') ? `${call.name} apply without a look at the plan` : `${call.name} apply`,
          },
        ],
      };
    }
    case 'destroy':
    case 'destroy-all':
      return { effects: [cloud('destroy', 'delete', true)] };
    case 'state push':
      return { effects: [cloud(command, parsed.has('-force') ? 'delete' : 'update', parsed.has('-force'))] };
    case 'state rm':
    case 'workspace delete':
    case 'force-unlock':
      return {
        effects: [cloud(command, command === 'force-unlock' ? 'update' : 'delete', command !== 'force-unlock')],
      };
    case 'state mv':
    case 'state replace-provider':
    case 'import':
    case 'taint':
    case 'untaint':
      return { effects: [cloud(command, 'update', false)] };
    case 'workspace select':
    case 'workspace new':
    case 'login':
    case 'logout':
    case 'providers lock':
    case 'providers mirror':
      return /^providers/.test(command)
        ? { effects: [{ kind: 'fs.write', path: here(call, '.terraform.lock.hcl'), how: 'edit' }] }
        : { effects: [cloud(command, 'configure', false)] };
    case 'state pull':
      return { effects: [inspect('terraform state pull')], output: { taints: [OF_STATE] } };
    case 'output':
      if (secretVariable(words.at(-1) ?? '') && parsed.has('-raw', '-json'))
        return { effects: [inspect('terraform output')], output: { taints: [OF_STATE] } };
      return parsed.has('-raw', '-json')
        ? {
            effects: [inspect('terraform output')],
            output: { taints: [{ label: 'untrusted', from: 'terraform output' }] },
          }
        : harmless('terraform output');
    default:
      return READS.test(command)
        ? harmless(`${call.name} ${command}`)
        : { effects: [opaque(`what ${call.name} ${command} does is not known`)] };
  }
}

const terraform: Program = {
  names: ['terraform', 'tofu', 'terragrunt'],
  lower,
  examples: {
    allow: [
      'terraform fmt -check -recursive',
      'terraform plan -out tf.plan',
      'terraform validate',
      'tofu state list',
      'terraform -chdir=infra plan',
      'terraform workspace list',
      'terraform version',
      'terraform init -backend=false',
      'terraform apply -help',
      'terragrunt run-all plan',
    ],
    deny: [
      'terraform apply -auto-approve',
      'terraform destroy',
      'tofu -chdir=infra apply --auto-approve',
      'terraform state rm aws_db_instance.main',
      'terraform state push -force old.tfstate',
      'terraform apply -destroy',
      'terragrunt run-all apply',
      'terraform workspace delete old',
      'terraform apply -var-file=prod.tfvars',
      'TF_WORKSPACE=prod terraform apply',
    ],
    unsettled: [
      'terraform apply',
      'terraform apply tf.plan',
      'terraform import aws_s3_bucket.b b',
      'terraform taint x.y',
      'terraform "$CMD"',
      'terraform frobnicate',
      'terraform init -from-module=git::https://example.com/m.git',
    ],
  },
};

export const terraformPrograms: readonly Program[] = [terraform];
