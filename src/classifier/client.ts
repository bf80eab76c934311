// Asks a model one structured question through the Anthropic SDK. The only importer of the SDK; decides nothing.
import Anthropic from '@anthropic-ai/sdk';
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import type { ZodType } from 'zod';
import type { Tokens } from './request.ts';

export interface Question<Reply> {
  readonly model: string;
  /** The same for all calls of a session; marked for the provider's cache. */
  readonly policy: string;
  readonly view: string;
  readonly task: string;
  readonly schema: ZodType<Reply>;
  readonly maxTokens: number;
  readonly effort: 'low' | 'high';
}

/** `reply` is undefined unless the message stopped normally and is exactly of the asked shape. */
export interface Answer<Reply> {
  readonly reply: Reply | undefined;
  readonly problem: string;
  readonly tokens: Tokens;
}

export const NO_TOKENS: Tokens = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };

/** A client for the credentials in the environment; undefined when there are none. */
export function connect(env: NodeJS.ProcessEnv): Anthropic | undefined {
  const apiKey = env.ANTHROPIC_API_KEY;
  const authToken = env.ANTHROPIC_AUTH_TOKEN;
  if (!apiKey && !authToken) return undefined;
  return new Anthropic({
    ...(apiKey ? { apiKey } : { authToken: authToken as string }),
    ...(env.ANTHROPIC_BASE_URL ? { baseURL: env.ANTHROPIC_BASE_URL } : {}),
    maxRetries: 1,
    // The hook's standard output belongs to its one answer; the SDK would log there.
    logLevel: 'off',
    openTelemetry: false,
  });
}

export async function ask<Reply>(
  client: Anthropic,
  question: Question<Reply>,
  signal: AbortSignal,
): Promise<Answer<Reply>> {
  try {
    return await Promise.race([request(client, question, signal), aborted(signal)]);
  } catch (error) {
    return { reply: undefined, problem: nameOf(error, signal), tokens: NO_TOKENS };
  }
}

async function request<Reply>(
  client: Anthropic,
  question: Question<Reply>,
  signal: AbortSignal,
): Promise<Answer<Reply>> {
  const message = await client.messages.create(
    {
      model: question.model,
      max_tokens: question.maxTokens,
      system: [{ type: 'text', text: question.policy, cache_control: { type: 'ephemeral' } }],
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: question.view },
            { type: 'text', text: question.task },
          ],
        },
      ],
      output_config: { format: zodOutputFormat(question.schema), effort: question.effort },
    },
    { signal },
  );
  const tokens = {
    input: message.usage?.input_tokens ?? 0,
    output: message.usage?.output_tokens ?? 0,
    cacheRead: message.usage?.cache_read_input_tokens ?? 0,
    cacheWrite: message.usage?.cache_creation_input_tokens ?? 0,
  };
  if (message.stop_reason !== 'end_turn')
    return { reply: undefined, problem: `stopped by ${message.stop_reason}`, tokens };
  const texts = message.content.filter((block) => block.type === 'text');
  const reply = texts.length === 1 ? question.schema.safeParse(json(texts[0]?.text ?? '')) : undefined;
  return reply?.success
    ? { reply: reply.data, problem: '', tokens }
    : { reply: undefined, problem: 'the reply is not of the asked shape', tokens };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The SDK looks at the signal only between its waits; a wait before a retry may outlast the deadline. */
const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });

function nameOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'no answer in time';
  if (error instanceof Anthropic.APIError && error.status !== undefined) return `HTTP status ${error.status}`;
  return error instanceof Error ? error.constructor.name : 'an unknown failure';
}
