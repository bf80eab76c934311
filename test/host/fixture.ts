// Owns the set-up of a test on the real host: a world and a stand-in API of its own, removed afterwards.
import { test } from 'vitest';
import { type MessagesApi, startMessagesApi } from './messages-api.ts';
import { makeWorld, type World } from './world.ts';

export const it = test.extend<{ world: World; api: MessagesApi }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the names of other fixtures from the pattern
  world: async ({}, use) => {
    const world = makeWorld();
    await use(world);
    world.remove();
  },
  // biome-ignore lint/correctness/noEmptyPattern: see above
  api: async ({}, use) => {
    const api = await startMessagesApi();
    await use(api);
    await api.close();
  },
});

export const bash = (command: string) => ({ calls: [{ tool: 'Bash', input: { command, description: 'Do it' } }] });
