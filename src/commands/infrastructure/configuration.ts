// Turns the tools that bring many machines into a state (salt, puppet, chef, bolt) into effects: which machines, and what runs there. Knows no policy.
import type { Word } from '../../core/invocation.ts';
import { type OptionSpec, parseArgs } from '../../core/options.ts';
import type { Call, EffectDraft, Lowering, Program } from '../../core/program.ts';
import { choosesProduction } from '../cloud/chosen.ts';
import { type Grammar, platform } from '../cloud/grammar.ts';
import { loadsFromElsewhere } from '../elsewhere.ts';
import { harmless, literal, opaque, writes } from '../kit.ts';
import { entries } from '../table.ts';

const change = (call: Call, what: string): EffectDraft => ({
  kind: 'deploy',
  platform: call.name,
  environment: choosesProduction(call) ? 'production' : 'unknown',
  what: `${call.name} ${what}`,
});

/** The command text runs as root on the machines that are named. */
const runsThere = (call: Call, text: Word, hosts: string, what: string): Lowering => ({
  effects: [change(call, what)],
  runs: [{ kind: 'shell', text, via: `${call.name} ${what}`, place: { kind: 'remote', name: hosts }, root: true }],
});

const SALT: OptionSpec = {
  flags: entries(
    '-G --grain | -E --pcre | -L --list | -C --compound | -N --nodegroup | -I --pillar | -S --ipcidr | --async | --static | -v --verbose | --show-timeout | --local | --force-color | -d',
  ),
  values: entries(
    '-t --timeout | -b --batch-size --batch | -c --config-dir | --out --output | -l --log-level | --out-file | --username',
  ),
  abbreviations: false,
};
const SALT_LOOKS =
  /^(test\.(ping|version|versions|echo)|grains\.\w+|pillar\.(items|get|keys|ls)|sys\.(doc|list_functions|list_modules)|state\.(show_\w+)|service\.(status|get_all|available)|pkg\.(list_pkgs|version|list_upgrades)|disk\.usage|status\.\w+|network\.(interfaces|ip_addrs)|manage\.(up|down|status)|jobs\.\w+)$/;

const salt: Program = {
  names: ['salt', 'salt-call', 'salt-ssh', 'salt-run'],
  lower: (call) => {
    const parsed = parseArgs(call.args, SALT);
    if (call.args.every((word) => /^--?(version|help|h)$/.test(literal(word) ?? '')))
      return harmless(`${call.name} help`);
    const [hosts, func, ...rest] = /^salt-(call|run)$/.test(call.name)
      ? [undefined, ...parsed.operands]
      : parsed.operands;
    const name = literal(func);
    if (name === undefined) return { effects: [opaque(`what ${call.name} runs is not known`)] };
    const dry = rest.some((word) => /^test=(true|1)$/i.test(literal(word) ?? ''));
    if ((SALT_LOOKS.test(name) || dry) && !parsed.has('--out-file')) return harmless(`${call.name} ${name}`);
    const [text] = rest;
    const where = literal(hosts) ?? 'the minions';
    if (parsed.has('--out-file')) return { effects: [...writes(call, parsed.all('--out-file')), change(call, name)] };
    return /^cmd\.(run|run_all|run_stdout|shell|run_bg)$/.test(name) && text !== undefined
      ? runsThere(call, text, where, name)
      : { effects: [change(call, `${name} on ${where}`)] };
  },
  examples: {
    allow: ["salt '*' test.ping", 'salt-call grains.items', "salt 'web*' state.apply test=True"],
    deny: ["salt '*' cmd.run 'rm -rf /'", "salt 'prod-*' state.apply"],
    unsettled: ["salt '*' state.apply", "salt 'web*' service.restart nginx"],
  },
};

const BOLT: OptionSpec = {
  flags: entries('--run-as-root | --noop | --verbose | --tty | --no-host-key-check'),
  values: entries(
    '--targets --nodes -t -n | --query -q | --rerun | --user -u | --password -p | --run-as | --inventoryfile -i | --transport | --modulepath | --concurrency -c | --format',
  ),
  abbreviations: false,
};

const bolt: Program = {
  names: ['puppet-bolt'],
  lower: (call) => {
    const parsed = parseArgs(call.args, BOLT);
    const [group, verb, what] = parsed.operands.map(literal);
    if (
      group === undefined ||
      /^(help|--version|guide)$/.test(group) ||
      /^(show|lookup)$/.test(verb ?? '') ||
      parsed.has('--noop')
    )
      return harmless('bolt looks');
    const text = parsed.operands[2];
    const hosts = literal(parsed.value('--targets')) ?? 'the targets';
    if (group === 'command' && verb === 'run' && text !== undefined) return runsThere(call, text, hosts, 'command run');
    if (!/^(command|script|task|plan|apply|file)$/.test(group))
      return { effects: [opaque(`what bolt ${group} does is not known`)] };
    return { effects: [change(call, `${group} ${verb ?? ''} ${what ?? ''}`.trim())] };
  },
  examples: {
    allow: ['puppet-bolt task show', 'puppet-bolt plan show'],
    deny: ["puppet-bolt command run 'rm -rf /' --targets web-1", 'puppet-bolt plan run deploy --targets prod'],
    unsettled: ['puppet-bolt task run package --targets web-1'],
  },
};

const OTHERS: readonly Grammar[] = [
  {
    names: ['puppet'],
    options: {
      flags: entries('--noop | --test -t | --verbose -v | --debug -d | --detailed-exitcodes'),
      values: entries('--environment | --modulepath | --server | --execute -e | --manifest | --certname | --confdir'),
      abbreviations: false,
    },
    commands: {
      read: 'parser validate | parser dump | lookup | facts | config print | module list | module search | resource --help | epp validate | epp dump | help | describe | node status | cert list | catalog compile',
      local: 'strings generate | module build | module generate',
      deploy: 'apply | agent | job run | code deploy | infrastructure',
      delete: 'cert clean | cert revoke | node clean | node purge | node deactivate | ssl clean',
      grant: 'cert sign',
      update: 'resource | module install | module upgrade | module uninstall | config set',
    },
    special: (command, call) => {
      const loaded = loadsFromElsewhere(call, command.parsed.all('--modulepath', '--confdir'));
      return loaded.length > 0 ? { effects: loaded } : undefined;
    },
    // Functions of a manifest run while it is compiled.
    local: (command) => command.parsed.has('--noop') && !command.parsed.has('--execute', '--modulepath'),
    environment: (_, call) => (choosesProduction(call) ? 'production' : 'unknown'),
    examples: {
      allow: ['puppet parser validate manifests/site.pp', 'puppet apply --noop site.pp'],
      deny: ['puppet apply --environment production site.pp', 'puppet node purge web-1'],
      unsettled: [
        'puppet lookup a --modulepath /opt/x',
        'puppet agent -t',
        'puppet resource service nginx ensure=stopped',
      ],
    },
  },
  {
    names: ['knife', 'chef-server-ctl'],
    options: {
      flags: entries('--yes -y | --all -a | --force -f | --purge -P'),
      values: entries(
        '--environment -E | --config -c | --user -u | --key -k | --server-url -s | --format -F | --attribute',
      ),
      abbreviations: false,
    },
    commands: {
      read: 'status | search | diff | cookbook test | node show | data bag list | data bag show | client show | user show | ssl check',
      exec: 'ssh | winrm | exec | raw',
      deploy: 'bootstrap | upload | cookbook upload | deps upload',
      destroy:
        '* bulk delete | cookbook delete | node delete | data bag delete | role delete | client delete | environment delete',
      grant: 'acl | client create | user create | client key create',
    },
    otherwise: 'verb',
    groups: 1,
    special: (command, call) => {
      const loaded = loadsFromElsewhere(call, command.parsed.all('--config'));
      return loaded.length > 0 ? { effects: loaded } : undefined;
    },
    environment: (_, call) => (choosesProduction(call) ? 'production' : 'unknown'),
    examples: {
      allow: ['knife node list', 'knife status'],
      deny: ['knife node delete web-1 -y', 'knife client delete web-1'],
      unsettled: ['knife node list -c /opt/other/knife.rb', "knife ssh 'role:web' uptime", 'knife bootstrap web-1'],
    },
  },
  {
    names: ['chef-client', 'chef-solo', 'cinc-client'],
    options: {
      flags: entries('--why-run -W | --local-mode -z | --once'),
      values: entries('--override-runlist -o | --runlist -r | --environment -E | --config -c | --json-attributes -j'),
      abbreviations: false,
    },
    commands: {},
    special: (command, call) =>
      command.parsed.has('--why-run')
        ? harmless('chef why-run')
        : { effects: [change(call, 'converges this machine')] },
    examples: {
      allow: ['chef-client --why-run'],
      deny: ["chef-client -z -o 'recipe[prod::db]'"],
      unsettled: ['chef-client --once'],
    },
  },
  {
    names: ['mina', 'deployer', 'dep-php'],
    options: {
      flags: entries('--verbose -v | --simulate -s | --tasks -T'),
      values: entries('--file -f | --environment'),
    },
    commands: {
      local: 'init | tasks',
      deploy: 'deploy | rollback | setup | * deploy | * rollback | * setup',
      exec: 'run | console | ssh | * console',
    },
    local: (command) => command.parsed.has('--simulate', '--tasks'),
    environment: (_, call) => (choosesProduction(call) ? 'production' : 'unknown'),
    examples: { allow: ['mina tasks'], deny: ['mina production deploy'], unsettled: ['mina deploy', 'mina console'] },
  },
];

export const configurationPrograms: readonly Program[] = [salt, bolt, ...OTHERS.map(platform)];
