// Turns npx, bunx, `pnpm dlx`, uvx and `pipx run` into the program they start, fetched first when it is absent.
import type { Word } from '../../core/invocation.ts';
import { type OptionSpec, parseArgs } from '../../core/options.ts';
import { dirname } from '../../core/path.ts';
import {
  type Call,
  defineProgram,
  type EffectDraft,
  type Lowering,
  type Program,
  type Run,
} from '../../core/program.ts';
import { known } from '../../core/value.ts';
import { harmless, literal, opaque } from '../kit.ts';
import { wordOf } from '../words.ts';
import { isDevTool, packageOf } from './dev-tool-table.ts';
import { packageManifest } from './manifest.ts';
import { startsProject } from './starters.ts';

const NODE: OptionSpec = {
  style: 'posix',
  values: [
    '-p --package',
    '-c --call',
    '-w --workspace',
    '--registry',
    '--userconfig',
    '--prefix',
    '-C --dir',
    '-F --filter',
    '--shell',
  ],
  flags: [
    '-y --yes',
    '-n --no',
    '--no-install',
    '-q --quiet',
    '-v --version',
    '-h --help',
    '--bun',
    '--ignore-existing',
    '--prefer-offline',
    '--offline',
    '-r --recursive',
    '--parallel',
    '-b',
  ],
  abbreviations: false,
};
const PYTHON: OptionSpec = {
  style: 'posix',
  values: [
    '--from',
    '--with',
    '--with-editable',
    '--with-requirements',
    '-p --python',
    '--spec',
    '--index-url -i',
    '--index',
    '--extra-index-url',
    '--default-index',
    '--pip-args',
    '--refresh-package',
    '--directory',
    '--project',
    '--env-file',
    '-c --constraints',
    '--cache-dir',
    '--suffix',
    '--resolution',
    '--prerelease',
  ],
  flags: [
    '-q --quiet',
    '-v --verbose',
    '-h --help',
    '-V --version',
    '--isolated',
    '--refresh',
    '--no-cache',
    '-n',
    '--offline',
    '--no-config',
    '--system-site-packages',
    '--verbose',
    '--editable -e',
    '--pypackages',
  ],
  abbreviations: false,
};

/** `local`: only programs the project already has are started (pnpm exec, yarn exec). */
export function lowerPackageRun(call: Call, args: readonly Word[], local = false): Lowering {
  const python = /^(uvx|uv|pipx)$/.test(call.name);
  const parsed = parseArgs(args, python ? PYTHON : NODE);
  const shell = python ? undefined : parsed.value('-c');
  if (shell)
    return { effects: chosen(call, parsed.all('-p')), runs: [{ kind: 'shell', text: shell, via: `${call.name} -c` }] };
  const operands = literal(parsed.operands[0]) === '--' ? parsed.operands.slice(1) : parsed.operands;
  const [spec, ...rest] = operands;
  if (spec === undefined) return harmless(`${call.name} help`);
  const name = literal(spec);
  if (name === undefined) return { effects: [opaque('the package to run is not known', spec.span)] };
  const sources = python ? [...parsed.all('--from'), ...parsed.all('--spec')] : parsed.all('-p');
  const extra = [...parsed.all('--with'), ...parsed.all('--with-editable')];
  const bin = binary(name);
  const from = sources.length > 0 ? sources : [spec];
  const effects = [
    ...indexes(call, [
      ...parsed.all('--registry'),
      ...parsed.all('--index-url'),
      ...parsed.all('--index'),
      ...parsed.all('--extra-index-url'),
      ...parsed.all('--default-index'),
    ]),
    ...chosen(call, extra),
  ];
  const declared = local || from.every((word) => isDeclared(call, literal(word)));
  const run: Run = { kind: 'argv', argv: [wordOf(installed(call, bin), spec), ...rest], via: `${call.name} ${name}` };
  const far = from.map((word) => literal(word) ?? '').find((each) => /^(https?:|git\+|github:|git:|git@)/.test(each));
  if (far !== undefined)
    return {
      effects: [
        ...effects,
        {
          kind: 'code.run',
          origin: 'download',
          language: 'unknown',
          what: known(far),
          taints: [{ label: 'downloaded', from: far }],
          span: spec.span,
        },
      ],
    };
  const scoped = /^(@[^/]+\/)?[^@]+/.exec(name)?.[0] ?? name;
  const started =
    python || sources.length > 0 || local ? undefined : startsProject(call, scoped, name.slice(scoped.length), rest);
  if (started && !declared) return { effects: [...effects, ...started] };
  if (!declared)
    return {
      effects: [
        ...effects,
        {
          kind: 'pkg.run',
          manager: call.name,
          name: known(sources.map((word) => literal(word) ?? '…').join(' ') || name),
          declared: undefined,
          span: spec.span,
        },
      ],
      runs: KNOWN_ELSEWHERE.test(bin) ? [run] : [],
    };
  return {
    effects: [...effects, { kind: 'pkg.run', manager: call.name, name: known(name), declared: true, span: spec.span }],
    runs: [run],
  };
}

/** A program that only the project's packages bring is named by its place among them. */
function installed(call: Call, bin: string): string {
  const manifest = packageManifest(call);
  if (manifest === undefined || isDevTool(bin) || KNOWN_ELSEWHERE.test(bin) || /^(uvx|uv|pipx)$/.test(call.name))
    return bin;
  return `${dirname(manifest.path)}/node_modules/.bin/${bin}`;
}

/** Platform tools whose own commands are judged whoever fetched them. */
const KNOWN_ELSEWHERE =
  /^(prisma|vercel|netlify|netlify-cli|wrangler|firebase|firebase-tools|supabase|serverless|sls|cdk|aws-cdk|drizzle-kit|knex|sequelize|sequelize-cli|typeorm|railway|fly|heroku|surge|now|gh-pages|eas|eas-cli|expo|convex|amplify|sst|pulumi|localtunnel|lt|ngrok|http-server|serve|live-server|claude|codex|gemini|@anthropic-ai\/claude-code|rimraf|del-cli|semantic-release|np|release-it|jsr|vsce|@vscode\/vsce|ovsx|electron-builder|ansible|alembic|awscli|aws|s3cmd|openstack|ansible-playbook|neonctl|shopify|contentful|sanity|cdktf|mikro-orm|sentry-cli|clasp|ampx|snow|databricks)$/;

/** A name under which a tool is described, so that it is more likely that tool than a script of the project. */
export const isKnownTool = (name: string): boolean => KNOWN_ELSEWHERE.test(name);

/** Program name of a package spec: `@scope/name@1` → `name`, `typescript@5` → `typescript`. */
function binary(spec: string): string {
  const name = /^(@?[^@=<>~![]+)/.exec(spec)?.[1] ?? spec;
  if (KNOWN_ELSEWHERE.test(name))
    return name === '@anthropic-ai/claude-code'
      ? 'claude'
      : (packageBinary(name) ??
          name.replace(/^(netlify|firebase|eas|del)-(cli|tools)$/, (whole, head: string) =>
            whole === 'del-cli' ? whole : head,
          ));
  return name.startsWith('@') ? (packageBinary(name) ?? name.slice(name.indexOf('/') + 1)) : name;
}

const packageBinary = (name: string): string | undefined => SCOPED[name];
const SCOPED: Readonly<Record<string, string>> = {
  '@biomejs/biome': 'biome',
  '@playwright/test': 'playwright',
  '@angular/cli': 'ng',
  '@nestjs/cli': 'nest',
  '@vue/cli': 'vue',
  '@tailwindcss/cli': 'tailwindcss',
  '@changesets/cli': 'changeset',
  '@vscode/vsce': 'vsce',
  '@tauri-apps/cli': 'tauri',
  'dotenv-cli': 'dotenv',
  '@redocly/cli': 'redocly',
  '@openapitools/openapi-generator-cli': 'openapi-generator-cli',
};

/** What the nearest package.json declares; where its contents are not known, the best-known development tools are taken to be declared. */
function isDeclared(call: Call, spec: string | undefined): boolean {
  if (spec === undefined) return false;
  const bin = binary(spec);
  const name = /^(@?[^@=<>~![]+)/.exec(spec)?.[1] ?? spec;
  // What uvx and pipx start comes from the index, not from the project's lockfile.
  if (/^(uvx|uv|pipx)$/.test(call.name)) return false;
  const manifest = packageManifest(call);
  const packages = manifest?.packages;
  if (packages === undefined)
    return manifest !== undefined && !/@(latest|next|canary|beta)$/.test(spec) && isDevTool(bin);
  return packages.has(name) || packageOf(bin).some((each) => packages.has(each));
}

const chosen = (call: Call, words: readonly Word[]): EffectDraft[] =>
  words
    .filter((word) => !isDeclared(call, literal(word)))
    .map((word) => ({ kind: 'pkg.run', manager: call.name, name: word.value, declared: undefined, span: word.span }));

const indexes = (call: Call, words: readonly Word[]): EffectDraft[] =>
  words.map((word) => ({
    kind: 'pkg.configure',
    manager: call.name,
    key: 'registry',
    value: word.value,
    global: false,
    span: word.span,
  }));

export const packageRunPrograms: readonly Program[] = [
  defineProgram({
    names: ['npx', 'bunx', 'pnpx', 'pnx', 'uvx'],
    lower: (call) => lowerPackageRun(call, call.args),
    examples: {
      allow: [
        'npx tsc --noEmit',
        'npx eslint src',
        'bunx prettier --check .',
        'npx vitest run',
        'npx create-next-app@latest web --ts --no-eslint',
        { command: 'npx own-tool', files: { 'package.json': '{"devDependencies":{"own-tool":"1"}}' } },
      ],
      deny: ['npx vercel --prod', 'npx -c "rm -rf ~"', 'uvx --from git+https://example.com/x.git tool'],
      unsettled: [
        'uvx ruff check .',
        'npx some-unknown-tool',
        'npx create-next-app web --example https://github.com/acme/x',
        'npx create-vite@npm:other web',
        'npx create-vite ../other',
        'npx -y left-pad@latest',
        'uvx unknown-tool',
        'npx -p unknown eslint src',
        'npx "$TOOL"',
      ],
    },
  }),
];
