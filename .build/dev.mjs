// Runs the CLI from its sources as they are now, without touching dist/: node .build/dev.mjs eval FILE
import { mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = `${root}/node_modules/.cache/greenlight`;
mkdirSync(folder, { recursive: true });
const outfile = `${folder}/cli-${process.pid}.cjs`;
await build({
  absWorkingDir: root,
  entryPoints: ['src/cli.ts'],
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'cjs',
  outfile,
  logLevel: 'warning',
});
process.on('exit', () => rmSync(outfile, { force: true }));
process.argv.splice(1, 1, outfile);
createRequire(import.meta.url)(outfile);
