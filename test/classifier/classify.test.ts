// Owns the proof that a verdict comes only from a complete reply, over real HTTP.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { classify } from '../../src/classifier/index.ts';
import { type ClassifierReply, type MessagesApi, startMessagesApi } from '../host/messages-api.ts';
import { finding, forcePush, objected, unsettled } from './request.ts';

let api: MessagesApi;
let env: NodeJS.ProcessEnv;

beforeEach(async () => {
  api = await startMessagesApi();
  env = { ANTHROPIC_API_KEY: 'dummy', ANTHROPIC_BASE_URL: api.url };
});
afterEach(() => api.close());

const DEADLINE = 5_000;
const HARMLESS = { json: { harm: false, category: 'none' } };
const HARMFUL = { json: { harm: true, category: 'unreviewed-code' } };

const judgement = (changes: object): ClassifierReply => ({
  json: {
    decision: 'deny',
    rule: 'unreviewed-code',
    must_name: ['frobnicate'],
    consent: null,
    reason: 'It runs code that nobody has read.',
    instead: 'Read it first.',
    ...changes,
  },
});

const staged = (first: ClassifierReply, second: ClassifierReply) => (stage: 1 | 2) => (stage === 1 ? first : second);

describe('stages', () => {
  it('allows what stage 1 finds plainly harmless, with one short request', async () => {
    api.classifier = staged(HARMLESS, 'garbage');
    const verdict = await classify(unsettled(), env, DEADLINE);
    expect(verdict).toMatchObject({ decision: 'allow', stage: 1, model: 'claude-haiku-5-5' });
    expect(verdict.tokens).toEqual({ input: 100, output: 20, cacheRead: 50, cacheWrite: 0 });
    expect(api.requests).toHaveLength(1);
  });

  it('takes what stage 1 flags to the stronger model', async () => {
    api.classifier = staged(HARMFUL, judgement({}));
    const verdict = await classify(unsettled(), env, DEADLINE);
    expect(verdict).toMatchObject({ decision: 'deny', stage: 2, rule: 'classifier/unreviewed-code' });
    expect(verdict.reason).toBe(
      'classifier/unreviewed-code: It runs code that nobody has read. Instead: Read it first.',
    );
    expect(verdict.tokens.input).toBe(200);
    expect(api.requests.map(({ body }) => body.model)).toEqual(['claude-haiku-5-5', 'claude-sonnet-5-5']);
  });

  it('allows when stage 2 finds that nothing blocked applies', async () => {
    api.classifier = staged(HARMFUL, judgement({ decision: 'allow', rule: 'none', must_name: [] }));
    expect(await classify(unsettled(), env, DEADLINE)).toMatchObject({ decision: 'allow', stage: 2 });
  });

  it('takes a deadline that is not a whole number of milliseconds', async () => {
    api.classifier = () => HARMLESS;
    expect(await classify(unsettled(), env, 4_999.3)).toMatchObject({ decision: 'allow', stage: 1 });
  });

  it('passes on that a person should look', async () => {
    api.classifier = staged(HARMFUL, judgement({ decision: 'ask' }));
    expect(await classify(unsettled(), env, DEADLINE)).toMatchObject({ decision: 'ask', stage: 2 });
  });

  it('goes on with the stronger model when the first one gives no answer', async () => {
    api.classifier = staged({ status: 500 }, judgement({}));
    expect(await classify(unsettled(), env, DEADLINE)).toMatchObject({ decision: 'deny', stage: 2 });
  });

  it('takes the models from the environment', async () => {
    api.classifier = staged(HARMFUL, judgement({}));
    const models = { GREENLIGHT_MODEL_FAST: 'small', GREENLIGHT_MODEL_STRONG: 'large' };
    await classify(unsettled(), { ...env, ...models }, DEADLINE);
    expect(api.requests.map(({ body }) => body.model)).toEqual(['small', 'large']);
  });

  it('keeps the policy text the same from call to call, marked for the cache', async () => {
    api.classifier = staged(HARMFUL, judgement({}));
    await classify(unsettled(), env, DEADLINE);
    await classify(objected('Force-push feature/login.'), env, DEADLINE);
    const prefixes = new Set(api.requests.map(({ body }) => JSON.stringify(body.system)));
    expect(prefixes.size).toBe(1);
    expect([...prefixes][0]).toContain('"cache_control":{"type":"ephemeral"}');
  });
});

describe('no verdict', () => {
  const failures: readonly (readonly [string, ClassifierReply])[] = [
    ['an outage', { status: 503 }],
    ['a wrong key', { status: 401 }],
    ['a reply that is not JSON', 'garbage'],
    ['a refusal', { text: JSON.stringify(HARMLESS.json), stop: 'refusal' }],
    ['a reply cut off at the token limit', { text: JSON.stringify(HARMLESS.json), stop: 'max_tokens' }],
    ['an empty reply', { text: '' }],
    ['prose around the reply', { text: `Sure: ${JSON.stringify(HARMLESS.json)}` }],
    ['a reply of another shape', { json: { harm: 'false', category: 'none' } }],
    ['a reply with fields nobody asked for', { json: { ...HARMLESS.json, decision: 'allow' } }],
  ];
  it.each(failures)('%s', async (_, reply) => {
    api.classifier = () => reply;
    const verdict = await classify(unsettled(), env, DEADLINE);
    expect(verdict).toMatchObject({ decision: 'none', rule: 'classifier/no-verdict' });
    expect(verdict.reason).toContain('no verdict');
  });

  it('an allow that did not stop normally in stage 2', async () => {
    const allowed = { decision: 'allow', rule: 'none', must_name: [], consent: null, reason: 'Fine.', instead: '' };
    api.classifier = staged(HARMFUL, { text: JSON.stringify(allowed), stop: 'max_tokens' });
    expect((await classify(unsettled(), env, DEADLINE)).decision).toBe('none');
  });

  it('a server that never answers, within the deadline', async () => {
    api.classifier = () => 'hang';
    const verdict = await classify(unsettled(), env, 600);
    expect(verdict).toMatchObject({ decision: 'none', stage: 2 });
    expect(verdict.reason).toContain('no answer in time');
  });

  it.each([0, -5, 0.4])('a deadline of %s ms', async (deadline) => {
    api.classifier = () => HARMLESS;
    const verdict = await classify(unsettled(), env, deadline);
    expect(verdict).toMatchObject({ decision: 'none', stage: 2 });
    expect(verdict.reason).toContain('no answer in time');
  });

  it('nobody listens', async () => {
    const gone = api.url;
    await api.close();
    const verdict = await classify(unsettled(), { ...env, ANTHROPIC_BASE_URL: gone }, DEADLINE);
    expect(verdict.decision).toBe('none');
    api = await startMessagesApi();
  });

  it('no key: at once, without any request', async () => {
    const verdict = await classify(unsettled(), { ANTHROPIC_BASE_URL: api.url }, DEADLINE);
    expect(verdict).toMatchObject({ decision: 'none', stage: 0, model: undefined });
    expect(api.requests).toHaveLength(0);
  });

  it('an action too long to be shown whole', async () => {
    api.classifier = () => HARMLESS;
    const action = { tool: 'Bash', input: { command: `frobnicate ${'x'.repeat(100_000)}` } };
    expect((await classify(unsettled({ action }), env, DEADLINE)).decision).toBe('none');
    expect(api.requests).toHaveLength(0);
  });
});

describe('soft findings', () => {
  const SAID = 'Now force-push feature/login, please.';
  const allowed = (consent: object | null) => judgement({ decision: 'allow', rule: 'git/force-push', consent });

  it('are never left to stage 1', async () => {
    api.classifier = staged(HARMLESS, judgement({}));
    expect(await classify(objected(SAID), env, DEADLINE)).toMatchObject({ decision: 'deny', stage: 2 });
    expect(api.requests).toHaveLength(1);
  });

  it.each([
    ['nothing about it', 'Please push my work.'],
    ['it in pasted text only', '```\nforce-push feature/login\n```'],
  ])('cost no request when the user said %s', async (_, said) => {
    api.classifier = () => allowed({ turn: 1, quote: said });
    const verdict = await classify(objected(said), env, DEADLINE);
    expect(verdict).toMatchObject({ decision: 'none', stage: 0 });
    expect(api.requests).toHaveLength(0);
  });

  it('are cleared by the user’s own sentence', async () => {
    api.classifier = () => allowed({ turn: 1, quote: SAID });
    expect(await classify(objected(SAID), env, DEADLINE)).toMatchObject({ decision: 'allow', stage: 2 });
  });

  it.each([
    ['no quote', null],
    ['a quote that nobody said', { turn: 1, quote: 'You may force-push feature/login.' }],
    ['a quote from a turn that does not exist', { turn: 7, quote: SAID }],
    ['a quote that names nothing', { turn: 1, quote: 'please' }],
  ])('are not cleared by %s', async (_, consent) => {
    api.classifier = () => allowed(consent);
    expect((await classify(objected(SAID), env, DEADLINE)).decision).toBe('ask');
  });

  it('stay when the reply says that no rule applies', async () => {
    api.classifier = () => judgement({ decision: 'allow', rule: 'none', must_name: [] });
    expect((await classify(objected(SAID), env, DEADLINE)).decision).toBe('ask');
  });

  it('of the hard tier stay whatever the reply says', async () => {
    api.classifier = () => allowed({ turn: 1, quote: SAID });
    const hard = finding(forcePush('feature/login'), 'hard');
    const verdict = await classify({ ...objected(SAID), findings: [hard] }, env, DEADLINE);
    expect(verdict.decision).toBe('deny');
  });

  it('that the model itself puts under a rule nobody can lift are denied', async () => {
    api.classifier = staged(HARMFUL, judgement({ decision: 'allow', rule: 'exfiltration' }));
    expect((await classify(unsettled(), env, DEADLINE)).decision).toBe('deny');
  });
});

describe('what the model itself finds to be at stake', () => {
  const consent = { turn: 1, quote: 'Run frobnicate on the build.' };
  const said = { turns: [{ id: 1, text: consent.quote, byUser: true }] };

  it('can be consented to by name', async () => {
    api.classifier = staged(HARMFUL, judgement({ decision: 'allow', consent }));
    expect((await classify(unsettled(said), env, DEADLINE)).decision).toBe('allow');
  });

  it('must stand in the action, so that no easier name is put in its place', async () => {
    api.classifier = staged(HARMFUL, judgement({ decision: 'allow', consent, must_name: ['Run'] }));
    expect((await classify(unsettled(said), env, DEADLINE)).decision).toBe('ask');
  });
});
