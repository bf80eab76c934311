// Owns the rules about ending processes that the session did not start.
import type { EffectOf } from '../core/effect.ts';
import { ownServer } from '../core/process.ts';
import { defineRule, type Hit, type Rule, type Scope } from '../core/rule.ts';
import { show, text } from '../core/value.ts';

type Kill = EffectOf<'proc.kill'>;

/** Programs that watch over the agent or the machine; ending one takes the guard away. */
const GUARDS =
  /(^|[^a-z])(greenlight|claude(-code)?|coding agent|nah|dcg|tirith|cc-safety-net|hall-pass|dippy|auto-?mode|[a-z-]*guard(ian)?|auditd|osquery(d|i)?|falcon(-sensor|d)?|crowdstrike|sentinel(one|d)|clamd|clamav|wazuh|falco|sysmon|rsyslogd|syslog|journald|fail2ban|apparmor|little ?snitch|xprotect|gatekeeper|defender|mdatp|santa)([^a-z]|$)/i;
/** Nothing but wildcards, or the processes that every session hangs on. */
const EVERYTHING =
  /^(\.|\.\*|\*|[a-z]?|init|systemd|launchd|kernel_task|WindowServer|loginwindow|Xorg|gnome-shell|sshd|bash|zsh|sh|tmux|screen|login)$/;

function ended(kill: Kill, scope: Scope): Hit | undefined {
  const name = text(kill.name);
  const shown = show(kill.name);
  if (kill.target === 'own') return undefined;
  if (name !== undefined && kill.target !== 'pid' && kill.target !== 'port' && GUARDS.test(name))
    return { message: `This ends ${name}, which guards this machine or session`, tier: 'hard' };
  if (kill.target === 'all')
    return {
      message: `This ends ${shown === '-1' || shown === '1' ? 'every process of the user' : shown}`,
      tier: 'soft',
    };
  if ((kill.target === 'name' || kill.target === 'pattern') && name !== undefined && EVERYTHING.test(name))
    return { message: `This ends every process that matches ${name}`, tier: 'soft' };
  return ownServer(kill, scope)
    ? undefined
    : { message: `This ends processes the session may not have started (${shown})` };
}

const kill = defineRule({
  id: 'processes/kill',
  tier: 'ask',
  on: 'proc.kill',
  since: '0.1.0',
  summary: 'Ending of processes that the session did not start',
  why: 'They may be the user’s, another project’s, or a guard’s.',
  instead: 'End your own job (kill %1, kill $!), or match the project’s own command line or port.',
  match: ended,
  examples: {
    hit: [
      'kill 4711',
      'pkill node',
      'killall python3',
      'kill -9 -1',
      'pkill -f greenlight',
      'pkill -u dev',
      'kill $(lsof -ti :5432)',
      'pgrep node | xargs kill',
      'kill "$PID"',
    ],
    miss: [
      'kill %1',
      'npm start & kill $!',
      'kill -0 4711',
      'pkill -f "vite --port 4000"',
      'lsof -ti:3000 | xargs kill',
      'pgrep -fl greenlight',
      'fuser -k 8080/tcp',
      'pkill -f "uvicorn app.main:app"',
    ],
  },
});

export const processRules: readonly Rule[] = [kill];
