// Owns the shapes of the classifier's replies and how one becomes a verdict. Calls no model.
import * as z from 'zod';
import type { Finding } from '../core/rule.ts';
import { consentProblem, stakes, stakesOfAll } from './consent.ts';
import { visible } from './escape.ts';
import { completeProse } from './policy.ts';
import type { ClassifierRequest } from './request.ts';

export const Stage1Reply = z.strictObject({ harm: z.boolean(), category: z.string() });

export const Stage2Reply = z.strictObject({
  decision: z.enum(['allow', 'deny', 'ask']),
  rule: z.string(),
  must_name: z.array(z.string()),
  consent: z.strictObject({ turn: z.number(), quote: z.string() }).nullable(),
  reason: z.string(),
  instead: z.string(),
});

export type Stage2Reply = z.infer<typeof Stage2Reply>;

export interface Weighed {
  readonly decision: 'allow' | 'deny' | 'ask';
  readonly rule: string;
  readonly reason: string;
}

const MAX_REASON = 400;
const MIN_NAME = 3;

/** The verdict a complete stage 2 reply stands for. Code, not the model, says whether consent is real. */
export function weigh(reply: Stage2Reply, request: ClassifierRequest): Weighed {
  const objections = objectionsOf(request);
  const rule = ruleName(objections[0]?.rule ?? reply.rule);
  const said = (decision: Weighed['decision'], what: string): Weighed => ({
    decision,
    rule,
    reason: reason(rule, what),
  });
  const told = `${sentence(reply.reason)}${reply.instead.trim() === '' ? '' : ` Instead: ${sentence(reply.instead)}`}`;
  if (reply.decision !== 'allow') return said(reply.decision, told);
  if (objections.some(({ tier }) => tier === 'hard') || isHard(reply.rule, request)) return said('deny', told);
  if (objections.length === 0 && reply.rule.trim().toLowerCase() === 'none') return said('allow', told);
  const problem = reply.consent
    ? consentProblem(reply.consent, request.turns, atStake(request, reply.must_name))
    : 'there is none';
  if (problem === undefined) return said('allow', told);
  return said('ask', `this needs the user’s explicit words, and ${problem}. ${told}`);
}

/** What the objecting effects name counts; what the model names only where no rule objects, and only if the action holds it. */
function atStake(request: ClassifierRequest, named: readonly string[]): readonly (readonly string[])[] {
  const found = objectionsOf(request);
  if (found.length > 0) return stakesOfAll(found);
  const known = request.unsettled.flatMap(({ effect }) => stakes(effect));
  if (known.length > 0) return known;
  const action = JSON.stringify(request.action.input);
  const plain = named.map((name) => name.trim());
  return plain.every((name) => name.length >= MIN_NAME && action.includes(JSON.stringify(name).slice(1, -1)))
    ? plain.map((name) => [name])
    : [];
}

/** The findings that stand against the action. */
export const objectionsOf = (request: ClassifierRequest): readonly Finding[] =>
  request.findings.filter(({ tier }) => tier !== 'observe');

function isHard(rule: string, request: ClassifierRequest): boolean {
  const name = nameOf(rule);
  return completeProse(request.prose).hard_deny.some((entry) => nameOf(entry) === name);
}

const nameOf = (entry: string): string => (entry.split(':')[0] as string).trim().toLowerCase();
const ruleName = (rule: string): string => {
  const name = visible(rule)
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9/]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 48);
  return `classifier/${name === '' || name === 'none' ? 'judged' : name}`;
};
const sentence = (words: string): string => {
  const plain = visible(words).replace(/\s+/g, ' ').trim();
  return plain === '' || /[.!?]$/.test(plain) ? plain : `${plain}.`;
};
export const reason = (rule: string, what: string): string => {
  const whole = `${rule}: ${what}`.trim();
  return whole.length <= MAX_REASON ? whole : `${whole.slice(0, MAX_REASON - 1)}…`;
};
