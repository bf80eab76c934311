// Turns Claude Code's tool names and inputs into tools; judges nothing.
import type { Tool } from './types.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** Undefined when the input is not in the shape that is known for the tool. */
type ReadInput = (input: Fields, name: string) => Tool | undefined;

const string = (input: Fields, key: string): string | undefined =>
  typeof input[key] === 'string' ? input[key] : undefined;

/** Undefined (not known) when the field is there with another type. */
const optional = (input: Fields, key: string): string | undefined =>
  input[key] === undefined ? '' : string(input, key);

const shell: ReadInput = (input) => {
  const command = string(input, 'command');
  if (command === undefined) return undefined;
  const unsandboxed = input.dangerouslyDisableSandbox;
  return { kind: 'shell', command, unsandboxed: unsandboxed !== undefined && unsandboxed !== false };
};

const read =
  (key: string): ReadInput =>
  (input) => {
    const path = string(input, key);
    return path === undefined ? undefined : { kind: 'read', path, use: 'content', recursive: false };
  };

const list: ReadInput = (input) => {
  const path = optional(input, 'path');
  return path === undefined ? undefined : { kind: 'read', path, use: 'names', recursive: true };
};

const grep: ReadInput = (input) => {
  const path = optional(input, 'path');
  const shown = optional(input, 'output_mode');
  const only = optional(input, 'glob');
  if (path === undefined || shown === undefined || only === undefined) return undefined;
  const names = shown === '' || shown === 'files_with_matches' || shown === 'count';
  return { kind: 'read', path, use: names ? 'names' : 'content', recursive: true, ...(only === '' ? {} : { only }) };
};

const glob: ReadInput = (input) => {
  const path = optional(input, 'path');
  const pattern = string(input, 'pattern');
  if (path === undefined || pattern === undefined) return undefined;
  return { kind: 'read', path: pattern.startsWith('/') ? '/' : path, use: 'names', recursive: true };
};

const write: ReadInput = (input) => {
  const path = string(input, 'file_path');
  const content = string(input, 'content');
  return path === undefined || content === undefined ? undefined : { kind: 'write', path, content };
};

const edit: ReadInput = (input) => {
  const path = string(input, 'file_path');
  const content = string(input, 'new_string');
  return path === undefined || content === undefined ? undefined : { kind: 'edit', path, content };
};

const multiEdit: ReadInput = (input) => {
  const path = string(input, 'file_path');
  const edits = input.edits;
  if (path === undefined || !Array.isArray(edits)) return undefined;
  const texts = edits.map((each: unknown) => (isFields(each) ? string(each, 'new_string') : undefined));
  return texts.includes(undefined) ? undefined : { kind: 'edit', path, content: texts.join('\n') };
};

const notebookEdit: ReadInput = (input) => {
  const path = string(input, 'notebook_path');
  const content = optional(input, 'new_source');
  return path === undefined || content === undefined ? undefined : { kind: 'edit', path, content };
};

const fetchPage: ReadInput = (input) => {
  const url = string(input, 'url');
  return url === undefined ? undefined : { kind: 'fetch', url };
};

const search: ReadInput = (input) => {
  const query = string(input, 'query');
  return query === undefined ? undefined : { kind: 'search', query };
};

const spawn: ReadInput = (input) => {
  const task = string(input, 'prompt');
  const agent = optional(input, 'subagent_type');
  const mode = optional(input, 'mode');
  if (task === undefined || agent === undefined || mode === undefined) return undefined;
  return {
    kind: 'spawn',
    agent: agent || 'general-purpose',
    task,
    approvals: mode === 'bypassPermissions' ? 'off' : 'on',
  };
};

const harmless: ReadInput = (_input, name) => ({ kind: 'harmless', what: name });
const person: ReadInput = (_input, name) => ({ kind: 'person', what: name });

const TOOLS = new Map<string, ReadInput>([
  ['Bash', shell],
  ['Monitor', shell],
  ['Read', read('file_path')],
  ['NotebookRead', read('notebook_path')],
  ['LS', list],
  ['Glob', glob],
  ['Grep', grep],
  ['Write', write],
  ['Edit', edit],
  ['MultiEdit', multiEdit],
  ['NotebookEdit', notebookEdit],
  ['WebFetch', fetchPage],
  ['WebSearch', search],
  ['Agent', spawn],
  ['Task', spawn],
  // An allow here would stand in for the person's approval of a plan or for their answer.
  ['ExitPlanMode', person],
  ['AskUserQuestion', person],
  ...[
    'BashOutput',
    'CronList',
    'EnterPlanMode',
    'KillBash',
    'KillShell',
    'ListMcpResourcesTool',
    'ReadNotifications',
    'ReportFindings',
    'StructuredOutput',
    'TaskCreate',
    'TaskGet',
    'TaskList',
    'TaskOutput',
    'TaskStop',
    'TaskUpdate',
    'TodoRead',
    'TodoWrite',
    'ToolSearch',
  ].map((name): [string, ReadInput] => [name, harmless]),
]);

/** Servers that this plugin itself offers to the host, as the host spells them in tool names. */
const OWN_SERVER = /^(plugin_greenlight_.*|greenlight)$/;

/** What a tool call does; a tool nobody knows, or a known one with a strange input, is `other`. */
export function toolOf(name: string, input: Fields): Tool {
  const known = TOOLS.get(name);
  if (known) return known(input, name) ?? { kind: 'other', because: `the input of ${name} has an unknown shape` };
  const mcp = /^mcp__(.+?)__(.+)$/s.exec(name);
  if (mcp?.[1] !== undefined && mcp[2] !== undefined)
    return { kind: 'mcp', server: mcp[1], name: mcp[2], own: OWN_SERVER.test(mcp[1]) };
  return { kind: 'other', because: `the tool ${name.slice(0, 80)} is not known` };
}

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
