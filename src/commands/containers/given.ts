// Judges what a build or a compose project is made of when the session brought it: files and streams that no one in the project vouched for.
import type { FileFact } from '../../core/fact.ts';
import type { Word } from '../../core/invocation.ts';
import type { Call, EffectDraft } from '../../core/program.ts';
import { concat, hasTaint, known, text } from '../../core/value.ts';
import { at, here, literal } from '../kit.ts';

/** Its steps run in containers of their own, so that only their origin counts. */
export function buildSteps(call: Call, files: readonly Word[], contexts: readonly Word[]): EffectDraft[] {
  if ([...files, ...contexts].some((word) => literal(word) === '-')) return fromStream(call, 'dockerfile');
  const paths =
    files.length > 0
      ? files.map((file) => text(at(call, file)))
      : contexts.map((context) => text(concat(at(call, context), known('/Dockerfile'))));
  return paths.flatMap((path) => {
    const file = path === undefined ? undefined : call.facts('file', { path });
    return path !== undefined && isReceived(file) ? [unvouched('dockerfile', path, true)] : [];
  });
}

const COMPOSE_FILES = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];

/** Its services get of this machine what it gives them, so that one the session wrote is read for that. */
export function composeProject(call: Call, files: readonly Word[], folder: Word | undefined): EffectDraft[] {
  if (files.some((word) => literal(word) === '-')) {
    const streamed = fromStream(call, 'compose');
    const given = text(call.stdin.text);
    if (streamed.length > 0 || (given !== undefined && staysInContainers(given))) return streamed;
    return [unvouched('compose', 'standard input', false)];
  }
  const from = text(folder ? at(call, folder) : here(call, '.'));
  const found =
    files.length > 0
      ? files.map((word) => {
          const path = text(at(call, word));
          return { path, file: path === undefined ? undefined : call.facts('file', { path }) };
        })
      : [from === undefined ? undefined : call.facts('nearest', { from, names: COMPOSE_FILES })];
  return found.flatMap((each) => {
    if (each?.path === undefined || each.file === undefined) return [];
    if (isReceived(each.file)) return [unvouched('compose', each.path, true)];
    if (each.file.state === 'missing' || each.file.session === 'before') return [];
    return each.file.state === 'text' && staysInContainers(each.file.text)
      ? []
      : [unvouched('compose', each.path, false)];
  });
}

const isReceived = (file: FileFact | undefined): boolean =>
  file !== undefined && file.state !== 'missing' && file.session === 'received';

const fromStream = (call: Call, language: string): EffectDraft[] =>
  hasTaint(call.stdin.taints, 'downloaded')
    ? [{ ...unvouched(language, 'standard input', true), taints: call.stdin.taints }]
    : [];

const unvouched = (language: string, what: string, received: boolean): EffectDraft & { kind: 'code.run' } => ({
  kind: 'code.run',
  origin: received ? 'download' : 'unknown',
  language,
  what: known(what),
  taints: received ? [{ label: 'downloaded', from: what }] : [],
});

/** Settings that give a service rights, devices or name spaces of the machine, and those that take in what is not in the file. */
const RIGHTS =
  /\b(privileged|cap_add|devices?|device_cgroup_rules|security_opt|network_mode|pid|ipc|uts|userns_mode|cgroup\w*|runtime|sysctls|use_api_socket|credential_spec|extends|include|volumes_from|provider|post_start|pre_stop)["']?\s*:|docker\.sock/;
/** A folder of the machine outside the project, before the colon of a mount or as the value of a key that names one. */
const OUTSIDE = '(?:/|~|\\.\\.|\\./\\.\\.|\\$|[|>&*!])';
const MOUNT = new RegExp(`(?:^|[\\s"'[,-])${OUTSIDE}[^\\s"',]*:(?!//)`, 'm');
const NAMED = new RegExp(
  `\\b(?:source|src|device|file|path|env_file|context|dockerfile|additional_contexts)["']?\\s*:\\s*["']?${OUTSIDE}`,
);
/** What only a YAML reader could tell apart: escapes, keys of their own lines, lists of files. */
const UNREAD = /\\|^\s*-?\s*\?\s|env_file["']?\s*:\s*(?:\[|#|\n)|\$\S*:\/(?!\/)/m;

const staysInContainers = (content: string): boolean =>
  ![RIGHTS, MOUNT, NAMED, UNREAD].some((pattern) => pattern.test(content));
