// Describes the tool chains of further languages that also install and publish packages: their verbs, of one word or several, as data.
import type { Word } from '../../core/invocation.ts';
import { type OptionSpec, parseArgs } from '../../core/options.ts';
import { type Call, defineProgram, type Lowering, type Program } from '../../core/program.ts';
import { known } from '../../core/value.ts';
import { harmless, literal, opaque } from '../kit.ts';
import { entries } from '../table.ts';
import { carried } from './carried.ts';
import { builds, isDryRun, runsProject } from './kit.ts';
import { installs } from './verbs.ts';

/** `everywhere`: installed for the user, not for the project. `source`: where later installs come from. `account`: sign-in. */
type Meaning = 'look' | 'build' | 'install' | 'everywhere' | 'remove' | 'publish' | 'source' | 'grant' | 'account';

interface Chain extends Partial<Record<Meaning, string>> {
  readonly names: readonly string[];
  /** Other words are tasks of the project's build file. */
  readonly tasks?: true;
  readonly examples: Program['examples'];
}

const OPTIONS: OptionSpec = {
  style: 'words',
  values: [
    '-s',
    '--source',
    '--package-path',
    '--filter',
    '--package-directory',
    '-C',
    '--directory',
    '-j',
    '-o --output',
  ],
};
/** Options that name the place a package comes from. */
const PLACE = /^--?(git|git-url|url|hosted-url|hosted|remote)$/;
const CODE = /\.(dart|zig|swift|hs|nim|cr|gleam|rkt)$/;

const CHAINS: readonly Chain[] = [
  {
    names: ['dart', 'flutter', 'pub'],
    look: 'devices | doctor | emulators | logs | screenshot | symbolize | info | config --list | pub outdated | pub deps | pub global list | pub token list | pub cache list | outdated | deps | global list | bash-completion | daemon',
    build:
      'analyze | format | test | run | compile | create | fix | doc | build | clean | assemble | attach | drive | gen-l10n | precache | pub get | pub upgrade | pub downgrade | pub run | pub cache clean | pub cache repair | pub cache preload | pub cache gc | get | devtools | language-server',
    install: 'pub add | add',
    everywhere: 'pub global activate | global activate | install',
    remove: 'pub remove | pub global deactivate | remove',
    publish: 'pub publish | pub lish | publish',
    grant: 'pub uploader | uploader',
    account: 'pub token | pub login | pub logout',
    examples: {
      allow: ['flutter analyze', 'flutter pub get', 'dart run build_runner build', 'dart pub publish --dry-run'],
      deny: ['dart publish', 'flutter pub publish --force', 'dart pub uploader add ann@shop.example'],
      unsettled: [
        'flutter install thing',
        'flutter pub add http',
        'dart pub global activate -sgit https://github.com/someone/thing',
        'dart pub token add https://pub.example.com',
        'flutter upgrade',
        'dart frobnicate',
      ],
    },
  },
  {
    names: ['opam'],
    look: 'list | search | show | info | config | env | var | lint | switch list | switch show | repository list | repo list | pin list | tree',
    build: 'update | clean | exec | source',
    install: 'install | pin add | pin | depext',
    everywhere: 'switch create | upgrade | init',
    remove: 'remove | uninstall | pin remove | unpin',
    publish: 'publish',
    source: 'repository add | repo add | remote add | repository set-url | repo set-url',
    examples: {
      allow: ['opam list', 'opam exec -- dune build', 'opam install . --deps-only'],
      deny: ['opam publish', 'opam repository add other https://opam.example.com'],
      unsettled: [
        'opam install lwt',
        'opam pin add thing https://github.com/someone/thing.git',
        'opam switch create 5.2',
      ],
    },
  },
  {
    names: ['zig'],
    look: 'version | env | targets | zen | libc | std',
    build:
      'build | test | fmt | run | build-exe | build-lib | build-obj | ast-check | cc | c++ | translate-c | init | init-exe | objcopy | ar',
    install: 'fetch',
    examples: {
      allow: ['zig build test', 'zig fmt --check src'],
      deny: ['zig fetch --save https://example.com/x.tar.gz'],
      unsettled: ['zig run /tmp/x.zig'],
    },
  },
  {
    names: ['swift'],
    look: 'package describe | package dump-package | package show-dependencies | package tools-version | sdk list',
    build: 'build | test | run | package | format',
    install: 'package add-dependency',
    everywhere: 'sdk install',
    publish: 'package-registry publish | package registry publish',
    source: 'package-registry set',
    account: 'package-registry login | package-registry logout',
    examples: {
      allow: ['swift build', 'swift package resolve', 'swift test --filter A'],
      deny: ['swift package-registry publish acme.a 1.0.0', 'swift package-registry set https://swift.example.com'],
      unsettled: ["swift -e 'import Foundation'", 'swift package add-dependency https://github.com/someone/thing.git'],
    },
  },
  {
    names: ['nimble'],
    look: 'list | search | dump | path | tasks',
    install: 'install | add',
    remove: 'uninstall | remove',
    publish: 'publish',
    tasks: true,
    examples: {
      allow: ['nimble test', 'nimble build -y'],
      deny: ['nimble publish'],
      unsettled: ['nimble install jester'],
    },
  },
  {
    names: ['stack'],
    look: 'path | ls | query | dot | list | templates',
    build:
      'build | test | bench | haddock | ghc | runghc | runhaskell | run | clean | purge | setup | new | init | sdist | unpack | exec | eval | ghci',
    install: 'install | update | upgrade',
    publish: 'upload',
    examples: {
      allow: ['stack build', 'stack test --fast'],
      deny: ['stack upload .'],
      unsettled: ['stack install hlint', "stack eval 'main'"],
    },
  },
  {
    names: ['cabal'],
    look: 'list | info | path | outdated | list-bin',
    build:
      'build | v2-build | new-build | test | v2-test | bench | run | v2-run | haddock | check | clean | configure | freeze | gen-bounds | sdist | init | update | exec | repl | format',
    install: 'install | v2-install | get | unpack | fetch',
    publish: 'upload | report',
    examples: {
      allow: ['cabal build all', 'cabal test'],
      deny: ['cabal upload --publish dist/a.tar.gz'],
      unsettled: ['cabal install hlint'],
    },
  },
  {
    names: ['gleam'],
    look: 'deps list | deps tree',
    build:
      'build | test | run | check | format | fix | docs build | clean | deps download | deps update | new | export',
    install: 'add',
    remove: 'remove',
    publish: 'publish | docs publish | docs remove | hex retire | hex unretire | hex revert',
    account: 'hex authenticate',
    examples: {
      allow: ['gleam test'],
      deny: ['gleam publish', 'gleam hex retire a 1.0.0'],
      unsettled: ['gleam add x'],
    },
  },
  {
    names: ['rebar3'],
    look: 'tree | deps | hex search | hex config',
    publish: 'hex publish | hex cut | hex retire',
    grant: 'hex owner',
    account: 'hex user | hex organization',
    source: 'hex repo add',
    tasks: true,
    examples: { allow: ['rebar3 eunit', 'rebar3 as test ct'], deny: ['rebar3 hex publish'] },
  },
  {
    names: ['elm', 'spago', 'alr', 'lake', 'shards'],
    look: 'ls | list | show | search | printenv | outdated | diff | script list',
    build:
      'make | test | reactor | init | bump | build | run | bundle | docs | sources | fetch | bundle-app | graph | update | clean | lint | exe | env | new | check | lock | prune',
    install: 'install | with | get',
    remove: 'uninstall',
    publish: 'publish',
    examples: {
      allow: ['elm make src/Main.elm', 'spago test', 'lake build', 'shards install'],
      deny: ['elm publish', 'spago publish', 'alr publish'],
      unsettled: ['elm install elm/http', 'alr with thing'],
    },
  },
  {
    names: ['raco'],
    look: 'pkg show | pkg catalog-show',
    build: 'make | test | setup | exe | distribute | fmt | scribble | docs | doc | cover | check-syntax | expand',
    install: 'pkg install | pkg update | pkg migrate',
    remove: 'pkg remove',
    examples: {
      allow: ['raco test tests'],
      unsettled: ['raco pkg install gregor', 'raco pkg config --set catalogs x'],
    },
  },
];

const MEANINGS: readonly Meaning[] = [
  'look',
  'build',
  'install',
  'everywhere',
  'remove',
  'publish',
  'source',
  'grant',
  'account',
];

function verbsOf(chain: Chain): ReadonlyMap<string, Meaning> {
  return new Map(
    MEANINGS.flatMap((meaning) => entries(chain[meaning] ?? '').map((verb): [string, Meaning] => [verb, meaning])),
  );
}

function define(chain: Chain): Program {
  const verbs = verbsOf(chain);
  return defineProgram({
    names: chain.names,
    lower: (call) => carried(call, lower(call, verbs, chain.tasks === true)),
    examples: chain.examples,
  });
}

function lower(call: Call, verbs: ReadonlyMap<string, Meaning>, tasks: boolean): Lowering {
  const parsed = parseArgs(call.args, OPTIONS);
  const words = parsed.operands.map(literal);
  if (words.length === 0 || words[0] === 'help' || call.args.some((word) => /^(--help|-h)$/.test(literal(word) ?? '')))
    return parsed.dynamic.length > 0
      ? { effects: [opaque(`what ${call.name} does is not known`)] }
      : harmless(`${call.name} help`);
  const length = [3, 2, 1].find((count) => verbs.has(words.slice(0, count).join(' ')));
  const verb = words.slice(0, length ?? 1).join(' ');
  const what = `${call.name} ${verb}`;
  const rest = parsed.operands.slice(length ?? 1);
  const meaning = verbs.get(verb);
  if (words[0] === undefined) return { effects: [opaque(`what ${call.name} does is not known`)] };
  if (meaning === undefined)
    return tasks || CODE.test(words[0])
      ? { effects: [runsProject(what, call)] }
      : { effects: [opaque(`${what} is not known`)] };
  const places = parsed.options.flatMap((option) => (PLACE.test(option.name) && option.value ? [option.value] : []));
  const named = { ...parsed, operands: [...rest, ...places] };
  switch (meaning) {
    case 'look':
      return harmless(what);
    case 'build':
      return { effects: [runsProject(what, call), ...parsed.all('-o').map((word) => builds(call, word))] };
    case 'install':
      return installs(call, named);
    case 'everywhere':
      return installs(call, named, true);
    case 'remove':
      return {
        effects: [
          {
            kind: 'pkg.install',
            manager: call.name,
            names: rest.map((word) => word.value),
            source: 'manifest',
            global: false,
            remove: true,
          },
        ],
      };
    case 'publish':
      return isDryRun(parsed, '-n')
        ? harmless(`${what} --dry-run`)
        : { effects: [{ kind: 'pkg.publish', manager: call.name, what }] };
    case 'source':
      return { effects: [configures(call, rest)] };
    case 'grant':
      return { effects: [{ kind: 'grant', what, to: rest.at(-1)?.value ?? known('') }] };
    case 'account':
      return { effects: [opaque(`${what} changes who is logged in`)] };
    default:
      return meaning satisfies never;
  }
}

const configures = (call: Call, rest: readonly Word[]): Lowering['effects'][number] => ({
  kind: 'pkg.configure',
  manager: call.name,
  key: 'source',
  value: (rest.find((word) => /:\/\//.test(literal(word) ?? '')) ?? rest.at(-1))?.value ?? known(''),
  global: true,
});

export const languagePackagePrograms: readonly Program[] = CHAINS.map(define);
