// Draws numbered underlines below a command, one row for each level of nesting. Knows nothing of what they mean.
import type { Span } from '../core/effect.ts';
import { oneToOne, type Terminal } from './terminal.ts';

const MAX_LINES = 60;
const MAX_WIDTH = 200;

/** The command's lines, each followed by the underlines of the spans that touch it. */
export function drawSpans(command: string, spans: readonly Span[], paint: Terminal['paint']): readonly string[] {
  const drawn: string[] = [];
  let start = 0;
  const lines = command.split('\n');
  for (const line of lines.slice(0, MAX_LINES)) {
    drawn.push(`    ${oneToOne(line.slice(0, MAX_WIDTH))}`);
    for (const row of rowsFor(start, Math.min(line.length, MAX_WIDTH), spans)) drawn.push(`    ${paint('cyan', row)}`);
    start += line.length + 1;
  }
  return lines.length > MAX_LINES ? [...drawn, '    …'] : drawn;
}

/** Each span goes into the first row with room for it, so that a span inside another stands below it. */
function rowsFor(start: number, length: number, spans: readonly Span[]): readonly string[] {
  const rows: string[] = [];
  for (const [at, span] of spans.entries()) {
    const from = Math.max(span.start - start, 0);
    const to = Math.min(span.end - start, length);
    if (from >= to) continue;
    const begins = span.start >= start;
    const label = begins ? String(at + 1) : '';
    const mark = (label + '~'.repeat(length)).slice(0, Math.max(to - from, label.length));
    const row = rows.findIndex((each) => each.length <= from);
    const target = row < 0 ? rows.push('') - 1 : row;
    rows[target] = `${(rows[target] ?? '').padEnd(from)}${mark}`;
  }
  return rows;
}
