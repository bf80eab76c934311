// Folds a journal into what is known of a session: user turns, denials, approvals, and what the agent made. Pure.
import { PERSON_RULE } from '../core/limits.ts';
import type { Decided, Line } from './line.ts';

export const IN_A_ROW = 3;
export const IN_ALL = 20;

export interface Turn {
  /** From 1. */
  readonly id: number;
  readonly text: string;
  /** False for turns that a machine made; they are never the user's will. */
  readonly byUser: boolean;
}

export interface Session {
  /** Milliseconds since the epoch; undefined when the journal is empty. */
  readonly startedAt: number | undefined;
  readonly turns: readonly Turn[];
  /** Calls that ran, oldest first. */
  readonly calls: readonly Pick<Decided, 'tool' | 'input'>[];
  readonly denials: { readonly inARow: number; readonly inAll: number };
  /** A limit was reached, and no call that was asked about has been approved since. */
  readonly limited: boolean;
  /** Calls that a person was asked about and that then ran. */
  readonly approvals: number;
  /** Paths the agent made, brought in from outside, and branches it made. */
  readonly made: readonly string[];
  readonly received: readonly string[];
  readonly branches: readonly string[];
  /** SHA-256 of the content that was judged, by path. */
  readonly hashes: Readonly<Record<string, string>>;
}

export function fold(lines: readonly Line[]): Session {
  const turns: Turn[] = [];
  const calls: Pick<Decided, 'tool' | 'input'>[] = [];
  const open = new Map<string, Decided>();
  const made = new Set<string>();
  const received = new Set<string>();
  const branches = new Set<string>();
  const hashes: Record<string, string> = {};
  let inARow = 0;
  let inAll = 0;
  let limited = false;
  let approvals = 0;

  const decided = (line: Decided): void => {
    if (line.decision !== 'deny' && line.id !== '') open.set(line.id, line);
    if (line.decision === 'allow') inARow = 0;
    if (line.decision !== 'deny' || !line.counts) return;
    inARow++;
    inAll++;
    if (inARow >= IN_A_ROW || inAll >= IN_ALL) limited = true;
  };
  const ran = (id: string): void => {
    const call = open.get(id);
    if (call === undefined) return;
    open.delete(id);
    calls.push({ tool: call.tool, input: call.input });
    for (const path of call.makes ?? []) made.add(path);
    for (const path of call.receives ?? []) received.add(path);
    for (const branch of call.branches ?? []) branches.add(branch);
    Object.assign(hashes, call.hashes);
    if (call.decision !== 'ask' || call.rule === PERSON_RULE) return;
    approvals++;
    inARow = 0;
    inAll = 0;
    limited = false;
  };

  for (const line of lines) {
    if (line.kind === 'decided') decided(line);
    else if (line.kind === 'ran') ran(line.id);
    else if (line.kind === 'prompt') turns.push({ id: turns.length + 1, text: line.text, byUser: line.byUser });
  }
  return {
    startedAt: lines[0]?.at,
    turns,
    calls,
    denials: { inARow, inAll },
    limited,
    approvals,
    made: [...made],
    received: [...received],
    branches: [...branches],
    hashes,
  };
}
