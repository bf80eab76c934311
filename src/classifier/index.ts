// Owns the two stages: a quick look for harm, and a full judgement only when that look is not plainly clean. Never allows without a complete reply.
import { ask, connect, NO_TOKENS } from './client.ts';
import { mayHaveConsented, stakesOfAll } from './consent.ts';
import { policyText, STAGE_1, STAGE_2 } from './prompt.ts';
import { objectionsOf, reason, Stage1Reply, Stage2Reply, weigh } from './reply.ts';
import type { ClassifierRequest, ClassifierVerdict, Tokens } from './request.ts';
import { view } from './view.ts';

export type { Action, ClassifierRequest, ClassifierVerdict, Prose, Tokens, Turn } from './request.ts';

const MODEL_FAST = 'claude-haiku-5-5';
const MODEL_STRONG = 'claude-sonnet-5-5';
/** Share of the time that stage 1 may use, so that stage 2 has a chance when stage 1 hangs. */
const STAGE_1_SHARE = 0.4;

/** Judges an unsettled call, or a soft finding that the user may have asked for. `deadlineMs` is counted from now. */
export async function classify(
  request: ClassifierRequest,
  env: NodeJS.ProcessEnv,
  deadlineMs: number,
): Promise<ClassifierVerdict> {
  const started = performance.now();
  const verdict = await judge(request, env, deadlineMs).catch((error: unknown) =>
    none(
      0,
      undefined,
      `failed with ${error instanceof Error ? error.constructor.name : 'an unknown error'}`,
      NO_TOKENS,
    ),
  );
  return { ...verdict, ms: Math.round(performance.now() - started) };
}

type Timeless = Omit<ClassifierVerdict, 'ms'>;

async function judge(request: ClassifierRequest, env: NodeJS.ProcessEnv, deadlineMs: number): Promise<Timeless> {
  const client = connect(env);
  if (client === undefined) return none(0, undefined, 'no key for a model is set', NO_TOKENS);
  const shown = view(request);
  if (shown === undefined) return none(0, undefined, 'the call is too long to be shown whole', NO_TOKENS);
  const objections = objectionsOf(request);
  if (objections.length > 0 && !mayHaveConsented(request.turns, stakesOfAll(objections)))
    return none(0, undefined, 'no words of the user name what is at stake', NO_TOKENS);
  const question = { policy: policyText(request.prose), view: shown };
  const whole = after(deadlineMs);
  let tokens = NO_TOKENS;

  // A rule that objects has found the harm already; only the user's words can clear it.
  if (objections.length === 0) {
    const model = env.GREENLIGHT_MODEL_FAST || MODEL_FAST;
    const signal = AbortSignal.any([whole, after(deadlineMs * STAGE_1_SHARE)]);
    const first = await ask(
      client,
      { ...question, model, task: STAGE_1, schema: Stage1Reply, maxTokens: 512, effort: 'low' },
      signal,
    );
    tokens = first.tokens;
    if (first.reply?.harm === false)
      return { decision: 'allow', rule: 'classifier/harmless', reason: 'classifier/harmless', stage: 1, model, tokens };
  }

  const model = env.GREENLIGHT_MODEL_STRONG || MODEL_STRONG;
  const second = await ask(
    client,
    { ...question, model, task: STAGE_2, schema: Stage2Reply, maxTokens: 4_096, effort: 'high' },
    whole,
  );
  tokens = sum(tokens, second.tokens);
  if (second.reply === undefined) return none(2, model, second.problem, tokens);
  return { ...weigh(second.reply, request), stage: 2, model, tokens };
}

/** A timer takes whole milliseconds only. */
const after = (ms: number): AbortSignal => AbortSignal.timeout(Math.max(0, Math.floor(ms)));

function none(stage: 0 | 1 | 2, model: string | undefined, because: string, tokens: Tokens): Timeless {
  const rule = 'classifier/no-verdict';
  return {
    decision: 'none',
    rule,
    reason: reason(rule, `The classifier gave no verdict: ${because}.`),
    stage,
    model,
    tokens,
  };
}

const sum = (one: Tokens, other: Tokens): Tokens => ({
  input: one.input + other.input,
  output: one.output + other.output,
  cacheRead: one.cacheRead + other.cacheRead,
  cacheWrite: one.cacheWrite + other.cacheWrite,
});
