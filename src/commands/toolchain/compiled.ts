// Describes the tool chains of compiled languages: cargo, rustup, go, Java, .NET, Swift, C and others, as tables of their verbs.
import type { Word } from '../../core/invocation.ts';
import { type ParsedArgs, parseArgs } from '../../core/options.ts';
import { certainlyWithin } from '../../core/path.ts';
import {
  type Call,
  defineProgram,
  type EffectDraft,
  type Lowering,
  type Output,
  type Program,
  type Run,
} from '../../core/program.ts';
import { known, pattern } from '../../core/value.ts';
import { at, harmless, literal, mustBeKnown, opaque, reads } from '../kit.ts';
import { wordOf } from '../words.ts';
import { builds, loads, runsProject } from './kit.ts';
import { defineVerbs } from './verbs.ts';

/** `cargo +nightly build`: the tool chain is no verb. */
const withoutToolchain = (program: Program): Program => ({
  ...program,
  lower: (call) =>
    program.lower(/^\+/.test(literal(call.args[0]) ?? '') ? { ...call, args: call.args.slice(1) } : call),
});

function cargo(call: Call, verb: string, rest: readonly Word[], parsed: ParsedArgs): Lowering | undefined {
  if (verb === 'install') {
    const url = [...parsed.all('--git'), ...parsed.all('--index'), ...parsed.all('--registry')];
    const path = parsed.value('--path');
    if (path)
      return {
        effects: [{ kind: 'pkg.install', manager: 'cargo', names: [path.value], source: 'path', global: true }],
      };
    return {
      effects: [
        {
          kind: 'pkg.install',
          manager: 'cargo',
          names: url.length > 0 ? url.map((word) => word.value) : parsed.operands.map((word) => word.value),
          source: url.length > 0 ? 'git' : 'registry',
          global: true,
        },
      ],
    };
  }
  if (verb === 'add') {
    const far = parsed.value('--git') ?? parsed.value('--registry');
    return {
      effects: [
        {
          kind: 'pkg.install',
          manager: 'cargo',
          names: (far ? [far] : parsed.operands).map((word) => word.value),
          source: far ? 'git' : parsed.value('--path') ? 'path' : 'registry',
          global: false,
        },
      ],
    };
  }
  if (verb === 'run' || verb === 'r') return { effects: [runsProject('cargo run', call)] };
  if (/^(yank|owner|login|logout)$/.test(verb))
    return verb === 'yank'
      ? { effects: [{ kind: 'pkg.publish', manager: 'cargo', what: 'a yank' }] }
      : verb === 'owner'
        ? { effects: [{ kind: 'grant', what: 'cargo owner', to: parsed.operands.at(-1)?.value ?? known('') }] }
        : { effects: [opaque(`cargo ${verb} changes who is logged in`)] };
  if (verb === 'sqlx')
    return {
      effects: [],
      runs: [{ kind: 'argv', argv: [wordOf('sqlx', call.invocation), ...rest], via: 'cargo sqlx' }],
    };
  if (verb === 'config' && rest.length > 0) return harmless('cargo config');
  return undefined;
}

const GO_BUILDS = '-o';
/** `go env GOMODCACHE` and such print one absolute path. */
function goFolder(rest: readonly Word[]): Output | undefined {
  const only =
    rest.length === 1 && /^GO(PATH|ROOT|MODCACHE|CACHE|BIN|TOOLDIR|MOD|WORK|TMPDIR)$/.test(literal(rest[0]) ?? '');
  return only ? { text: pattern('/', '', 'a folder of the Go installation'), taints: [] } : undefined;
}

function go(call: Call, verb: string, rest: readonly Word[], parsed: ParsedArgs): Lowering | undefined {
  const carriers = ['-toolexec', '-exec', '-vettool', '-overlay', '-modfile'].flatMap((name) => parsed.all(name));
  const loaded = loads(call, carriers, 'go');
  const runs: Run[] = ['-toolexec', '-exec']
    .flatMap((name) => parsed.all(name))
    .map((word) => ({ kind: 'shell', text: word, via: `go ${verb} -exec` }));
  const effects: EffectDraft[] = [...loaded.effects];
  const project = [runsProject(`go ${verb}`, call), ...effects];
  if (verb === 'list' && /^\{\{\.Dir\}\}$/.test(literal(parsed.value('-f')) ?? ''))
    return { effects: project, runs, output: { text: pattern('/', '', 'the folder of a module'), taints: [] } };
  if (/^(build|test|vet|generate|fix|tool|list)$/.test(verb))
    return { effects: [...project, ...builtByDefault(call, verb, parsed)], runs: [...loaded.runs, ...runs] };
  if (verb === 'run') {
    const target = literal(parsed.operands[0]) ?? '';
    if (/@/.test(target) && !/^[./]/.test(target))
      return { effects: [{ kind: 'pkg.run', manager: 'go', name: known(target), declared: undefined }], runs };
    const outside = parsed.operands
      .slice(0, 1)
      .filter((word) => /^[/~]|^\.\./.test(target) && !certainlyWithin(at(call, word), call.context.projectRoot));
    if (outside.length > 0)
      return {
        effects,
        runs: [
          ...loaded.runs,
          ...runs,
          { kind: 'file', path: at(call, outside[0] as Word), language: 'unknown', via: 'go run' },
        ],
      };
    return { effects: project, runs: [...loaded.runs, ...runs] };
  }
  if (verb === 'install') {
    const far = parsed.operands.filter((word) => /@/.test(literal(word) ?? '@'));
    return far.length === 0
      ? { effects: project }
      : {
          effects: [
            {
              kind: 'pkg.install',
              manager: 'go',
              names: far.map((word) => word.value),
              source: 'registry',
              global: true,
            },
          ],
          runs,
        };
  }
  if (verb === 'get')
    return {
      effects: [
        {
          kind: 'pkg.install',
          manager: 'go',
          names: parsed.operands.map((word) => word.value),
          source:
            parsed.operands.length === 0 || parsed.operands.every((word) => /^\.|@none$|^-u$/.test(literal(word) ?? ''))
              ? 'manifest'
              : 'registry',
          global: false,
        },
      ],
    };
  if (verb === 'mod' || verb === 'work')
    return /^(edit|tidy|download|vendor|verify|graph|why|init|use|sync)$/.test(literal(parsed.operands[0]) ?? '')
      ? { effects: [{ kind: 'pkg.install', manager: 'go', names: [], source: 'manifest', global: false }] }
      : harmless(`go ${verb}`);
  if (verb === 'env') {
    const sets = rest.filter((word) => /=/.test(literal(word) ?? ''));
    return rest.some((word) => literal(word) === '-w' || literal(word) === '-u')
      ? {
          effects: sets.map(
            (word): EffectDraft => ({
              kind: 'pkg.configure',
              manager: 'go',
              key: (literal(word) ?? '').split('=')[0] ?? '',
              value: known((literal(word) ?? '').split('=').slice(1).join('=')),
              global: true,
            }),
          ),
        }
      : harmless('go env', goFolder(rest));
  }
  return undefined;
}

/** `go build -o app .` makes a program of the project's code. */
function builtByDefault(call: Call, verb: string, parsed: ParsedArgs): EffectDraft[] {
  if (verb !== 'build' && verb !== 'test') return [];
  return parsed
    .all(GO_BUILDS)
    .filter((word) => literal(word) !== '/dev/null')
    .map((word) => builds(call, word));
}

const GO_VALUES = [
  '-o',
  '-run',
  '-bench',
  '-count',
  '-timeout',
  '-tags',
  '-p',
  '-coverprofile',
  '-covermode',
  '-coverpkg',
  '-cpuprofile',
  '-memprofile',
  '-blockprofile',
  '-mutexprofile',
  '-trace',
  '-ldflags',
  '-gcflags',
  '-asmflags',
  '-mod',
  '-modfile',
  '-overlay',
  '-toolexec',
  '-exec',
  '-vettool',
  '-C',
  '-f',
  '-benchtime',
  '-parallel',
  '-shuffle',
  '-skip',
  '-fuzz',
  '-fuzztime',
  '-cpu',
  '-pkgdir',
  '-buildmode',
  '-compiler',
  '-installsuffix',
  '-outputdir',
  '-vet',
];

function compile(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    values: [
      '-o',
      '-I',
      '-L',
      '-l',
      '-D',
      '-U',
      '-x',
      '-std',
      '-include',
      '-isystem',
      '-MF',
      '-MT',
      '-T',
      '-B',
      '-wrapper',
      '-specs',
      '-fplugin',
      '-Xlinker',
      '-Xclang',
      '-target',
      '-arch',
      '-framework',
      '--out-dir',
      '--crate-type',
      '--edition',
      '-C',
      '--emit',
      '--cfg',
      '--extern',
      '-d',
      '-cp',
      '-classpath',
      '--class-path',
      '-source',
      '--release',
      '-processor',
      '-processorpath',
    ],
    style: 'words',
  });
  const wrapper = parsed.value('-wrapper');
  const runs: Run[] = wrapper
    ? [
        {
          kind: 'argv',
          argv: (literal(wrapper) ?? '').split(',').map((part) => ({ ...wrapper, value: known(part) })),
          via: `${call.name} -wrapper`,
        },
      ]
    : [];
  const effects: EffectDraft[] = [
    ...reads(
      call,
      parsed.operands.filter((word) => !/^@/.test(literal(word) ?? '')),
      'names',
    ),
  ];
  for (const option of parsed.options) {
    const name = option.name;
    if (/^-(fplugin|specs|B|processor|processorpath)/.test(name) && option.value) {
      const loaded = loads(call, [option.value], `${call.name} ${name}`);
      effects.push(...loaded.effects);
      runs.push(...loaded.runs);
    }
    const glued = /^-o(.+)$/.exec(name)?.[1];
    if (glued) effects.push(builds(call, { ...option.word, value: known(glued) }));
  }
  // What is compiled from sources elsewhere is not the project's code.
  const own = parsed.operands.every((word) => certainlyWithin(at(call, word), call.context.projectRoot));
  const outputs = ['-o', '-d', '--out-dir', '-MF']
    .flatMap((name) => parsed.all(name))
    .map((word) => builds(call, word));
  const links =
    parsed.operands.length > 0 &&
    outputs.length === 0 &&
    !parsed.options.some((option) => /^-(c|E|S|M+|fsyntax-only)$/.test(option.name));
  const made =
    links && !/javac|scalac|kotlinc/.test(call.name) ? [builds(call, wordOf('a.out', call.invocation))] : outputs;
  effects.push(
    ...made.map((effect): EffectDraft => (effect.kind === 'fs.write' && !own ? { ...effect, built: false } : effect)),
  );
  effects.push(
    ...mustBeKnown(
      parsed.dynamic.filter((word) => word.value.kind === 'unknown'),
      `an option of ${call.name}`,
    ),
  );
  return { effects: effects.length > 0 ? effects : [{ kind: 'inspect', what: call.name }], runs };
}

function java(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    values: ['-cp', '-classpath', '--class-path', '-p', '--module-path', '-jar', '-m', '--module', '--add-modules'],
    style: 'posix',
  });
  if (call.args.some((word) => /^-{1,2}version$/.test(literal(word) ?? ''))) return harmless('java -version');
  const agents = call.args.filter((word) =>
    /^-(javaagent|agentpath|agentlib|Xbootclasspath)/.test(literal(word) ?? ''),
  );
  const jar = parsed.value('-jar');
  const target = jar ?? parsed.operands[0];
  const effects: EffectDraft[] = agents.map((word) => opaque('java loads an agent', word.span));
  if (jar)
    return {
      effects,
      runs: [{ kind: 'file', path: at(call, jar), language: 'unknown', via: 'java -jar', span: jar.span }],
    };
  if (target && /\.java$/.test(literal(target) ?? ''))
    return {
      effects,
      runs: [{ kind: 'file', path: at(call, target), language: 'unknown', via: 'java', span: target.span }],
    };
  return { effects: [...effects, runsProject('java', call)] };
}

export const compiledPrograms: readonly Program[] = [
  withoutToolchain(
    defineVerbs({
      names: ['cargo'],
      options: {
        values: [
          '-p --package',
          '--features -F',
          '--target',
          '--profile',
          '--manifest-path',
          '--bin',
          '--example',
          '--test',
          '--bench',
          '-j --jobs',
          '--color',
          '--config',
          '-Z',
          '--git',
          '--path',
          '--branch',
          '--tag',
          '--rev',
          '--version --vers',
          '--root',
          '--index',
          '--registry',
          '--exclude',
          '--message-format',
          '--precise',
          '--aggressive',
          '-C',
        ],
      },
      look: 'metadata|tree|search|info|pkgid|locate-project|read-manifest|verify-project|help|outdated|audit|deny|geiger|bloat|about|msrv|semver-checks|version|report',
      build:
        'build|b|check|c|test|t|bench|doc|d|rustdoc|rustc|clippy|fmt|fix|clean|update|fetch|generate-lockfile|vendor|package|init|new|nextest|llvm-cov|tarpaulin|expand|watch|hack|miri|careful|machete|udeps|sort|upgrade|sweep|xtask|make|nts|dist|insta|mutants|set-version|shear|workspaces|ndk|component|wasi|leptos|tauri|binstall-check|criterion|flamegraph|asm|spellcheck|autoinherit|component|lipo|zigbuild|cinstall|cbuild|ws|all-features|deb|bundle',
      remove: 'remove|rm|uninstall',
      publish: 'publish',
      special: cargo,
      otherwise: 'task',
      outputs: ['--target-dir', '--out-dir', '--artifact-dir'],
      examples: {
        allow: [
          'cargo build --release',
          'cargo test -p core -- --nocapture',
          'cargo clippy --all-targets -- -D warnings',
          'cargo +nightly fmt',
          'cargo run --bin app -- --help',
          'cargo publish --dry-run',
          'cargo tree',
          'cargo xtask codegen',
        ],
        deny: ['cargo publish'],
        unsettled: [
          'cargo install ripgrep',
          'cargo install --git https://example.com/x',
          'cargo add serde',
          'cargo $CMD',
        ],
      },
    }),
  ),
  defineVerbs({
    names: ['rustup'],
    look: 'show|check|which|doc|help|completions|man',
    build: 'override|run|default|set',
    special: (_call, verb, _rest, parsed) => {
      const action = literal(parsed.operands[0]) ?? '';
      if (!/^(component|target|toolchain|self|update|install)$/.test(verb)) return undefined;
      if (/^(list|remove|link)$/.test(action) && verb !== 'update') return harmless(`rustup ${verb} ${action}`);
      return {
        effects: [
          {
            kind: 'pkg.install',
            manager: 'rustup',
            names: parsed.operands.slice(1).map((word) => word.value),
            source: 'registry',
            global: true,
          },
        ],
      };
    },
    examples: {
      allow: ['rustup show', 'rustup component list'],
      unsettled: ['rustup component add clippy', 'rustup target add wasm32-unknown-unknown'],
    },
  }),
  defineVerbs({
    names: ['go'],
    options: { values: GO_VALUES, style: 'words' },
    look: 'version|help|doc|bug|telemetry',
    build: 'clean|fmt|vet',
    special: go,
    examples: {
      allow: [
        'go build ./...',
        'go test -race -run TestA ./pkg/...',
        'go vet ./...',
        'go mod tidy',
        'go run ./cmd/tool --flag',
        'go env GOPATH',
        'go build -o bin/app . && ./bin/app --help',
        'go generate ./...',
        'go doc fmt.Println',
        'go test ./... 2>&1 | tail -20',
      ],
      deny: ["go test -exec 'rm -rf /home/dev' ./...", 'go env -w GOPROXY=https://proxy.example.com'],
      unsettled: ['go install example.com/tool@latest', 'go get example.com/mod', 'go run example.com/tool@v1'],
    },
  }),
  defineVerbs({
    names: ['mvn', 'mvnw', 'mvnd'],
    options: {
      values: ['-f --file', '-pl --projects', '-P', '-s --settings', '-gs', '-T', '-l', '-rf', '-t'],
      style: 'words',
    },
    look: 'dependency:tree|dependency:analyze|help:effective-pom|versions:display-dependency-updates|help:evaluate',
    publish: 'deploy|release:perform|release:prepare|nexus-staging:release|central-publishing:publish',
    otherwise: 'task',
    tasks: true,
    bare: 'build',
    examples: { allow: ['mvn -q test', './mvnw clean package -DskipTests', 'mvn verify'], deny: ['mvn deploy'] },
  }),
  defineVerbs({
    names: ['gradle', 'gradlew', 'gradlew.bat'],
    options: {
      values: [
        '-p --project-dir',
        '-b --build-file',
        '-c --settings-file',
        '-I --init-script',
        '-x --exclude-task',
        '--max-workers',
        '-g --gradle-user-home',
        '--tests',
        '--console',
      ],
      style: 'gnu',
    },
    loads: ['-b', '-I', '-c'],
    publish:
      'publish|publishToSonatype|publishPlugins|uploadArchives|closeAndReleaseRepository|publishAllPublicationsToMavenCentralRepository',
    otherwise: 'task',
    tasks: true,
    bare: 'build',
    examples: {
      allow: ['./gradlew build', 'gradle :app:test --tests Foo'],
      deny: ['./gradlew publish'],
      unsettled: ['gradle -I /tmp/x.gradle build'],
    },
  }),
  defineVerbs({
    names: [
      'sbt',
      'mill',
      'ant',
      'leiningen',
      'lein',
      'clj',
      'clojure',
      'scala',
      'scala-cli',
      'kotlin',
      'groovy',
      'jbang',
      'bloop',
      'amper',
    ],
    publish: 'publish|publishSigned|release|deploy|sonatypeRelease|sonatypeBundleRelease',
    otherwise: 'task',
    tasks: true,
    bare: 'build',
    examples: { allow: ['sbt test', 'lein test'], deny: ['sbt publish'] },
  }),
  defineProgram({
    names: ['java'],
    lower: java,
    examples: {
      allow: ['java -version', 'java -jar build/libs/app.jar', 'java -cp build/classes Main'],
      unsettled: ['java -jar /tmp/x.jar', 'java -javaagent:/tmp/x.jar Main'],
    },
  }),
  defineProgram({
    names: [
      'gcc*',
      'g++*',
      'cc',
      'c++',
      'clang*',
      'clang++*',
      'rustc',
      'javac',
      'kotlinc',
      'scalac',
      'swiftc',
      'lld',
      'gold',
      'mold',
      'nasm',
      'yasm',
      'gfortran*',
      'fpc',
      'dmd',
      'ldc2',
      'valac',
      'ghc',
      'ocamlfind',
      'ocamlopt',
      'nvcc',
      'emcc',
      'em++',
      'tcc',
      'musl-gcc',
      'windres',
      'zigcc',
    ],
    lower: compile,
    examples: {
      allow: [
        'gcc -Wall -o build/a src/a.c',
        'clang++ -std=c++20 -c src/a.cc -o build/a.o',
        'rustc --version',
        'javac -d out src/A.java',
        'gcc a.c -o a && ./a',
      ],
      deny: ['gcc -wrapper rm,-rf,/home/dev a.c'],
      unsettled: ['gcc -o /usr/local/bin/x a.c', 'gcc -fplugin=/tmp/x.so a.c'],
    },
  }),
  defineVerbs({
    names: ['dotnet'],
    options: {
      values: [
        '-c --configuration',
        '-f --framework',
        '-r --runtime',
        '-v --verbosity',
        '--filter',
        '--logger -l',
        '--results-directory',
        '-p',
        '--project',
        '-s --source',
        '--version',
        '-n',
      ],
    },
    look: '--info|--list-sdks|list|help|sln|search',
    build:
      'build|test|run|clean|restore|format|watch|new|msbuild|vstest|pack|publish|ef|user-secrets|workload|build-server|script|fsi|husky|csharpier',
    remove: 'remove',
    special: (call, verb, rest, parsed) => {
      const action = literal(parsed.operands[0]) ?? '';
      if (verb === 'nuget')
        return action === 'push' || action === 'delete'
          ? { effects: [{ kind: 'pkg.publish', manager: 'nuget', what: `dotnet nuget ${action}` }] }
          : /^(add|update|remove)$/.test(action)
            ? {
                effects: [
                  {
                    kind: 'pkg.configure',
                    manager: 'nuget',
                    key: 'source',
                    value: rest.at(-1)?.value ?? known(''),
                    global: true,
                  },
                ],
              }
            : harmless('dotnet nuget');
      if (verb === 'add')
        return {
          effects: [
            {
              kind: 'pkg.install',
              manager: 'nuget',
              names: parsed.operands.map((word) => word.value),
              source: parsed.operands.some((word) => literal(word) === 'reference') ? 'manifest' : 'registry',
              global: false,
            },
          ],
        };
      if (verb === 'tool')
        return /^(restore|list|run|search)$/.test(action)
          ? { effects: [runsProject('dotnet tool', call)] }
          : {
              effects: [
                {
                  kind: 'pkg.install',
                  manager: 'dotnet',
                  names: parsed.operands.slice(1).map((word) => word.value),
                  source: 'registry',
                  global: true,
                },
              ],
            };
      if (verb === 'ef' && action === 'database')
        return {
          effects: [
            {
              kind: 'db',
              engine: 'sql',
              action: literal(parsed.operands[1]) === 'drop' ? 'drop' : 'migrate',
              target: known(''),
              statement: 'dotnet ef database',
            },
          ],
        };
      return /\.dll$/.test(verb) ? { effects: [runsProject(`dotnet ${verb}`, call)] } : undefined;
    },
    examples: {
      allow: ['dotnet build -c Release', 'dotnet test', 'dotnet --info', 'dotnet restore'],
      deny: ['dotnet nuget push x.nupkg'],
      unsettled: ['dotnet add package Foo', 'dotnet tool install -g thing'],
    },
  }),
  defineVerbs({
    names: ['nuget'],
    look: 'list|search|locals|help|verify|config',
    build: 'restore|pack|install|update|spec',
    publish: 'push|delete',
    examples: { allow: ['nuget restore'], deny: ['nuget push x.nupkg'] },
  }),
  defineVerbs({
    names: [
      'swift',
      'xcodebuild',
      'xcrun',
      'tuist',
      'msbuild',
      'zig',
      'nim',
      'nimble',
      'stack',
      'cabal',
      'rebar3',
      'elixir',
      'gleam',
      'dart',
      'flutter',
      'pub',
      'dune',
      'opam',
      'crystal',
      'shards',
      'v',
      'odin',
      'haxe',
      'gprbuild',
      'alr',
      'roc',
      'elm',
      'spago',
      'purs',
      'coqc',
      'lake',
      'lean',
      'agda',
      'idris2',
      'racket',
      'raco',
      'sbcl',
      'guile',
      'chez',
      'erlc',
      'conan',
      'vcpkg',
      'xmake',
      'premake5',
      'scons',
      'waf',
      'b2',
      'bjam',
      'buck2',
      'pants',
      'please',
      'plz',
      'nix-shell-check',
      'arduino',
    ],
    options: {
      values: [
        '-o',
        '-scheme',
        '-project',
        '-workspace',
        '-destination',
        '-configuration',
        '-sdk',
        '-derivedDataPath',
        '-resultBundlePath',
        '-c --configuration',
        '-Xswiftc',
        '-Xcc',
        '--package-path',
        '--filter',
        '-archivePath',
        '-exportPath',
        '-exportOptionsPlist',
      ],
      style: 'words',
    },
    look: 'list|show|tree|info|doctor|help|devices|env|outdated|--list',
    install: 'add|install',
    remove: 'remove|uninstall',
    publish: 'publish|upload|notarytool|altool|hex.publish|deploy',
    outputs: ['-o'],
    otherwise: 'task',
    bare: 'build',
    examples: {
      allow: [
        'swift build',
        'xcodebuild -scheme App test',
        'mix test',
        'flutter analyze',
        'zig build test',
        'stack build',
      ],
      deny: ['dart publish', 'mix hex.publish'],
      unsettled: ['flutter install thing', 'opam install lwt'],
    },
  }),
];
