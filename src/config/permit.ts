// Applies the person's own permission rules to a judged call: deny, then ask, then allow. Never clears a hard finding.
import type { Context } from '../core/context.ts';
import type { Effect } from '../core/effect.ts';
import { hostOf } from '../core/host.ts';
import type { Invocation } from '../core/invocation.ts';
import { certainlyWithin } from '../core/path.ts';
import type { Verdict } from '../core/rule.ts';
import { sameValue, show, text } from '../core/value.ts';
import type { Tool } from '../hosts/types.ts';
import type { Judgement } from '../judge.ts';
import type { Permissions } from './merge.ts';
import {
  hasWildcard,
  matchesCommand,
  matchesDomain,
  matchesPath,
  matchesWildcard,
  type Permission,
} from './permission.ts';

export interface Permitted {
  /** The host's name of the tool. */
  readonly name: string;
  readonly tool: Tool;
}

export interface Setting {
  readonly context: Context;
  /** The path with links resolved; undefined when the disk does not say. */
  readonly realPath: (path: string) => string | undefined;
}

/** The verdict after the settings' own rules. */
export function permit(call: Permitted, judgement: Judgement, permissions: Permissions, setting: Setting): Verdict {
  const { verdict, reading } = judgement;
  const named = (rule: Permission): boolean => names(rule, call, reading.invocations, setting);
  const denied = permissions.deny.find(named);
  if (denied !== undefined)
    return {
      ...verdict,
      decision: 'deny',
      rule: 'settings/deny',
      reason: `settings/deny: The settings forbid ${clip(denied.text)}. Only the person can change that. Instead: find another way to the goal, or ask them.`,
    };
  if (verdict.decision === 'deny' && verdict.findings.some(({ tier }) => tier === 'hard')) return verdict;
  const asked = permissions.ask.find(named);
  if (asked !== undefined && verdict.decision !== 'deny')
    return {
      ...verdict,
      decision: 'ask',
      rule: 'settings/ask',
      reason: `settings/ask: The settings want to be asked about ${clip(asked.text)}.`,
    };
  if (asked !== undefined || verdict.decision === 'allow') return verdict;
  if (!isCovered(call, judgement, permissions.allow, setting)) return verdict;
  return { ...verdict, decision: 'allow', rule: 'settings/allow', reason: '' };
}

const clip = (rule: string): string => (rule.length <= 120 ? rule : `${rule.slice(0, 119)}…`);

/** Tools that a rule for another one covers (the host's permission documentation: Edit rules hold for all editing tools). */
const FAMILY: Readonly<Record<string, string>> = {
  Write: 'Edit',
  MultiEdit: 'Edit',
  NotebookEdit: 'Edit',
  Grep: 'Read',
  Glob: 'Read',
  LS: 'Read',
  NotebookRead: 'Read',
  Task: 'Agent',
};

const isFor = ({ tool }: Permission, name: string): boolean =>
  tool === name ||
  tool === FAMILY[name] ||
  (tool.startsWith('mcp__') && (matchesWildcard(name, tool) || name.startsWith(`${tool}__`)));

/** True when a deny or ask rule names the call, or any command in it. */
function names(rule: Permission, call: Permitted, invocations: readonly Invocation[], setting: Setting): boolean {
  if (!isFor(rule, call.name)) return false;
  if (call.tool.kind === 'shell')
    return rule.specifier === undefined || invocations.some((each) => matchesCommand(spelled(each), rule.specifier));
  return namesTool(rule, call.tool, setting);
}

function namesTool({ specifier }: Permission, tool: Tool, { context, realPath }: Setting): boolean {
  const folders = context;
  switch (tool.kind) {
    case 'write':
    case 'edit':
    case 'read': {
      const path = tool.path.startsWith('/') ? tool.path : `${context.cwd}/${tool.path}`;
      const real = realPath(path);
      return matchesPath(path, specifier, folders) || (real !== undefined && matchesPath(real, specifier, folders));
    }
    case 'fetch':
      return matchesDomain(hostOf(tool.url) ?? '', specifier);
    case 'spawn':
      return specifier === undefined || tool.agent === specifier;
    default:
      return specifier === undefined;
  }
}

/** True when allow rules cover everything that nothing else settles. */
function isCovered(call: Permitted, judgement: Judgement, allow: readonly Permission[], setting: Setting): boolean {
  const rules = allow.filter((rule) => isFor(rule, call.name));
  if (rules.length === 0) return false;
  const { verdict, reading } = judgement;
  const open: readonly Effect[] = [
    ...verdict.unsettled.map(({ effect }) => effect),
    ...verdict.findings.flatMap(({ tier, effect }) => (tier === 'observe' ? [] : [effect])),
  ];
  // A verdict without open effects was not about effects: a question to the person, a tool that is not the model's.
  if (open.length === 0) return false;
  if (call.tool.kind !== 'shell') return rules.some((rule) => allowsTool(rule, call.tool, setting));
  return open.every((effect) =>
    reading.invocations.some((invocation) =>
      rules.some((rule) => allowsEffect(rule, effect, invocation, reading.invocations[effect.invocation], setting)),
    ),
  );
}

/** An allow rule must name both the path as written and where links lead it. */
function allowsTool(rule: Permission, tool: Tool, setting: Setting): boolean {
  if (tool.kind !== 'write' && tool.kind !== 'edit' && tool.kind !== 'read') return namesTool(rule, tool, setting);
  const path = tool.path.startsWith('/') ? tool.path : `${setting.context.cwd}/${tool.path}`;
  const real = setting.realPath(path);
  return [path, real].every((each) => each !== undefined && matchesPath(each, rule.specifier, setting.context));
}

/** True when the rule names the command that the effect belongs to, and the effect is that command's own doing. */
function allowsEffect(
  rule: Permission,
  effect: Effect,
  invocation: Invocation,
  origin: Invocation | undefined,
  { context }: Setting,
): boolean {
  if (origin === undefined || (effect.kind === 'opaque' && effect.layer === 'shell')) return false;
  const inside =
    invocation.span.start <= effect.span.start &&
    effect.span.end <= invocation.span.end &&
    invocation.via.every((step, at) => effect.via[at] === step);
  if (!inside || !isPlain(invocation, context)) return false;
  // A redirection is no part of what a rule names: `npm test` says nothing of `npm test > file`.
  if (effect.kind === 'fs.write' && origin.redirects.some(({ target }) => sameValue(target, effect.path))) return false;
  // What the arguments make a program run is named by a rule only when the rule spells all of them.
  const carried = effect.via.length > invocation.via.length && effect.projectCode === undefined;
  if (carried && hasWildcard(rule.specifier ?? '*')) return false;
  return matchesCommand(spelled(invocation), rule.specifier);
}

/** Every word known, no variables set for it, on this machine, in the project, as the same user. */
const isPlain = (invocation: Invocation, { projectRoot }: Context): boolean =>
  invocation.argv.length > 0 &&
  invocation.argv.every(({ value, fields }) => text(value) !== undefined && fields === 'one') &&
  invocation.assignments.length === 0 &&
  invocation.place.kind === 'local' &&
  !invocation.root &&
  certainlyWithin(invocation.cwd, projectRoot);

/** The command as a rule spells it: words joined by blanks; a word that is not plain is quoted, so that it cannot pass for several. */
const spelled = ({ argv }: Invocation): string =>
  argv
    .map(({ value }) => show(value))
    .map((word) => (/^[\w@%+=:,./…~^-]+$/.test(word) ? word : `'${word}'`))
    .join(' ');
