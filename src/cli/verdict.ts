// Shows a verdict to a person: the decision, the marked part of the command, why, and what would be fine instead.
import type { Span } from '../core/effect.ts';
import type { Decision, Verdict } from '../core/rule.ts';
import { oneToOne, type Style, type Terminal } from './terminal.ts';

const VERDICT_STYLE: Readonly<Record<Decision, Style>> = {
  allow: 'green',
  deny: 'red',
  ask: 'yellow',
  classify: 'yellow',
};
const WORDS: Readonly<Record<Decision, string>> = {
  allow: 'ALLOW',
  deny: 'DENY',
  ask: 'ASK',
  classify: 'UNSETTLED (the classifier or a person decides)',
};

export function verdictLines(command: string, verdict: Verdict, { paint }: Terminal): string {
  const { decision, rule, span } = verdict;
  const marked = decision === 'allow' || span === undefined ? '' : `${markSpan(command, span, paint).join('\n')}\n`;
  const { why, instead } = splitReason(verdict.reason, rule);
  return [
    `${paint(VERDICT_STYLE[decision], WORDS[decision])}  ${rule}\n`,
    marked,
    why === '' ? '' : `  why      ${why}\n`,
    instead === '' ? '' : `  instead  ${instead}\n`,
  ].join('');
}

/** The parts of a reason as decide writes it: `rule: what and why. Instead: what would be fine.` */
export function splitReason(reason: string, rule: string): { readonly why: string; readonly instead: string } {
  const text = oneToOne(reason.startsWith(`${rule}: `) ? reason.slice(rule.length + 2) : reason);
  const at = text.lastIndexOf('Instead: ');
  return at < 0 ? { why: text, instead: '' } : { why: text.slice(0, at).trim(), instead: text.slice(at + 9) };
}

const MAX_LINES = 6;
const MAX_WIDTH = 160;

/** The lines of the command that the span touches, each with carets below the part it covers. */
export function markSpan(command: string, span: Span, paint: Terminal['paint']): readonly string[] {
  const marked: string[] = [];
  let start = 0;
  for (const line of command.split('\n')) {
    const from = Math.max(span.start - start, 0);
    const to = Math.min(span.end - start, line.length);
    if (from < to || (from === to && span.start === span.end && from <= line.length && to >= 0)) {
      const shift = line.length <= MAX_WIDTH ? 0 : Math.max(0, from - MAX_WIDTH / 2);
      const width = Math.max(1, Math.min(to, shift + MAX_WIDTH) - from);
      marked.push(
        `    ${oneToOne(line.slice(shift, shift + MAX_WIDTH))}`,
        `    ${' '.repeat(from - shift)}${paint('red', '^'.repeat(width))}`,
      );
    }
    start += line.length + 1;
  }
  const shown = marked.slice(0, 2 * MAX_LINES);
  return marked.length > shown.length ? [...shown, '    …'] : shown;
}
