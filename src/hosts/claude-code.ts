// Turns Claude Code's hook input into events and answers into its hook output; decides nothing.
import type { Environment } from '../core/context.ts';
import { type Fields, isFields, toolOf } from './claude-code-tools.ts';
import type { Answer, Fault, Host, HostEvent, Mode } from './types.ts';

const MODES: ReadonlySet<string> = new Set<Mode>([
  'default',
  'acceptEdits',
  'plan',
  'dontAsk',
  'auto',
  'bypassPermissions',
]);

/**
 * Turns that begin with a tag are made by the host, an agent or a tool (`<task-notification>`, `<agent-message ...>`):
 * taking a machine's words for the user's would forge consent, taking the user's for a machine's only costs a question.
 */
const MACHINE_MADE = /^\s*<[a-z][a-z0-9_-]*[\s>/]/i;

function parse(input: string, env: Environment): HostEvent | Fault {
  const fields = parseObject(input);
  if (fields === undefined) return fault('the input is not a JSON object');
  const session = fields.session_id;
  const cwd = fields.cwd;
  if (typeof session !== 'string' || session === '') return fault('the input names no session');
  if (typeof cwd !== 'string') return fault('the input names no working directory');
  const common = { session, cwd };
  switch (fields.hook_event_name) {
    case 'PreToolUse':
      return parseCall(fields, common, env);
    case 'PostToolUse':
    // A command that ran and failed; a call that a person turned down brings neither event (measured on 2.1.329).
    case 'PostToolUseFailure':
      return { kind: 'ran', ...common, id: words(fields.tool_use_id), name: words(fields.tool_name) };
    case 'SessionStart':
      return { kind: 'start', ...common, source: words(fields.source), attended: attended(env) };
    case 'UserPromptSubmit': {
      const text = fields.prompt;
      if (typeof text !== 'string') return fault('the prompt is not a text');
      return { kind: 'prompt', ...common, text, byUser: fields.agent_id === undefined && !MACHINE_MADE.test(text) };
    }
    case 'SubagentStop':
      return { kind: 'agent-stop', ...common, agent: words(fields.agent_id) };
    case 'ConfigChange':
      return { kind: 'config', ...common, source: words(fields.source), path: words(fields.file_path) };
    default:
      return fault('the event is not known');
  }
}

function parseCall(fields: Fields, common: { session: string; cwd: string }, env: Environment): HostEvent | Fault {
  const name = fields.tool_name;
  const input = fields.tool_input;
  if (typeof name !== 'string' || name === '') return fault('the input names no tool');
  if (!isFields(input)) return fault('the tool input is not an object');
  for (const key of ['tool_use_id', 'permission_mode', 'agent_id', 'transcript_path'])
    if (fields[key] !== undefined && typeof fields[key] !== 'string') return fault(`${key} is not a text`);
  const mode = words(fields.permission_mode) || 'default';
  return {
    kind: 'call',
    call: {
      host: 'claude-code',
      ...common,
      agent: words(fields.agent_id) || undefined,
      mode: MODES.has(mode) ? (mode as Mode) : 'unknown',
      attended: attended(env),
      name,
      tool: toolOf(name, input),
      input,
      id: words(fields.tool_use_id),
      transcriptPath: words(fields.transcript_path) || undefined,
    },
  };
}

function parseObject(input: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(input);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const words = (value: unknown): string => (typeof value === 'string' ? value : '');
const fault = (because: string): Fault => ({ kind: 'fault', because });

/** The host says 0 when nobody can answer; where it says nothing a prompt is still safe, so a person is assumed. */
const attended = (env: Environment): boolean => env.CLAUDE_CODE_SESSION_ATTENDED !== '0';

function render({ decision, reason, end }: Answer): string {
  return JSON.stringify({
    ...(end === undefined ? {} : { continue: false, stopReason: end }),
    hookSpecificOutput: {
      hookEventName: 'PreToolUse',
      permissionDecision: decision,
      permissionDecisionReason: reason,
    },
  });
}

export const claudeCode: Host = {
  name: 'claude-code',
  capabilities: { ownClassifier: ['auto'], allowIgnored: ['plan'], minimumVersion: '2.1.295' },
  parse,
  render,
  acknowledge: '{}',
};
