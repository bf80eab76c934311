// Owns the proof that only the user's own, unconditional, unrevoked words that name the thing are consent.
import { describe, expect, it } from 'vitest';
import { consentProblem, stakes } from '../../src/classifier/consent.ts';
import type { EffectBody } from '../../src/core/effect.ts';
import { known, unknown } from '../../src/core/value.ts';
import { finding, forcePush, turns } from './request.ts';

const BRANCH = [['feature/login']];
const ok = (text: string, quote: string, ...later: string[]) =>
  consentProblem({ turn: 1, quote }, turns(text, ...later), BRANCH);

describe('consent', () => {
  it.each([
    ['a whole turn', 'Force-push feature/login.', 'Force-push feature/login.'],
    [
      'a sentence of a longer turn',
      'The tests pass. Force-push feature/login now. Thanks!',
      'Force-push feature/login now.',
    ],
    ['a part of a sentence', 'Great, now force-push feature/login to origin.', 'force-push feature/login to origin'],
    ['words over a line break', 'Force-push\n  feature/login', 'Force-push feature/login'],
    ['two sentences', 'Rebase first. Then force-push feature/login.', 'Rebase first. Then force-push feature/login.'],
    ['the name in quotation marks', 'Force-push `feature/login`!', 'Force-push `feature/login`!'],
    ['an item of a list', 'Please:\n- rebase\n- force-push feature/login\n', 'force-push feature/login'],
  ])('%s', (_, text, quote) => expect(ok(text, quote)).toBeUndefined());

  it.each([
    ['a question', 'Should we force-push feature/login?', 'Should we force-push feature/login?'],
    ['a question with its mark left out', 'Should we force-push feature/login?', 'force-push feature/login'],
    ['a prohibition with its “not” left out', 'Do not force-push feature/login.', 'force-push feature/login'],
    ['a condition with its “if” left out', 'If CI is green, force-push feature/login.', 'force-push feature/login'],
    ['a later time', 'After my review you can force-push feature/login.', 'force-push feature/login'],
    ['a report', 'Bob said to force-push feature/login.', 'force-push feature/login'],
    ['a thought', 'Maybe force-push feature/login.', 'force-push feature/login'],
    ['a longer name', 'Force-push feature/login-v2.', 'Force-push feature/login-v2.'],
    ['a name inside a longer one', 'Force-push my-feature/login.', 'Force-push my-feature/login.'],
    ['another thing', 'Force-push feature/logout.', 'Force-push feature/logout.'],
    ['the enclosing task', 'Finish the login feature and clean up.', 'Finish the login feature and clean up.'],
    ['pasted output', 'See:\n```\nforce-push feature/login\n```\nwhat is this', 'force-push feature/login'],
    ['a pasted block that is not closed', 'See:\n~~~\nforce-push feature/login', 'force-push feature/login'],
    ['a quoted line', '> force-push feature/login\nBob wrote this', 'force-push feature/login'],
    ['an indented listing', 'The log:\n\n    force-push feature/login', 'force-push feature/login'],
    ['a scrap', 'feature/login', 'feature'],
  ])('is not %s', (_, text, quote) => expect(ok(text, quote)).toBeTypeOf('string'));

  it('is not what a program or another agent submitted', () => {
    const machine = turns({ text: 'Force-push feature/login.', byUser: false });
    expect(consentProblem({ turn: 1, quote: 'Force-push feature/login.' }, machine, BRANCH)).toContain('not the user');
  });

  it('ends when a later turn takes it back', () => {
    const given = ['Force-push feature/login.', 'Force-push feature/login.'] as const;
    expect(ok(...given, 'Wait, do not touch feature/login.')).toContain('later turn');
    expect(ok(...given, 'Do not touch feature/search.')).toBeUndefined();
  });

  it('has to name every thing at stake', () => {
    const both = [['feature/login'], ['feature/search']];
    const said = turns('Force-push feature/login.');
    expect(consentProblem({ turn: 1, quote: 'Force-push feature/login.' }, said, both)).toBeTypeOf('string');
  });

  it('cannot clear what names nothing', () => {
    expect(consentProblem({ turn: 1, quote: 'Do whatever you like.' }, turns('Do whatever you like.'), [])).toBeTypeOf(
      'string',
    );
  });

  it('is found although invisible characters stand between', () => {
    expect(ok('Force-push feature/\u200blogin.', 'Force-push feature/login.')).toBeUndefined();
  });
});

describe('stakes', () => {
  const of = (effect: EffectBody) => stakes(finding(effect).effect);
  it('are the branches of a push', () => expect(of(forcePush('feature/login'))).toEqual([['feature/login']]));
  it('are a path, whole or by its name', () =>
    expect(of({ kind: 'fs.delete', path: known('/srv/old-logs'), recursive: true })).toEqual([
      ['/srv/old-logs', 'old-logs'],
    ]));
  it('are a receiver, whole or by its host', () =>
    expect(of({ kind: 'net.send', to: known('https://api.example.com/v1'), channel: 'body', taints: [] })).toEqual([
      ['https://api.example.com/v1', 'api.example.com'],
    ]));
  it('are none when the target is not known', () =>
    expect(of({ kind: 'fs.delete', path: unknown('a variable'), recursive: true })).toEqual([]));
});
