// Runs the installed hook as the host would: the command of hooks.json, an event on standard input, one answer back.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface HookCommand {
  readonly command: string;
  readonly args: readonly string[];
}

export interface HookAnswer {
  readonly decision: string;
  readonly reason: string;
  readonly ms: number;
}

interface HooksFile {
  readonly hooks: Readonly<Record<string, readonly { readonly hooks: readonly HookCommand[] }[]>>;
}

/** The command registered for an event, with the plugin's folder filled in; throws when there is none. */
export function hookCommand(root: string, event: string): HookCommand {
  const file = JSON.parse(readFileSync(join(root, 'hooks', 'hooks.json'), 'utf8')) as HooksFile;
  const hook = file.hooks[event]?.[0]?.hooks[0];
  if (hook === undefined) throw new Error(`hooks.json registers nothing for ${event}`);
  const fill = (text: string): string => text.replaceAll('${CLAUDE_PLUGIN_ROOT}', root);
  return { command: fill(hook.command), args: (hook.args ?? []).map(fill) };
}

export interface HookPlace {
  readonly root: string;
  /** The folder the session works in. */
  readonly project: string;
  readonly home: string;
  readonly state: string;
}

/** Answer to one PreToolUse event; nothing of the caller's environment but PATH reaches the hook, above all no key. */
export function askHook(place: HookPlace, session: string, input: string): HookAnswer {
  const { command, args } = hookCommand(place.root, 'PreToolUse');
  const started = performance.now();
  const result = spawnSync(command, args, {
    cwd: place.project,
    input,
    encoding: 'utf8',
    timeout: 60_000,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: place.home,
      CLAUDE_PLUGIN_ROOT: place.root,
      CLAUDE_PLUGIN_DATA: place.state,
      CLAUDE_PROJECT_DIR: place.project,
      CLAUDE_CODE_SESSION_ATTENDED: '1',
      CLAUDE_SESSION_ID: session,
    },
  });
  const ms = performance.now() - started;
  if (result.error) throw result.error;
  const answer = JSON.parse(result.stdout) as {
    readonly hookSpecificOutput?: { readonly permissionDecision?: string; readonly permissionDecisionReason?: string };
  };
  return {
    decision: answer.hookSpecificOutput?.permissionDecision ?? 'none',
    reason: answer.hookSpecificOutput?.permissionDecisionReason ?? '',
    ms,
  };
}

/** A PreToolUse event as the host writes it. */
export const bashEvent = (session: string, cwd: string, command: string): string =>
  JSON.stringify({
    session_id: session,
    transcript_path: join(cwd, 'transcript.jsonl'),
    cwd,
    permission_mode: 'default',
    hook_event_name: 'PreToolUse',
    tool_name: 'Bash',
    tool_input: { command, description: 'an example' },
    tool_use_id: `toolu_${session}`,
  });
