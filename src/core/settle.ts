// Owns which effects are known to be harmless when no rule objects. Everything it does not vouch for stays unsettled.
import { isOrdinaryPush, planPush } from './branches.ts';
import { migratesHere, whereIs } from './database.ts';
import type { Effect, EffectOf } from './effect.ts';
import { hostOf, isLoopback } from './host.ts';
import { certainFolder, certainlyWithin, isWithin } from './path.ts';
import { ownServer } from './process.ts';
import { belongsTo, providersOfHost } from './providers.ts';
import type { Scope } from './rule.ts';
import { prefixOf, show, text, texts, type Value } from './value.ts';

const HARMLESS_DEVICES = /^\/dev\/(null|zero|stdin|stdout|stderr|tty|full|u?random|fd\/[0-9]+)$/;

/** Settings of package managers about how they look and store, not about what they install. */
const HARMLESS_SETTING =
  /^(fund|audit|loglevel|progress|color|save|save-exact|save-prefix|update-notifier|engine-strict|package-lock|legacy-peer-deps|virtualenvs\..*|installer\..*|version\..*|init-.*|path|deployment|frozen|jobs|without|with|cache_all|enableGlobalCache|enableTelemetry|enableProgressBars|nodeLinker|compressionLevel|manage-package-manager-versions|registry|index-url|GOPROXY|(npm_config_|YARN_|BUN_CONFIG_)REGISTRY|(PIP|UV)_(DEFAULT_)?INDEX(_URL)?)$/i;

/** Why the effect needs a judgement; undefined when it is known to be harmless. */
export function unsettledBecause(effect: Effect, scope: Scope): string | undefined {
  // The project's own code, there before the session, is trusted to run; what rules object to in it still counts.
  if (effect.projectCode !== undefined) return undefined;
  switch (effect.kind) {
    case 'inspect':
    case 'print':
    case 'git.local':
    case 'fs.read':
      return undefined;
    case 'fs.write':
    case 'fs.mode':
    case 'fs.delete':
      if (effect.place.kind !== 'local') return contained(effect, [effect.path], scope) ? undefined : elsewhere(effect);
      return writable(effect.path, scope)
        ? undefined
        : `${verb(effect.kind)} ${show(effect.path)}, outside the working directory`;
    case 'fs.move':
      if (effect.place.kind !== 'local')
        return contained(effect, [effect.from, effect.to], scope) ? undefined : elsewhere(effect);
      return writable(effect.from, scope) && writable(effect.to, scope)
        ? undefined
        : `Moves ${show(effect.from)} to ${show(effect.to)}, outside the working directory`;
    case 'net.fetch':
      return certainHost(effect.url) === undefined && !texts(effect.url)?.every((url) => hostOf(url) !== undefined)
        ? `Fetches from ${show(effect.url)}, a place that is not known`
        : undefined;
    case 'net.send':
      if (effect.channel === 'proxy')
        return effect.place.kind === 'local' && trustsProxy(effect.to, scope)
          ? undefined
          : `Sends its traffic through the proxy ${show(effect.to).replace(/^[^@]*@/, '')}`;
      return harmlessSend(effect, scope) ? undefined : `Sends data to ${show(effect.to)}`;
    case 'net.listen':
      return effect.what === 'server' && effect.exposes === undefined
        ? undefined
        : `Opens a ${effect.what} at ${show(effect.address)}`;
    case 'code.run':
      if (effect.place.kind === 'container')
        return effect.taints.length === 0 &&
          (effect.origin === 'project' || (effect.place.sealed === true && effect.origin !== 'image'))
          ? undefined
          : `Runs ${show(effect.what)} in a container`;
      return effect.origin === 'project' && effect.taints.length === 0 && effect.place.kind === 'local'
        ? undefined
        : `Runs ${effect.language} code that was not read (${show(effect.what)})`;
    case 'pkg.install':
      return effect.source === 'manifest' && !effect.global
        ? undefined
        : `Installs ${effect.names.map(show).join(', ')} with ${effect.manager}`;
    case 'pkg.configure':
      return HARMLESS_SETTING.test(effect.key) ||
        (/(^|\.)https?-proxy$|(^|\.)proxy$/.test(effect.key) && text(effect.value) === '')
        ? undefined
        : `Changes the setting ${effect.key} of ${effect.manager}`;
    case 'pkg.run':
      return effect.declared === true
        ? undefined
        : `Runs the package ${show(effect.name)}, which the project does not declare`;
    case 'git.push':
      return certainlyWithin(effect.cwd, scope.context.projectRoot) && isOrdinaryPush(effect, planPush(effect, scope))
        ? undefined
        : `Pushes to ${effect.remote ? show(effect.remote) : 'a remote'}`;
    case 'git.configure':
      return setsTrustedProxy(effect, scope) ? undefined : `${effect.kind} is not settled by a rule`;
    case 'git.discard':
      return `Discards ${effect.what}`;
    case 'cloud':
      return effect.action === 'read' || (isChange(effect) && trustsService(effect.provider, scope))
        ? undefined
        : `${effect.provider} ${effect.service} ${effect.operation}`;
    case 'db':
      return (effect.action === 'read' && whereIs(effect) !== 'production') || ownData(effect, scope)
        ? undefined
        : `${effect.action} on the ${effect.engine} database`;
    case 'forge':
      // A pull request of one's own branch is how work is handed over; nothing is merged by it.
      return effect.action === 'read' ||
        (effect.subject === 'pr' && effect.operation === 'create' && effect.repo === 'own')
        ? undefined
        : `${effect.subject} ${effect.operation} on ${effect.forge}`;
    case 'deploy':
      return effect.environment === 'local' ||
        (effect.environment === 'preview' && trustsService(effect.platform, scope))
        ? undefined
        : `Deploys with ${effect.platform}`;
    case 'proc.kill':
      return effect.target === 'own' || ownServer(effect, scope)
        ? undefined
        : `Ends processes it may not have started (${show(effect.name)})`;
    case 'agent.spawn':
      return `Gives a task to another agent (${effect.agent})`;
    case 'opaque':
      return effect.because;
    case 'device':
    case 'pkg.publish':
    case 'git.remote':
    case 'bypass':
    case 'grant':
    case 'secret.read':
    case 'secret.hunt':
    case 'persist':
    case 'privilege':
    case 'system':
    case 'weaken':
    case 'attack':
    case 'disguise':
    case 'self.change':
      return `${effect.kind} is not settled by a rule`;
    default:
      return effect satisfies never;
  }
}

const elsewhere = (effect: Effect): string =>
  `Changes files in ${effect.place.kind === 'local' ? 'place' : effect.place.name}`;
/** What the user trusts the project's own services with: new things and changes outside production. */
const isChange = (effect: EffectOf<'cloud'>): boolean =>
  (effect.action === 'create' || effect.action === 'update') && effect.production !== true && effect.mass !== true;
const trustsService = (name: string, scope: Scope): boolean =>
  scope.context.policy.services.some((service) => service.toLowerCase() === name.toLowerCase());

/** In a container that ends with the call, or in the project's folder as the container sees it. */
function contained(effect: Effect, paths: readonly Value[], scope: Scope): boolean {
  if (effect.place.kind !== 'container') return false;
  if (effect.place.sealed === true) return true;
  return effect.kind === 'fs.write' && paths.every((path) => certainlyWithin(path, scope.context.projectRoot));
}

/** Rows of a database on this machine, or the tables of a database file that may be written anyway. */
function ownData(effect: EffectOf<'db'>, scope: Scope): boolean {
  const where = whereIs(effect);
  if (where === 'file') {
    if (effect.action === 'write' || effect.action === 'export' || migratesHere(effect))
      return inMemory(effect.target) || writable(effect.target, scope);
    const scratch = scope.context.tmp.some((folder) => certainlyWithin(effect.target, folder));
    return effect.place.kind === 'local' && (inMemory(effect.target) || scratch);
  }
  return where === 'local' && (effect.action === 'write' || effect.action === 'export' || migratesHere(effect));
}

const inMemory = (target: Value): boolean => ['', ':memory:'].includes(text(target) ?? '?');
const verb = (kind: 'fs.write' | 'fs.mode' | 'fs.delete'): string =>
  kind === 'fs.delete' ? 'Deletes' : kind === 'fs.mode' ? 'Changes the mode of' : 'Writes';

/** Inside the project or a folder for temporary files, whatever the unknown part turns out to be. */
function writable(path: Value, scope: Scope): boolean {
  const { projectRoot, tmp } = scope.context;
  const folders = [projectRoot, ...tmp];
  const all = texts(path);
  if (all) return all.every((each) => HARMLESS_DEVICES.test(each) || folders.some((folder) => isWithin(each, folder)));
  const folder = certainFolder(path);
  return folder !== undefined && folders.some((each) => certainlyWithin(path, each));
}

/** Nothing secret goes to a trusted receiver, or a credential goes to the very service it belongs to. */
function harmlessSend(effect: EffectOf<'net.send'>, scope: Scope): boolean {
  if (effect.place.kind !== 'local') return false;
  const host = certainHost(effect.to);
  if (host === undefined) return false;
  if (isLoopback(host)) return true;
  const secrets = effect.taints.filter((taint) => taint.label === 'secret');
  if (trusted(host, scope)) return secrets.length === 0;
  if (effect.channel === 'header' || effect.channel === 'query')
    return secrets.length > 0 && secrets.every((taint) => belongsTo(taint.from, host));
  const plain = effect.taints.length === 0 && effect.content !== undefined && text(effect.content) !== undefined;
  return effect.method === 'POST' && plain && providersOfHost(host).some((provider) => provider.answers);
}

/** Only the user's own settings vouch for it: a listener of this machine forwards elsewhere. */
export const trustsProxy = (address: Value, scope: Scope): boolean => {
  const host = certainHost(address);
  return host !== undefined && trusted(host, scope);
};

/** `http.proxy` and its like, with an address that the user's settings trust. */
export const setsTrustedProxy = (effect: EffectOf<'git.configure'>, scope: Scope): boolean =>
  effect.value !== undefined &&
  /^https?\.(.*\.)?proxy$/i.test(text(effect.key) ?? '') &&
  trustsProxy(effect.value, scope);

const trusted = (host: string, scope: Scope): boolean =>
  scope.context.policy.domains.some((domain) => host === domain || host.endsWith(`.${domain}`));

/** Host of a URL or target whose beginning is known up to the end of the host. */
export function certainHost(url: Value): string | undefined {
  const all = texts(url);
  if (all) {
    const hosts = new Set(all.map(hostOf));
    const [only] = hosts;
    return hosts.size === 1 ? only : undefined;
  }
  const head = prefixOf(url).replace(/^[a-z][a-z0-9+.-]*:\/\//i, '');
  const host = hostOf(/^[^/?#]*(?=[/?#])/.exec(head)?.[0] ?? '');
  // A port that is not known is common for servers of this machine.
  const local = /^[^/?#:@]+(?=:)/.exec(head)?.[0];
  return host ?? (local !== undefined && isLoopback(local) ? local : undefined);
}
