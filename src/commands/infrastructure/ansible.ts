// Turns ansible argv into effects: which hosts, which module or playbook, and whether it only checks. Knows no policy.
import type { Word } from '../../core/invocation.ts';
import { type OptionSpec, parseArgs } from '../../core/options.ts';
import type { Call, EffectDraft, Lowering, Program } from '../../core/program.ts';
import { known, show } from '../../core/value.ts';
import { isLocalAddress, mentionsProduction } from '../cloud/verbs.ts';
import { harmless, inspect, literal, opaque, reads } from '../kit.ts';
import { entries } from '../table.ts';

const SPEC: OptionSpec = {
  flags: entries(
    '--check -C | --diff -D | --syntax-check | --list-hosts | --list-tasks | --list-tags | --become -b | --ask-become-pass -K | --ask-pass -k | --ask-vault-pass -J | --verbose -v | --one-line -o | --step | --flush-cache | --force-handlers | --version | --help -h | --force -f',
  ),
  values: entries(
    '--inventory -i | --limit -l | --extra-vars -e | --tags -t | --skip-tags | --user -u | --connection -c | --module-name -m | --args -a | --become-user | --become-method | --forks -f | --vault-password-file | --vault-id | --private-key --key-file | --start-at-task | --module-path -M | --background -B | --poll -P | --timeout -T | --tree | --roles-path -p | --role-file -r | --requirements-file | --output | --collections-path',
  ),
};
const READ_MODULES =
  /^(ansible\.builtin\.)?(ping|setup|gather_facts|debug|stat|slurp|find|package_facts|service_facts|assert|command_info|getent)$/;
const SHELL_MODULES = /^(ansible\.builtin\.)?(shell|command|raw|script)$/;

const wordWith = (word: Word, text: string): Word => ({ ...word, value: known(text), fields: 'one', taints: [] });

function isLocal(call: Call, inventory: Word | undefined, hosts: string, connection: string): boolean {
  const listed = literal(inventory);
  return (
    connection === 'local' ||
    (isLocalAddress(hosts) && hosts !== '') ||
    (listed?.endsWith(',') === true && listed.split(',').filter(Boolean).every(isLocalAddress)) ||
    literal(call.env('ANSIBLE_CONNECTION')) === 'local'
  );
}

function change(call: Call, what: string, production: boolean): EffectDraft {
  return {
    kind: 'deploy',
    platform: 'ansible',
    environment: production ? 'production' : 'unknown',
    what: `${call.name} ${what}`,
  };
}

function lower(call: Call): Lowering {
  const parsed = parseArgs(call.args, SPEC);
  if (
    parsed.has('--version', '--help', '--syntax-check', '--list-hosts', '--list-tasks', '--list-tags') ||
    call.args.length === 0
  )
    return harmless(`${call.name} without effect`);
  const production = mentionsProduction([...parsed.all('--inventory', '--limit', '--extra-vars'), ...parsed.operands]);
  const hosts = literal(parsed.operands[0]) ?? '';
  const connection = literal(parsed.value('--connection')) ?? '';
  if (call.name === 'ansible-playbook') {
    const files = reads(call, parsed.operands, 'copy');
    if (parsed.has('--check')) return { effects: [inspect('ansible-playbook --check'), ...files] };
    const local = isLocal(call, parsed.value('--inventory'), '', connection);
    if (local)
      return {
        effects: [
          ...files,
          {
            kind: 'code.run',
            origin: 'project',
            language: 'ansible',
            what: parsed.operands[0]?.value ?? known('?'),
            taints: [{ label: 'untrusted', from: 'a playbook that is not read' }],
          },
        ],
      };
    return { effects: [...files, change(call, parsed.operands.map((word) => show(word.value)).join(' '), production)] };
  }
  const module = literal(parsed.value('--module-name')) ?? (parsed.has('--module-name') ? '?' : 'command');
  if (READ_MODULES.test(module) || parsed.has('--check')) return harmless(`ansible ${module}`);
  const text = parsed.value('--args');
  const local = isLocal(call, parsed.value('--inventory'), hosts, connection);
  const place = local ? ({ kind: 'local' } as const) : ({ kind: 'remote', name: hosts } as const);
  if (SHELL_MODULES.test(module) && text !== undefined)
    return {
      effects: local ? [inspect('ansible here')] : [change(call, `${module} on ${hosts}`, production)],
      runs: [
        {
          kind: 'shell',
          text: /script$/.test(module) ? wordWith(text, `./${literal(text) ?? '?'}`) : text,
          via: `ansible ${module}`,
          place,
          root: parsed.has('--become'),
        },
      ],
    };
  return { effects: [change(call, `${module} on ${hosts}`, production)] };
}

const ansible: Program = {
  names: ['ansible', 'ansible-playbook', 'ansible-console', 'ansible-pull'],
  lower: (call) =>
    /console|pull/.test(call.name) ? { effects: [opaque(`${call.name} runs code that is not read`)] } : lower(call),
  examples: {
    allow: [
      'ansible all -m ping -i inventory/dev',
      'ansible-playbook site.yml --syntax-check',
      'ansible-playbook -i inventory/dev site.yml --check --diff',
      'ansible --version',
      'ansible localhost -m debug -a "msg=hi"',
      'ansible-playbook site.yml --list-tasks',
    ],
    deny: [
      'ansible-playbook -i inventory/production site.yml',
      'ansible all -i hosts -m shell -a "rm -rf /"',
      'ansible-playbook deploy.yml -l prod',
    ],
    unsettled: [
      'ansible-playbook -i inventory/dev site.yml',
      'ansible web -m service -a "name=nginx state=restarted"',
      'ansible-pull -U https://example.com/r.git',
    ],
  },
};

const tools: Program = {
  names: [
    'ansible-lint',
    'ansible-doc',
    'ansible-inventory',
    'ansible-config',
    'ansible-galaxy',
    'ansible-vault',
    'molecule',
  ],
  lower: (call) => {
    const sub = literal(call.args.find((word) => !(literal(word) ?? '').startsWith('-'))) ?? '';
    if (call.name === 'ansible-vault')
      return /^(view|decrypt|edit)$/.test(sub)
        ? {
            effects: [
              {
                kind: 'secret.read',
                what: 'an ansible vault',
                shown:
                  sub === 'view' ||
                  (sub === 'decrypt' &&
                    /^-$|^\/dev\/stdout$/.test(literal(parseArgs(call.args, SPEC).value('--output')) ?? '')),
              },
            ],
          }
        : { effects: [opaque('ansible-vault changes secrets')] };
    if (
      call.name === 'ansible-galaxy' &&
      /^(collection|role|install)$/.test(sub) &&
      call.args.some((word) => literal(word) === 'install')
    ) {
      const parsed = parseArgs(call.args, SPEC);
      const names = parsed.operands.filter((word) => !/^(collection|role|install)$/.test(literal(word) ?? ''));
      return {
        effects: [
          {
            kind: 'pkg.install',
            manager: 'ansible-galaxy',
            names: names.map((word) => word.value),
            source: names.length === 0 ? 'manifest' : 'registry',
            global: false,
          },
        ],
      };
    }
    if (call.name === 'ansible-galaxy' && !/^(list|search|info|init|collection|role)$/.test(sub))
      return { effects: [opaque('what ansible-galaxy does is not known')] };
    if (call.name === 'molecule' && !/^(lint|list|syntax|matrix|dependency|check|init)$/.test(sub))
      return {
        effects: [{ kind: 'code.run', origin: 'project', language: 'ansible', what: known('molecule'), taints: [] }],
      };
    return harmless(call.name);
  },
  examples: {
    deny: ['ansible-vault decrypt vault.yml --output -'],
    allow: ['ansible-lint', 'ansible-doc -l', 'ansible-inventory --list', 'molecule test'],
    unsettled: ['ansible-galaxy collection install community.docker', 'ansible-vault encrypt group_vars/all.yml'],
  },
};

export const ansiblePrograms: readonly Program[] = [ansible, tools];
