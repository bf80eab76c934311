// Owns the rules about where packages come from and about publishing them.
import type { EffectOf } from '../core/effect.ts';
import { defineRule, type Rule } from '../core/rule.ts';
import { show, text } from '../core/value.ts';

/** The indexes that the package managers use by themselves. */
const OFFICIAL =
  /^(https?:\/\/)?(registry\.npmjs\.org|registry\.yarnpkg\.com|(files\.)?pypi\.org|pypi\.python\.org|test\.pypi\.org|download\.pytorch\.org|index\.crates\.io|crates\.io|rubygems\.org|proxy\.golang\.org|sum\.golang\.org|repo1?\.maven\.(apache\.)?org|packagist\.org|api\.nuget\.org|jsr\.io|npm\.jsr\.io|pkgs\.dev\.azure\.com|npm\.pkg\.github\.com|localhost|127\.0\.0\.1|conda-forge|defaults|nodefaults|bioconda|pytorch|nvidia)([/:,]|$)/;

/** Settings that decide where packages come from, what runs at install, and whom the manager trusts. */
const DECISIVE =
  /registry|index|source|mirror|repositor|^repo\b|secure-http|proxy|ssl|unsafeHttp|cafile|\bca\b|script-shell|node-options|prefix|ignore-scripts|shell|init-module|onload-script|\bgit\b|find-links|trusted-host|channel|GOPROXY|GONOSUMDB|GONOSUMCHECK|GOFLAGS|GOSUMDB|GOINSECURE|_auth|oauth|token|password|certificate|http-basic|enableScripts|unsafe/i;

export const isOfficialRegistry = (address: string): boolean => OFFICIAL.test(address);

const isDecisive = (effect: EffectOf<'pkg.configure'>): boolean =>
  DECISIVE.test(effect.key) &&
  !OFFICIAL.test(text(effect.value) ?? '') &&
  !/^(direct|off|none|)$/.test(text(effect.value) ?? '?');

export const packageRules: readonly Rule[] = [
  defineRule({
    id: 'packages/address',
    tier: 'soft',
    on: 'pkg.install',
    since: '0.1.0',
    summary: 'A package installed from an address instead of the registry',
    why: 'Its install scripts run with the user’s rights, and no registry or lockfile vouches for it.',
    instead: 'Install a published version by name, or ask the user to add the address to the project’s manifest.',
    match: (effect) =>
      effect.source === 'url' && !effect.remove
        ? `This installs ${effect.names.map(show).join(', ') || 'packages'} with ${effect.manager} straight from an address`
        : undefined,
    examples: {
      hit: [
        'npm install https://example.com/x.tgz',
        'pip install https://example.com/x.whl',
        'pip install -r https://example.com/requirements.txt',
      ],
      miss: ['npm ci', 'pip install -r requirements.txt', 'npm install left-pad', 'npm install ./packages/a'],
    },
  }),
  defineRule({
    id: 'packages/repository',
    tier: 'ask',
    on: 'pkg.install',
    since: '0.1.0',
    summary: 'A package built from a repository that the project does not name',
    why: 'Whoever owns the repository decides what runs at install.',
    instead: 'Install a published version by name, or let the user add the repository to the manifest.',
    match: (effect) =>
      effect.source === 'git' && !effect.remove
        ? `This installs ${effect.names.map(show).join(', ')} from a repository`
        : undefined,
    examples: {
      hit: [
        'pip install git+https://github.com/someone/thing.git',
        'npm i someone/thing',
        'cargo install --git https://github.com/someone/thing',
      ],
      miss: ['pip install -e .', 'npm ci', 'cargo build'],
    },
  }),
  defineRule({
    id: 'packages/registry',
    tier: 'soft',
    on: 'pkg.configure',
    since: '0.1.0',
    summary: 'Another registry, index or install-time setting than the configured one',
    why: 'Every later install then trusts whoever runs it.',
    instead: 'Use the registry the project is set up with, or ask the user to change it in the project’s own settings.',
    match: (effect) =>
      isDecisive(effect) ? `This sets ${effect.key} of ${effect.manager} to ${show(effect.value)}` : undefined,
    examples: {
      hit: [
        'npm config set registry https://npm.example.com',
        'pip install --index-url https://index.example.com/simple requests',
        'npm config set prefix /tmp/x -g',
        'npm install --registry https://npm.example.com',
        'go env -w GOPROXY=https://proxy.example.com',
      ],
      miss: [
        'npm config get registry',
        'npm config set registry http://localhost:4873/',
        'npm config set fund false',
        'pip install --index-url https://pypi.org/simple -r requirements.txt',
      ],
    },
  }),
  defineRule({
    id: 'packages/publish',
    tier: 'soft',
    on: 'pkg.publish',
    since: '0.1.0',
    summary: 'A package or release that is published, withdrawn or re-tagged',
    why: 'Others install it within minutes, and most registries never take a version back.',
    instead:
      'Run the dry run (for instance npm publish --dry-run), show the result, and leave publishing to the user or the pipeline.',
    match: (effect) => `This publishes ${effect.what} with ${effect.manager}`,
    examples: {
      hit: [
        'npm publish',
        'cargo publish',
        'twine upload dist/*',
        'gem push x.gem',
        'uv publish',
        'pnpm publish -r',
        './gradlew publish',
        'mvn deploy',
        'poetry publish --build',
      ],
      miss: ['npm publish --dry-run', 'cargo publish --dry-run', 'npm pack', 'twine check dist/*', 'uv build'],
    },
  }),
];
