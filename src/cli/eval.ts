// Judges rows of evaluation files in the world they state and counts agreement; runs nothing, looks at no machine.
import { readFileSync } from 'node:fs';
import { assumedFacts } from '../core/assumed.ts';
import type { Decision, Verdict } from '../core/rule.ts';
import { explanation } from '../explanation.ts';
import { toolOf } from '../hosts/claude-code-tools.ts';
import type { Judgement } from '../judge.ts';
import { machinery } from '../machinery.ts';
import { judgeTool } from '../tools/judge-tool.ts';
import { type BadRow, commandOf, DEFAULT_CWD, type Row, readRows, worldOf } from './rows.ts';
import { quantile, type Share, share } from './statistics.ts';
import { clip, columns, type Terminal } from './terminal.ts';
import { EXIT, UsageError, type Verb } from './verb.ts';

interface Judged {
  readonly row: Row;
  readonly judgement: Judgement;
  readonly us: number;
}

interface Summary {
  readonly file: string;
  readonly rows: number;
  readonly bad: readonly BadRow[];
  readonly verdicts: Readonly<Record<Decision, number>>;
  readonly autoApproved: Share;
  readonly falseDenials: Share;
  readonly stopped: Share;
  readonly denied: Share;
  readonly medianUs: number;
  readonly p99Us: number;
}

export const evalVerb: Verb = {
  name: 'eval',
  operands: 'FILE...',
  summary: 'Judge the rows of JSON-lines files and count agreement; no command is run and the machine is not looked at',
  options: {
    json: { type: 'boolean', describe: 'one JSON line per row, then {"summary": ...}' },
    explain: { type: 'boolean', describe: 'with --json: invocations, effects, findings and opaque parts of each row' },
    wrong: { type: 'boolean', describe: 'list the rows whose verdict is not the expected one' },
  },
  details: [
    'A row is {id?, command | tool + input, expect?, kind?, category?, n?, cwd?, git_branch? | git?{branch, default, remotes}};',
    'without an id it goes by the number of its line.',
    'Facts come from the row. What it does not state is assumed: an ordinary clean repository, its branch unknown,',
    'its default branch main, with one remote, origin; files named in the command exist, are tracked and were there',
    `before the session. A row without cwd works in ${DEFAULT_CWD}, except that a leading \`cd DIR\` names the working`,
    'directory when DIR is at least two levels below a home folder (/home/x/a/b, /Users/x/a/b, /root/a/b), or is /workspace,',
    '/workspaces/x, /app, /testbed, /repo or /src, or below one of those.',
    'The time of a decision is the best of three runs in this process.',
    'Shares carry a Wilson 95 % interval. Exit code 2 when a row or a file cannot be read.',
  ].join('\n'),
  examples: [
    'greenlight eval commands.jsonl',
    'greenlight eval --wrong commands.jsonl',
    'greenlight eval --json --explain commands.jsonl',
  ],
  run: (given, terminal) => {
    if (given.operands.length === 0) throw new UsageError('eval needs at least one file');
    const files = given.operands.map((file) => ({ file, ...readRows(readText(file)) }));
    const all: Judged[] = [];
    const summaries: Summary[] = [];
    for (const { file, rows, bad } of files) {
      const judged = rows.map(judgeRow);
      for (const { line, problem } of bad) terminal.err(`${file}:${line}: ${problem}\n`);
      summaries.push(summarize(file, judged, bad));
      all.push(...judged);
    }
    if (files.length > 1)
      summaries.push(
        summarize(
          'all',
          all,
          files.flatMap(({ bad }) => bad),
        ),
      );
    if (given.flag('json')) printJson(all, summaries, given.flag('explain'), terminal);
    else {
      if (given.flag('wrong')) terminal.out(wrongRows(all, terminal));
      terminal.out(summaries.map((summary) => humanSummary(summary, terminal)).join('\n'));
    }
    return files.some(({ bad }) => bad.length > 0) ? EXIT.usage : EXIT.ok;
  },
};

function readText(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function judgeRow(row: Row): Judged {
  const { context, given } = worldOf(row);
  const name = row.tool ?? 'Bash';
  const call = { name, tool: toolOf(name, row.input ?? { command: row.command }) };
  const judge = (): Judgement => guarded(() => judgeTool(call, context, assumedFacts(context, given), machinery));
  let judgement: Judgement | undefined;
  let ms = Number.POSITIVE_INFINITY;
  for (let run = 0; run < TIMED_RUNS; run++) {
    const started = performance.now();
    judgement = judge();
    ms = Math.min(ms, performance.now() - started);
  }
  return { row, judgement: judgement ?? judge(), us: Math.round(ms * 10_000) / 10 };
}

/** The best of so many counts as the time of a decision: pauses of the machine and the compiler's warming up are not its own. */
const TIMED_RUNS = 3;

/** What the hook makes of an engine that throws: a question. */
function guarded(judge: () => Judgement): Judgement {
  try {
    return judge();
  } catch (error) {
    const reason = `The engine failed: ${error instanceof Error ? error.message : String(error)}`;
    const verdict: Verdict = {
      decision: 'ask',
      rule: 'guard/fault',
      reason,
      span: undefined,
      findings: [],
      unsettled: [],
    };
    return { verdict, reading: { invocations: [], effects: [] }, needs: [] };
  }
}

function summarize(file: string, judged: readonly Judged[], bad: readonly BadRow[]): Summary {
  const count = (list: readonly Judged[], ...wanted: readonly Decision[]): number =>
    list.filter(({ judgement }) => wanted.includes(judgement.verdict.decision)).length;
  const expecting = (...wanted: readonly string[]): Judged[] =>
    judged.filter(({ row }) => row.expect !== undefined && wanted.includes(row.expect));
  const harmless = expecting('allow');
  const doubtful = expecting('ask', 'deny');
  const dangerous = expecting('deny');
  const times = judged.map(({ us }) => us);
  return {
    file,
    rows: judged.length,
    bad,
    verdicts: {
      allow: count(judged, 'allow'),
      classify: count(judged, 'classify'),
      ask: count(judged, 'ask'),
      deny: count(judged, 'deny'),
    },
    autoApproved: share(count(harmless, 'allow'), harmless.length),
    falseDenials: share(count(harmless, 'deny'), harmless.length),
    stopped: share(doubtful.length - count(doubtful, 'allow'), doubtful.length),
    denied: share(count(dangerous, 'deny'), dangerous.length),
    medianUs: quantile(times, 0.5),
    p99Us: quantile(times, 0.99),
  };
}

function printJson(
  judged: readonly Judged[],
  summaries: readonly Summary[],
  explain: boolean,
  { out }: Terminal,
): void {
  for (const { row, judgement, us } of judged) {
    const { decision: verdict, rule, reason } = judgement.verdict;
    out(`${JSON.stringify({ id: row.id, verdict, rule, reason, us, ...(explain ? explanation(judgement) : {}) })}\n`);
  }
  out(`${JSON.stringify({ summary: summaries })}\n`);
}

const percent = (part: number): string => `${(part * 100).toFixed(1)} %`;

function humanSummary(summary: Summary, { paint }: Terminal): string {
  const line = (label: string, { hits, of, low, high }: Share): string[] =>
    of === 0
      ? [`  ${label}`, '-']
      : [`  ${label}`, `${hits}/${of}`, percent(hits / of), `[${percent(low)}, ${percent(high)}]`];
  const { allow, classify, ask, deny } = summary.verdicts;
  return `${paint('bold', summary.file)}\n${columns([
    ['  rows', String(summary.rows), summary.bad.length > 0 ? `${summary.bad.length} unreadable` : ''],
    ['  verdicts', `allow ${allow}, classify ${classify}, ask ${ask}, deny ${deny}`],
  ])}\n${columns([
    line('auto-approved of expect=allow', summary.autoApproved),
    line('denied though expect=allow', summary.falseDenials),
    line('stopped of expect=ask or deny', summary.stopped),
    line('denied of expect=deny', summary.denied),
    ['  time per decision', `median ${summary.medianUs} us`, `p99 ${summary.p99Us} us`],
  ])}\n`;
}

/** Worst first: danger let through, harmless work denied, then what was only left to a judgement. */
const GRAVITY: Readonly<Record<string, number>> = {
  'deny allow': 0,
  'ask allow': 1,
  'allow deny': 2,
  'allow ask': 3,
  'allow classify': 4,
  'deny ask': 5,
  'deny classify': 6,
  'ask deny': 7,
};

function wrongRows(judged: readonly Judged[], { paint }: Terminal): string {
  const wrong = judged
    .flatMap(({ row, judgement: { verdict } }) => {
      const gravity = GRAVITY[`${row.expect} ${verdict.decision}`];
      return gravity === undefined ? [] : [{ gravity, row, verdict }];
    })
    .sort((a, b) => a.gravity - b.gravity);
  const tally = new Map<string, number>();
  for (const { row, verdict } of wrong) {
    const key = `${row.expect} -> ${verdict.decision} ${verdict.rule}`;
    tally.set(key, (tally.get(key) ?? 0) + 1);
  }
  const lines = wrong.map(({ gravity, row, verdict }) => {
    const head = `${row.id}  expected ${row.expect}, got ${verdict.decision}  ${verdict.rule}`;
    const reason = verdict.reason === '' ? '' : `\n    ${paint('dim', clip(verdict.reason, 160))}`;
    return `${paint(gravity < 3 ? 'red' : 'yellow', head)}${reason}\n    ${clip(commandOf(row) ?? `${row.tool} ${JSON.stringify(row.input)}`, 160)}\n`;
  });
  const totals = [...tally].sort((a, b) => b[1] - a[1]).map(([key, n]) => [String(n).padStart(6), key]);
  return `${lines.join('')}\n${columns(totals)}\n\n`;
}
