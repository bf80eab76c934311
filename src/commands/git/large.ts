// Turns git bundle and git lfs, which carry objects in files of their own, into effects.
import { text } from '../../core/value.ts';
import { harmless, literal, opaque, writes } from '../kit.ts';
import { discard } from './discard.ts';
import { local, type Verb } from './verb.ts';

export const bundle: Verb = ({ call }) => {
  const [verb, ...rest] = call.args;
  const name = literal(verb);
  if (name === 'verify' || name === 'list-heads') return harmless(`git bundle ${name}`);
  const file = rest.find((word) => !(literal(word) ?? '').startsWith('-') || literal(word) === '-');
  if (name === 'create') return { effects: [local('bundle create'), ...writes(call, file ? [file] : [])] };
  return { effects: [name === 'unbundle' ? local('bundle unbundle') : opaque('what git bundle does is not known')] };
};

export const lfs: Verb = ({ call }) => {
  const [verb, ...rest] = call.args;
  const name = literal(verb) ?? '';
  if (['ls-files', 'status', 'env', 'version', 'logs', 'pointer', 'locks', 'fsck', 'ext', ''].includes(name))
    return harmless(`git lfs ${name}`);
  if (['track', 'untrack', 'fetch', 'pull', 'checkout', 'dedup'].includes(name))
    return { effects: [local(`lfs ${name}`)] };
  if (name === 'prune') return { effects: [discard(call, 'objects', [], true)] };
  if (name === 'migrate')
    return {
      effects: [
        rest.some((word) => literal(word) === 'info') ? local('lfs migrate info') : discard(call, 'history', [], true),
      ],
    };
  if (name === 'push')
    return {
      effects: [
        {
          kind: 'git.push',
          cwd: call.cwd,
          remote: rest.find((word) => !(text(word.value) ?? '').startsWith('-'))?.value,
          refs: [],
          force: 'none',
          everything: rest.some((word) => literal(word) === '--all') ? 'all' : 'none',
        },
      ],
    };
  return { effects: [opaque(`git lfs ${name} is not read`)] };
};
