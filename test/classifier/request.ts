// Owns the classifier requests the tests ask with.
import type { ClassifierRequest, Turn } from '../../src/classifier/index.ts';
import type { EffectBody } from '../../src/core/effect.ts';
import type { Finding } from '../../src/core/rule.ts';
import { known } from '../../src/core/value.ts';

const setting = {
  span: { start: 0, end: 1 },
  via: [],
  place: { kind: 'local' as const },
  root: false,
  invocation: 0,
};

export const bash = (command: string): ClassifierRequest['action'] => ({ tool: 'Bash', input: { command } });

export const turns = (...texts: readonly (string | Omit<Turn, 'id'>)[]): Turn[] =>
  texts.map((each, index) => ({
    id: index + 1,
    ...(typeof each === 'string' ? { text: each, byUser: true } : each),
  }));

export const finding = (effect: EffectBody, tier: Finding['tier'] = 'soft'): Finding => ({
  rule: 'git/force-push',
  tier,
  span: setting.span,
  message: 'This rewrites the remote branch',
  why: 'The remote keeps no undo',
  instead: 'Push without force',
  effect: { ...effect, ...setting },
});

export const forcePush = (branch: string): EffectBody => ({
  kind: 'git.push',
  cwd: known('/home/dev/project'),
  remote: known('origin'),
  refs: [{ src: known(branch), dst: known(branch), force: true }],
  force: 'force',
  everything: 'none',
});

/** A call of a program nobody knows. */
export function unsettled(changes: Partial<ClassifierRequest> = {}): ClassifierRequest {
  const because = 'frobnicate is not known';
  const effect = { kind: 'opaque' as const, layer: 'program' as const, because, ...setting };
  return {
    action: bash('frobnicate --fast build'),
    cwd: '/home/dev/project',
    effects: [effect],
    findings: [],
    unsettled: [{ effect, because }],
    facts: { branch: 'feature/login' },
    turns: turns('Please make the build faster.'),
    calls: [],
    ...changes,
  };
}

/** A force push that a soft rule objects to. */
export function objected(...said: readonly (string | Omit<Turn, 'id'>)[]): ClassifierRequest {
  const found = finding(forcePush('feature/login'));
  return unsettled({
    action: bash('git push --force origin feature/login'),
    effects: [found.effect],
    findings: [found],
    unsettled: [],
    turns: turns(...said),
  });
}
