// Joins the settings of all scopes into one policy; a repository's files can only tighten it. Reads no file.
import { DEFAULT_POLICY, type Policy } from '../core/context.ts';
import type { Tier } from '../core/rule.ts';
import { broadBecause } from './broad.ts';
import { type Permission, readPermission } from './permission.ts';
import type { FileSettings, Prose, RuleSetting } from './schema.ts';

export interface ScopedSettings {
  /** `repository`: files that come with the project, whoever wrote them. */
  readonly scope: 'managed' | 'user' | 'repository';
  readonly source: string;
  readonly settings: FileSettings;
}

export interface SetAside {
  readonly rule: string;
  readonly source: string;
  readonly because: string;
}

export interface Permissions {
  readonly allow: readonly Permission[];
  readonly ask: readonly Permission[];
  readonly deny: readonly Permission[];
}

export interface Settings {
  readonly policy: Policy;
  readonly permissions: Permissions;
  /** Descriptions for the classifier, from user and managed settings. */
  readonly prose: Prose;
  /** Allow rules that do not count, and why. */
  readonly setAside: readonly SetAside[];
  /** Settings files that enable the plugin, and those that switch all hooks off. */
  readonly enabledIn: readonly string[];
  readonly hooksOffIn: readonly string[];
  /** What could not be read, or was ignored. */
  readonly notes: readonly string[];
}

const STRICTNESS: Readonly<Record<RuleSetting, number>> = { off: 0, observe: 1, ask: 2, soft: 3, hard: 4 };
const PUSH_STRICTNESS: Readonly<Record<Policy['pushToDefault'], number>> = { allow: 0, ask: 1, deny: 2 };

/** `files` from the strongest scope to the weakest; `tiers`: the rules' own tiers. */
export function mergeSettings(files: readonly ScopedSettings[], tiers: ReadonlyMap<string, Tier>): Settings {
  const trusted = files.filter(({ scope }) => scope !== 'repository');
  const repository = files.filter(({ scope }) => scope === 'repository');
  const notes = files.flatMap(({ settings }) => settings.notes);
  const policy = repository.reduce((base, file) => tighten(base, file, tiers, notes), loosest(trusted));
  for (const id of Object.keys(policy.rules)) if (!tiers.has(id)) notes.push(`greenlight.rules.${id}: no such rule`);
  const read = (kind: 'allow' | 'ask' | 'deny'): Permission[] =>
    files.flatMap(({ settings, source }) =>
      settings[kind].flatMap((text) => {
        const permission = readPermission(text, source);
        if (permission === undefined) notes.push(`${source}: permissions.${kind} "${text}" is not a rule`);
        return permission ?? [];
      }),
    );
  const { allow, setAside } = countingAllows(read('allow'), files);
  return {
    policy,
    permissions: { allow, ask: read('ask'), deny: read('deny') },
    prose: joinProse(trusted.map(({ settings }) => settings.prose)),
    setAside,
    enabledIn: files.filter(({ settings }) => settings.enables).map(({ source }) => source),
    hooksOffIn: files.filter(({ settings }) => settings.hooksOff).map(({ source }) => source),
    notes,
  };
}

function countingAllows(
  rules: readonly Permission[],
  files: readonly ScopedSettings[],
): { readonly allow: readonly Permission[]; readonly setAside: readonly SetAside[] } {
  const scopes = new Map(files.map(({ source, scope }) => [source, scope]));
  const managedOnly = files.some(({ scope, settings }) => scope === 'managed' && settings.onlyManagedRules);
  const allow: Permission[] = [];
  const setAside: SetAside[] = [];
  for (const rule of rules) {
    const scope = scopes.get(rule.source);
    const because =
      scope === 'repository'
        ? 'a file of the repository cannot loosen the policy; put it in your user settings'
        : managedOnly && scope !== 'managed'
          ? 'the organisation lets only managed rules count'
          : broadBecause(rule);
    if (because === undefined) allow.push(rule);
    else setAside.push({ rule: rule.text, source: rule.source, because });
  }
  return { allow, setAside };
}

/** The policy of user and organisation; where both set one thing, the organisation's counts. */
function loosest(trusted: readonly ScopedSettings[]): Policy {
  const policies = trusted.map(({ settings }) => settings.policy);
  const union = (list: 'domains' | 'buckets' | 'repositories' | 'services'): readonly string[] => [
    ...new Set(policies.flatMap((policy) => policy[list] ?? [])),
  ];
  return {
    pushToDefault:
      policies.find((policy) => policy.pushToDefault !== undefined)?.pushToDefault ?? DEFAULT_POLICY.pushToDefault,
    domains: union('domains'),
    buckets: union('buckets'),
    repositories: union('repositories'),
    services: union('services'),
    rules: Object.assign({}, ...policies.map((policy) => policy.rules ?? {}).reverse()),
  };
}

function tighten(
  base: Policy,
  { settings: { policy }, source }: ScopedSettings,
  tiers: ReadonlyMap<string, Tier>,
  notes: string[],
): Policy {
  const refuse = (what: string): void => void notes.push(`${source}: ${what} ignored, a repository can only tighten`);
  for (const list of ['domains', 'buckets', 'repositories', 'services'] as const)
    if (policy[list] !== undefined) refuse(`greenlight.${list}`);
  const rules = { ...base.rules };
  for (const [id, setting] of Object.entries(policy.rules ?? {})) {
    const current = rules[id] ?? tiers.get(id);
    if (current !== undefined && STRICTNESS[setting] >= STRICTNESS[current]) rules[id] = setting;
    else refuse(`greenlight.rules.${id}`);
  }
  const push = policy.pushToDefault;
  const stricter = push !== undefined && PUSH_STRICTNESS[push] >= PUSH_STRICTNESS[base.pushToDefault];
  if (push !== undefined && !stricter) refuse('greenlight.pushToDefault');
  return { ...base, rules, ...(stricter ? { pushToDefault: push } : {}) };
}

const joinProse = (parts: readonly Prose[]): Prose => ({
  environment: parts.flatMap(({ environment }) => environment),
  allow: parts.flatMap(({ allow }) => allow),
  soft_deny: parts.flatMap(({ soft_deny }) => soft_deny),
  hard_deny: parts.flatMap(({ hard_deny }) => hard_deny),
});
