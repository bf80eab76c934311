// Owns a stand-in for the Messages API on loopback: plays scripted turns to the host, answers classifier questions, records every request.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ToolUse {
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** One assistant turn: text, tool calls, or both. */
export interface AssistantTurn {
  readonly text?: string;
  readonly calls?: readonly ToolUse[];
}

/** What a classifier question is answered with; an object is sent as the reply's JSON text. */
export type ClassifierReply =
  | { readonly json: unknown }
  | { readonly text: string; readonly stop?: string }
  | { readonly status: number }
  | 'hang'
  | 'garbage';

interface Block {
  readonly type: string;
  readonly text?: string;
  readonly content?: unknown;
  readonly is_error?: boolean;
  readonly tool_use_id?: string;
}

export interface RecordedRequest {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: {
    readonly model: string;
    readonly stream?: boolean;
    readonly max_tokens?: number;
    readonly system?: string | readonly Block[];
    readonly messages: readonly { readonly role: string; readonly content: string | readonly Block[] }[];
    readonly tools?: readonly { readonly name: string }[];
    readonly output_config?: { readonly format?: { readonly schema?: { readonly properties?: object } } };
  };
}

export interface ToolResult {
  readonly text: string;
  readonly isError: boolean;
}

export interface MessagesApi {
  readonly url: string;
  /** Turns of the main agent, in order; after the last one it says it is done. */
  main: readonly AssistantTurn[];
  /** Turns of subagents, by a text that their task contains. */
  agents: Readonly<Record<string, readonly AssistantTurn[]>>;
  /** Answers of the classifier, by stage; the default is an outage. */
  classifier: (stage: 1 | 2, request: RecordedRequest) => ClassifierReply;
  readonly requests: readonly RecordedRequest[];
  readonly classifierRequests: () => readonly RecordedRequest[];
  /** Results the host sent back for the calls of an agent, in order, each once. */
  readonly results: (task?: string) => readonly ToolResult[];
  readonly close: () => Promise<void>;
}

const CLASSIFIER_MARK = 'You review one action that an AI coding agent';

export async function startMessagesApi(): Promise<MessagesApi> {
  const requests: RecordedRequest[] = [];
  const server = createServer((request, response) => {
    record(request, requests)
      .then((recorded) =>
        recorded === undefined ? sendText(response, 404, '{}') : send(response, recorded, replyTo(api, recorded)),
      )
      .catch(() => response.destroy());
  });
  const api: MessagesApi = {
    url: '',
    main: [],
    agents: {},
    classifier: () => ({ status: 503 }),
    requests,
    classifierRequests: () => requests.filter(isClassifier),
    results: (task) => resultsOf(requests, api, task),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(api, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

/** What goes back over the wire. */
type Reply =
  | { readonly kind: 'message'; readonly content: readonly SentBlock[]; readonly stop: string }
  | { readonly kind: 'json'; readonly status: number; readonly body: object }
  | { readonly kind: 'garbage' }
  | { readonly kind: 'hang' };

function replyTo(api: MessagesApi, request: RecordedRequest): Reply {
  if (request.path.includes('count_tokens')) return { kind: 'json', status: 200, body: { input_tokens: 10 } };
  if (isClassifier(request)) return classifierReply(api.classifier(stageOf(request), request));
  if (!request.body.tools?.length)
    return { kind: 'message', content: [{ type: 'text', text: 'ok' }], stop: 'end_turn' };
  const turn = scriptOf(api, request)[assistantTurns(request)] ?? { text: 'Done.' };
  const said = turn.text === undefined ? [] : [{ type: 'text', text: turn.text }];
  const calls = (turn.calls ?? []).map(({ tool, input }, index) => ({
    type: 'tool_use',
    id: `toolu_${api.requests.length}_${index}`,
    name: tool,
    input,
  }));
  return { kind: 'message', content: [...said, ...calls], stop: calls.length > 0 ? 'tool_use' : 'end_turn' };
}

function classifierReply(reply: ClassifierReply): Reply {
  if (reply === 'hang' || reply === 'garbage') return { kind: reply };
  if ('status' in reply)
    return {
      kind: 'json',
      status: reply.status,
      body: { type: 'error', error: { type: 'api_error', message: 'down' } },
    };
  const text = 'json' in reply ? JSON.stringify(reply.json) : reply.text;
  return { kind: 'message', content: [{ type: 'text', text }], stop: ('stop' in reply && reply.stop) || 'end_turn' };
}

const isClassifier = ({ body }: RecordedRequest): boolean => textOf(body.system ?? '').startsWith(CLASSIFIER_MARK);

/** Only the full judgement asks for a decision. */
const stageOf = ({ body }: RecordedRequest): 1 | 2 =>
  'decision' in (body.output_config?.format?.schema?.properties ?? {}) ? 2 : 1;

const assistantTurns = ({ body }: RecordedRequest): number =>
  body.messages.filter(({ role }) => role === 'assistant').length;

function agentOf(api: MessagesApi, { body }: RecordedRequest): string | undefined {
  const task = textOf(body.messages[0]?.content ?? '');
  return Object.keys(api.agents).find((mark) => task.includes(mark));
}

function scriptOf(api: MessagesApi, request: RecordedRequest): readonly AssistantTurn[] {
  const agent = agentOf(api, request);
  return (agent === undefined ? api.main : api.agents[agent]) ?? [];
}

function resultsOf(requests: readonly RecordedRequest[], api: MessagesApi, task: string | undefined): ToolResult[] {
  const found = new Map<string, ToolResult>();
  for (const request of requests) {
    if (isClassifier(request) || !request.body.tools?.length || agentOf(api, request) !== task) continue;
    for (const { content } of request.body.messages)
      for (const block of typeof content === 'string' ? [] : content)
        if (block.type === 'tool_result' && block.tool_use_id !== undefined)
          found.set(block.tool_use_id, { text: textOf(block.content), isError: block.is_error === true });
  }
  return [...found.values()];
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((block: Block) => block.text ?? textOf(block.content)).join('\n');
}

async function record(request: IncomingMessage, requests: RecordedRequest[]): Promise<RecordedRequest | undefined> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const path = request.url ?? '/';
  if (request.method !== 'POST' || !path.startsWith('/v1/messages')) return undefined;
  const recorded = { path, headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString('utf8')) };
  requests.push(recorded);
  return recorded;
}

interface SentBlock {
  readonly type: string;
  readonly text?: string;
  readonly id?: string;
  readonly name?: string;
  readonly input?: unknown;
}

function send(response: ServerResponse, request: RecordedRequest, reply: Reply): void {
  if (reply.kind === 'hang') return;
  if (reply.kind === 'garbage') sendText(response, 200, '{"type":"mess');
  else if (reply.kind === 'json') sendText(response, reply.status, JSON.stringify(reply.body));
  else if (request.body.stream) sendEvents(response, message(request, reply));
  else sendText(response, 200, JSON.stringify(message(request, reply)));
}

function sendText(response: ServerResponse, status: number, text: string): void {
  // Without the second header a client would retry for longer than a test should take.
  response.writeHead(status, { 'content-type': 'application/json', 'x-should-retry': 'false' });
  response.end(text);
}

const message = (request: RecordedRequest, { content, stop }: Extract<Reply, { kind: 'message' }>) => ({
  id: `msg_${assistantTurns(request)}`,
  type: 'message',
  role: 'assistant',
  model: request.body.model,
  content,
  stop_reason: stop,
  stop_sequence: null,
  usage: { input_tokens: 100, output_tokens: 20, cache_creation_input_tokens: 0, cache_read_input_tokens: 50 },
});

function sendEvents(response: ServerResponse, whole: ReturnType<typeof message>): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const event = (type: string, data: object): void => {
    response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`);
  };
  event('message_start', { message: { ...whole, content: [], stop_reason: null } });
  for (const [index, block] of whole.content.entries()) {
    const isText = block.type === 'text';
    event('content_block_start', { index, content_block: isText ? { ...block, text: '' } : { ...block, input: {} } });
    const delta = isText
      ? { type: 'text_delta', text: block.text }
      : { type: 'input_json_delta', partial_json: JSON.stringify(block.input) };
    event('content_block_delta', { index, delta });
    event('content_block_stop', { index });
  }
  event('message_delta', { delta: { stop_reason: whole.stop_reason, stop_sequence: null }, usage: whole.usage });
  event('message_stop', {});
  response.end();
}
