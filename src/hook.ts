// Composition root of the hook: one event in, one answer out. Whatever breaks becomes an answer that allows nothing.
import type { Environment } from './core/context.ts';
import { redact } from './core/redact.ts';
import { answerCall } from './hook/answer.ts';
import { observe } from './hook/observe.ts';
import { claudeCode as host } from './hosts/claude-code.ts';
import { machinery } from './machinery.ts';
import { append, journalPath, stateFolder } from './state/journal.ts';

/** Below the timeout in hooks.json, so that the answer is ours and says why. */
const DEADLINE_MS = 50_000;
const INPUT_DEADLINE_MS = 10_000;
const MAX_INPUT = 32 * 1024 * 1024;
const DECIDING = 'PreToolUse';

/** The answer to one event as JSON text. `expected`: the event the hook is registered for; it decides what a broken input gets. */
export async function answer(input: () => Promise<string>, expected: string, env: Environment): Promise<string> {
  const deciding = expected === '' || expected === DECIDING;
  return guarded(
    async () => {
      const event = host.parse(await input(), env);
      if (event.kind === 'fault') throw new Error(event.because);
      if (event.kind === 'call')
        return host.render(await answerCall(event.call, host, machinery, env, Date.now() + DEADLINE_MS));
      if (expected === DECIDING) throw new Error('the input is of another event');
      return JSON.stringify(observe(event, env));
    },
    (because) => {
      journalFault(expected, because, env);
      return deciding
        ? host.render({ decision: 'ask', reason: faultReason(because) })
        : JSON.stringify({ systemMessage: faultReason(because) });
    },
  );
}

/** Turns a throw or a missed deadline into the failure answer. */
async function guarded(work: () => Promise<string>, failed: (because: string) => string): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no verdict in time')), DEADLINE_MS + 2_000);
  });
  try {
    return await Promise.race([work(), late]);
  } catch (error) {
    return failed(redact(error instanceof Error ? error.message : String(error)));
  } finally {
    clearTimeout(timer);
  }
}

const faultReason = (because: string): string =>
  `guard/fault: Greenlight could not judge this (${because.slice(0, 200)}), so it is not allowed. Instead: let a person decide, or run \`greenlight doctor\`.`;

/** Best effort: the answer is safe without the line, and a journal that cannot be written may be the fault itself. */
function journalFault(event: string, because: string, env: Environment): void {
  try {
    const folder = stateFolder(env);
    if (folder !== undefined) append(journalPath(folder, 'faults'), { kind: 'fault', event, because }, Date.now());
  } catch {
    // The reason in the answer is all that is left to say.
  }
}

/** Reads the event from standard input and answers it; what the launcher calls. */
export async function run(expected: string, env: Environment): Promise<string> {
  return answer(readInput, expected, env);
}

/** All of standard input. A stream costs 2 ms more than a plain read, but a plain read that waits would keep the process from ending. */
function readInput(): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  const { stdin } = process;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no input in time')), INPUT_DEADLINE_MS);
    stdin.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length > MAX_INPUT) reject(new Error('the input is too long'));
    });
    stdin.on('error', reject);
    stdin.on('end', () => {
      clearTimeout(timer);
      resolve(Buffer.concat(chunks, length).toString('utf8'));
    });
  });
}
