// Proves that the library entry is enough to judge a command with the facts of a real folder.
import { describe, expect, it } from 'vitest';
import {
  assumedContext,
  DEFAULT_POLICY,
  explain,
  type FactCache,
  factSource,
  type Judgement,
  judgeCommand,
  lookup,
  machinery,
  withFacts,
} from '../../src/index.ts';
import { place } from '../facts/repository.ts';

describe('the library', () => {
  it('judges, says what it needs to know, and explains', () => {
    const { root, write, environment } = place();
    write('run.sh', 'cd / && rm -rf home\n');
    const context = { ...assumedContext(root, DEFAULT_POLICY), tmp: [] };
    const cache: FactCache = new Map();
    const judge = (): Judgement => judgeCommand('bash run.sh', context, factSource(cache), machinery);
    const first = judge();
    expect(first.verdict.decision).not.toBe('allow');
    expect(first.needs.map(({ kind }) => kind)).toContain('file');
    lookup(first.needs, environment(), cache);
    const { verdict, reading, needs } = judge();
    lookup(needs, environment(), cache);
    expect(verdict.decision).toBe('deny');
    const { judged, facts } = withFacts(
      (source) => judgeCommand('bash run.sh', context, source, machinery),
      environment,
    );
    expect(judged.verdict.rule).toBe(verdict.rule);
    expect(judged.needs).toEqual([]);
    expect(facts.map(({ ask }) => ask.kind)).toEqual(expect.arrayContaining(['file', 'path']));
    expect(explain({ verdict, reading, needs }).invocations.map(({ argv }) => argv.join(' '))).toEqual(
      expect.arrayContaining(['bash run.sh', 'rm -rf home']),
    );
  });
});
