// Bundles the entry points into dist/: CommonJS, because it starts faster, with rarely used parts as chunks of their own.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Another folder can be named, so that tests build the sources as they are without touching dist/. */
const dist = resolve(process.argv[2] ?? `${root}dist`);
const fresh = `${dist}.${process.pid}.tmp`;

const common = {
  absWorkingDir: root,
  outdir: fresh,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  logLevel: 'warning',
};
const cjs = { ...common, format: 'cjs', outExtension: { '.js': '.cjs' } };

/** Chunks by the source file that everything else imports them through. */
const CHUNKS = { 'classifier/index.ts': './classifier.cjs', 'code/index.ts': './code-readers.cjs' };

/** `import('../classifier/index.ts')` loads the chunk when it is reached. */
const lazyClassifier = {
  name: 'lazy-classifier',
  setup({ onResolve }) {
    onResolve({ filter: /classifier\/index\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: CHUNKS['classifier/index.ts'], external: true } : undefined,
    );
  },
};

/** The readers are called without waiting, so each becomes a function that requires the chunk at its first call. */
const lazyReaders = (languages) => ({
  name: 'lazy-readers',
  setup({ onResolve, onLoad }) {
    const chunk = CHUNKS['code/index.ts'];
    onResolve({ filter: /code\/index\.ts$/ }, () => ({ path: 'readers', namespace: 'lazy-readers' }));
    onResolve({ filter: /^\.\/code-readers\.cjs$/ }, ({ path }) => ({ path, external: true }));
    onLoad({ filter: /.*/, namespace: 'lazy-readers' }, () => ({
      contents: `const lazy = (language) => (text, setting) => require('${chunk}').readers[language](text, setting);
exports.readers = Object.fromEntries(${JSON.stringify(languages)}.map((language) => [language, lazy(language)]));`,
    }));
  },
});

mkdirSync(fresh, { recursive: true });
try {
  const readers = existsSync(`${root}src/code/index.ts`);
  await build({
    ...cjs,
    entryPoints: {
      classifier: 'src/classifier/index.ts',
      ...(readers ? { 'code-readers': 'src/code/index.ts' } : {}),
    },
  });
  const languages = readers ? Object.keys(createRequire(import.meta.url)(`${fresh}/code-readers.cjs`).readers) : [];
  await build({
    ...cjs,
    entryPoints: { hook: 'src/hook.ts', cli: 'src/cli.ts' },
    plugins: [lazyClassifier, lazyReaders(languages)],
  });
  if (existsSync(`${root}src/index.ts`))
    await build({ ...common, format: 'esm', outExtension: { '.js': '.mjs' }, entryPoints: { index: 'src/index.ts' } });

  // A hook that runs meanwhile must find whole files: each is put in place by one rename, chunks before what loads them.
  mkdirSync(dist, { recursive: true });
  const files = readdirSync(fresh).sort((one, other) => Number(one === 'hook.cjs') - Number(other === 'hook.cjs'));
  for (const file of files) renameSync(`${fresh}/${file}`, `${dist}/${file}`);
  for (const file of readdirSync(dist)) if (!files.includes(file)) rmSync(`${dist}/${file}`, { recursive: true });
} finally {
  rmSync(fresh, { recursive: true, force: true });
}
