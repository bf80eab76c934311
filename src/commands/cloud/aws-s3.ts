// Turns the high-level aws s3 commands into effects: what they list, copy here, send there and delete. Knows no policy.
import { type OptionSpec, parseArgs } from '../../core/options.ts';
import type { Call, EffectDraft, Lowering } from '../../core/program.ts';
import { known, prefixOf, text, type Value } from '../../core/value.ts';
import { at, harmless, inspect, literal, mustBeKnown, opaque } from '../kit.ts';
import { entries } from '../table.ts';
import { GLOBAL } from './aws-options.ts';
import { choosesProduction } from './chosen.ts';

const bucketOf = (url: Value): Value => known(/^(?:s3:\/\/)?([^/]*)/.exec(prefixOf(url))?.[1] ?? '');

/** Whether a word names an object in a bucket; undefined when that is not known. */
function isRemote(word: { value: Value } | undefined): boolean | undefined {
  if (word === undefined) return undefined;
  const prefix = prefixOf(word.value);
  if (prefix.startsWith('s3://')) return true;
  return prefix !== '' && !'s3://'.startsWith(prefix) ? false : undefined;
}

/** https://docs.aws.amazon.com/cli/latest/reference/s3/ */
const OPTIONS: OptionSpec = {
  flags: entries(`--recursive | --delete | --dry-run --dryrun | --force | --quiet | --only-show-errors | --no-progress |
    --progress | --follow-symlinks | --no-follow-symlinks | --no-guess-mime-type | --size-only | --exact-timestamps |
    --force-glacier-transfer | --ignore-glacier-warnings | --human-readable | --summarize | --no-overwrite`),
  values: entries(`--exclude | --include | --acl | --cache-control | --content-type | --content-disposition |
    --content-encoding | --content-language | --expires | --expires-in | --storage-class | --sse | --sse-kms-key-id | --sse-c |
    --sse-c-key | --metadata | --metadata-directive | --source-region | --grants | --website-redirect | --page-size |
    --expected-size | --index-document | --error-document | --checksum-algorithm | --checksum-mode | --request-payer |
    --progress-frequency | --copy-props | --bucket-name-prefix | --bucket-region`),
};

/** `GLOBAL` and the options of the s3 commands together. */
const SPEC: OptionSpec = {
  flags: [
    ...(GLOBAL.flags ?? []).filter((entry) => !/^--(dry-run|force|recursive|delete)/.test(entry)),
    ...(OPTIONS.flags ?? []),
  ],
  values: [...(GLOBAL.values ?? []).filter((entry) => entry !== '--acl'), ...(OPTIONS.values ?? [])],
  abbreviations: false,
};

export function lowerS3(call: Call, local: boolean): Lowering {
  const parsed = parseArgs(call.args, SPEC);
  const command = literal(parsed.operands[1]);
  if (command === undefined || parsed.unlisted.length > 0)
    return { effects: [opaque(`what aws s3 ${parsed.unlisted[0]?.name ?? ''} does is not known`)] };
  const operands = parsed.operands.slice(2);
  const [from, to] = operands;
  const production = choosesProduction(call) ? ({ production: true } as const) : {};
  const cloud = (
    action: Extract<EffectDraft, { kind: 'cloud' }>['action'],
    target: Value | undefined,
    mass: boolean,
  ): EffectDraft => ({
    kind: 'cloud',
    provider: 'aws',
    service: 's3',
    operation: command,
    action,
    target: bucketOf(target ?? known('')),
    ...(mass ? { mass } : {}),
    ...production,
  });
  if (parsed.has('--dry-run') || (local && command !== 'cp' && command !== 'sync' && command !== 'mv'))
    return harmless(`aws s3 ${command} without effect elsewhere`);
  switch (command) {
    case 'ls':
      return { effects: [cloud('read', from?.value, false)], output: { taints: [] } };
    case 'presign':
      return { effects: [cloud('grant', from?.value, false)] };
    case 'mb':
      return { effects: [cloud('create', from?.value, false)] };
    case 'rb':
      return { effects: [cloud('delete', from?.value, true)] };
    case 'rm':
      return { effects: [cloud('delete', from?.value, parsed.has('--recursive'))] };
    case 'website':
      return { effects: [cloud('grant', from?.value, false)] };
    case 'cp':
    case 'mv':
    case 'sync': {
      const effects: EffectDraft[] = [];
      const source = isRemote(from);
      const target = isRemote(to);
      if (from === undefined || to === undefined || source === undefined || target === undefined)
        return { effects: [opaque('which way aws s3 copies is not known'), ...mustBeKnown(operands, 'a place')] };
      if (source) effects.push(cloud('read', from.value, false));
      else if (literal(from) !== '-')
        effects.push({ kind: 'fs.read', path: at(call, from), use: 'copy', recursive: parsed.has('--recursive') });
      const trusted = call.context.policy.buckets.includes(text(bucketOf(to.value)) ?? '');
      if (target && (local || trusted))
        effects.push(inspect(`aws s3 to ${local ? 'this machine' : 'a trusted bucket'}`));
      else if (target)
        effects.push({
          kind: 'net.send',
          to: to.value,
          channel: 'copy',
          taints: literal(from) === '-' ? call.stdin.taints : from.taints,
        });
      else if (literal(to) !== '-')
        effects.push({ kind: 'fs.write', path: at(call, to), how: 'overwrite', span: to.span });
      if (command === 'mv' && source && !local) effects.push(cloud('delete', from.value, parsed.has('--recursive')));
      if (command === 'sync' && parsed.has('--delete'))
        effects.push(
          target ? cloud('delete', to.value, true) : { kind: 'fs.delete', path: at(call, to), recursive: true },
        );
      if ((literal(parsed.value('--acl')) ?? '').startsWith('public')) effects.push(cloud('grant', to.value, false));
      return { effects, output: { taints: literal(to) === '-' ? [{ label: 'downloaded', from: 's3' }] : [] } };
    }
    default:
      return { effects: [opaque(`what aws s3 ${command} does is not known`)] };
  }
}
