// Turns one settings file's JSON into what Greenlight reads of it; anything of another shape is left out and noted.
import type { Policy } from '../core/context.ts';

export type RuleSetting = Policy['rules'][string];
type Push = Policy['pushToDefault'];

export interface Prose {
  readonly environment: readonly string[];
  readonly allow: readonly string[];
  readonly soft_deny: readonly string[];
  readonly hard_deny: readonly string[];
}

export interface FileSettings {
  readonly allow: readonly string[];
  readonly ask: readonly string[];
  readonly deny: readonly string[];
  readonly prose: Prose;
  readonly policy: Partial<Policy>;
  /** Managed settings only: no allow rules but theirs count. */
  readonly onlyManagedRules: boolean;
  /** The file enables the plugin, or registers its hook itself. */
  readonly enables: boolean;
  /** The file switches hooks off. */
  readonly hooksOff: boolean;
  readonly notes: readonly string[];
}

const RULE_SETTINGS: readonly string[] = ['hard', 'soft', 'ask', 'observe', 'off'] satisfies RuleSetting[];
const PUSH_SETTINGS: readonly string[] = ['deny', 'ask', 'allow'] satisfies Push[];
const LISTS = ['domains', 'buckets', 'repositories', 'services'] as const;
const POLICY_KEYS: readonly string[] = [...LISTS, 'pushToDefault', 'rules'];

export function readSettings(value: unknown, source: string): FileSettings {
  const notes: string[] = [];
  const note = (where: string, what: string): void => void notes.push(`${source}: ${where} ${what}`);
  const object = (of: unknown, where: string): Readonly<Record<string, unknown>> => {
    if (of === undefined) return {};
    if (typeof of === 'object' && of !== null && !Array.isArray(of)) return of as Readonly<Record<string, unknown>>;
    note(where, 'is not an object');
    return {};
  };
  const strings = (of: unknown, where: string): readonly string[] => {
    if (of === undefined) return [];
    const list = Array.isArray(of) ? of : [of];
    if (!Array.isArray(of) || list.some((each) => typeof each !== 'string')) note(where, 'is not a list of texts');
    return Array.isArray(of) ? of.filter((each) => typeof each === 'string') : [];
  };
  const root = object(value, 'the file');
  const permissions = object(root.permissions, 'permissions');
  const mode = object(root.autoMode, 'autoMode');
  const own = object(root.greenlight, 'greenlight');
  for (const key of Object.keys(own)) if (!POLICY_KEYS.includes(key)) note(`greenlight.${key}`, 'is not a setting');
  const rules: Record<string, RuleSetting> = {};
  for (const [id, setting] of Object.entries(object(own.rules, 'greenlight.rules')))
    if (typeof setting === 'string' && RULE_SETTINGS.includes(setting)) rules[id] = setting as RuleSetting;
    else note(`greenlight.rules.${id}`, `is none of ${RULE_SETTINGS.join(', ')}`);
  const push = own.pushToDefault;
  const validPush = typeof push === 'string' && PUSH_SETTINGS.includes(push);
  if (push !== undefined && !validPush) note('greenlight.pushToDefault', `is none of ${PUSH_SETTINGS.join(', ')}`);
  return {
    allow: strings(permissions.allow, 'permissions.allow'),
    ask: strings(permissions.ask, 'permissions.ask'),
    deny: strings(permissions.deny, 'permissions.deny'),
    prose: {
      environment: strings(mode.environment, 'autoMode.environment'),
      allow: strings(mode.allow, 'autoMode.allow'),
      soft_deny: strings(mode.soft_deny, 'autoMode.soft_deny'),
      hard_deny: strings(mode.hard_deny, 'autoMode.hard_deny'),
    },
    policy: {
      ...(validPush ? { pushToDefault: push as Push } : {}),
      ...Object.fromEntries(
        LISTS.filter((list) => own[list] !== undefined).map((list) => [list, strings(own[list], `greenlight.${list}`)]),
      ),
      rules,
    },
    onlyManagedRules: root.allowManagedPermissionRulesOnly === true,
    enables:
      Object.entries(object(root.enabledPlugins, 'enabledPlugins')).some(
        ([name, on]) => name.startsWith('greenlight@') && on === true,
      ) || (JSON.stringify(object(root.hooks, 'hooks').PreToolUse) ?? '').includes('/hooks/launch.mjs'),
    hooksOff: root.disableAllHooks === true,
    notes,
  };
}
