// Owns the proof that the built hook asks the classifier, which is a chunk of its own, and what becomes of the answer.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type MessagesApi, startMessagesApi } from '../host/messages-api.ts';
import { bash } from '../host-io/events.ts';
import { makePlugin, type Plugin, runHook, scratch } from '../host-io/plugin.ts';

let api: MessagesApi;
let plugin: Plugin;
const home = scratch('home');

beforeAll(async () => {
  plugin = makePlugin();
  api = await startMessagesApi();
});
afterAll(async () => {
  plugin.remove();
  rmSync(home, { recursive: true });
  await api.close();
});
beforeEach(() => {
  api.classifier = () => ({ status: 503 });
});

async function judge(env: Readonly<Record<string, string>> = {}) {
  const { stdout } = await runHook(plugin, 'PreToolUse', JSON.stringify(bash('frobnicate-the-cache', { cwd: home })), {
    HOME: home,
    CLAUDE_PLUGIN_DATA: home,
    ANTHROPIC_API_KEY: 'dummy',
    ANTHROPIC_BASE_URL: api.url,
    ...env,
  });
  const { permissionDecision, permissionDecisionReason } = JSON.parse(stdout).hookSpecificOutput;
  return { decision: permissionDecision, reason: permissionDecisionReason };
}

describe('the built hook', () => {
  it('allows what the classifier finds harmless', async () => {
    api.classifier = () => ({ json: { harm: false, category: 'none' } });
    expect(await judge()).toMatchObject({ decision: 'allow' });
  });

  it('asks when the classifier gives no verdict, and says so', async () => {
    const { decision, reason } = await judge();
    expect(decision).toBe('ask');
    expect(reason).toMatch(/^unsettled\/.*no verdict: HTTP status 503/);
  });

  it('asks without any request when there is no key', async () => {
    const before = api.requests.length;
    const { decision, reason } = await judge({ ANTHROPIC_API_KEY: '' });
    expect(decision).toBe('ask');
    expect(reason).toMatch(/^unsettled\//);
    expect(api.requests).toHaveLength(before);
  });
});
