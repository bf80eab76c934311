// Owns the execution of every program's and rule's own examples by the whole engine.
import { describe, expect, it } from 'vitest';
import { programs } from '../src/commands/index.ts';
import { judgeExample } from '../src/judge-example.ts';
import { rules } from '../src/rules/index.ts';

describe.each(programs.map((program) => [program.names[0], program] as const))('program %s', (_, { examples }) => {
  const cases = [
    ...(examples.allow ?? []).map((example) => ['allow', example] as const),
    ...(examples.deny ?? []).map((example) => ['deny', example] as const),
    ...(examples.unsettled ?? []).map((example) => ['unsettled', example] as const),
  ];
  if (cases.length === 0) it.todo('has no examples');
  it.each(cases)('%s: %j', (expected, example) => {
    const { verdict } = judgeExample(example);
    const reached = verdict.decision === 'ask' || verdict.decision === 'classify' ? 'unsettled' : verdict.decision;
    expect(`${reached}: ${verdict.rule} ${verdict.reason}`).toMatch(new RegExp(`^${expected}:`));
  });
});

describe.each(rules.map((rule) => [rule.id, rule] as const))('rule %s', (id, { examples }) => {
  it('has examples both ways', () => {
    expect(examples.hit.length).toBeGreaterThan(0);
    expect(examples.miss.length).toBeGreaterThan(0);
  });
  it.each(examples.hit)('hits %j', (example) => {
    expect(judgeExample(example).verdict.findings.map((finding) => finding.rule)).toContain(id);
  });
  it.each(examples.miss)('misses %j', (example) => {
    expect(judgeExample(example).verdict.findings.map((finding) => finding.rule)).not.toContain(id);
  });
});
