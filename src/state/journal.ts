// Appends lines to a session's journal and reads them back. The only place that knows where state lives on disk.
import { closeSync, constants, existsSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Environment } from '../core/context.ts';
import { type Body, formatLine, type Line, readLine } from './line.ts';

/** The folder that holds all state; undefined when the environment names no place for it. */
export function stateFolder(env: Environment): string | undefined {
  const absolute = (path: string | undefined): string | undefined => (path?.startsWith('/') ? path : undefined);
  const own = absolute(env.CLAUDE_PLUGIN_DATA);
  if (own !== undefined) return own;
  const state = absolute(env.XDG_STATE_HOME);
  if (state !== undefined) return join(state, 'greenlight');
  const home = absolute(env.HOME);
  return home === undefined ? undefined : join(home, '.local', 'state', 'greenlight');
}

/** The journal of a session. Session ids come from outside, so only what is safe in a file name is kept of them. */
export function journalPath(folder: string, session: string): string {
  const safe = session.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 100);
  return join(folder, 'sessions', `${safe}.jsonl`);
}

/** Appends in one write, so that lines of processes that write at once do not mix. Throws when the line is not on disk. */
export function append(path: string, body: Body, at: number): void {
  const line = Buffer.from(formatLine({ ...body, at }));
  const file = openForAppend(path);
  try {
    const written = writeSync(file, line);
    if (written !== line.length) throw new Error('the journal took only a part of a line');
  } finally {
    closeSync(file);
  }
}

/** A link in place of the journal would let a line be written elsewhere: it is not followed. */
function openForAppend(path: string): number {
  const { O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY } = constants;
  const open = (): number => openSync(path, O_WRONLY | O_APPEND | O_CREAT | (O_NOFOLLOW ?? 0), 0o600);
  try {
    return open();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    makeFolder(dirname(path));
    return open();
  }
}

/** A process that dies while it writes leaves half a line, and the next line is glued to it; a text inside a line cannot look like this. */
const LINE_START = '{"v":1,"at":';

/** Not `recursive`: below a folder that can hold none (/proc), Node 20 tries for ever. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path, 0o700);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

export interface Journal {
  readonly lines: readonly Line[];
  /** Lines that are damaged, cut off or of another version. */
  readonly skipped: number;
}

/** Every whole line that is there; a journal that is not there yet is empty. */
export function readJournal(path: string): Journal {
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { lines: [], skipped: 0 };
    throw error;
  }
  const lines: Line[] = [];
  let skipped = 0;
  for (const text of content.split('\n')) {
    if (text === '') continue;
    const line = readLine(text);
    if (line !== undefined) {
      lines.push(line);
      continue;
    }
    skipped++;
    const next = readLine(text.slice(text.lastIndexOf(LINE_START)));
    if (next !== undefined) lines.push(next);
  }
  return { lines, skipped };
}
