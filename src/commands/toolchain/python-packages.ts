// Turns pip, uv, poetry, pdm, hatch, pipenv, conda and such into installs, runs and publications.
import type { Word } from '../../core/invocation.ts';
import { type OptionSpec, type ParsedArgs, parseArgs } from '../../core/options.ts';
import {
  type Call,
  defineProgram,
  type EffectDraft,
  type Lowering,
  type Program,
  type Run,
} from '../../core/program.ts';
import { known } from '../../core/value.ts';
import { at, harmless, literal, opaque, proxied, reads } from '../kit.ts';
import { entries } from '../table.ts';
import { wordOf } from '../words.ts';
import { namedEffects, runsProject } from './kit.ts';
import { lowerPackageRun } from './package-run.ts';
import { indexes, installs } from './python-installs.ts';
import { configure } from './python-settings.ts';

const OPTIONS: OptionSpec = {
  values: [
    '-r --requirement --requirements',
    '-c --constraint --constraints',
    '-e --editable',
    '-i --index-url',
    '--extra-index-url',
    '--index',
    '--default-index',
    '-f --find-links',
    '--target -t',
    '--prefix',
    '--root',
    '--python -p',
    '--trusted-host',
    '--proxy',
    '--cert',
    '--cache-dir',
    '--log',
    '--platform',
    '--python-version',
    '--only-binary',
    '--no-binary',
    '--src',
    '--report',
    '--progress-bar',
    '--timeout',
    '--retries',
    '--extra -E',
    '--group -G',
    '--only-group',
    '--no-group',
    '--with',
    '--without',
    '--only',
    '--directory -C',
    '--project',
    '--package',
    '--env-file',
    '--repository',
    '--username -u',
    '--password',
    '--token',
    '--publish-url',
    '--config-setting --config-settings',
    '--upgrade-package -P',
    '--resolution',
    '--channel',
    '--name -n',
    '--file',
    '-d --dest',
    '-w --wheel-dir',
    '-o --output-file --output',
  ],
  abbreviations: false,
};
const RUN: OptionSpec = {
  ...OPTIONS,
  style: 'posix',
  values: [
    ...(OPTIONS.values ?? []).filter((each) => !each.startsWith('-r ')),
    '--module -m',
    '--with-requirements',
    '--with-editable',
  ],
};

const LOOK = new Set(
  entries(
    'list|ls|show|freeze|check|search|help|info|inspect|index|hash|debug|download|tree|env|python|about|outdated|completion|version|config|cache|lock|export|compile|self|dir|which|graph|venv|init|new|metadata|find|generate-shell-completion|auth-status|sources|status|dep|fmt',
  ),
);
const SYNC = new Set(
  entries('sync|install|update|upgrade|build|ensurepath|wheel|reinstall|rebuild|restore|pin|clean|dedupe'),
);

function lower(call: Call): Lowering {
  const before = parseArgs(call.args, RUN);
  const lowered = lowerVerb(call, before);
  return { ...lowered, effects: [...proxied(before.all('--proxy')), ...lowered.effects] };
}

function lowerVerb(call: Call, before: ParsedArgs): Lowering {
  const [head, ...rest] = before.operands;
  if (head === undefined) return harmless(`${call.name} help`);
  const verb = literal(head);
  if (verb === undefined) return { effects: [opaque(`what ${call.name} does is not known`, head.span)] };
  const here = folderOf(call, before);
  if (call.name === 'uv' && verb === 'pip') return lower({ ...here, name: 'pip', args: rest });
  if (call.name === 'uv' && verb === 'tool') return tool(here, rest);
  if (verb === 'run' || (verb === 'shell' && rest.length > 0))
    return call.name === 'pipx' ? lowerPackageRun(here, rest) : run(here, rest);
  if (verb === 'x' && call.name === 'uv') return lowerPackageRun(here, rest);
  const parsed = parseArgs(rest, OPTIONS);
  const asksHelp = rest.some((word) => /^(--help|-h)$/.test(literal(word) ?? ''));
  if (asksHelp) return harmless(`${call.name} ${verb} --help`);
  // A name is an environment of the user's own; a folder could hold scripts that run on entry.
  if (
    /conda|mamba/.test(call.name) &&
    /^(de)?activate$/.test(verb) &&
    rest.every((word) => /^[\w.-]+$/.test(literal(word) ?? '/'))
  )
    return harmless(`${call.name} ${verb}`);
  if (verb === 'publish' || verb === 'upload')
    return rest.some((word) => literal(word) === '--dry-run')
      ? harmless('a dry run')
      : { effects: [{ kind: 'pkg.publish', manager: call.name, what: 'a package' }] };
  if (verb === 'config' || verb === 'source') return configure(call, parsed);
  if (verb === 'self' && /^(add|install|update)$/.test(literal(parsed.operands[0]) ?? ''))
    return {
      effects: [
        {
          kind: 'pkg.install',
          manager: call.name,
          names: parsed.operands.slice(1).map((word) => word.value),
          source: 'registry',
          global: true,
        },
      ],
    };
  if (call.name === 'hatch' && verb === 'test') return { effects: [runsProject('hatch test', call)] };
  if (call.name === 'pixi' && /^(project|workspace|global)$/.test(verb)) return pixi(call, verb, parsed);
  if (
    call.name === 'pip' ||
    /^pip\d|^pip$/.test(call.name) ||
    call.name === 'pipx' ||
    call.name === 'conda' ||
    call.name === 'mamba' ||
    call.name === 'micromamba'
  ) {
    // What has no wheel is built to learn what it needs.
    const builds =
      verb === 'download' &&
      (parsed.has('--no-binary', '-r') ||
        rest.some((word) => /^(git\+|https?:|file:|[./~])/.test(literal(word) ?? '/')));
    if (builds || verb === 'install' || verb === 'wheel' || verb === 'create' || verb === 'inject')
      return installs(here, parsed, call.name === 'pipx');
    if (verb === 'env' && /^(create|update)$/.test(literal(parsed.operands[0]) ?? ''))
      return { effects: [{ kind: 'pkg.install', manager: call.name, names: [], source: 'manifest', global: false }] };
    // A whole environment goes, not one of its packages.
    if (
      (verb === 'env' && literal(parsed.operands[0]) === 'remove') ||
      (/conda|mamba/.test(call.name) && verb === 'remove' && rest.some((word) => literal(word) === '--all'))
    )
      return { effects: [opaque(`${call.name} ${verb} removes a whole environment`)] };
    if (/^(uninstall|remove|upgrade|update)/.test(verb))
      return {
        effects: [
          {
            kind: 'pkg.install',
            manager: call.name,
            names: parsed.operands.map((word) => word.value),
            source: 'manifest',
            global: call.name === 'pipx',
            remove: /^(un|re)/.test(verb),
          },
        ],
      };
    if (verb === 'compile' || verb === 'sync')
      return {
        effects: [
          { kind: 'pkg.install', manager: 'pip', names: [], source: 'manifest', global: false },
          ...reads(here, parsed.operands),
        ],
      };
  }
  if (verb === 'add') return installs(here, parsed, false);
  if (verb === 'remove' || verb === 'uninstall')
    return {
      effects: [
        { kind: 'pkg.install', manager: call.name, names: [], source: 'manifest', global: false, remove: true },
      ],
    };
  if (SYNC.has(verb))
    return parsed.operands.length > 0 && verb === 'install'
      ? installs(here, parsed, false)
      : {
          effects: [
            ...indexes(call, parsed),
            { kind: 'pkg.install', manager: call.name, names: [], source: 'manifest', global: false },
          ],
        };
  if (LOOK.has(verb)) return { effects: [{ kind: 'inspect', what: `${call.name} ${verb}` }] };
  return { effects: [opaque(`${call.name} ${verb} is not known`)] };
}

function folderOf(call: Call, parsed: ParsedArgs): Call {
  const folder = parsed.value('--directory') ?? parsed.value('--project');
  return folder ? { ...call, cwd: at(call, folder) } : call;
}

/** `uv run`, `poetry run`: a program of the project's environment, a module or a script. */
function run(call: Call, args: readonly Word[]): Lowering {
  const parsed = parseArgs(args, RUN);
  const extra = [...parsed.all('--with'), ...parsed.all('--with-editable')].map(
    (word): EffectDraft => ({
      kind: 'pkg.run',
      manager: call.name,
      name: word.value,
      declared: undefined,
      span: word.span,
    }),
  );
  const module = parsed.value('--module');
  const python = (words: readonly Word[]): Run => ({
    kind: 'argv',
    argv: [wordOf('python', call.invocation), ...words],
    via: `${call.name} run`,
  });
  if (module) return { effects: extra, runs: [python([wordOf('-m', module), module, ...parsed.operands])] };
  const [program, ...rest] = parsed.operands;
  if (program === undefined) return { effects: [...extra, runsProject(`${call.name} run`, call)] };
  const name = literal(program);
  if (name !== undefined && /^https?:/.test(name))
    return {
      effects: [
        {
          kind: 'code.run',
          origin: 'download',
          language: 'python',
          what: known(name),
          taints: [{ label: 'downloaded', from: name }],
        },
      ],
    };
  if (name !== undefined && (/\.pyw?$/.test(name) || name === '-'))
    return { effects: extra, runs: [python(parsed.operands)] };
  if (name !== undefined && /[:]/.test(name))
    return { effects: [...extra, runsProject(`${call.name} run ${name}`, call), ...namedEffects(name, '')] };
  return {
    effects: extra,
    runs: [{ kind: 'argv', argv: [inEnvironment(call, program), ...rest], via: `${call.name} run` }],
  };
}

/** A bare name is a program of the project's virtual environment. */
function inEnvironment(call: Call, program: Word): Word {
  const name = literal(program);
  const bare = name !== undefined && /^[\w.-]+$/.test(name);
  return bare ? { ...program, value: at(call, { ...program, value: known(`.venv/bin/${name}`) }) } : program;
}

function tool(call: Call, args: readonly Word[]): Lowering {
  const [verb, ...rest] = args;
  const name = literal(verb);
  if (name === 'run') return lowerPackageRun(call, rest);
  if (name === 'install' || name === 'upgrade') return installs(call, parseArgs(rest, OPTIONS), true);
  return name === undefined ? { effects: [opaque('what uv tool does is not known')] } : harmless(`uv tool ${name}`);
}

/** `pixi workspace channel add`, `pixi global install`. */
function pixi(call: Call, verb: string, parsed: ParsedArgs): Lowering {
  const [first, second, ...rest] = parsed.operands;
  if (verb === 'global' && literal(first) === 'install')
    return installs(call, { ...parsed, operands: parsed.operands.slice(1) }, true);
  if (literal(first) === 'channel' && literal(second) === 'add')
    return {
      effects: rest.map((word) => ({
        kind: 'pkg.configure',
        manager: 'pixi',
        key: 'channel',
        value: word.value,
        global: false,
      })),
    };
  return { effects: [opaque(`pixi ${verb} is not read`)] };
}

export const pythonPackagePrograms: readonly Program[] = [
  defineProgram({
    names: ['pip*', 'pipx', 'uv', 'poetry', 'pdm', 'hatch', 'pipenv', 'rye', 'conda', 'mamba', 'micromamba', 'pixi'],
    lower,
    examples: {
      allow: [
        'conda activate ml && python -V',
        'pip install -r requirements.txt',
        'pip install -e .',
        'pip3 list',
        'uv sync --frozen',
        'uv run pytest -q',
        'poetry install --no-root',
        'poetry run python scripts/x.py',
        'uv pip install -r requirements-dev.txt',
        'pdm run lint',
        'pip freeze',
        'uv lock',
        'uv build',
        'hatch build',
        'poetry run mypy src',
      ],
      deny: [
        'pip install --index-url https://index.example.com/simple requests',
        'uv publish',
        `echo 'import os; os.system("rm -rf ~")' > setup.py && pip install .`,
        'poetry publish --build',
        'pip install https://example.com/x.whl',
        'conda install -c https://conda.example.com/main numpy',
        'conda config --set ssl_verify false',
        'uv tool install --index-url https://index.example.com/simple thing',
        'pixi workspace channel add https://conda.example.com/main',
      ],
      unsettled: [
        'pip download git+https://github.com/ann/tool',
        "pip download -r <(echo 'x @ https://example.com/x.zip')",
        'pip --proxy http://127.0.0.1:8080 install -r requirements.txt',
        'pip install left-pad',
        'pip install --upgrade pip',
        'pip install git+https://github.com/someone/thing.git',
        'uv add requests',
        'pipx install thing',
        'poetry self add thing',
        'pixi global install thing',
        'uv run --with unknown script.py',
        'pip install $PKG',
        'conda install numpy',
        'conda activate /tmp/env',
      ],
    },
  }),
  defineProgram({
    names: ['twine'],
    lower: (call) =>
      literal(call.args[0]) === 'upload'
        ? { effects: [{ kind: 'pkg.publish', manager: 'twine', what: 'a package' }] }
        : harmless('twine'),
    examples: { allow: ['twine check dist/*'], deny: ['twine upload dist/*'] },
  }),
  defineProgram({
    names: ['virtualenv'],
    lower: (call) => ({
      effects: [
        ...call.args
          .filter((word) => !/^-/.test(literal(word) ?? ''))
          .slice(-1)
          .map((word): EffectDraft => ({ kind: 'fs.write', path: at(call, word), how: 'extract', built: true })),
      ],
    }),
    examples: { allow: ['virtualenv .venv'], unsettled: ['virtualenv /opt/venv'] },
  }),
];
