// Prints the whole policy in readable form: what is denied, asked about and allowed. Holds no rule itself.
import { programs } from '../commands/index.ts';
import type { Tier } from '../core/rule.ts';
import { rules } from '../rules/index.ts';
import { columns, type Terminal } from './terminal.ts';
import { EXIT, type Verb } from './verb.ts';

const TIERS: Readonly<Record<Tier, string>> = {
  hard: 'Denied, and nothing clears it',
  soft: 'Denied, unless you asked for it in your own words or a narrow allow rule of yours names it',
  ask: 'Asked about',
  observe: 'Only noted in the journal',
};

/** What is allowed where no rule objects; each with a command that the tests hold it to. */
export const ALLOWED: readonly { readonly what: string; readonly example: string }[] = [
  { what: 'Looking around: listing, searching, reading, comparing, counting', example: 'rg -n "parse" src | head -20' },
  { what: 'Reading the state of a repository', example: 'git log --oneline -5 && git diff --stat' },
  {
    what: 'Local and undoable work in a repository: commits, branches, stashes',
    example: 'git add -A && git commit -m "Fix the parser"',
  },
  {
    what: 'Writing files in the working directory and in folders for temporary files',
    example: 'mkdir -p src/new && touch src/new/index.ts',
  },
  {
    what: 'Building, testing and linting the project with code that was there before',
    example: 'cargo build && cargo test',
  },
  { what: 'Installing what the project declares', example: 'npm ci' },
  { what: 'Fetching pages and files without sending anything', example: 'curl -s https://example.com/api/status' },
  { what: 'Talking to services on this machine', example: 'curl -X POST -d a=1 http://localhost:3000/api' },
];

export const defaultsVerb: Verb = {
  name: 'defaults',
  operands: '',
  summary: 'Print the whole default policy in readable form',
  options: { json: { type: 'boolean', describe: 'print JSON' } },
  examples: ['greenlight defaults'],
  run: ({ flag }, terminal) => {
    terminal.out(flag('json') ? `${JSON.stringify(asData())}\n` : asText(terminal));
    return EXIT.ok;
  },
};

const understood = (): readonly string[] => [...new Set(programs.flatMap(({ names }) => names))].sort();

const asData = (): object => ({
  rules: rules.map(({ id, tier, summary, why, instead }) => ({ id, tier, summary, why, instead })),
  allow: ALLOWED,
  programs: understood(),
});

function asText({ paint }: Terminal): string {
  const sections = (Object.keys(TIERS) as Tier[]).flatMap((tier) => {
    const own = rules.filter((rule) => rule.tier === tier);
    if (own.length === 0) return [];
    const lines = own.map(
      ({ id, summary, why, instead }) => `  ${paint('bold', id)}\n    ${summary}. ${why}\n    Instead: ${instead}`,
    );
    return [`${paint('bold', `${TIERS[tier]} (${tier})`)}\n${lines.join('\n')}\n`];
  });
  return [
    ...sections,
    `${paint('bold', 'Allowed where no rule objects')}\n${columns(ALLOWED.map(({ what, example }) => [`  ${what}`, paint('dim', example)]))}\n`,
    `${paint('bold', 'Everything else')}\n  is left to the classifier, or to a person where there is none; nothing that is not understood is allowed.\n`,
    `${paint('bold', `Programs that are understood (${understood().length})`)}\n  ${understood().join(' ')}\n`,
  ].join('\n');
}
