// Removes journals of sessions that nobody will resume any more. Best effort: a journal that stays does no harm.
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The host keeps its own transcripts as long by default (settings key `cleanupPeriodDays`). */
const DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;

/** `folder`: the state folder; `now`: milliseconds since the epoch. */
export function removeOldJournals(folder: string, now: number): void {
  const sessions = join(folder, 'sessions');
  for (const name of namesIn(sessions)) {
    const path = join(sessions, name);
    if (name.endsWith('.jsonl') && now - lastChange(path, now) > DAYS * DAY_MS) rmSync(path, { force: true });
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Nothing was journalled yet.
    return [];
  }
}

function lastChange(path: string, otherwise: number): number {
  try {
    return statSync(path).mtimeMs;
  } catch {
    // Another process removed it first.
    return otherwise;
  }
}
