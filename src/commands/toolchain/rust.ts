// Turns the argv of cargo and rustup into effects; knows nothing of policy.
import type { Word } from '../../core/invocation.ts';
import { type ParsedArgs, parseArgs } from '../../core/options.ts';
import { certainlyWithin } from '../../core/path.ts';
import type { Call, EffectDraft, Lowering, Program, Run } from '../../core/program.ts';
import { concat, known, prefixOf } from '../../core/value.ts';
import { at, harmless, literal, opaque } from '../kit.ts';
import { wordOf } from '../words.ts';
import { builds, isFetched, namedEffects, runsProject } from './kit.ts';
import { defineVerbs } from './verbs.ts';

/** `cargo +nightly build`: the tool chain is no verb. */
const withoutToolchain = (program: Program): Program => ({
  ...program,
  lower: (call) => program.lower(isToolchain(call.args[0]) ? { ...call, args: call.args.slice(1) } : call),
});

const isToolchain = (word: Word | undefined): boolean =>
  word !== undefined && word.fields === 'one' && prefixOf(word.value).startsWith('+');

/** `-x`, alone or in a bunch of short options: cargo-release does what it would only have shown. */
const ACTS = /^(--execute|-\w*x\w*)$/;
const isDry = (words: readonly Word[]): boolean => words.some((word) => /^(--dry-run|-n)$/.test(literal(word) ?? ''));

/** `cargo watch -x test -s 'make docs' -- program`: each is run again after every change. */
function watches(call: Call, rest: readonly Word[]): Lowering {
  const parsed = parseArgs(rest, {
    style: 'posix',
    values: [
      '-x --exec',
      '-s --shell',
      '-w --watch',
      '-i --ignore',
      '-d --delay',
      '-C --workdir',
      '-F --features',
      '-B',
      '-L',
    ],
    flags: ['-c --clear', '-q --quiet', '--why', '--postpone', '--poll', '-N --notify', '--no-vcs-ignores'],
    abbreviations: false,
  });
  const runs: Run[] = [
    ...parsed.all('-s').map((text): Run => ({ kind: 'shell', text, via: 'cargo watch' })),
    ...parsed.all('-x').map(
      (word): Run => ({
        kind: 'shell',
        text: { ...word, value: concat(known('cargo '), word.value) },
        via: 'cargo watch',
      }),
    ),
    ...(parsed.operands.length > 0 ? [{ kind: 'argv', argv: parsed.operands, via: 'cargo watch' } satisfies Run] : []),
  ];
  return {
    effects: [
      runsProject('cargo watch', call),
      ...[...parsed.unlisted.map((option) => option.word), ...parsed.dynamic].map((word) =>
        opaque('an option of cargo watch is not known', word.span),
      ),
    ],
    runs,
  };
}

/** Another registry by its address; one by its name is set up in a settings file. */
const registries = (parsed: ParsedArgs): EffectDraft[] =>
  [...parsed.all('--index'), ...parsed.all('--registry')]
    .filter((word) => /:/.test(literal(word) ?? ':'))
    .map((word) => ({
      kind: 'pkg.configure',
      manager: 'cargo',
      key: 'registry',
      value: word.value,
      global: false,
      span: word.span,
    }));

function cargo(call: Call, verb: string, rest: readonly Word[], parsed: ParsedArgs): Lowering | undefined {
  if (verb === 'install') {
    const git = parsed.all('--git');
    const path = parsed.value('--path');
    if (path)
      return {
        effects: certainlyWithin(at(call, path), call.context.projectRoot)
          ? [
              {
                kind: 'pkg.install',
                manager: 'cargo',
                names: [path.value],
                source: isFetched(call, at(call, path)) ? 'url' : 'manifest',
                global: false,
              },
              ...parsed.all('--root').map((root) => builds(call, root)),
            ]
          : [{ kind: 'pkg.install', manager: 'cargo', names: [path.value], source: 'path', global: true }],
      };
    return {
      effects: [
        ...registries(parsed),
        {
          kind: 'pkg.install',
          manager: 'cargo',
          names: (git.length > 0 ? git : parsed.operands).map((word) => word.value),
          source: git.length > 0 ? 'git' : 'registry',
          global: true,
        },
      ],
    };
  }
  if (verb === 'add') {
    const far = parsed.value('--git');
    return {
      effects: [
        ...registries(parsed),
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
  const inner = literal(parsed.operands[0]) ?? '';
  if (/^(binstall|quickinstall|install-update)$/.test(verb))
    return {
      effects: [
        {
          kind: 'pkg.install',
          manager: 'cargo',
          names: parsed.operands.map((word) => word.value),
          source: 'registry',
          global: true,
        },
      ],
    };
  if (verb === 'watch') return watches(call, rest);
  if (/^(flash|embed|espflash)$/.test(verb)) return { effects: [opaque(`cargo ${verb} writes to a device`)] };
  if (verb === 'generate' && inner !== '.') return { effects: [opaque('cargo generate brings a template with hooks')] };
  if (/^(release|smart-release)$/.test(verb) && !call.args.some((word) => ACTS.test(literal(word) ?? '-x')))
    return { effects: [runsProject(`cargo ${verb} without --execute`, call)] };
  if (/^(make|xtask)$/.test(verb))
    return {
      effects: [runsProject(`cargo ${verb}`, call), ...(isDry(rest) ? [] : namedEffects(inner, ''))],
    };
  if (verb === 'dist' && /^(host|announce|upload.*)$/.test(inner) && !isDry(rest))
    return { effects: [{ kind: 'pkg.publish', manager: 'cargo', what: `cargo dist ${inner}` }] };
  if (/^(yank|owner|login|logout)$/.test(verb))
    return verb === 'yank'
      ? { effects: [{ kind: 'pkg.publish', manager: 'cargo', what: 'a yank' }] }
      : verb === 'owner'
        ? parsed.has('--list', '-l')
          ? harmless('cargo owner --list')
          : { effects: [{ kind: 'grant', what: 'cargo owner', to: parsed.operands.at(-1)?.value ?? known('') }] }
        : { effects: [opaque(`cargo ${verb} changes who is logged in`)] };
  if (verb === 'sqlx')
    return {
      effects: [],
      runs: [{ kind: 'argv', argv: [wordOf('sqlx', call.invocation), ...rest], via: 'cargo sqlx' }],
    };
  if (verb === 'config' && rest.length > 0) return harmless('cargo config');
  return undefined;
}

export const rustPrograms: readonly Program[] = [
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
        'build|b|check|c|test|t|bench|doc|d|rustdoc|rustc|clippy|fmt|fix|clean|update|fetch|generate-lockfile|vendor|package|init|new|nextest|llvm-cov|tarpaulin|expand|hack|miri|careful|machete|udeps|sort|upgrade|sweep|nts|insta|mutants|set-version|shear|ndk|criterion|flamegraph|asm|spellcheck|autoinherit|lipo|zigbuild|cinstall|cbuild|all-features|deb|bundle',
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
          'cargo owner --list',
          'cargo "+$MSRV" test --all-features',
          'cargo xtask codegen',
          'cargo watch -x "test -p core"',
          'cargo workspaces list',
          'cargo dist build --artifacts=local',
          'cargo release patch',
          'cargo install --path crates/cli --locked --root out',
        ],
        deny: [
          'cargo publish',
          'cargo owner --add ann',
          'cargo install --index https://index.example.com thing',
          'cargo workspaces publish --from-git',
          'cargo component publish',
          'cargo release -x minor',
          'cargo dist host --steps=upload',
          'cargo make publish',
          "cargo watch -s 'rm -rf ~'",
          'cargo watch -- rm -rf ~',
        ],
        unsettled: [
          'cargo install ripgrep',
          'cargo install --git https://example.com/x',
          'cargo add serde',
          'cargo binstall cargo-deny',
          'cargo install --path ../other',
          'cargo install --path . --root ../bin',
          'cargo install-update -a',
          'cargo lambda deploy',
          'cargo generate someone/template',
          'cargo watch --frob x',
          'cargo $CMD',
        ],
      },
    }),
  ),
  defineVerbs({
    names: ['rustup'],
    look: 'show|check|which|doc|help|completions|man',
    special: (_call, verb, rest, parsed) => {
      const action = literal(parsed.operands[0]) ?? '';
      // The tool chain comes first; what it is to run is a program of any name.
      if (verb === 'run') {
        const argv = rest.filter((word) => literal(word) !== '--install').slice(1);
        return { effects: [], runs: [{ kind: 'argv', argv, via: 'rustup run' }] };
      }
      if (verb === 'override' && /^(list|unset)$/.test(action)) return harmless(`rustup override ${action}`);
      if (verb === 'default' && parsed.operands.length === 0) return harmless('rustup default');
      if (/^(default|override)$/.test(verb))
        return { effects: [opaque(`rustup ${verb} chooses a tool chain for later and may fetch it`)] };
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
      allow: ['rustup show', 'rustup component list', 'rustup run nightly cargo test', 'rustup default'],
      deny: ['rustup run nightly rm -rf ~'],
      unsettled: [
        'rustup default nightly',
        'rustup override set 1.80.0',
        'rustup run stable frobnicate',
        'rustup component add clippy',
        'rustup target add wasm32-unknown-unknown',
      ],
    },
  }),
];
