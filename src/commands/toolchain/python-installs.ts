// Turns what pip, uv, poetry and such are told to install, and from which index, into effects. Knows no verb.
import type { Word } from '../../core/invocation.ts';
import type { ParsedArgs } from '../../core/options.ts';
import { certainlyWithin, resolve } from '../../core/path.ts';
import type { Call, EffectDraft, Lowering, Run } from '../../core/program.ts';
import { known, text } from '../../core/value.ts';
import { at, literal, opaque, proxied, reads } from '../kit.ts';
import { isFetched } from './kit.ts';

export function installs(call: Call, parsed: ParsedArgs, everywhere: boolean): Lowering {
  const manager = call.name;
  const base = { kind: 'pkg.install', manager } as const;
  const global =
    everywhere ||
    parsed.options.some((option) => /^(--user|--system|--break-system-packages|-g|--global)$/.test(option.name));
  const effects: EffectDraft[] = [...indexes(call, parsed)];
  for (const file of [...parsed.all('-r'), ...parsed.all('--file')])
    effects.push(...requirement(call, file), ...reads(call, [file]));
  const runs: Run[] = [];
  for (const word of [...parsed.operands, ...parsed.all('-e')]) {
    const spec = specOf(word);
    if (spec !== undefined) runs.push(...newSetup(call, spec));
    if (spec === undefined) effects.push(opaque('what is installed is not known', word.span));
    else effects.push({ ...base, names: [known(spec)], source: sourceOf(call, word, spec), global, span: word.span });
  }
  if (parsed.all('--target').length > 0)
    effects.push(
      ...parsed
        .all('--target')
        .map((word): EffectDraft => ({ kind: 'fs.write', path: at(call, word), how: 'extract', taints: [] })),
    );
  if (effects.length === 0 || parsed.operands.length === 0)
    effects.push({ ...base, names: [], source: 'manifest', global: false });
  return { effects, runs };
}

/** An install from a folder runs its setup.py; one that the agent made or brought in is read like any other script. */
function newSetup(call: Call, spec: string): Run[] {
  if (!/^(\.{1,2}|\/|~)/.test(spec)) return [];
  const path = resolve(known(`${spec.replace(/\[.*\]$/, '')}/setup.py`), call.cwd);
  const file = text(path);
  const fact = file === undefined ? undefined : call.facts('file', { path: file });
  if (fact === undefined || fact.state === 'missing' || fact.session === 'before') return [];
  return [{ kind: 'file', path, language: 'python', via: `${call.name} install` }];
}

/** A requirements file inside the project is its manifest; one from elsewhere or the network is not. */
function requirement(call: Call, file: Word): EffectDraft[] {
  const name = literal(file);
  const base = {
    kind: 'pkg.install',
    manager: call.name,
    names: [file.value],
    global: false,
    span: file.span,
  } as const;
  if (name === undefined) return [opaque('what is installed is not known', file.span)];
  if (/^https?:/.test(name)) return [{ ...base, source: 'url' }];
  return [{ ...base, source: certainlyWithin(at(call, file), call.context.projectRoot) ? 'manifest' : 'path' }];
}

/** A file by its ending: no project has such a name. */
const ARCHIVE = /^[\w./-]+\.(whl|tar\.gz|tgz|zip)(\[[\w,.\s-]*\])?$/;

/** `.[docs]` and `dist/*.whl` without quotes: whatever files match are paths below the same folder. */
function specOf(word: Word): string | undefined {
  const plain = literal(word);
  const glob = word.value.kind === 'pattern' ? word.value.glob : undefined;
  if (plain !== undefined || glob === undefined) return plain;
  if (/^\.[\w./-]*\[[\w,-]+\]$/.test(glob)) return glob;
  return /^[\w.][\w./*?-]*\.(whl|tar\.gz|tgz|zip)$/.test(glob) ? `./${glob}` : undefined;
}

function sourceOf(call: Call, word: Word, spec: string): Extract<EffectDraft, { kind: 'pkg.install' }>['source'] {
  if (/^(git|hg|svn|bzr)\+|^git@|@\s*git\+/.test(spec)) return 'git';
  if (/^(https?|ftp):|@\s*https?:/.test(spec)) return 'url';
  if (/^(\.{1,2}(\/|$|\[)|\/|~\/|file:)/.test(spec) || ARCHIVE.test(spec)) {
    const path = at(call, { ...word, value: known(spec.replace(/^file:(\/\/)?/, '').replace(/\[[\w,.\s-]*\]$/, '')) });
    if (isFetched(call, path)) return 'url';
    return certainlyWithin(path, call.context.projectRoot) ? 'manifest' : 'path';
  }
  return 'registry';
}

/** Another index than the configured one, or a host whose certificate is not checked. */
export function indexes(call: Call, parsed: ParsedArgs): EffectDraft[] {
  const given = ['-i', '--extra-index-url', '--index', '--default-index', '-f', '--channel']
    .flatMap((name) => parsed.all(name))
    // To conda, `-c` is a channel; to the others, a file of constraints.
    .concat(/conda|mamba|pixi/.test(call.name) ? parsed.all('-c') : []);
  return [
    ...proxied(parsed.all('--proxy')),
    ...given
      .filter(
        (word) => !/^(\.{0,2}\/|[\w-]+(\/[\w.-]+)*\/?$)/.test(literal(word) ?? '') || /:/.test(literal(word) ?? ''),
      )
      .map(
        (word): EffectDraft => ({
          kind: 'pkg.configure',
          manager: call.name,
          key: 'index-url',
          value: word.value,
          global: false,
          span: word.span,
        }),
      ),
    ...parsed.all('--trusted-host').map(
      (word): EffectDraft => ({
        kind: 'weaken',
        what: 'the certificate check of the package index',
        span: word.span,
      }),
    ),
  ];
}
