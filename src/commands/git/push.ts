// Turns git push argv into effects; knows nothing of policy.
import type { RefUpdate } from '../../core/effect.ts';
import type { Word } from '../../core/invocation.ts';
import { parseArgs } from '../../core/options.ts';
import type { EffectDraft, Lowering, Run } from '../../core/program.ts';
import { known, prefixOf, shapeOf, suffixOf, text, texts, unknown } from '../../core/value.ts';
import { harmless, mustBeKnown, opaque } from '../kit.ts';
import { transportRuns, type Verb } from './verb.ts';

const PUSH = {
  flags: [
    '--all --branches',
    '--mirror',
    '--tags',
    '--follow-tags',
    '--no-follow-tags',
    '-d --delete',
    '-f --force',
    '--no-force',
    '--force-if-includes',
    '--no-force-if-includes',
    '--no-force-with-lease',
    '-n --dry-run',
    '--prune',
    '--no-verify',
    '--verify',
    '--atomic',
    '--no-atomic',
    '-u --set-upstream',
    '-q --quiet',
    '-v --verbose',
    '--progress',
    '--no-progress',
    '--porcelain',
    '--thin',
    '--no-thin',
    '--no-signed',
    '--no-recurse-submodules',
    '-4 --ipv4',
    '-6 --ipv6',
  ],
  values: ['--repo', '-o --push-option', '--receive-pack --exec'],
  optional: ['--force-with-lease', '--signed', '--recurse-submodules'],
};

export const push: Verb = ({ call }): Lowering => {
  const parsed = parseArgs(call.args, PUSH);
  if (parsed.has('--dry-run') && parsed.dynamic.length === 0) return harmless('git push --dry-run');
  const [first, ...rest] = parsed.operands;
  const remote = first ?? parsed.value('--repo');
  const effects: EffectDraft[] = [
    ...mustBeKnown(
      parsed.dynamic.filter((word) => word.fields === 'many' || !parsed.operands.includes(word)),
      'an option of git push',
    ),
    ...parsed.unlisted.map((option) => opaque(`git push ${option.name} is not known`, option.word.span)),
  ];
  const deletes = parsed.has('--delete');
  const refs = readRefs(rest, deletes);
  const glob = (kind: string): boolean =>
    refs.some((ref) => text(ref.dst) === `refs/${kind}/*` && text(ref.src) !== '');
  const forced =
    parsed.has('--force') || refs.some((ref) => ref.force && /^refs\/(heads|tags)\/\*$/.test(text(ref.dst) ?? ''));
  if (parsed.has('--prune'))
    refs.push({ src: known(''), dst: unknown('every remote branch without a local one'), force: false });
  effects.push({
    kind: 'git.push',
    cwd: call.cwd,
    remote: remote?.value,
    refs,
    force: forced ? 'force' : parsed.has('--force-with-lease') ? 'lease' : 'none',
    everything: parsed.has('--mirror')
      ? 'mirror'
      : parsed.has('--all') || glob('heads')
        ? 'all'
        : parsed.has('--tags', '--follow-tags') || glob('tags')
          ? 'tags'
          : 'none',
  });
  if (parsed.has('--no-verify')) effects.push({ kind: 'bypass', what: 'hooks', detail: 'git push --no-verify' });
  for (const option of parsed.all('--push-option'))
    if (/skip|merge_request\.(merge_when|auto_merge)/.test(text(option.value) ?? ''))
      effects.push({ kind: 'bypass', what: 'ci', detail: `git push -o ${text(option.value)}` });
  const runs: Run[] = [
    ...transportRuns(remote ? [remote] : []),
    ...parsed.all('--receive-pack').map((word): Run => ({ kind: 'shell', text: word, via: 'git push --receive-pack' })),
  ];
  return { effects, runs };
};

/** `[+]src[:dst]`, `tag name`, or names to delete. */
function readRefs(words: readonly Word[], deletes: boolean): RefUpdate[] {
  const refs: RefUpdate[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] as Word;
    const tag = text(word.value) === 'tag' ? words[index + 1] : undefined;
    if (tag) {
      index++;
      const name = text(tag.value);
      refs.push({ src: tag.value, dst: name === undefined ? tag.value : known(`refs/tags/${name}`), force: false });
    } else if (deletes) refs.push({ src: known(''), dst: word.value, force: false });
    else refs.push(...readRef(word));
  }
  return refs;
}

function readRef(word: Word): RefUpdate[] {
  const all = texts(word.value);
  if (all)
    return all.map((each) => {
      const force = each.startsWith('+');
      const spec = force ? each.slice(1) : each;
      const colon = spec.indexOf(':');
      if (spec === ':') return { src: MATCHING, dst: MATCHING, force };
      return colon < 0
        ? { src: known(spec), dst: known(spec), force }
        : { src: known(spec.slice(0, colon)), dst: known(spec.slice(colon + 1) || spec.slice(0, colon)), force };
    });
  const head = prefixOf(word.value);
  const force = head.startsWith('+');
  // Nothing but numbers is not known, and they hold no colon.
  if (/^\w[\w./-]*$/.test(shapeOf(word.value) ?? '')) return [{ src: word.value, dst: word.value, force: false }];
  const colon = head.indexOf(':');
  // Behind a colon that is known only the target follows; anywhere else the unknown part may hold `+` or `:main` itself.
  if (colon >= 0 && word.value.kind === 'pattern')
    return [
      {
        src: known(head.slice(force ? 1 : 0, colon)),
        dst: { ...word.value, prefix: head.slice(colon + 1) },
        force,
      },
    ];
  const tail = suffixOf(word.value);
  const lastColon = tail.lastIndexOf(':');
  if (lastColon >= 0) return [{ src: UNCLEAR, dst: known(tail.slice(lastColon + 1)), force }];
  return [{ src: UNCLEAR, dst: UNCLEAR, force }];
}

const MATCHING = unknown('every branch of the same name');
const UNCLEAR = unknown('part of what is pushed');
