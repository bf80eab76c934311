// Turns the settings that pip, poetry, conda and such are told to change into effects. Knows no other verb.
import type { ParsedArgs } from '../../core/options.ts';
import type { Call, Lowering } from '../../core/program.ts';
import { known } from '../../core/value.ts';
import { harmless, literal } from '../kit.ts';

export function configure(call: Call, parsed: ParsedArgs): Lowering {
  const [action, key, value] = parsed.operands;
  const verb = literal(action);
  if (call.name !== 'poetry' && (verb === undefined || /^(get|list|debug|show)$/.test(verb)))
    return harmless(`${call.name} config`);
  const given = call.args.map(literal);
  const adds = given.findIndex((word) => /^--(add|append|prepend|set)$/.test(word ?? ''));
  if (/conda|mamba/.test(call.name) && adds >= 0)
    return {
      effects: [
        {
          kind: 'pkg.configure',
          manager: call.name,
          key: given[adds + 1] ?? '…',
          value: call.args[adds + 2]?.value ?? known(''),
          global: true,
        },
      ],
    };
  if (call.name === 'poetry') {
    if (given.includes('source') && verb === 'add')
      return {
        effects: [
          { kind: 'pkg.configure', manager: 'poetry', key: 'source', value: value?.value ?? known(''), global: false },
        ],
      };
    if (parsed.operands.length < 2) return harmless('poetry config');
    return {
      effects: [
        {
          kind: 'pkg.configure',
          manager: 'poetry',
          key: verb ?? '…',
          value: key?.value ?? known(''),
          global: !parsed.options.some((option) => option.name === '--local'),
        },
      ],
    };
  }
  return {
    effects: [
      {
        kind: 'pkg.configure',
        manager: call.name,
        key: literal(key) ?? '…',
        value: value?.value ?? known(''),
        global: true,
      },
    ],
  };
}
