// Turns what npm, pnpm, yarn and bun are told of registries, proxies and settings into effects. Knows no other verb.
import type { Word } from '../../core/invocation.ts';
import type { ParsedArgs } from '../../core/options.ts';
import type { Call, EffectDraft, Lowering } from '../../core/program.ts';
import { known } from '../../core/value.ts';
import { harmless, literal, opaque, proxied } from '../kit.ts';

export const isGlobal = (parsed: ParsedArgs): boolean =>
  parsed.options.some((option) => ['-g', '--global', '--location'].includes(option.name));

const UNCHECKED = /^--(config\.)?(strict-ssl[ =]false|no-strict-ssl)\b/;

/** A registry given for this one call. */
export function registrySettings(call: Call, parsed: ParsedArgs): EffectDraft[] {
  const dotted = parsed.options.flatMap((option) =>
    /^--(config\.|@[^:]+:)registry$/.test(option.name) && option.value ? [option.value] : [],
  );
  return [
    ...[...parsed.all('--registry'), ...dotted].map(
      (word): EffectDraft => ({
        kind: 'pkg.configure',
        manager: call.name,
        key: 'registry',
        value: word.value,
        global: false,
        span: word.span,
      }),
    ),
    ...proxied([...parsed.all('--proxy'), ...parsed.all('--https-proxy')]),
    ...parsed.options
      .filter(({ name, value, word }) => UNCHECKED.test(`${literal(word)} ${name} ${literal(value) ?? ''}`))
      .map(({ word }): EffectDraft => ({ kind: 'weaken', what: `TLS checks of ${call.name}`, span: word.span })),
    ...[
      ...parsed.all('--script-shell'),
      ...parsed.all('--node-options'),
      ...parsed.all('--userconfig'),
      ...parsed.all('--globalconfig'),
    ].map((word) => opaque(`an option of ${call.name} that changes what runs`, word.span)),
  ];
}

export function configure(call: Call, operands: readonly Word[], parsed: ParsedArgs): Lowering {
  const [action, key, value] = operands;
  const verb = literal(action);
  if (verb !== undefined && /^get$/.test(verb) && /_auth|password|token/i.test(literal(key) ?? ''))
    return {
      effects: [{ kind: 'secret.read', what: `the registry credential of ${call.name}`, shown: true }],
      output: { taints: [{ label: 'secret', from: `${call.name} config get` }] },
    };
  if (verb === undefined || /^(get|list|ls)$/.test(verb)) return harmless(`${call.name} config`);
  if (!/^(set|delete|rm|unset|edit|fix)$/.test(verb)) return harmless(`${call.name} config ${verb}`);
  const [name = '', inline] = (literal(key) ?? '').split(/=(.*)/s);
  return {
    effects: [
      {
        kind: 'pkg.configure',
        manager: call.name,
        key: name,
        value: inline === undefined ? (value?.value ?? known('')) : known(inline),
        global: isGlobal(parsed) || !/--location=project/.test(call.args.map(literal).join(' ')),
      },
    ],
  };
}
