// Says whether everything Greenlight needs is in place, and what to do where it is not.
import { CHECKS, type Finding } from './doctor-checks.ts';
import type { Style, Terminal } from './terminal.ts';
import { EXIT, type Verb } from './verb.ts';

const STYLE: Readonly<Record<Finding['state'], Style>> = { ok: 'green', warn: 'yellow', fail: 'red' };

export const doctorVerb: Verb = {
  name: 'doctor',
  operands: '',
  summary: 'Check the installation, the host, the settings and the rules; exit code 1 when something fails',
  options: { json: { type: 'boolean', describe: 'one JSON line per check' } },
  details:
    'Reads settings and runs `node --version`, `claude --version`, `claude plugin validate` and the hook on made-up events.',
  examples: ['greenlight doctor'],
  run: ({ flag }, terminal) => {
    const findings = CHECKS.flatMap(({ name, look }) => guarded(name, look));
    terminal.out(
      findings.map((finding) => (flag('json') ? `${JSON.stringify(finding)}\n` : line(finding, terminal))).join(''),
    );
    return findings.some(({ state }) => state === 'fail') ? EXIT.failed : EXIT.ok;
  },
};

function guarded(name: string, look: () => readonly Omit<Finding, 'name'>[]): readonly Finding[] {
  try {
    return look().map((finding) => ({ name, ...finding }));
  } catch (error) {
    return [{ name, state: 'fail', detail: error instanceof Error ? error.message : String(error) }];
  }
}

const line = ({ name, state, detail, todo }: Finding, { paint }: Terminal): string =>
  `${paint(STYLE[state], state.padEnd(4))}  ${name}: ${detail}\n${todo === undefined ? '' : `      -> ${todo}\n`}`;
