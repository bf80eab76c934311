// Owns what a push would do to which branches, worked out from its words and the facts of the repository. Judges nothing.
import type { Effect, EffectOf } from './effect.ts';
import type { GitFact } from './fact.ts';
import { repositoryKey } from './repository.ts';
import type { Scope } from './rule.ts';
import { couldBe, known, sameValue, text, texts, unknown, type Value } from './value.ts';

export type PushTarget = 'default' | 'current' | 'own' | 'shared' | 'other' | 'tag' | 'unknown';

export interface PushedRef {
  readonly name: Value;
  readonly target: PushTarget;
  readonly deletes: boolean;
  readonly force: 'none' | 'lease' | 'force';
}

export interface PushPlan {
  readonly fact: GitFact | undefined;
  /** `elsewhere`: an address that no remote has; `unlisted`: a name that no remote has. */
  readonly remote: 'configured' | 'elsewhere' | 'unlisted' | 'unknown';
  readonly refs: readonly PushedRef[];
}

const USUAL_DEFAULTS = ['main', 'master', 'trunk'];
/** Branches that people deploy from or share by convention. */
const SHARED =
  /^(prod|production|staging|stage|stable|live|release|releases|deploy|gh-pages|develop|development|dev|next|integration)$|^(release|releases|hotfix|stable)[/-]/;

const ADDRESS = /^[a-z][a-z0-9+.-]*::?\/\/|::|^[^/:]+:|^[/.~]/i;

export function planPush(push: EffectOf<'git.push'>, { facts, effects }: Pick<Scope, 'facts' | 'effects'>): PushPlan {
  const cwd = text(push.cwd);
  const before = cwd === undefined ? undefined : facts('git', { cwd });
  const { fact, uncertain } = before ? afterCheckouts(push, before, effects) : { fact: undefined, uncertain: false };
  const refs = push.refs.map((ref): PushedRef => {
    const deletes = text(ref.src) === '';
    const name = currentFor(ref.dst, uncertain ? undefined : fact);
    return {
      name,
      target: targetOf(name, fact),
      deletes,
      force: ref.force || push.force === 'force' ? 'force' : push.force,
    };
  });
  if (refs.length === 0 && push.everything !== 'all' && push.everything !== 'mirror')
    refs.push(...implied(push, uncertain ? undefined : fact));
  return { fact, remote: remoteOf(push.remote, fact), refs };
}

/**
 * The repository as the earlier commands of the same call leave it. A checkout can fail or be skipped: where that would
 * leave a default branch checked out, the current branch is `uncertain`.
 */
function afterCheckouts(
  push: EffectOf<'git.push'>,
  fact: GitFact,
  effects: readonly Effect[],
): { readonly fact: GitFact; readonly uncertain: boolean } {
  const start: Value = fact.branch === undefined ? unknown('no branch is checked out') : known(fact.branch);
  const passed: Value[] = [];
  let [branch, previous]: readonly Value[] = [start, unknown('the branch before')];
  for (const effect of effects) {
    if (effect === push) break;
    if (effect.kind === 'git.local' && CHANGES_PUSH.test(effect.action)) return { fact, uncertain: true };
    const out = effect.kind === 'git.local' ? effect.checksOut : undefined;
    if (out === undefined || !sameValue(out.cwd, push.cwd)) continue;
    passed.push(branch ?? start);
    [branch, previous] = [text(out.branch) === '-' ? previous : out.branch, branch];
  }
  if (branch === undefined || passed.length === 0) return { fact, uncertain: false };
  const onDefault = (value: Value): boolean => ['default', 'unknown'].includes(targetOf(value, fact));
  const uncertain = targetOf(branch, fact) !== 'default' && passed.some(onDefault);
  return { fact: { ...fact, branch: text(branch), upstream: undefined }, uncertain };
}

/** Settings of the same call by which a push without words goes elsewhere. */
const CHANGES_PUSH = /^config (push\.default|branch\..+\.(merge|remote))$/i;

/** `HEAD` and `@` stand for the branch that is checked out. */
function currentFor(dst: Value, fact: GitFact | undefined): Value {
  const name = text(dst);
  if (name !== 'HEAD' && name !== '@') return dst;
  return fact?.branch === undefined
    ? { kind: 'unknown', because: 'the branch that is checked out is not known' }
    : known(fact.branch);
}

/** Without refs git pushes the current branch, or what push.default says. */
function implied(push: EffectOf<'git.push'>, fact: GitFact | undefined): PushedRef[] {
  if (push.everything === 'tags' && push.force === 'force')
    return [{ name: known('refs/tags/*'), target: 'tag', deletes: false, force: 'force' }];
  if (fact?.branch === undefined || fact.pushDefault === 'matching')
    return [
      {
        name: { kind: 'unknown', because: 'the branch that is pushed is not known' },
        target: 'unknown',
        deletes: false,
        force: push.force,
      },
    ];
  const upstream = fact.upstream?.slice(fact.upstream.indexOf('/') + 1);
  const name = known(fact.pushDefault === 'upstream' && upstream !== undefined ? upstream : fact.branch);
  return [{ name, target: targetOf(name, fact), deletes: false, force: push.force }];
}

function targetOf(value: Value, fact: GitFact | undefined): PushTarget {
  const defaults = [...USUAL_DEFAULTS, ...(fact?.defaultBranch === undefined ? [] : [fact.defaultBranch])];
  const names = texts(value)?.map((name) => name.replace(/^refs\/heads\//, ''));
  if (names === undefined)
    return [...defaults, ...defaults.map((name) => `refs/heads/${name}`)].some((name) => couldBe(value, name))
      ? 'unknown'
      : 'other';
  if (names.some((name) => defaults.includes(name))) return 'default';
  if (names.some((name) => name.startsWith('refs/tags/') || /^v?\d+(\.\d+)+/.test(name))) return 'tag';
  if (names.some((name) => name.includes('*') || name.startsWith('refs/'))) return 'unknown';
  if (names.every((name) => name === fact?.branch)) return 'current';
  if (names.every((name) => fact?.ownBranches.includes(name))) return 'own';
  return names.some((name) => SHARED.test(name)) ? 'shared' : 'other';
}

function remoteOf(remote: Value | undefined, fact: GitFact | undefined): PushPlan['remote'] {
  if (remote === undefined) return 'configured';
  const names = texts(remote);
  if (names === undefined || fact === undefined) return 'unknown';
  const configured = names.every((name) =>
    ADDRESS.test(name)
      ? Object.values(fact.remotes).some((url) => repositoryKey(url) === repositoryKey(name))
      : Object.hasOwn(fact.remotes, name),
  );
  if (configured) return 'configured';
  return names.some((name) => ADDRESS.test(name)) ? 'elsewhere' : 'unlisted';
}

/** A plain push to a configured remote that can drop nobody's work and is not the default branch. */
export const isOrdinaryPush = (push: EffectOf<'git.push'>, plan: PushPlan): boolean =>
  plan.remote === 'configured' &&
  push.everything === 'none' &&
  plan.refs.every(
    (ref) =>
      !ref.deletes &&
      (ref.target === 'current' || ref.target === 'own'
        ? ref.force !== 'force'
        : ref.target === 'other' && ref.force === 'none'),
  );
