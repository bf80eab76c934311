// Turns the argv of cargo and rustup into effects; knows nothing of policy.
import type { Word } from '../../core/invocation.ts';
import type { ParsedArgs } from '../../core/options.ts';
import type { Call, Lowering, Program } from '../../core/program.ts';
import { known } from '../../core/value.ts';
import { harmless, literal, opaque } from '../kit.ts';
import { wordOf } from '../words.ts';
import { runsProject } from './kit.ts';
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
];
