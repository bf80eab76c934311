// Owns which effects are known to be harmless when no rule objects. Everything it does not vouch for stays unsettled.
import type { Effect } from './effect.ts';
import { certainFolder, certainlyWithin, isWithin } from './path.ts';
import type { Scope } from './rule.ts';
import { hasTaint, show, text, texts, type Value } from './value.ts';

const HARMLESS_DEVICES = /^\/dev\/(null|zero|stdin|stdout|stderr|tty|full|u?random|fd\/[0-9]+)$/;

/** Why the effect needs a judgement; undefined when it is known to be harmless. */
export function unsettledBecause(effect: Effect, scope: Scope): string | undefined {
  switch (effect.kind) {
    case 'inspect':
    case 'print':
    case 'git.local':
    case 'fs.read':
      return undefined;
    case 'fs.write':
    case 'fs.mode':
    case 'fs.delete':
      if (effect.place.kind !== 'local') return elsewhere(effect);
      return writable(effect.path, scope)
        ? undefined
        : `${verb(effect.kind)} ${show(effect.path)}, outside the working directory`;
    case 'fs.move':
      if (effect.place.kind !== 'local') return elsewhere(effect);
      return writable(effect.from, scope) && writable(effect.to, scope)
        ? undefined
        : `Moves ${show(effect.from)} to ${show(effect.to)}, outside the working directory`;
    case 'net.fetch':
      return undefined;
    case 'net.send':
      return trustedReceiver(effect.to, scope) && !hasTaint(effect.taints, 'secret')
        ? undefined
        : `Sends data to ${show(effect.to)}`;
    case 'net.listen':
      return effect.what === 'server' ? undefined : `Opens a ${effect.what} at ${show(effect.address)}`;
    case 'code.run':
      if (effect.place.kind === 'container') return `Runs ${show(effect.what)} in a container`;
      return effect.origin === 'project' && effect.taints.length === 0 && effect.place.kind === 'local'
        ? undefined
        : `Runs ${effect.language} code that was not read (${show(effect.what)})`;
    case 'pkg.install':
      return effect.source === 'manifest' && !effect.global
        ? undefined
        : `Installs ${effect.names.map(show).join(', ')} with ${effect.manager}`;
    case 'pkg.run':
      return effect.declared === true
        ? undefined
        : `Runs the package ${show(effect.name)}, which the project does not declare`;
    case 'git.push':
      return `Pushes to ${effect.remote ? show(effect.remote) : 'a remote'}`;
    case 'git.discard':
      return `Discards ${effect.what}`;
    case 'cloud':
      return effect.action === 'read' ? undefined : `${effect.provider} ${effect.service} ${effect.operation}`;
    case 'db':
      return effect.action === 'read' ? undefined : `${effect.action} on the ${effect.engine} database`;
    case 'forge':
      return effect.action === 'read' ? undefined : `${effect.subject} ${effect.operation} on ${effect.forge}`;
    case 'deploy':
      return effect.environment === 'local' ? undefined : `Deploys with ${effect.platform}`;
    case 'proc.kill':
      return effect.target === 'own' ? undefined : `Ends processes it may not have started (${show(effect.name)})`;
    case 'opaque':
      return effect.because;
    case 'device':
    case 'pkg.publish':
    case 'pkg.configure':
    case 'git.configure':
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
    case 'agent.spawn':
    case 'self.change':
      return `${effect.kind} is not settled by a rule`;
    default:
      return effect satisfies never;
  }
}

const elsewhere = (effect: Effect): string =>
  `Changes files in ${effect.place.kind === 'local' ? 'place' : effect.place.name}`;
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

/** This machine, or a host the user's settings trust. */
function trustedReceiver(to: Value, scope: Scope): boolean {
  const host = hostOf(text(to) ?? '');
  if (host === undefined) return false;
  return (
    isLoopback(host) || scope.context.policy.domains.some((domain) => host === domain || host.endsWith(`.${domain}`))
  );
}

/** Host name of a URL, `user@host:path` or bare host; undefined when there is none. */
export function hostOf(url: string): string | undefined {
  const match = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^@/]*@)?(\[[0-9a-f:]+\]|[a-z0-9._-]+)(?=[:/?#]|$)/i.exec(url);
  return match?.[1]?.toLowerCase();
}

export const isLoopback = (host: string): boolean =>
  host === 'localhost' ||
  host.endsWith('.localhost') ||
  /^127(\.\d+){3}$/.test(host) ||
  host === '[::1]' ||
  host === '0.0.0.0';
