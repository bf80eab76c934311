// Owns running one session of the real host against the stand-in API, with or without someone who answers prompts.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { hostBinary } from './install.ts';
import type { MessagesApi, ToolResult } from './messages-api.ts';
import { PLUGIN, type World } from './world.ts';

export interface Prompt {
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly reason: string;
}

export interface SessionOptions {
  readonly mode?: 'manual' | 'acceptEdits' | 'plan' | 'dontAsk' | 'bypassPermissions';
  /** Answers prompts; without it nobody can. */
  readonly person?: (prompt: Prompt) => 'allow' | 'deny';
  /** Folder of the plugin; `none` when settings bring the hooks. */
  readonly plugin?: string;
  readonly say?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Goes on with the latest session of the project, in new processes. */
  readonly resume?: boolean;
}

export interface SessionResult {
  readonly exitCode: number | null;
  readonly prompts: readonly Prompt[];
  readonly results: readonly ToolResult[];
  readonly errors: string;
}

interface HostLine {
  readonly type: string;
  readonly request_id?: string;
  readonly request?: {
    readonly subtype: string;
    readonly tool_name: string;
    readonly input: Readonly<Record<string, unknown>>;
    readonly decision_reason?: string;
  };
}

const binary = (): string => hostBinary() ?? 'claude';

const hostEnv = (world: World, api: MessagesApi | undefined): Record<string, string> => ({
  ...world.env,
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
  // The host refuses to bypass permissions for root anywhere else, and tests may run as root.
  IS_SANDBOX: '1',
  DISABLE_TELEMETRY: '1',
  DISABLE_AUTOUPDATER: '1',
  ...(api ? { ANTHROPIC_API_KEY: 'dummy', ANTHROPIC_BASE_URL: api.url } : {}),
});

/** One of the host's own commands, such as `plugin validate`. */
export function hostCommand(
  world: World,
  ...args: readonly string[]
): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync(binary(), args, {
    cwd: world.project,
    env: hostEnv(world, undefined),
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status, output: `${stdout}${stderr}` };
}

export async function runSession(world: World, api: MessagesApi, options: SessionOptions = {}): Promise<SessionResult> {
  const { mode = 'manual', person, plugin = PLUGIN, say = 'Go on.' } = options;
  const child = spawn(
    binary(),
    [
      '-p',
      ...(person ? ['--input-format', 'stream-json', '--permission-prompt-tool', 'stdio'] : [say]),
      ...['--output-format', 'stream-json', '--verbose', '--permission-mode', mode],
      ...(options.resume ? ['--continue'] : []),
      ...(plugin === 'none' ? [] : ['--plugin-dir', plugin]),
    ],
    {
      cwd: world.project,
      // An entry point that the host knows to have a person behind it; only then hooks are told that someone can answer.
      env: { ...hostEnv(world, api), ...(person ? { CLAUDE_CODE_ENTRYPOINT: 'ssh-remote' } : {}), ...options.env },
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  const prompts: Prompt[] = [];
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const send = (message: object): void => void child.stdin.write(`${JSON.stringify(message)}\n`);
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = JSON.parse(text) as HostLine;
    if (line.type === 'result') child.stdin.end();
    if (line.type !== 'control_request' || line.request?.subtype !== 'can_use_tool' || !person) return;
    const { tool_name, input, decision_reason } = line.request;
    const prompt = { tool: tool_name, input, reason: decision_reason ?? '' };
    prompts.push(prompt);
    const response =
      person(prompt) === 'allow' ? { behavior: 'allow', updatedInput: input } : { behavior: 'deny', message: 'No.' };
    send({ type: 'control_response', response: { subtype: 'success', request_id: line.request_id, response } });
  });
  if (person) send({ type: 'user', message: { role: 'user', content: say } });
  else child.stdin.end();
  const exitCode = await ended(child);
  return { exitCode, prompts, results: api.results(), errors };
}

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
