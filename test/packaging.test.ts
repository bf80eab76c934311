// Owns the proof that what is shipped for installing says the same in every file.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const json = (path: string) => JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8'));

describe('the shipped files', () => {
  it('hook up the same events by copied settings as by the plugin', () => {
    const example = JSON.stringify(json('settings.example.json').hooks);
    const placeholder = '/REPLACE/WITH/THE/FOLDER/OF/greenlight';
    expect(example).toContain(placeholder);
    expect(JSON.parse(example.replaceAll(placeholder, '${CLAUDE_PLUGIN_ROOT}'))).toEqual(
      json('hooks/hooks.json').hooks,
    );
  });

  it('agree on name, version, description and licence', () => {
    const { name, version, description, license } = json('.claude-plugin/plugin.json');
    expect(json('package.json')).toMatchObject({ name, version, license });
    const [entry] = json('.claude-plugin/marketplace.json').plugins;
    expect(entry).toEqual({ name, source: './', description });
  });

  it('block a call when the deciding hook fails, and bound its time', () => {
    for (const { matcher, hooks } of json('hooks/hooks.json').hooks.PreToolUse) {
      expect(matcher).toBeUndefined();
      for (const hook of hooks) expect(hook).toMatchObject({ onFailure: 'block', timeout: expect.any(Number) });
    }
  });
});
