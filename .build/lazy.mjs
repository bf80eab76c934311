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

/** Examples are for tests and for readers of the CLI: a third of the text that the hook would load. */
export const withoutExamples = {
  name: 'without-examples',
  setup({ onLoad }) {
    onLoad({ filter: /src\/(rules|commands)\/.*\.ts$/ }, ({ path }) => ({
      contents: emptied(readFileSync(path, 'utf8')),
      loader: 'ts',
    }));
  },
};

/** The source with every object literal of the property `examples` emptied. They hold strings and comments, so braces in those are skipped. */
function emptied(source) {
  const parts = [];
  let from = 0;
  for (const { index, 0: head } of source.matchAll(/\bexamples: \{/g)) {
    if (index < from) continue;
    const token = /[{}]|\/\/.*|\/\*[\s\S]*?\*\/|'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*"|`(?:[^`\\]|\\[\s\S])*`/g;
    token.lastIndex = index + head.length;
    for (let depth = 1; depth > 0; ) {
      const found = token.exec(source);
      if (found === null) throw new Error('an examples literal has no end');
      if (found[0] === '{') depth++;
      else if (found[0] === '}') depth--;
    }
    parts.push(source.slice(from, index), 'examples: {}');
    from = token.lastIndex;
  }
  return parts.join('') + source.slice(from);
}

const FAMILY = /^import \{ (\w+) \} from '(\.\/[\w/-]+\.ts)';$/gm;
const LAZY = `const lazy = (family, list) =>
  list.map((names, index) => ({ names, examples: {}, lower: (call) => family()[index].lower(call) }));`;

const namesOf = (programs) =>
  programs.map(({ names, lower, examples, ...rest }) => {
    const [more] = Object.keys(rest);
    if (more !== undefined) throw new Error(`the field ${more} of ${names[0]} would be lost`);
    return names;
  });

/**
 * Each family of programs is evaluated when one of its names is called. Names are read from the catalogue itself while
 * building.
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
  const declared = families.map(
    ({ name, path }) =>
      `const ${name} = lazy(() => require('${path}').${name}, ${JSON.stringify(namesOf(lists[name]))});`,
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
