// Journals the events that decide nothing about a call, and keeps a change of settings from switching the hooks off.
import { readFileSync } from 'node:fs';
import type { Environment } from '../core/context.ts';
import type { HostEvent } from '../hosts/types.ts';
import { append, journalPath, stateFolder } from '../state/journal.ts';
import type { Body } from '../state/line.ts';
import { removeOldJournals } from '../state/retention.ts';

/** What the host is told, as the fields of its answer. */
export type Acknowledgement = Readonly<Record<string, unknown>>;

export function observe(event: Exclude<HostEvent, { kind: 'call' }>, env: Environment): Acknowledgement {
  const folder = stateFolder(env);
  if (folder === undefined) throw new Error('the environment names no folder for the journal');
  const blocked = event.kind === 'config' && switchesHooksOff(event.path);
  append(journalPath(folder, event.session), bodyOf(event, blocked), Date.now());
  if (event.kind === 'start') removeOldJournals(folder, Date.now());
  if (!blocked) return {};
  return {
    decision: 'block',
    reason:
      'guard/hooks-off: This change would switch all hooks off in the running session. Instead: end the session and start a new one with the hooks off.',
  };
}

function bodyOf(event: Exclude<HostEvent, { kind: 'call' }>, blocked: boolean): Body {
  switch (event.kind) {
    case 'ran':
      return { kind: 'ran', id: event.id, tool: event.name };
    case 'start':
      return { kind: 'start', source: event.source, cwd: event.cwd, attended: event.attended };
    case 'prompt':
      return { kind: 'prompt', text: event.text, byUser: event.byUser };
    case 'agent-stop':
      return { kind: 'agent-stop', agent: event.agent };
    case 'config':
      return { kind: 'config', source: event.source, path: event.path, blocked };
    default:
      return event satisfies never;
  }
}

/** A settings file that cannot be read changes nothing in the host either. */
function switchesHooksOff(path: string): boolean {
  try {
    const settings: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return (
      typeof settings === 'object' &&
      settings !== null &&
      'disableAllHooks' in settings &&
      settings.disableAllHooks !== false
    );
  } catch {
    return false;
  }
}
