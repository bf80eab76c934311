// Measures the whole hook process on `ls -la` against `node -e 0`, alternating in one run, and prints the ratio of the medians.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BAR = 2.2;
const rounds = Number(process.argv[2] ?? 60);
const root = fileURLToPath(new URL('..', import.meta.url));
const state = mkdtempSync(join(tmpdir(), 'greenlight-bench-'));
const env = { PATH: process.env.PATH, HOME: state, CLAUDE_PLUGIN_DATA: state };
const input = JSON.stringify({
  session_id: 'bench',
  transcript_path: join(state, 'transcript.jsonl'),
  cwd: root,
  permission_mode: 'default',
  hook_event_name: 'PreToolUse',
  tool_name: 'Bash',
  tool_input: { command: 'ls -la' },
  tool_use_id: 'toolu_bench',
});

/** Milliseconds from the start of the process to its end. */
function time(args) {
  const started = process.hrtime.bigint();
  const { status, stdout } = spawnSync('node', args, { env, input });
  const ms = Number(process.hrtime.bigint() - started) / 1e6;
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}`);
  return { ms, stdout: stdout.toString() };
}

const median = (times) => times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)];

const hook = [join(root, 'hooks/launch.mjs'), 'PreToolUse'];
const { stdout } = time(hook);
if (!stdout.includes('"permissionDecision":"allow"')) throw new Error(`\`ls -la\` is not allowed: ${stdout}`);
const empty = [];
const whole = [];
for (let round = 0; round < rounds; round++) {
  empty.push(time(['-e', '0']).ms);
  whole.push(time(hook).ms);
}
rmSync(state, { recursive: true, force: true });
const ratio = median(whole) / median(empty);
console.log(`node -e 0  ${median(empty).toFixed(1)} ms`);
console.log(`hook       ${median(whole).toFixed(1)} ms`);
console.log(`ratio      ${ratio.toFixed(2)} (bar ${BAR}; medians of ${rounds} alternating runs)`);
if (ratio > BAR) process.exitCode = 1;
