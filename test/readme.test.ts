// Owns the proof that the README says of the rules what the rules say.
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

it('README.md has the table that the rules generate', () => {
  const { status, stderr } = spawnSync('node', ['.build/readme.mjs', '--check'], { encoding: 'utf8' });
  expect(`${status} ${stderr}`).toBe('0 ');
});
