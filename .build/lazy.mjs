// Keeps out of the hook's start what few calls need: the classifier, the code readers, descriptions of programs, some modules of Node.js.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { build } from 'esbuild';

/** `import('../classifier/index.ts')` requires the chunk when it is reached. */
export const lazyClassifier = {
  name: 'lazy-classifier',
  setup({ onResolve }) {
    onResolve({ filter: /classifier\/index\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './classifier.cjs', external: true } : undefined,
    );
  },
};

/** The readers are called without waiting, so each becomes a function that requires the chunk at its first call. */
export const lazyReaders = (languages) => ({
  name: 'lazy-readers',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /code\/index\.ts$/ }, () => ({ path: 'readers', namespace: 'lazy-readers' }));
    onResolve({ filter: /^\.\/code-readers\.cjs$/ }, ({ path }) => ({ path, external: true }));
    onLoad({ filter: /.*/, namespace: 'lazy-readers' }, () => ({
      contents: `const lazy = (language) => (text, setting) => require('./code-readers.cjs').readers[language](text, setting);
exports.readers = Object.fromEntries(${JSON.stringify(languages)}.map((language) => [language, lazy(language)]));`,
    }));
  },
});

/** Modules of Node.js that take milliseconds to load, with the functions that the sources use of them. */
const BUILTINS = { 'node:child_process': ['spawnSync'], 'node:crypto': ['createHash'] };

/** Each function requires its module at its first call. */
export const lazyBuiltins = {
  name: 'lazy-builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:(child_process|crypto)$/ }, ({ path, namespace }) =>
      namespace === 'lazy-builtins' ? { path, external: true } : { path, namespace: 'lazy-builtins' },
    );
    onLoad({ filter: /.*/, namespace: 'lazy-builtins' }, ({ path }) => ({
      contents: BUILTINS[path]
        .map((name) => `exports.${name} = (...args) => require('${path}').${name}(...args);`)
        .join('\n'),
    }));
  },
};

const FAMILY = /^import \{ (\w+) \} from '(\.\/[\w/-]+\.ts)';$/gm;
const LAZY = `const lazy = (family, list) =>
  list.map(([names, keys], index) => {
    const program = { names, examples: {} };
    for (const key of keys) Object.defineProperty(program, key, { get: () => family()[index][key] });
    return program;
  });`;

/**
 * Each family of programs is evaluated when one of its names is called. Names and fields are read from the catalogue
 * itself while building; examples are left out.
 */
export async function lazyFamilies(root, scratch) {
  const index = `${root}src/commands/index.ts`;
  const source = readFileSync(index, 'utf8');
  const families = [...source.matchAll(FAMILY)].map(([, name, path]) => ({ name, path }));
  await build({
    absWorkingDir: root,
    stdin: {
      contents: families.map(({ name, path }) => `export { ${name} } from '${path}';`).join('\n'),
      resolveDir: `${root}src/commands`,
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: `${scratch}/families.cjs`,
    logLevel: 'warning',
  });
  const lists = createRequire(import.meta.url)(`${scratch}/families.cjs`);
  const described = (list) =>
    list.map(({ names, ...rest }) => [names, Object.keys(rest).filter((key) => key !== 'examples')]);
  const declared = families.map(
    ({ name, path }) =>
      `const ${name} = lazy(() => require('${path}').${name}, ${JSON.stringify(described(lists[name]))});`,
  );
  const contents = `${source.replace(FAMILY, '')}\n`.replace(
    '/** Lists of families',
    () => `${LAZY}\n${declared.join('\n')}\n/** Lists of families`,
  );
  return {
    name: 'lazy-families',
    setup({ onLoad }) {
      onLoad({ filter: /src\/commands\/index\.ts$/ }, () => ({ contents, loader: 'ts' }));
    },
  };
}
