// Describes the package managers of Ruby, PHP and Lua, and the programs that install versions of tool chains.
import type { Word } from '../../core/invocation.ts';
import { type ParsedArgs, parseArgs } from '../../core/options.ts';
import { type Call, defineProgram, type EffectDraft, type Lowering, type Program } from '../../core/program.ts';
import { known, type Value } from '../../core/value.ts';
import { harmless, literal, opaque } from '../kit.ts';
import { wordOf } from '../words.ts';
import { runsProject } from './kit.ts';
import { defineVerbs, installs } from './verbs.ts';

/** `bundle exec rspec`, `composer exec phpunit`: a program of the project's packages. */
const executes = (rest: readonly Word[], via: string): Lowering => {
  const start = rest.findIndex((word) => !/^-/.test(literal(word) ?? ''));
  return start < 0 ? harmless(via) : { effects: [], runs: [{ kind: 'argv', argv: rest.slice(start), via }] };
};

/** Where gems come from, for this call (`--source`) or from now on (`gem sources --add`). */
const gemSources = (parsed: ParsedArgs, verb: string): Lowering => ({
  effects: [
    ...[...parsed.all('-a'), ...parsed.all('-r'), ...parsed.all('-s')].map(
      (word): EffectDraft => ({
        kind: 'pkg.configure',
        manager: 'gem',
        key: 'source',
        value: word.value,
        global: verb === 'sources',
        span: word.span,
      }),
    ),
    ...(verb === 'sources'
      ? [{ kind: 'inspect' as const, what: 'gem sources' }]
      : [opaque(`gem ${verb} uses another source`)]),
  ],
});

/** What the project's own Makefile.PL or cpanfile declares is installed, from the usual place. */
const installsDeclared = (call: Call): boolean => {
  const words = call.args.map((word) => literal(word) ?? '/');
  const plain =
    /^(--installdeps|--notest|-n|--quiet|-q|--verbose|-v|--with-(develop|recommends|suggests|configure)|\.)$/;
  return words.includes('--installdeps') && words.every((word) => plain.test(word));
};

/** Where later installs come from. */
const source = (manager: string, value: Value): EffectDraft => ({
  kind: 'pkg.configure',
  manager,
  key: 'source',
  value,
  global: true,
});

export const scriptPackagePrograms: readonly Program[] = [
  defineVerbs({
    names: ['bundle', 'bundler'],
    options: { values: ['-j --jobs', '--retry', '--path', '--with', '--without', '--group', '--source'] },
    loads: ['--gemfile'],
    look: 'list|show|info|outdated|check|platform|env|viz|licenses|doctor|help|why',
    build: 'lock|update|clean|pristine|binstubs|init|cache|package|gem|console|open|plugin',
    install: 'install|add',
    remove: 'remove',
    bare: 'build',
    special: (call, verb, rest, parsed) =>
      verb === 'exec'
        ? executes(rest, 'bundle exec')
        : verb === 'plugin' && literal(parsed.operands[0]) === 'install'
          ? installs(call, { ...parsed, operands: parsed.operands.slice(1) }, true)
          : /^(install|add)$/.test(verb) && parsed.has('--source')
            ? { effects: parsed.all('--source').map((word) => source('bundler', word.value)) }
            : verb === 'config'
              ? rest.length > 1
                ? {
                    effects: [
                      {
                        kind: 'pkg.configure',
                        manager: 'bundler',
                        key: literal(rest.find((word) => !/^(set|--\w+)$/.test(literal(word) ?? ''))) ?? '…',
                        value: rest.at(-1)?.value ?? known(''),
                        global: !rest.some((word) => literal(word) === '--local'),
                      },
                    ],
                  }
                : harmless('bundle config')
              : undefined,
    examples: {
      allow: [
        'bundle install',
        'bundle install --jobs 4 --retry 3',
        'bundle exec rspec spec/a_spec.rb',
        'bundle check',
      ],
      deny: ['bundle add thing --source https://gems.example.com'],
      unsettled: ['bundle add thing', 'bundle exec unknown-thing-x', 'bundle plugin install thing'],
    },
  }),
  defineVerbs({
    names: ['gem'],
    look: 'list|search|info|query|specification|which|outdated|environment|env|contents|dependency|help|stale',
    options: { values: ['-a --add', '-r --remove', '-s --source'] },
    build: 'build|check|pristine|rdoc|unpack|fetch|cleanup|update',
    install: 'install',
    remove: 'uninstall',
    publish: 'push|yank',
    special: (_call, verb, _rest, parsed) =>
      verb === 'owner'
        ? { effects: [{ kind: 'grant', what: 'gem owner', to: parsed.operands.at(-1)?.value ?? known('') }] }
        : verb === 'sources' || parsed.has('--source')
          ? gemSources(parsed, verb)
          : undefined,
    examples: {
      allow: ['gem list', 'gem build x.gemspec', 'gem sources -l'],
      deny: ['gem push x.gem', 'gem sources --add http://gems.example', 'gem install thing -s http://gems.example'],
      unsettled: ['gem install thing'],
    },
  }),
  defineVerbs({
    names: ['composer'],
    options: { values: ['-d --working-dir', '--timeout'] },
    look: 'show|info|outdated|why|why-not|depends|prohibits|licenses|status|validate|diagnose|help|list|audit|about|fund|search|suggests|home|browse|check-platform-reqs',
    build: 'dump-autoload|dumpautoload|update|upgrade|u|bump|clear-cache|archive|init|reinstall|run-script|run|test|i',
    install: 'install|require',
    remove: 'remove',
    special: (_call, verb, rest) =>
      verb === 'exec'
        ? executes(rest, 'composer exec')
        : verb === 'global'
          ? {
              effects: [
                {
                  kind: 'pkg.install',
                  manager: 'composer',
                  names: rest.slice(1).map((word) => word.value),
                  source: 'registry',
                  global: true,
                },
              ],
            }
          : verb === 'create-project'
            ? {
                effects: [
                  { kind: 'pkg.run', manager: 'composer', name: rest[0]?.value ?? known(''), declared: undefined },
                ],
              }
            : verb === 'config'
              ? {
                  effects:
                    rest.length > 1
                      ? [
                          {
                            kind: 'pkg.configure',
                            manager: 'composer',
                            key: literal(rest.find((word) => !/^-/.test(literal(word) ?? ''))) ?? '…',
                            value: rest.at(-1)?.value ?? known(''),
                            global: rest.some((word) => /^(-g|--global)$/.test(literal(word) ?? '')),
                          },
                        ]
                      : [{ kind: 'inspect', what: 'composer config' }],
                }
              : undefined,
    otherwise: 'task',
    bare: 'build',
    examples: {
      allow: ['composer install --no-dev', 'composer validate', 'composer run lint', 'composer exec phpunit'],
      unsettled: ['composer require thing/x', 'composer global require thing/x'],
    },
  }),
  defineVerbs({
    names: ['pod', 'carthage'],
    look: 'list|search|outdated|env|help|spec',
    build: 'install|update|bootstrap|build|init|lib|deintegrate|cache',
    special: (_call, verb, _rest, parsed) => {
      if (verb !== 'repo') return undefined;
      const action = literal(parsed.operands[0]);
      if (action === 'push') return { effects: [{ kind: 'pkg.publish', manager: 'pod', what: 'pod repo push' }] };
      if (!/^add(-cdn)?$/.test(action ?? '')) return { effects: [opaque(`pod repo ${action ?? ''} is not read`)] };
      return { effects: [source('pod', parsed.operands[2]?.value ?? known(''))] };
    },
    publish: 'trunk|push',
    examples: {
      allow: ['pod install', 'pod lib lint'],
      deny: ['pod trunk push x.podspec', 'pod repo add other https://git.example.com/specs.git', 'pod repo push a'],
      unsettled: ['pod repo update'],
    },
  }),
  defineVerbs({
    names: ['luarocks'],
    options: { values: ['--server --from', '--only-server --only-from', '--tree', '--local-tree', '--api-key'] },
    look: 'list|search|show|doc|path|which|config|help|lint|download',
    build: 'make|build|test|init|pack|new_version|write_rockspec|purge',
    install: 'install',
    remove: 'remove',
    publish: 'upload',
    special: (_call, verb, _rest, parsed) => {
      const servers = [...parsed.all('--server'), ...parsed.all('--only-server')];
      if (verb === 'upload') return undefined;
      if (servers.length > 0) return { effects: servers.map((word) => source('luarocks', word.value)) };
      const far = parsed.operands.find((word) => !/^[\w.-]+$/.test(literal(word) ?? '/'));
      return /^(make|build|pack)$/.test(verb) && far
        ? { effects: [opaque('luarocks builds what is not in the project', far.span)] }
        : undefined;
    },
    examples: {
      allow: ['luarocks list', 'luarocks make', 'luarocks make --local', 'luarocks test'],
      deny: [
        'luarocks upload a-1.rockspec',
        'luarocks install --server=https://rocks.example.com a',
        'luarocks make --server=https://rocks.example.com',
      ],
      unsettled: [
        'luarocks install a',
        'luarocks make ../a.rockspec',
        'luarocks build https://rocks.example.com/a.rock',
      ],
    },
  }),
  defineProgram({
    names: ['cpanm'],
    lower: (call) => {
      const parsed = parseArgs(call.args, {
        values: ['--mirror', '--from -M', '-l --local-lib', '-L --local-lib-contained', '--cpanfile'],
        flags: ['--installdeps', '-n --notest', '-q --quiet', '-f --force', '--mirror-only', '--info', '-S --sudo'],
      });
      const mirrors = [...parsed.all('--mirror'), ...parsed.all('--from')].map((word) => source('cpanm', word.value));
      if (parsed.has('--info', '--help', '--version') || parsed.operands.length === 0) return harmless('cpanm');
      if (installsDeclared(call)) return { effects: [runsProject('cpanm --installdeps', call)] };
      const named = installs(call, parsed, true);
      return { ...named, effects: [...mirrors, ...named.effects] };
    },
    examples: {
      allow: ['cpanm --info Moose', 'cpanm --installdeps --notest .'],
      deny: ['cpanm https://example.com/X.tar.gz', 'cpanm --mirror https://cpan.example.com X'],
      unsettled: ['cpanm Moose', 'cpanm -n Moose', 'cpanm --installdeps Some::Module'],
    },
  }),
  defineProgram({
    names: [
      'cpan',
      'cabal-install',
      'tlmgr',
      'R-install',
      'nimble-install',
      'ghcup',
      'sdk',
      'nvm',
      'fnm',
      'volta',
      'n',
      'nodeenv',
      'pyenv',
      'rbenv-install',
      'tfenv',
      'jabba',
      'swiftly',
      'juliaup',
      'corepack',
    ],
    lower: (call) => {
      const verb = literal(call.args[0]);
      if (verb === undefined)
        return call.args.length === 0 && call.name !== 'cpan'
          ? harmless(call.name)
          : { effects: [opaque(`what ${call.name} does is not known`)] };
      if (
        /^(list|ls|ls-remote|current|which|--version|-v|--help|help|show|search|env|root|versions|version|version-name|alias|whence|init|shims|completions|hook|status)$/.test(
          verb,
        )
      )
        return harmless(`${call.name} ${verb}`, { text: known(`: set up by ${call.name}`) });
      if (/^(use|enable|disable|prepare|local|rehash|exec|pin|set|shell|default|hash)$/.test(verb))
        return verb === 'exec'
          ? {
              effects: [],
              runs: [
                {
                  kind: 'argv',
                  argv: [
                    wordOf(
                      literal(call.args.find((word, index) => index > 0 && !/^(-|\d|v\d)/.test(literal(word) ?? ''))) ??
                        '',
                      call.invocation,
                    ),
                    ...call.args.slice(2),
                  ],
                  via: `${call.name} exec`,
                },
              ],
            }
          : { effects: [runsProject(`${call.name} ${verb}`, call)] };
      return {
        effects: [
          {
            kind: 'pkg.install',
            manager: call.name,
            names: call.args.slice(1).map((word) => word.value),
            source: call.args.length === 1 ? 'manifest' : 'registry',
            global: true,
          },
        ],
      };
    },
    examples: {
      allow: ['nvm use', 'corepack enable', 'pyenv versions', 'eval "$(fnm env)"'],
      unsettled: ['nvm install 22'],
    },
  }),
];
