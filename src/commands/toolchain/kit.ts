// Owns what descriptions of tool chains share: running the project's own code, outputs, and what a script's name says it does. Describes no tool.

import type { FileFact } from '../../core/fact.ts';
import type { Word } from '../../core/invocation.ts';
import type { ParsedArgs } from '../../core/options.ts';
import { certainlyWithin } from '../../core/path.ts';
import type { Call, EffectDraft, Run } from '../../core/program.ts';
import { known, text, texts, type Value } from '../../core/value.ts';
import { at, literal, opaque } from '../kit.ts';

/** The tool reads the project's configuration and runs its code. */
export const runsProject = (what: string, call?: Call): EffectDraft => {
  const folder = call === undefined ? undefined : text(call.cwd);
  const inside =
    call === undefined ||
    folder === undefined ||
    // The folders of a container are its own; what it is given of this machine shows where it is started.
    call.invocation.place.kind === 'container' ||
    certainlyWithin(known(folder), call.context.projectRoot) ||
    isTemporary(call, folder);
  return {
    kind: 'code.run',
    origin: inside ? 'project' : 'elsewhere',
    language: 'project',
    what: known(what),
    taints: [],
  };
};

/** Only shown, not done. npm and its like also take `false` as a word of its own. */
export const isDryRun = (parsed: ParsedArgs, ...names: readonly string[]): boolean =>
  parsed.has('--dry-run', ...names) &&
  !parsed.options.some((option) => /^--no-dry-?run$/i.test(option.name)) &&
  !parsed.operands.some((word) => /^(false|no|off|0)$/i.test(literal(word) ?? 'false'));

/** A build file or manifest that was not there before and could not be read; undefined for what the project brought. */
export function freshCode(path: string, file: FileFact | undefined): EffectDraft | undefined {
  if (file === undefined || file.state === 'missing' || file.session === 'before' || file.git === 'tracked')
    return undefined;
  const received = file.session === 'received';
  return {
    kind: 'code.run',
    origin: received ? 'download' : 'unknown',
    language: 'project',
    what: known(path),
    taints: received ? [{ label: 'downloaded', from: path }] : [],
  };
}

/** A file or folder that this session or this command brought in from outside. */
export function isFetched(call: Call, path: Value): boolean {
  const place = text(path);
  if (place === undefined) return false;
  const file = /\.(whl|tgz|zip|gem|tar(\.\w+)?)$/.test(place) ? call.facts('file', { path: place }) : undefined;
  return (
    (file !== undefined && file.state !== 'missing' && file.session === 'received') ||
    call.facts('path', { path: place })?.session === 'received'
  );
}

const isTemporary = (call: Call, folder: string): boolean =>
  call.context.tmp.some((each) => certainlyWithin(known(folder), each));

export const builds = (call: Call, path: Word): EffectDraft => ({
  kind: 'fs.write',
  path: at(call, path),
  how: 'overwrite',
  built: true,
  span: path.span,
});

/** Code that an option names: a file or folder outside the project is run as such; a package name or a file inside is the project's. */
export function loads(call: Call, words: readonly Word[], via: string): { effects: EffectDraft[]; runs: Run[] } {
  const effects: EffectDraft[] = [];
  const runs: Run[] = [];
  for (const word of words) {
    const all = texts(word.value);
    if (all === undefined) {
      effects.push(opaque(`what ${via} loads is not known`, word.span));
      continue;
    }
    for (const each of all) {
      if (/^(https?|git\+|data):/.test(each))
        effects.push({
          kind: 'code.run',
          origin: 'download',
          language: 'unknown',
          what: known(each),
          taints: [{ label: 'downloaded', from: each }],
          span: word.span,
        });
      else if (/^\s*[{[]/.test(each)) {
        if (/["'](~?\/|\.\.\/)/.test(each)) effects.push(opaque(`${via} names files outside the project`, word.span));
      } else if (/^[~/.]|\.[cm]?[jt]sx?$|\.py$|\.rb$/.test(each)) {
        const path = at(call, word);
        if (certainlyWithin(path, call.context.projectRoot) && !/^\//.test(each))
          effects.push({ kind: 'fs.read', path, use: 'names' });
        else runs.push({ kind: 'file', path, via, span: word.span });
      }
    }
  }
  return { effects, runs };
}

/** What the name of a script or target says when its text is not known. */
export function namedEffects(name: string, arguments_: string): EffectDraft[] {
  const words = name.toLowerCase().split(/[^a-z0-9]+/);
  const has = (...wanted: readonly string[]): boolean => wanted.some((each) => words.includes(each));
  const production = /\bprod(uction)?\b/i.test(`${name} ${arguments_}`);
  if (has('dry', 'dryrun', 'check', 'test', 'tests', 'lint', 'preview', 'local', 'docs', 'build')) return [];
  if (has('deploy', 'rollout', 'ship', 'promote'))
    return [{ kind: 'deploy', platform: name, environment: production ? 'production' : 'unknown', what: name }];
  if (has('publish', 'release', 'upload')) return [{ kind: 'pkg.publish', manager: name, what: 'a release' }];
  if (has('migrate', 'migration', 'migrations') && production)
    return [
      {
        kind: 'db',
        engine: 'the project’s',
        action: 'migrate',
        target: known('production'),
        statement: name,
        production: true,
      },
    ];
  if (has('destroy', 'teardown', 'nuke', 'purge', 'drop', 'wipe', 'truncate'))
    return [opaque(`${name} sounds like it destroys something`)];
  return [];
}
