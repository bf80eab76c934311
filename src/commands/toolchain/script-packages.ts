// Describes the package managers of Ruby, PHP and Lua, and the programs that install versions of tool chains.
import type { Word } from '../../core/invocation.ts';
import type { ParsedArgs } from '../../core/options.ts';
import { type Call, defineProgram, type EffectDraft, type Lowering, type Program } from '../../core/program.ts';
import { known } from '../../core/value.ts';
import { harmless, literal, opaque } from '../kit.ts';
import { wordOf } from '../words.ts';
import { runsProject } from './kit.ts';
import { defineVerbs } from './verbs.ts';

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

/** What the project's own rockspec or Makefile.PL declares is built or installed. */
const declares = (call: Call, verb: string): boolean => {
  const words = call.args.map((word) => literal(word) ?? '/');
  if (call.name === 'luarocks')
    return (
      /^(make|test|lint|pack|new_version|write_rockspec)$/.test(verb) &&
      words
        .slice(1)
        .every((word) => /^(--local|--deps-mode=\w+|--force|--lua-version=[\d.]+|--|[\w.-]+\.rockspec)$/.test(word))
    );
  return (
    call.name === 'cpanm' &&
    words.includes('--installdeps') &&
    words.every((word) =>
      /^(--installdeps|--notest|-n|--quiet|-q|--verbose|-v|--with-(develop|recommends|suggests|configure)|\.)$/.test(
        word,
      ),
    )
  );
};

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
    special: (_call, verb, rest) =>
      verb === 'exec'
        ? executes(rest, 'bundle exec')
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
      unsettled: ['bundle add thing', 'bundle exec unknown-thing-x'],
    },
  }),
  defineVerbs({
    names: ['gem'],
    look: 'list|search|info|query|specification|which|outdated|environment|contents|dependency|help|stale',
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
                  names: rest.map((word) => word.value),
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
    build: 'install|update|bootstrap|build|init|lib|deintegrate|repo|cache',
    publish: 'trunk|push',
    examples: { allow: ['pod install'], deny: ['pod trunk push x.podspec'] },
  }),
  defineProgram({
    names: [
      'luarocks',
      'cpan',
      'cpanm',
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
      if (call.name === 'luarocks' && verb === 'upload')
        return { effects: [{ kind: 'pkg.publish', manager: 'luarocks', what: 'a rock' }] };
      if (declares(call, verb)) return { effects: [runsProject(`${call.name} ${verb}`, call)] };
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
      allow: [
        'nvm use',
        'corepack enable',
        'pyenv versions',
        'eval "$(fnm env)"',
        'luarocks make --local',
        'luarocks test',
        'cpanm --installdeps --notest .',
      ],
      deny: ['luarocks upload a-1.0-1.rockspec --api-key=k'],
      unsettled: [
        'nvm install 22',
        'luarocks install x',
        'luarocks make --server=https://rocks.example',
        'luarocks make ../a.rockspec',
        'cpanm --installdeps Some::Module',
        'cpanm --mirror https://x.example --installdeps .',
      ],
    },
  }),
];
