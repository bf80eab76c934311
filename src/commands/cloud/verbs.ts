// Owns what the verbs of cloud command lines mean, and which names say production or this machine. Knows no provider.
import type { Word } from '../../core/invocation.ts';
import { prefixOf, suffixOf, texts } from '../../core/value.ts';

/** What a verb does to what it names. `destroy` takes a container of many things away; `local` stays on this machine. */
export type Meaning =
  | 'read'
  | 'local'
  | 'create'
  | 'update'
  | 'delete'
  | 'destroy'
  | 'grant'
  | 'secret'
  /** A credential that lives for minutes, mostly handed to the next program. */
  | 'token'
  | 'exec'
  | 'configure'
  | 'login'
  | 'deploy'
  | 'preview'
  | 'serve'
  | 'tunnel'
  | 'migrate';

const VERBS: Readonly<Partial<Record<Meaning, string>>> = {
  read: `list ls get describe show head wait lookup search query scan view status info inspect tail logs log diff
    explain count find discover history whoami top events version versions help lint validate tree ps
    metrics usage check exists estimate simulate filter compare can has preview-info list-all describe-all
    get-all browse read health ping stat du cat report pending current dump-config`,
  create: `create add new register import allocate copy clone request provision restore launch build issue subscribe
    init insert make mb submit send enqueue schedule`,
  update: `update verify set modify edit patch put change rename move mv tag untag label unlabel annotate enable disable start stop
    restart reboot resize scale upgrade rollback attach detach associate disassociate apply configure replace rotate
    renew force-reboot assign unassign cancel suspend resume pause unpause promote failover swap deallocate hibernate reset remove-tag
    upload reload redeploy power-on power-off poweron poweroff shutdown redeploy migrate activate deactivate link unlink
    abort complete execute publish refresh regenerate retry join leave convert extend switch accept reject invalidate archive unarchive drain seek`,
  delete: `delete del rm remove destroy terminate purge drop prune deregister unregister wipe erase clear flush
    decommission uninstall truncate nuke empty undeploy release revoke-all rb permanent-delete rebuild reinstall reimage
    shred`,
  grant: 'grant authorize share invite add-iam-policy-binding set-iam-policy add-member',
  exec: 'exec run invoke ssh shell console connect call trigger run-command attach-session',
  configure: 'config configure use alias unalias completion set-context use-context',
  login: 'login logout auth signin signout',
};

const MEANING: ReadonlyMap<string, Meaning> = new Map(
  Object.entries(VERBS).flatMap(([meaning, words]) =>
    words.split(/\s+/).map((word) => [word, meaning as Meaning] as const),
  ),
);

/** True for a word that is a verb as it stands. */
export const isVerb = (word: string): boolean => MEANING.has(word);

/** What a verb word means; `delete-many`, `batch-get`, `admin-remove` are read by their verb part. */
export function meaningOf(verb: string): Meaning | undefined {
  const whole = MEANING.get(verb);
  if (whole !== undefined) return whole;
  const [first, second] = verb.split('-');
  if (first === undefined || second === undefined) return undefined;
  return ['batch', 'admin', 'bulk'].includes(first) ? MEANING.get(second) : MEANING.get(first);
}

const PRODUCTION = /(^|[^a-z])(prod|production|prd|live)([^a-z]|$)/i;
const HARMLESS_STAGE =
  /(^|[^a-z])(dev|devel|development|test|tests|testing|qa|staging|stage|stg|preview|sandbox|local|ci)([^a-z]|$)/i;

export const namesProduction = (name: string): boolean => PRODUCTION.test(name);
/** True for names of environments that are made to be broken. */
export const namesStage = (name: string): boolean => HARMLESS_STAGE.test(name) && !PRODUCTION.test(name);

/** True when some text the words can have names production. */
export const mentionsProduction = (words: readonly (Word | undefined)[]): boolean =>
  words.some((word) => {
    if (word === undefined) return false;
    const all = texts(word.value) ?? [prefixOf(word.value), suffixOf(word.value)];
    return all.some(namesProduction) || word.taints.some((taint) => namesProduction(taint.from));
  });

/** True when an argument names everyone as the one who gets in. */
export const opensToAll = (words: readonly Word[]): boolean =>
  words.some((word) =>
    (texts(word.value) ?? []).some((each) =>
      /allUsers|allAuthenticatedUsers|--allow-unauthenticated\b|\bAllUsers\b|"Principal"\s*:\s*(\{\s*"AWS"\s*:\s*)?"\*"|^--publicly-accessible$|^--public-read/.test(
        each,
      ),
    ),
  );

const LOCAL_HOST =
  /^(localhost|127(\.\d+){3}|\[?::1\]?|0\.0\.0\.0|host\.docker\.internal|[a-z0-9.-]+\.(localhost|local\.test))$/i;

/** True when the URL or host name certainly stays on this machine. */
export function isLocalAddress(address: string): boolean {
  if (address.startsWith('/')) return true;
  const host = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^@/]*@)?(\[[0-9a-f:]+\]|[^:/?#,]+)/i.exec(address)?.[1];
  return host !== undefined && LOCAL_HOST.test(host);
}
