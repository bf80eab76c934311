// Turns the high-level aws s3 commands into effects: what they list, copy here, send there and delete. Knows no policy.
import type { ParsedArgs } from '../../core/options.ts';
import type { Call, EffectDraft, Lowering } from '../../core/program.ts';
import { known, prefixOf, type Value } from '../../core/value.ts';
import { at, harmless, inspect, literal, mustBeKnown, opaque } from '../kit.ts';
import { mentionsProduction } from './verbs.ts';

const bucketOf = (url: Value): Value => known(/^(?:s3:\/\/)?([^/]*)/.exec(prefixOf(url))?.[1] ?? '');

/** Whether a word names an object in a bucket; undefined when that is not known. */
function isRemote(word: { value: Value } | undefined): boolean | undefined {
  if (word === undefined) return undefined;
  const prefix = prefixOf(word.value);
  if (prefix.startsWith('s3://')) return true;
  return prefix !== '' && !'s3://'.startsWith(prefix) ? false : undefined;
}

export function lowerS3(call: Call, command: string, parsed: ParsedArgs, local: boolean): Lowering {
  const operands = parsed.operands.slice(2);
  const [from, to] = operands;
  const production = mentionsProduction(call.args) ? ({ production: true } as const) : {};
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
      if (target && local) effects.push(inspect('aws s3 on this machine'));
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
