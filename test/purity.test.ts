// Owns the import graph: what is pure leans on nothing that looks at the machine, and packages are met in one place each.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((path) => /\.(ts|mjs)$/.test(path))
    .sort();

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const IMPORT = /^(import|export)\s+(type\s)?(?:[^;'"]*?\sfrom\s)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm;

/** Imports of a file; those of the project as paths from its root. */
function importsOf(file: string): Import[] {
  return [...readFileSync(join(root, file), 'utf8').matchAll(IMPORT)].map(([, , type, fixed, dynamic]) => {
    const path = fixed ?? dynamic ?? '';
    const to = path.startsWith('.') ? relative(root, join(root, dirname(file), path)) : path;
    return { from: file, to, typeOnly: type !== undefined };
  });
}

const sources = filesIn('src');
const imports = sources.flatMap(importsOf);
const show = ({ from, to }: Import): string => `${from} -> ${to}`;

const PURE_FOLDERS = ['core', 'shell', 'commands', 'tools', 'code', 'rules', 'hosts'];
const PURE_FILES = ['src/judge.ts', 'src/machinery.ts', 'src/explanation.ts', 'src/judge-example.ts'];
/** The classifier's client and what ties it in are all of it that is not pure. */
const isPure = (path: string): boolean =>
  PURE_FILES.includes(path) ||
  PURE_FOLDERS.some((folder) => path.startsWith(`src/${folder}/`)) ||
  (path.startsWith('src/classifier/') && !/\/(client|index)\.ts$/.test(path));
/** Packages that only compute. */
const PURE_PACKAGES = /^(unbash|shell-quote|zod|@lezer\/\w+)$/;

describe('the import graph', () => {
  it('is read from real files', () => {
    expect(sources.length).toBeGreaterThan(200);
    expect(imports.map(show)).toContain('src/judge.ts -> src/core/decide.ts');
    expect(imports.map(show)).toContain('src/hook/classify.ts -> src/classifier/index.ts');
  });

  it('leads from what is pure only to what is pure', () => {
    const impure = imports.filter(
      ({ from, to, typeOnly }) =>
        isPure(from) && !typeOnly && !(to.startsWith('src/') ? isPure(to) : PURE_PACKAGES.test(to)),
    );
    expect(impure.map(show)).toEqual([]);
  });

  it('names no module of Node.js in what is pure, not even for its types', () => {
    expect(imports.filter(({ from, to }) => isPure(from) && to.startsWith('node:')).map(show)).toEqual([]);
  });

  it.each([
    ['unbash', ['src/shell/parse.ts']],
    ['@anthropic-ai/sdk', ['src/classifier/client.ts']],
    [
      'node:child_process',
      ['src/cli/doctor-checks.ts', 'src/cli/hook-process.ts', 'src/cli/try.ts', 'src/facts/git-process.ts'],
    ],
  ])('meets %s nowhere but in %j', (name, only) => {
    expect([...new Set(imports.filter(({ to }) => to === name).map(({ from }) => from))].sort()).toEqual(only);
  });

  it('keeps descriptions of programs and the reading of commands apart, and rules from both', () => {
    const crossing = imports.filter(
      ({ from, to }) =>
        (from.startsWith('src/core/') && !to.startsWith('src/core/')) ||
        (from.startsWith('src/rules/') && !/^src\/(core|rules)\//.test(to)) ||
        (from.startsWith('src/shell/') && to.startsWith('src/commands/')) ||
        (from.startsWith('src/commands/') && /^src\/(shell|rules)\//.test(to)),
    );
    expect(crossing.map(show)).toEqual([]);
  });

  it('has every file of src on the way from an entry point', () => {
    const entries = ['src/hook.ts', 'src/cli.ts', 'src/index.ts', 'src/load.ts'];
    const reached = new Set(entries);
    for (const file of reached) for (const { to } of imports.filter(({ from }) => from === file)) reached.add(to);
    const known = [...reached];
    expect(sources.filter((file) => !known.includes(file))).toEqual([]);
  });
});

describe('every file', () => {
  const all = ['src', 'test', 'hooks', '.build'].flatMap(filesIn);

  it('says in its first line what it owns', () => {
    const first = (file: string): string => {
      const [line = '', next = ''] = readFileSync(join(root, file), 'utf8').split('\n');
      return line.startsWith('#!') ? next : line;
    };
    expect(all.filter((file) => !/^\/\/ [A-Z].{20,}$/.test(first(file)))).toEqual([]);
  });

  it('is short enough to be read in one go', () => {
    const lines = (file: string): number => readFileSync(join(root, file), 'utf8').split('\n').length - 1;
    const limit = (file: string): number => (file.startsWith('src/rules/') ? 150 : 400);
    expect(all.filter((file) => lines(file) > limit(file)).map((file) => `${file} ${lines(file)}`)).toEqual([]);
  });
});
