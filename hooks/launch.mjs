// Runs the built hook for one event and prints its one answer. Whatever goes wrong, the answer allows nothing.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Between the hook's own deadline and the timeout in hooks.json. */
const DEADLINE_MS = 54_000;
const event = process.argv[2] ?? '';
const decides = event === '' || event === 'PreToolUse';
const { writeSync } = fs;
let answered = false;

/** What the host takes for "do not run this without a person" (PreToolUse), or for a note to the person. */
function failure(because) {
  const reason = `guard/fault: Greenlight could not judge this (${because}), so it is not allowed. Instead: let a person decide, and run \`npm ci\` in the clone of Greenlight, or install the plugin again.`;
  if (!decides) return JSON.stringify({ systemMessage: reason });
  return JSON.stringify({
    hookSpecificOutput: {
      hookEventName: 'PreToolUse',
      permissionDecision: 'ask',
      permissionDecisionReason: reason.slice(0, 400),
    },
  });
}

/** One JSON object of the shape the host reads, or the failure answer. */
function checked(text) {
  const answer = JSON.parse(text);
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) throw new Error('no answer');
  const decision = answer.hookSpecificOutput?.permissionDecision;
  if (decides && !['allow', 'deny', 'ask'].includes(decision)) throw new Error('no decision');
  return JSON.stringify(answer);
}

function print(text) {
  if (answered) return;
  answered = true;
  let rest = Buffer.from(`${text}\n`);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      if (error.code !== 'EAGAIN') return;
    }
  }
}

function end(text) {
  print(text);
  process.exit(0);
}

// Words before the JSON would make the host take the whole for plain text and let the call through: only `print` writes to standard output.
Object.defineProperty(process, 'stdout', { configurable: true, get: () => process.stderr });
for (const name of ['write', 'writeSync', 'writev', 'writevSync']) {
  const original = fs[name];
  fs[name] = (fd, ...rest) => original(fd === 1 ? 2 : fd, ...rest);
}

process.on('uncaughtException', (error) => end(failure(error?.message?.slice(0, 150) ?? 'an unknown error')));
process.on('exit', () => {
  print(failure('it ended without an answer'));
  process.exitCode = 0;
});
setTimeout(() => end(failure('no verdict in time')), DEADLINE_MS);

try {
  const hook = createRequire(import.meta.url)('../dist/hook.cjs');
  // Installed by settings, the host does not say where the program lies that the agent must leave alone.
  const env = { ...process.env, CLAUDE_PLUGIN_ROOT: fileURLToPath(new URL('..', import.meta.url)) };
  end(checked(await hook.run(event, env)));
} catch (error) {
  end(failure(error instanceof Error ? error.message.split('\n')[0].slice(0, 150) : 'an unknown error'));
}
