// Turns one request to the REST interface of a forge into effects, by method and path. Knows no program.
import type { EffectBody } from '../../core/effect.ts';
import type { EffectDraft } from '../../core/program.ts';

type Forge = Extract<EffectBody, { kind: 'forge' }>;

/** Parts of a REST path that say what a change is about; the first that fits counts. Sources: docs.github.com/rest, docs.gitlab.com/api. */
const SUBJECTS: readonly (readonly [RegExp, string, Forge['action']])[] = [
  [/\/(collaborators|invitations|members|memberships|teams|outside_collaborators|blocks)(\/|$|\?)/, 'access', 'grant'],
  [
    /\/(protection|protected_branches|protected_tags|rulesets|environments|push_rule|approval_rules|approvals)(\/|$|\?)/,
    'protection',
    'grant',
  ],
  [
    /\/(keys|deploy_keys|gpg_keys|ssh_signing_keys|access_tokens|personal_access_tokens|hooks|installations|runners|registration-token)(\/|$|\?)/,
    'access',
    'grant',
  ],
  [
    /\/actions\/permissions|\/interaction-limits|\/automated-security-fixes|\/vulnerability-alerts|\/private-vulnerability/,
    'protection',
    'grant',
  ],
  [/\/secrets(\/|$|\?)/, 'secret', 'secret'],
  [/\/(variables)(\/|$|\?)/, 'variable', 'update'],
  [/\/workflows\/[^/]+\/(disable|enable)/, 'workflow', 'update'],
  [/\/dispatches|\/rerun|\/cancel|\/retry|\/play|\/trigger\//, 'run', 'run'],
  [/\/(pulls|merge_requests)\/[^/]+\/(merge|approve)/, 'merge', 'update'],
  [/\/(pulls|merge_requests)\/[^/]+\/reviews/, 'review', 'update'],
  [/\/transfer$|\/visibility$/, 'access', 'grant'],
  [/\/git\/refs|\/branches\/|\/repository\/branches|\/tags\//, 'ref', 'update'],
  // A file that is written through the interface is a commit on a branch; a merge moves one.
  [/\/contents\/|\/repository\/(files|commits)/, 'ref', 'update'],
  [/\/merges$/, 'merge', 'update'],
  [/\/statuses\/|\/check-runs/, 'check', 'update'],
  [/\/releases/, 'release', 'publish'],
  [/^\/?gists/, 'gist', 'publish'],
];

export const SAFE_METHOD = /^(GET|HEAD|OPTIONS)$/i;

const subjectOf = (path: string): (typeof SUBJECTS)[number] | undefined =>
  SUBJECTS.find(([pattern]) => pattern.test(path));

/** True when the path alone says what a change of it is about. */
export const isSubject = (path: string): boolean => subjectOf(path) !== undefined;

export interface RestChange {
  readonly forge: Forge['forge'];
  readonly path: string;
  readonly method: string;
  readonly repo: Forge['repo'];
  /** The body says that a review approves. */
  readonly approves: boolean;
}

/** A request that changes something. */
export function restEffects({ forge, path, method, repo, approves }: RestChange): EffectDraft[] {
  const whole = /^\/?(repos\/(…|[^/]+\/[^/]+)|projects\/[^/]+|orgs\/[^/]+|groups\/[^/]+)\/?$/.test(path);
  const found = subjectOf(path);
  const subject = whole ? 'repo' : (found?.[1] ?? 'api');
  const operation = `${method.toUpperCase()} ${path}`;
  const action = actionOf(whole, found?.[2], subject, method.toUpperCase());
  const effects: EffectDraft[] = [{ kind: 'forge', forge, subject, operation, action, repo }];
  if (subject === 'review' && approves)
    effects.push({ kind: 'bypass', what: 'approval', detail: 'an approving review' });
  if (subject === 'check') effects.push({ kind: 'bypass', what: 'ci', detail: 'a check result that is set by hand' });
  return effects;
}

function actionOf(
  whole: boolean,
  listed: Forge['action'] | undefined,
  subject: string,
  method: string,
): Forge['action'] {
  const deletes = method === 'DELETE';
  if (whole) return deletes ? 'delete' : 'grant';
  if (listed !== undefined) return deletes && (listed === 'publish' || subject === 'ref') ? 'delete' : listed;
  if (deletes) return 'delete';
  return method === 'POST' ? 'create' : 'update';
}
