// Owns hook inputs as the host sends them.

export interface Given {
  readonly session?: string;
  readonly cwd?: string;
  readonly mode?: string;
  readonly id?: string;
  readonly agent?: string;
}

const common = (event: string, given: Given): Record<string, unknown> => ({
  session_id: given.session ?? 'session-1',
  transcript_path: '/home/dev/.claude/projects/project/session-1.jsonl',
  cwd: given.cwd ?? '/home/dev/project',
  prompt_id: 'prompt-1',
  hook_event_name: event,
  ...(given.agent === undefined ? {} : { agent_id: given.agent, agent_type: 'general-purpose' }),
});

export const preToolUse = (tool: string, input: unknown, given: Given = {}): Record<string, unknown> => ({
  ...common('PreToolUse', given),
  permission_mode: given.mode ?? 'default',
  tool_name: tool,
  tool_input: input,
  tool_use_id: given.id ?? 'toolu_1',
});

export const bash = (command: string, given: Given = {}): Record<string, unknown> =>
  preToolUse('Bash', { command, description: 'What the command is for' }, given);

export const postToolUse = (tool: string, input: unknown, given: Given = {}): Record<string, unknown> => ({
  ...preToolUse(tool, input, given),
  hook_event_name: 'PostToolUse',
  tool_response: { stdout: '', stderr: '', interrupted: false },
});

export const prompt = (text: string, given: Given = {}): Record<string, unknown> => ({
  ...common('UserPromptSubmit', given),
  permission_mode: given.mode ?? 'default',
  prompt: text,
});

export const sessionStart = (source: string, given: Given = {}): Record<string, unknown> => ({
  ...common('SessionStart', given),
  source,
});

export const subagentStop = (agent: string, given: Given = {}): Record<string, unknown> => ({
  ...common('SubagentStop', { ...given, agent }),
  agent_transcript_path: '/home/dev/.claude/projects/project/agent.jsonl',
});

export const configChange = (source: string, path: string, given: Given = {}): Record<string, unknown> => ({
  ...common('ConfigChange', given),
  source,
  file_path: path,
});
