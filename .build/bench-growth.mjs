// Measures how long one decision takes for the texts of test/shell/growing.ts at 100 KB and at the size limit, in process.
import { mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const BAR_MS = 100;
const SIZES = [64_000, 100_000];
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = `${root}/node_modules/.cache/greenlight`;
mkdirSync(folder, { recursive: true });
const outfile = `${folder}/growth-${process.pid}.cjs`;
await build({
  absWorkingDir: root,
  stdin: {
    contents:
      "export { growing } from './test/shell/growing.ts'; export { judgeExample } from './src/judge-example.ts';",
    resolveDir: root,
    loader: 'ts',
  },
  bundle: true,
  platform: 'node',
  format: 'cjs',
  outfile,
  logLevel: 'warning',
});
const { growing, judgeExample } = createRequire(import.meta.url)(outfile);
rmSync(outfile);

judgeExample('ls -la');
let worst = 0;
for (const [name, make] of growing)
  for (const size of SIZES) {
    const text = make(size);
    const times = [1, 2, 3].map(() => {
      const started = performance.now();
      judgeExample(text);
      return performance.now() - started;
    });
    const best = Math.min(...times);
    worst = Math.max(worst, best);
    console.log(`${best.toFixed(1).padStart(8)} ms  ${String(text.length).padStart(6)}  ${name}`);
  }
const memory = Math.round(process.memoryUsage().rss / 1e6);
console.log(`worst ${worst.toFixed(1)} ms (bar ${BAR_MS}), ${memory} MB resident`);
