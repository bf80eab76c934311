// Owns the verbs of tools that are seen less often: one line each for what only looks and what builds, starts or tests the project.
import type { Call, EffectDraft, Lowering, Program, Run } from '../../core/program.ts';
import { at, harmless, literal, opaque } from '../kit.ts';
import { entries } from '../table.ts';
import { wordOf } from '../words.ts';
import { runsProject } from './kit.ts';
import { snippets } from './unread.ts';
import { defineVerbs, type VerbTable } from './verbs.ts';

/** names, verbs that look, verbs that build. */
const ROWS: readonly (readonly [names: string, look: string, build?: string])[] = [
  ['terrascan', 'scan | version | init'],
  ['pluto', 'detect | detect-files | detect-helm | list-versions | version'],
  ['infracost', 'breakdown | diff | output'],
  ['kompose', 'version', 'convert'],
  ['promtool', 'check | test'],
  ['localstack', 'status | logs | wait | help', 'start | stop | restart'],
  ['crictl', 'ps | pods | images | info | logs | inspect | inspecti | inspectp | stats | version'],
  ['ddev | lando', 'list | describe | logs | status | info | version', 'start | stop | restart'],
  ['sqitch', 'status | log | plan | show | check'],
  ['skeema', 'diff | lint | help', 'format'],
  ['bundletool', 'validate | dump | get-size | get-device-spec | version', 'build-apks | build-bundle | extract-apks'],
  ['apksigner', 'verify | version | help | lineage'],
  ['aapt | aapt2', 'dump | list | version | d | l | v', 'compile | link | package'],
  ['idb', 'list-targets | list-apps | describe | log'],
  [
    'agvtool',
    'what-version | vers | what-marketing-version | mvers',
    'next-version | new-version | bump | new-marketing-version',
  ],
  ['truffle', 'version | networks | config', 'compile | build | test | develop'],
  ['tinygo', 'version | env | info | list | targets | help', 'build | test | run | clean'],
  ['dub', 'describe | list | search', 'build | test | lint | clean | generate | dustmite'],
  ['ibazel', 'help', 'build | test | run'],
  ['mlflow', 'doctor', 'ui | server'],
  ['wandb', 'status | verify'],
  ['ray', 'status | memory | timeline'],
  ['probe-rs', 'list | info | chip'],
  ['espflash', 'board-info | list-ports'],
  ['chezmoi', 'diff | status | managed | unmanaged | doctor | verify | source-path | target-path | ignored'],
  ['zoxide', 'query'],
  ['very_good', 'help', 'test'],
  ['maestro', 'help | hierarchy', 'test'],
  ['dx', 'doctor | help', 'serve | build | check | fmt | run | test'],
  ['wails', 'doctor | version', 'build | dev | generate'],
  ['tauri', 'info', 'dev | build | icon'],
  ['twiggy', 'top | paths | dominators | garbage | monos | diff | help'],
  ['jupyter-book | jb', 'help', 'build | clean'],
  ['scrapy', 'version | list | settings', 'check | crawl'],
  ['ct', 'list-changed | lc | version', 'lint | l'],
  ['anchor', 'keys-list', 'build | lint | idl-build'],
  ['electron-forge', 'help', 'start | package | make'],
];

/** Version control beside git: looking, and what a local commit of it does. Settings on the command line can name programs. */
const RECORDS: readonly (readonly [names: string, look: string, local: string])[] = [
  [
    'hg | sl',
    'status | st | log | diff | branch | branches | tags | heads | id | identify | summary | sum | parents | paths | root | annotate | blame | cat | files | manifest | tip | version | help | grep | bookmarks | show | smartlog',
    'add | commit | ci',
  ],
  [
    'svn',
    'info | status | stat | st | diff | di | list | ls | log | cat | blame | annotate | proplist | propget | help',
    'add',
  ],
  [
    'jj',
    'st | status | log | diff | show | evolog | obslog | interdiff | root | version | help',
    'new | describe | desc | commit | ci | edit | squash',
  ],
  ['fossil', 'status | timeline | diff | info | changes | ls | finfo | help', 'add | commit'],
];
const SETTINGS =
  /^(--config.*|--diff-cmd.*|--diff3-cmd.*|--merge-cmd.*|--editor.*|--tool.*|-R|--repository.*|--cwd.*)$/;

/** Tools of which nothing but the version is known to be harmless. */
const VERSIONS = entries(
  'jshell | ghci | pry | ld | renode | aseprite | tiled | lazygit | gitui | asciinema | rust-analyzer | zls | scrcpy | yt-dlp | navi | starkli | solana | dask | prefect | cookiecutter | cruft | copier | mkcert | appium | sonar-scanner | newman | schemathesis | flatpak-builder | makensis | appimagetool | linuxdeploy | fpm | dagger | buildkite-agent | fzf | btm | dua | qemu-system-x86_64 | qemu-system-arm | qemu-system-aarch64 | qemu-system-riscv64 | broot | kcachegrind | mega-linter-runner | Unity | near | kaggle | mono',
);

/** Programs that run the script, module or folder they are given, with the language of its text. */
const RUNNERS: Readonly<Record<string, 'python' | 'javascript' | undefined>> = {
  torchrun: 'python',
  deepspeed: 'python',
  runghc: undefined,
  runhaskell: undefined,
  ocaml: undefined,
  rdmd: undefined,
  nbb: undefined,
  electron: 'javascript',
  love: undefined,
};
/** Options by which most interpreters are given code. */
const GIVES_CODE = new Set(entries('-e | --eval | -eval | -c | -p | --print'));
const SCRIPT = /\.(py|hs|lhs|ml|d|cljs|[cm]?js|ts|love)$|^\.$/;
const INLINE = /^(-e|--eval|-p|--print|-c|-init|--init|-r|--require|-m|--module|--inspect-brk-node)$/;

function runsScript(call: Call): Lowering {
  const words = call.args.map(literal);
  if (words.length === 1 && /^(--?version|--?help|-v|-V)$/.test(words[0] ?? '')) return harmless(call.name);
  const index = words.findIndex((word) => word !== undefined && SCRIPT.test(word) && !word.startsWith('-'));
  const script = call.args[index];
  const before = index < 0 ? words : words.slice(0, index);
  if (script === undefined || before.some((word) => word === undefined || INLINE.test(word)))
    return { effects: [opaque(`what ${call.name} runs is not known`)], runs: snippets(call, GIVES_CODE) };
  const language = RUNNERS[call.name];
  const run: Run = {
    kind: 'file',
    path: at(call, script),
    ...(language ? { language } : {}),
    via: call.name,
    args: call.args.slice(index + 1),
    span: script.span,
  };
  return words[index] === '.' ? { effects: [runsProject(call.name, call)] } : { effects: [], runs: [run] };
}

/** Bringing in what others did. */
const FETCHES: Readonly<Record<string, RegExp>> = {
  hg: /^pull$/,
  sl: /^pull$/,
  svn: /^(update|up)( [\w.][\w./-]*)*$/,
  jj: /^git fetch$/,
};

const records = ([names, look, local]: (typeof RECORDS)[number]): VerbTable => ({
  names: entries(names),
  look,
  options: { values: ['-r --rev --revision', '-l --limit', '-m --message'] },
  special: (call, verb, _rest, parsed) => {
    const setting = call.args.find((word) => SETTINGS.test(literal(word) ?? '--config'));
    if (setting) return { effects: [opaque(`${call.name} with a setting or another repository`, setting.span)] };
    const words = parsed.operands.map(literal);
    // From the configured place, without an option that throws changes away.
    const fetches = FETCHES[call.name]?.test([verb, ...words].join(' ')) === true && !parsed.has('-C', '--clean');
    if (!fetches && !entries(local).includes(verb)) return undefined;
    const effects: EffectDraft[] = [{ kind: 'git.local', action: verb }, runsProject(`hooks of ${call.name}`, call)];
    return { effects };
  },
  examples: {
    allow: [`${entries(names)[0]} ${entries(look)[0]}`, `${entries(names)[0]} ${entries(local)[0]}`],
    unsettled: [`${entries(names)[0]} --config x=y ${entries(look)[0]}`, `${entries(names)[0]} push`],
  },
});

export const tailToolPrograms: readonly Program[] = [
  ...ROWS.map(([names, look, build]) =>
    defineVerbs({
      names: entries(names),
      look,
      ...(build ? { build } : {}),
      outputs: ['-o', '--output'],
      examples: {
        allow: [...entries(look), ...entries(build ?? '')].slice(0, 3).map((verb) => `${entries(names)[0]} ${verb}`),
        unsettled: [`${entries(names)[0]} frobnicate`],
      },
    }),
  ),
  ...RECORDS.map((row) => defineVerbs(records(row))),
  {
    names: VERSIONS,
    lower: (call) =>
      call.args.length === 1 && /^(--?version|version|-V|--?help|-h)$/.test(literal(call.args[0]) ?? '')
        ? harmless(`${call.name} version`)
        : { effects: [opaque(`${call.name} is known by its version alone`)], runs: snippets(call, GIVES_CODE) },
    examples: {
      allow: ['lazygit --version', 'ghci --version'],
      deny: ['ghci -e \'callCommand "rm -rf ~"\''],
      unsettled: ['echo "print 1" | ghci', 'yt-dlp https://example.com/v'],
    },
  },
  {
    names: Object.keys(RUNNERS),
    lower: runsScript,
    examples: {
      allow: ['torchrun --nproc_per_node 2 train.py --lr 0.1', 'runghc Main.hs', 'electron .', 'ocaml script.ml'],
      deny: ['ocaml -e \'Sys.command "rm -rf ~"\''],
      unsettled: ['torchrun /tmp/unseen.py', 'ocaml -e "print_int 1"', 'runghc', 'electron "$APP"'],
    },
  },
  {
    names: ['dotnet-ef'],
    lower: (call) => ({
      effects: [],
      runs: [
        {
          kind: 'argv',
          argv: [wordOf('dotnet', call.invocation), wordOf('ef', call.invocation), ...call.args],
          via: 'dotnet-ef',
        },
      ],
    }),
    examples: { allow: ['dotnet-ef migrations list'], unsettled: ['dotnet-ef database drop'] },
  },
  {
    names: ['pip-compile', 'pip-sync'],
    lower: (call) =>
      call.args.some((word) =>
        /^(-i|-f|--(extra-)?index-url.*|--find-links.*|--trusted-host.*|--pip-args.*|--config.*)$/.test(
          literal(word) ?? '-i',
        ),
      )
        ? { effects: [opaque(`${call.name} with an index or settings of its own`)] }
        : {
            effects: [
              { kind: 'pkg.install', manager: call.name, names: [], source: 'manifest', global: false },
              runsProject(call.name, call),
            ],
          },
    examples: {
      allow: ['pip-compile requirements.in', 'pip-sync'],
      unsettled: ['pip-compile -i https://example.com/simple'],
    },
  },
  {
    names: ['tig', 'dive', 'procs', 'stern', 'gops'],
    lower: (call) => harmless(call.name, { taints: [] }),
    examples: { allow: ['tig', 'dive app:dev', 'stern api -n dev'] },
  },
];
