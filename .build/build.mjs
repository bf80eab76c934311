// Bundles the entry points into dist/: CommonJS, because it starts faster, with rarely used parts as chunks of their own.
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { build as bundle } from 'esbuild';
import { lazyBuiltins, lazyClassifier, lazyFamilies, lazyReaders, withoutExamples } from './lazy.mjs';
import { licencesOf } from './licences.mjs';
import { buildTypes } from './types.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Another folder can be named, so that tests build the sources as they are without touching dist/. */
const dist = resolve(process.argv[2] ?? `${root}dist`);
const fresh = `${dist}.${process.pid}.tmp`;

const common = {
  absWorkingDir: root,
  outdir: fresh,
  bundle: true,
  metafile: true,
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  logLevel: 'warning',
};
/** `import()` becomes `require()`: the engine is compiled as a script of its own, in which Node knows no `import()`. */
const cjs = { ...common, format: 'cjs', outExtension: { '.js': '.cjs' }, supported: { 'dynamic-import': false } };

/** Paths of all files that went into a bundle. */
const inputs = new Set();
async function build(options) {
  const { metafile } = await bundle(options);
  for (const input of Object.keys(metafile.inputs)) inputs.add(input);
}

/** Commands whose way through the engine is kept compiled. */
const USUAL = ['ls -la', 'git status && cat README.md | head -20', 'npm test'];

/** The bundler leaves other characters in regular expressions as they are; text of one byte per character loads faster. */
const ascii = (text) =>
  text.replace(/[^\x00-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The engine under a name made of its content, so that compiled code can never be taken for that of another text. */
async function buildEngine(plugins) {
  await build({ ...cjs, minify: true, entryPoints: { engine: 'src/hook.ts' }, plugins });
  const built = ascii(readFileSync(`${fresh}/engine.cjs`, 'utf8'));
  const name = `engine-${createHash('sha256').update(built).digest('hex').slice(0, 16)}.cjs`;
  rmSync(`${fresh}/engine.cjs`);
  writeFileSync(`${fresh}/${name}`, built);
  const script = new Script(module.wrap(built), { filename: `${fresh}/${name}` });
  const loaded = { exports: {} };
  script.runInThisContext()(loaded.exports, createRequire(`${fresh}/`), loaded, `${fresh}/${name}`, dirname(name));
  const env = { HOME: fresh, CLAUDE_PLUGIN_DATA: `${fresh}/warm`, PATH: process.env.PATH };
  for (const command of USUAL) {
    const event = { session_id: 'build', cwd: root, hook_event_name: 'PreToolUse', tool_name: 'Bash' };
    const input = JSON.stringify({ ...event, tool_input: { command } });
    await loaded.exports.answer(async () => input, 'PreToolUse', env);
  }
  writeFileSync(`${fresh}/${name}.cache`, script.createCachedData());
  rmSync(`${fresh}/warm`, { recursive: true });
  return name;
}

/** A folder that the host can install from and that teams can pass on: what the hook and the CLI need, and a marketplace that names it. */
function makePlugin(engine) {
  const plugin = `${fresh}/plugin`;
  for (const part of ['.claude-plugin', 'hooks', 'skills', 'LICENSE'])
    cpSync(`${root}${part}`, `${plugin}/${part}`, { recursive: true });
  for (const file of [
    engine,
    `${engine}.cache`,
    'hook.cjs',
    'classifier.cjs',
    'code-readers.cjs',
    'cli.cjs',
    'LICENCES.txt',
  ])
    cpSync(`${fresh}/${file}`, `${plugin}/dist/${file}`);
  const { name, version, description, license, engines, bin } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  writeJson(`${plugin}/package.json`, { name, version, private: true, description, license, engines, bin });
  const marketplace = JSON.parse(readFileSync(`${root}.claude-plugin/marketplace.json`, 'utf8'));
  const plugins = marketplace.plugins.map((entry) => ({ ...entry, source: './' }));
  writeJson(`${plugin}/.claude-plugin/marketplace.json`, { ...marketplace, plugins });
}

const writeJson = (path, value) => writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);

/** A hook that runs meanwhile must find whole files: each is put in place by one rename, chunks before what loads them. */
function place(from, to) {
  mkdirSync(to, { recursive: true });
  const names = readdirSync(from).sort((one, other) => Number(one === 'hook.cjs') - Number(other === 'hook.cjs'));
  for (const name of names)
    if (statSync(`${from}/${name}`).isDirectory()) place(`${from}/${name}`, `${to}/${name}`);
    else renameSync(`${from}/${name}`, `${to}/${name}`);
  for (const name of readdirSync(to)) if (!names.includes(name)) rmSync(`${to}/${name}`, { recursive: true });
}

mkdirSync(fresh, { recursive: true });
try {
  await build({
    ...cjs,
    entryPoints: { classifier: 'src/classifier/index.ts', 'code-readers': 'src/code/index.ts', cli: 'src/cli.ts' },
    plugins: [lazyClassifier],
  });
  await build({ ...common, format: 'esm', outExtension: { '.js': '.mjs' }, entryPoints: { index: 'src/index.ts' } });
  const languages = Object.keys(createRequire(import.meta.url)(`${fresh}/code-readers.cjs`).readers);
  const families = await lazyFamilies(root, `${fresh}/families`);
  rmSync(`${fresh}/families`, { recursive: true });
  const engine = await buildEngine([lazyBuiltins, lazyClassifier, lazyReaders(languages), families, withoutExamples]);
  await build({
    ...cjs,
    stdin: {
      contents: `module.exports = require('./load.ts').load(__dirname, ${JSON.stringify(engine)});`,
      resolveDir: `${root}src`,
      sourcefile: 'hook.ts',
    },
    outdir: undefined,
    outfile: `${fresh}/hook.cjs`,
  });
  await buildTypes(`${fresh}/types`);
  writeFileSync(`${fresh}/LICENCES.txt`, licencesOf(root, inputs));

  makePlugin(engine);
  place(fresh, dist);
} finally {
  rmSync(fresh, { recursive: true, force: true });
}
