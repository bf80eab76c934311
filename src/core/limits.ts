// Owns what becomes of a verdict once a session has been denied too often. Counts nothing itself.
import type { Verdict } from './rule.ts';

/** The rule of a question that is by its nature the person's; their answer approves no judged call. */
export const PERSON_RULE = 'host/person';

export interface Standing {
  /** A denial limit was reached and nothing has been approved since. */
  readonly limited: boolean;
  readonly attended: boolean;
}

/** True when a finding that nothing clears is behind the verdict. */
export const isHard = (verdict: Verdict): boolean =>
  verdict.decision === 'deny' && verdict.findings.some((finding) => finding.tier === 'hard');

/** True when the person has to be asked, whatever a rule that can be cleared or a classifier would say. */
export const asksInstead = (verdict: Verdict, { limited, attended }: Standing): boolean =>
  limited && attended && verdict.decision !== 'allow' && !isHard(verdict);
