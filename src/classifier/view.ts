// Builds what the classifier sees of a session: the user's turns, tool calls, instructions, effects, findings, the pending action. No assistant text, no tool results.
import type { Effect } from '../core/effect.ts';
import type { Finding } from '../core/rule.ts';
import { show, type Value } from '../core/value.ts';
import { clip, quoted } from './escape.ts';
import type { Action, ClassifierRequest, Turn } from './request.ts';

const LIMITS = {
  turn: 6_000,
  turns: 40_000,
  call: 1_500,
  calls: 24_000,
  instructions: 12_000,
  effects: 60,
  effect: 600,
  action: 60_000,
} as const;

/** Calls that only look: they tell nothing of what the agent changed. */
const LOOKING = new Set([
  'Read',
  'Glob',
  'Grep',
  'LS',
  'NotebookRead',
  'TodoWrite',
  'TodoRead',
  'BashOutput',
  'TaskOutput',
  'ToolSearch',
]);
/** Fields in which the agent explains itself; the explanation of an action is not evidence for it. */
const EXPLANATIONS = new Set(['description', 'explanation', 'reason', 'justification']);

/** The whole view, pending action last; undefined when the action is too long to be shown whole. */
export function view(request: ClassifierRequest): string | undefined {
  const action = quoted({ [request.action.tool]: withoutExplanations(request.action) });
  if (action.length > LIMITS.action) return undefined;
  return [
    section('project_instructions', request.instructions ? [quoted(request.instructions, LIMITS.instructions)] : []),
    section('user_turns', turnLines(request.turns)),
    section('earlier_calls', callLines(request.calls)),
    section('facts', [
      quoted({ cwd: request.cwd, ...(request.agent ? { subagent: request.agent } : {}), ...request.facts }, 600),
    ]),
    section('effects', effectLines(request.effects)),
    section('findings', request.findings.map(findingLine)),
    section(
      'not_settled',
      request.unsettled.map(({ because }) => quoted(because, LIMITS.effect)),
    ),
    section('pending_action', [action]),
  ].join('\n\n');
}

const section = (name: string, lines: readonly string[]): string =>
  `<${name}>\n${lines.length > 0 ? lines.join('\n') : 'none'}\n</${name}>`;

/** First and last turn always; of the others the latest that fit. */
function turnLines(turns: readonly Turn[]): string[] {
  const lines = turns.map((turn) =>
    quoted(turn.byUser ? { turn: turn.id, user: turn.text } : { turn: turn.id, machine: turn.text }, LIMITS.turn),
  );
  return latestThatFit(lines, LIMITS.turns, true);
}

function callLines(calls: readonly Action[]): string[] {
  const lines = calls
    .filter((call) => !LOOKING.has(call.tool))
    .map((call) => clip(quoted({ [call.tool]: withoutExplanations(call) }, LIMITS.call), 2 * LIMITS.call));
  return latestThatFit(lines, LIMITS.calls, false);
}

function latestThatFit(lines: readonly string[], limit: number, keepFirst: boolean): string[] {
  const kept: string[] = [];
  let room = limit - (keepFirst ? (lines[0]?.length ?? 0) : 0);
  let from = lines.length;
  while (from > 0) {
    const line = lines[from - 1] as string;
    if (kept.length > 0 && line.length > room) break;
    kept.unshift(line);
    room -= line.length;
    from--;
  }
  if (from === 0) return kept;
  const first = keepFirst ? [lines[0] as string] : [];
  const left = from - first.length;
  return [...first, ...(left > 0 ? [`[${left} left out here]`] : []), ...kept];
}

/** A command alone is shown as its text: one call, one short line. */
function withoutExplanations(call: Action): unknown {
  const entries = Object.entries(call.input).filter(([name]) => !EXPLANATIONS.has(name));
  const [only] = entries;
  return entries.length === 1 && only?.[0] === 'command' ? only[1] : Object.fromEntries(entries);
}

function effectLines(effects: readonly Effect[]): string[] {
  const lines = effects.slice(0, LIMITS.effects).map((effect) => quoted(plain(effect), LIMITS.effect));
  const left = effects.length - lines.length;
  return left > 0 ? [...lines, `[${left} left out here]`] : lines;
}

/** An effect with its values as a reader sees them and without offsets. */
function plain(effect: Effect): unknown {
  const { span: _span, invocation: _invocation, place, root, via, ...body } = effect;
  return {
    ...(readable(body) as object),
    ...(place.kind === 'local' ? {} : { place }),
    ...(root ? { root } : {}),
    ...(via.length > 0 ? { via } : {}),
  };
}

function readable(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(readable);
  if (typeof part !== 'object' || part === null) return part;
  return isValue(part)
    ? show(part)
    : Object.fromEntries(Object.entries(part).map(([name, each]) => [name, readable(each)]));
}

const isValue = (part: object): part is Value =>
  'kind' in part &&
  (('text' in part && part.kind === 'known') ||
    ('texts' in part && part.kind === 'oneOf') ||
    ('because' in part && (part.kind === 'pattern' || part.kind === 'unknown')));

const findingLine = (finding: Finding): string =>
  quoted({ rule: finding.rule, tier: finding.tier, found: finding.message, why: finding.why }, LIMITS.effect);
