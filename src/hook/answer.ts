// Answers a call before it runs: settings, rules with facts, classifier, denial limits; every answer is journalled first.
import { createHash } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { loadSettings } from '../config/load.ts';
import type { Settings } from '../config/merge.ts';
import { permit } from '../config/permit.ts';
import type { Environment } from '../core/context.ts';
import type { EffectKind } from '../core/effect.ts';
import { asksInstead, isHard } from '../core/limits.ts';
import type { Machinery } from '../core/machinery.ts';
import { redact } from '../core/redact.ts';
import type { Verdict } from '../core/rule.ts';
import { text } from '../core/value.ts';
import { realPath } from '../facts/places.ts';
import type { Answer, Host, ToolCall } from '../hosts/types.ts';
import type { Judgement } from '../judge.ts';
import { append, journalPath, readJournal, stateFolder } from '../state/journal.ts';
import type { Decided } from '../state/line.ts';
import { fold, IN_A_ROW, IN_ALL, type Session } from '../state/session.ts';
import { askClassifier } from './classify.ts';
import { contextOf } from './context.ts';
import { judgeCall, type Observed } from './judge-call.ts';
import { provenanceOf } from './provenance.ts';

/** What was decided and by whom; `counts`: as a denial towards the limits. */
interface Outcome extends Answer {
  readonly rule: string;
  readonly counts: boolean;
  readonly classifier?: Readonly<Record<string, unknown>>;
}

const MAX_REASON = 400;

/** `deadline`: milliseconds since the epoch. */
export async function answerCall(
  call: ToolCall,
  host: Host,
  machinery: Machinery,
  env: Environment,
  deadline: number,
): Promise<Answer> {
  const started = Date.now();
  const folder = stateFolder(env);
  if (folder === undefined) throw new Error('the environment names no folder for the journal');
  const journal = journalPath(folder, call.session);
  const session = once(() => fold(readJournal(journal).lines));
  const settings = loadSettings(call.cwd, env);
  const context = contextOf(call.cwd, env, settings.policy, folder);
  const judged = judgeCall(call, context, machinery, session, env, deadline);
  const judgement = { ...judged, verdict: permit(call, judged, settings.permissions, { context, realPath }) };
  const outcome = await outcomeOf(call, host, judgement, settings, session, env, deadline);
  const answer = withEnd(outcome, call, session);
  append(
    journal,
    {
      kind: 'decided',
      id: call.id,
      tool: call.name,
      input: call.input,
      decision: answer.decision,
      rule: outcome.rule,
      reason: answer.reason,
      counts: outcome.counts,
      mode: call.mode,
      agent: call.agent,
      ms: Date.now() - started,
      ...(answer.decision === 'deny' ? {} : traces(call, judgement, session)),
      ...(outcome.classifier === undefined ? {} : { classifier: outcome.classifier }),
    },
    Date.now(),
  );
  return answer;
}

async function outcomeOf(
  call: ToolCall,
  host: Host,
  judgement: Observed,
  settings: Settings,
  session: () => Session,
  env: Environment,
  deadline: number,
): Promise<Outcome> {
  const { verdict } = judgement;
  if (verdict.decision === 'allow') return plain('allow', verdict);
  if (isHard(verdict) || verdict.rule === 'settings/deny') return plain('deny', verdict);
  if (asksInstead(verdict, { limited: session().limited, attended: isAttended(call, session()) }))
    return ask(verdict.rule, `${LIMIT_WORDS} ${verdict.reason}`);
  if (verdict.decision === 'ask') return plain('ask', verdict);
  if (!mayClassify(call, host)) return verdict.decision === 'deny' ? plain('deny', verdict) : unsettled(verdict);
  const reply = await askClassifier(call, judgement, settings, session(), env, deadline);
  if (reply === undefined || reply.decision === 'none')
    return verdict.decision === 'deny' ? plain('deny', verdict) : unsettled(verdict, reply?.reason);
  const { decision, rule, reason } = reply;
  const { stage, model, tokens, ms } = reply;
  return {
    decision,
    rule,
    reason: clip(redact(reason)),
    counts: decision === 'deny',
    classifier: { stage, model, tokens, ms },
  };
}

const LIMIT_WORDS = `Asked because ${IN_A_ROW} calls in a row or ${IN_ALL} in all were denied.`;

/** The host's own classifier, or a mode that ignores an allow, makes asking ours pointless. */
const mayClassify = ({ mode }: ToolCall, { capabilities }: Host): boolean =>
  !capabilities.ownClassifier.includes(mode) && !capabilities.allowIgnored.includes(mode);

/** A prompt that was answered in this session proves that somebody is there, whatever the host says. */
const isAttended = (call: ToolCall, session: Session): boolean => call.attended || session.approvals > 0;

const plain = (decision: Answer['decision'], verdict: Verdict): Outcome => ({
  decision,
  rule: verdict.rule,
  reason: clip(redact(verdict.reason)),
  counts: decision === 'deny',
});

/** Where nobody can answer, the host turns a question into a denial with this reason. */
const ask = (rule: string, reason: string): Outcome => ({
  decision: 'ask',
  rule,
  reason: clip(redact(reason)),
  counts: false,
});

const unsettled = (verdict: Verdict, noVerdict?: string): Outcome =>
  ask(
    verdict.rule,
    `${verdict.rule}: ${verdict.reason} No rule settles this, so a person has to decide. ${noVerdict ?? ''}`,
  );

/** Ends the run when nobody is there to ask and the agent keeps trying what is denied. */
function withEnd(outcome: Outcome, call: ToolCall, session: () => Session): Answer {
  const { decision, reason } = outcome;
  if (decision === 'allow') return { decision, reason };
  const { denials, limited } = session();
  const inARow = denials.inARow + (outcome.counts ? 1 : 0);
  const inAll = denials.inAll + (outcome.counts ? 1 : 0);
  const over = limited || inARow >= IN_A_ROW || inAll >= IN_ALL;
  if (!over || isAttended(call, session())) return { decision, reason };
  return {
    decision: 'deny',
    reason,
    end: `Greenlight ended the run: ${inARow >= IN_A_ROW ? `${inARow} calls in a row` : `${inAll} calls`} were denied and nobody is there to ask. The last: ${reason}`,
  };
}

const LEAVES_TRACES: ReadonlySet<EffectKind> = new Set(['fs.write', 'fs.move', 'net.fetch', 'git.local']);

/** What the call leaves behind when it runs, for later calls to lean on. */
function traces(call: ToolCall, { reading }: Judgement, session: () => Session): Partial<Decided> {
  if (!reading.effects.some(({ kind }) => LEAVES_TRACES.has(kind))) return {};
  const { makes, receives, branches } = provenanceOf(reading.effects, isNew, session().received);
  const written = call.tool.kind === 'write' ? call.tool.content : undefined;
  const [path] = reading.effects.flatMap((effect) => (effect.kind === 'fs.write' ? [text(effect.path)] : []));
  return {
    ...(makes.length > 0 ? { makes } : {}),
    ...(receives.length > 0 ? { receives } : {}),
    ...(branches.length > 0 ? { branches } : {}),
    ...(written === undefined || path === undefined ? {} : { hashes: { [path]: sha256(written) } }),
  };
}

const sha256 = (content: string): string => createHash('sha256').update(content).digest('hex');

function isNew(path: string): boolean {
  try {
    lstatSync(path);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
}

const clip = (text: string): string => {
  const words = text.trim();
  return words.length <= MAX_REASON ? words : `${words.slice(0, MAX_REASON - 1)}…`;
};

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
