// Owns the verbs of tools that build, render or debug one project (firmware, engines, documents, data versions): tables, one per tool.
import { certainlyWithin } from '../../core/path.ts';
import type { Program } from '../../core/program.ts';
import { at, harmless, literal, opaque } from '../kit.ts';
import { entries } from '../table.ts';
import { wordOf } from '../words.ts';
import { runsProject } from './kit.ts';
import { defineVerbs, type VerbTable } from './verbs.ts';

const device = (call: { readonly name: string }, verb: string) =>
  ({ effects: [opaque(`${call.name} ${verb} writes to a device`)] }) as const;

const tables: readonly VerbTable[] = [
  {
    names: ['idf.py'],
    options: { values: ['-C --project-dir', '-B --build-dir', '-p --port', '-b --baud', '-D', '-G'] },
    look: 'size | size-components | size-files | monitor | docs | show-efuse-table',
    build:
      'build | all | app | bootloader | clean | fullclean | reconfigure | menuconfig | set-target | create-component | partition-table | test',
    special: (call, verb) => (/flash|erase|efuse|dfu/.test(verb) ? device(call, verb) : undefined),
    tasks: true,
    examples: {
      allow: ['idf.py build', 'idf.py set-target', 'idf.py size'],
      unsettled: ['idf.py -p /dev/ttyUSB0 flash'],
    },
  },
  {
    names: ['west'],
    options: { values: ['-b --board', '-d --build-dir', '-t --target', '-z --zephyr-base'] },
    look: 'list | status | diff | topdir | help | boards | manifest | config',
    build: 'build | twister',
    special: (call, verb) => (/flash|debug|attach|sign/.test(verb) ? device(call, verb) : undefined),
    examples: { allow: ['west build -b nrf52840dk_nrf52840', 'west list'], unsettled: ['west flash', 'west update'] },
  },
  {
    names: ['quarto'],
    options: { values: ['--to -t', '--output-dir', '-P', '--execute-params', '--profile'] },
    look: 'check | help | inspect | list',
    build: 'render | preview | create',
    publish: 'publish',
    outputs: ['--output -o'],
    examples: {
      allow: ['quarto render report.qmd', 'quarto preview'],
      deny: ['quarto publish gh-pages', 'quarto render a.qmd -o ~/.bashrc'],
    },
  },
  {
    names: ['dlv'],
    options: { values: ['--output', '--build-flags', '--wd', '--init', '--log-output', '-l --listen'] },
    look: 'version | help',
    build: 'debug | test | trace',
    special: (_call, verb, _rest, parsed) =>
      parsed.has('--listen', '--init') ? { effects: [opaque(`dlv ${verb} with a listener or a script`)] } : undefined,
    examples: {
      allow: ['dlv test ./pkg/x -- -test.run TestY', 'dlv debug ./cmd/app', 'dlv version'],
      unsettled: ['dlv attach 4711', 'dlv debug --headless --listen=:2345'],
    },
  },
  {
    names: ['dvc'],
    look: 'status | dag | diff | params | metrics | plots | list | ls | doctor | version | root | data | stage',
    build: 'repro | exp | commit | add | checkout | init',
    examples: {
      allow: ['dvc status', 'dvc repro', 'dvc metrics show'],
      unsettled: ['dvc push', 'dvc gc -w', 'dvc remote add x s3://b'],
    },
  },
  {
    names: ['symfony'],
    look: 'check:requirements | local:php:list | help | list | server:status | server:log | check:security | security:check',
    build: 'serve | server:start | local:server:start | server:stop | local:server:stop | test',
    special: (call, verb, rest) =>
      verb === 'php' || verb === 'composer' || verb === 'console'
        ? {
            effects: [],
            runs: [
              {
                kind: 'argv',
                argv: [
                  ...(verb === 'console' ? ['php', 'bin/console'] : [verb]).map((each) =>
                    wordOf(each, call.invocation),
                  ),
                  ...rest,
                ],
                via: `symfony ${verb}`,
              },
            ],
          }
        : undefined,
    examples: {
      allow: ['symfony serve -d', 'symfony composer install', 'symfony php -v'],
      unsettled: ['symfony deploy'],
    },
  },
  {
    names: ['foreman', 'overmind', 'hivemind', 'honcho', 'goreman'],
    options: { values: ['-p --port', '-m --formation', '-l --processes', '-e --env'], style: 'posix' },
    loads: ['-f --procfile'],
    look: 'check | version | help | ps | status | echo',
    build: 'start | s | restart | stop | quit | kill',
    bare: 'build',
    special: (call, verb, rest) =>
      verb === 'run' && rest.length > 0
        ? { effects: [], runs: [{ kind: 'argv', argv: rest, via: `${call.name} run` }] }
        : undefined,
    examples: { allow: ['foreman start', 'overmind s', 'honcho run ls'], deny: ['foreman run rm -rf ~'] },
  },
  {
    names: ['godot', 'godot4'],
    options: {
      style: 'words',
      values: ['-s', '--script', '--main-pack', '--export-release', '--export-debug', '--log-file'],
    },
    bare: 'build',
    special: (call, verb, _rest, parsed) =>
      [...parsed.all('--script', '-s', '--main-pack'), ...parsed.operands].some(
        (word) => !certainlyWithin(at(call, word), call.context.projectRoot),
      ) || /^(\.\.|[/~])/.test(verb)
        ? { effects: [opaque('godot runs a project that is not this one')] }
        : { effects: [runsProject('godot', call)] },
    examples: {
      allow: ['godot --headless --path . --import', 'godot --version'],
      unsettled: ['godot --path ../other'],
    },
  },
];

const versions: readonly Program[] = [
  {
    names: ['fvm', 'puro'],
    lower: (call) => {
      const [verb, ...rest] = call.args;
      const name = literal(verb) ?? '';
      if (/^(flutter|dart)$/.test(name))
        return {
          effects: [],
          runs: [{ kind: 'argv', argv: [verb as (typeof rest)[number], ...rest], via: call.name }],
        };
      if (name === 'exec') return { effects: [], runs: [{ kind: 'argv', argv: rest, via: `${call.name} exec` }] };
      return entries('list | releases | doctor | --version | --help | config | ls').includes(name)
        ? harmless(`${call.name} ${name}`)
        : { effects: [opaque(`${call.name} ${name} changes the tool chain`)] };
    },
    examples: { allow: ['fvm flutter test', 'fvm list'], unsettled: ['fvm install 3.24.0', 'fvm global stable'] },
  },
  {
    names: ['jps', 'jstack', 'jstat', 'jinfo'],
    lower: (call) =>
      call.name === 'jinfo' && call.args.some((word) => /^-flag$/.test(literal(word) ?? '-flag'))
        ? { effects: [opaque('jinfo may change a flag of a running program')] }
        : harmless(call.name, { taints: [] }),
    examples: {
      allow: ['jps -l', 'jstack 4711', 'jstat -gc 4711'],
      unsettled: ['jinfo -flag +HeapDumpOnOutOfMemoryError 4711'],
    },
  },
];

export const projectToolPrograms: readonly Program[] = [...tables.map(defineVerbs), ...versions];
