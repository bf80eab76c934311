// Owns the options of `docker run`, `create` and `exec`, and what of the host they hand to the container. Knows no other command.
import type { Word } from '../../core/invocation.ts';
import type { OptionSpec, ParsedArgs } from '../../core/options.ts';
import { basename, certainlyWithin, isWithin, normalize, resolve } from '../../core/path.ts';
import type { Call, EffectDraft } from '../../core/program.ts';
import { known, pattern, prefixOf, text, type Value } from '../../core/value.ts';
import { literal, mustBeKnown, opaque, proxyVariables, reads } from '../kit.ts';
import { entries } from '../table.ts';

/** https://docs.docker.com/reference/cli/docker/container/run/ */
export const RUN: OptionSpec = {
  style: 'posix',
  flags:
    entries(`--detach -d | --interactive -i | --tty -t | --rm | --init | --read-only | --privileged | --publish-all -P |
    --quiet -q | --no-healthcheck | --oom-kill-disable | --sig-proxy | --disable-content-trust |
    --use-api-socket | --no-TTY -T | --build | --no-deps | --service-ports | --remove-orphans | --quiet-pull |
    --tls-verify | --replace | --latest -l | --no-hosts | --systemd | --rmi`),
  values:
    entries(`--volume -v | --mount | --workdir -w | --env -e | --env-file | --name | --publish -p | --network --net |
    --user -u | --entrypoint | --hostname -h | --label -l | --platform | --pull | --restart | --gpus | --cap-add
    | --cap-drop | --security-opt | --device | --pid | --ipc | --uts | --userns | --cgroupns | --cgroup-parent |
    --memory -m | --memory-swap | --cpus | --cpu-shares -c | --cpuset-cpus | --shm-size | --ulimit | --tmpfs |
    --volumes-from | --link | --add-host | --dns | --dns-search | --expose | --health-cmd | --health-interval |
    --health-retries | --health-timeout | --health-start-period | --log-driver | --log-opt | --cidfile |
    --stop-signal | --stop-timeout | --sysctl | --runtime | --attach -a | --group-add | --ip | --mac-address |
    --network-alias --net-alias | --annotation | --label-file | --device-cgroup-rule | --detach-keys |
    --pids-limit | --storage-opt | --volume-driver | --blkio-weight | --oom-score-adj | --secret | --arch | --os
    | --pod | --index | --cpu-period | --cpu-quota | --memory-reservation | --isolation | --domainname |
    --container | --namespace | --context`),
};

export interface Mount {
  readonly host: Value;
  readonly inside: string;
  readonly readOnly: boolean;
}

const field = (options: string, names: readonly string[]): string | undefined => {
  for (const part of options.split(',')) {
    const [key, ...rest] = part.split('=');
    if (names.includes(key ?? '')) return rest.join('=');
  }
  return undefined;
};

/** Host folders among the mounts; named volumes are not host folders. Undefined when a mount is not known. */
export function mountsOf(call: Call, parsed: ParsedArgs): readonly Mount[] | undefined {
  const mounts: Mount[] = [];
  for (const word of parsed.all('--volume')) {
    const mount = volume(call, word);
    if (mount === undefined) return undefined;
    if (mount !== 'named') mounts.push(mount);
  }
  for (const word of parsed.all('--mount')) {
    const spelled = literal(word);
    if (spelled === undefined) return undefined;
    const source = field(spelled, ['source', 'src']);
    if (field(spelled, ['type']) !== 'bind' || source === undefined) continue;
    mounts.push({
      host: resolve(known(source), call.cwd),
      inside: field(spelled, ['target', 'dst', 'destination']) ?? '',
      readOnly: /(^|,)(readonly|ro)(=true|=1)?(,|$)/.test(spelled),
    });
  }
  return mounts;
}

function volume(call: Call, word: Word): Mount | 'named' | undefined {
  const spelled = text(word.value);
  if (spelled !== undefined) {
    const [host = '', inside, mode = ''] = spelled.split(':');
    if (inside === undefined || (!host.startsWith('/') && !host.startsWith('.') && !host.startsWith('~')))
      return 'named';
    const readOnly = mode.split(',').includes('ro');
    return { host: host.startsWith('~') ? known(host) : resolve(known(host), call.cwd), inside, readOnly };
  }
  if (word.value.kind !== 'pattern') return undefined;
  const { prefix, suffix, because, climbs } = word.value;
  const colon = prefix.indexOf(':');
  if (colon > 0 && prefix.startsWith('/'))
    return { host: known(normalize(prefix.slice(0, colon))), inside: prefix.slice(colon + 1), readOnly: false };
  const [tail = '', inside] = suffix.split(':');
  if (!prefix.startsWith('/') || inside === undefined) return undefined;
  return {
    host: resolve(pattern(prefix, tail, because, { climbs }), call.cwd),
    inside,
    readOnly: suffix.endsWith(':ro'),
  };
}

const SOCKET = /\/(docker|podman|containerd|crio)\.sock$|^\/run\/(docker|containerd|crio)/;
const SYSTEM = [
  '/etc',
  '/proc',
  '/sys',
  '/dev',
  '/boot',
  '/var/lib',
  '/var/run',
  '/run',
  '/usr',
  '/root',
  '/lib',
  '/bin',
  '/sbin',
  '/System',
  '/Library',
];
const CAPABILITIES =
  /^(cap_)?(all|sys_admin|sys_ptrace|sys_module|dac_read_search|dac_override|sys_rawio|net_admin|bpf|sys_chroot)$/i;

/** What of the host these options give away; empty when the container is a closed room with at most the project in it. */
export function exposures(call: Call, parsed: ParsedArgs): EffectDraft[] {
  const { context } = call;
  const effects: EffectDraft[] = [];
  const escapes = (what: string, span?: Word): void => {
    effects.push({ kind: 'privilege', how: 'escape', what, ...(span ? { span: span.span } : {}) });
  };
  const literalOf = (name: string): readonly string[] => parsed.all(name).map((word) => literal(word) ?? '');
  const privileged = parsed.options.find((option) => option.name === '--privileged');
  if (privileged !== undefined && literal(privileged.value) !== 'false') escapes('a privileged container');
  for (const name of ['--pid', '--ipc', '--userns', '--cgroupns', '--uts'])
    if (literalOf(name).includes('host')) escapes(`${name}=host`);
  for (const name of ['--cap-add'])
    for (const each of literalOf(name)) if (CAPABILITIES.test(each)) escapes(`capability ${each}`);
  for (const each of literalOf('--security-opt'))
    if (/(seccomp|apparmor|systempaths)[=:]unconfined|label[=:]disable/.test(each)) escapes(`security option ${each}`);
  for (const each of literalOf('--device'))
    if (/^\/dev\/(sd|nvme|vd|xvd|hd|mem|kmem|disk|mapper|loop|dm-)/.test(each)) escapes(`device ${each}`);
  for (const name of [
    '--pid',
    '--ipc',
    '--userns',
    '--cgroupns',
    '--uts',
    '--cap-add',
    '--security-opt',
    '--device',
    '--network',
    '--runtime',
  ])
    effects.push(...mustBeKnown(parsed.all(name), `the value of ${name}`));
  if (parsed.has('--use-api-socket')) escapes('the container engine socket');
  if (parsed.has('--volumes-from')) effects.push(opaque('the volumes of another container are not known'));
  if (literalOf('--network').some((each) => each === 'host'))
    effects.push(opaque('the container shares the network of this machine'));
  const mounts = mountsOf(call, parsed);
  if (mounts === undefined) effects.push(opaque('a mount of the container is not known'));
  for (const { host, inside } of mounts ?? []) {
    const path = text(host) ?? prefixOf(host);
    if (
      certainlyWithin(host, context.projectRoot) ||
      context.tmp.some((folder) => certainlyWithin(host, folder) && path !== folder)
    )
      continue;
    if (path.startsWith('~')) {
      effects.push(opaque(`the mounted folder ${path} is not known`));
      continue;
    }
    if (SOCKET.test(path)) escapes('the container engine socket');
    else if (path === '/' || path === context.home || isWithin(context.home, path)) escapes(`the mount of ${path}`);
    else if (
      SYSTEM.some((folder) => isWithin(path, folder)) &&
      !/^\/etc\/(localtime|timezone|hosts|ssl\/certs|resolv\.conf|ca-certificates)/.test(path)
    )
      escapes(`the mount of ${path}`);
    else effects.push(opaque(`the container gets ${basename(path)} at ${inside}, outside the working directory`));
  }
  effects.push(...proxyVariables(parsed.all('--env')));
  for (const word of parsed.all('--env-file')) effects.push(...reads(call, [word], 'copy'));
  return effects;
}

/** Where the payload starts: a working directory inside a mount is the host's own folder. */
export function payloadCwd(call: Call, parsed: ParsedArgs): Value {
  const inside = literal(parsed.value('--workdir'));
  if (inside === undefined) return known('/');
  const mounts = [...(mountsOf(call, parsed) ?? [])].sort((a, b) => b.inside.length - a.inside.length);
  const mount = mounts.find((each) => isWithin(normalize(inside), normalize(each.inside)));
  if (mount === undefined) return known(normalize(inside));
  return resolve(known(`.${normalize(inside).slice(normalize(mount.inside).length)}`), mount.host);
}

/** Variables that choose a stage, a database or an account; what else a container gets is its own affair. */
const CHOOSING =
  /^(RAILS_ENV|RACK_ENV|NODE_ENV|APP_ENV|MIX_ENV|[A-Z]*ENVIRONMENT|[A-Z]+_URL|[A-Z]+_HOST|AWS_PROFILE|TF_WORKSPACE)$/;

/** Those of them that `-e NAME=value` sets. */
export const environmentOf = (parsed: ParsedArgs): { readonly name: string; readonly word: Word }[] =>
  parsed.all('--env').flatMap((word) => {
    const [, name, value] = /^([A-Z_]+)=(.*)$/s.exec(text(word.value) ?? '') ?? [];
    return name !== undefined && value !== undefined && CHOOSING.test(name)
      ? [{ name, word: { ...word, value: known(value) } }]
      : [];
  });
