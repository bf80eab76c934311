// Describes the programs that choose which cluster and namespace later commands act on. Knows no policy.
import type { Program } from '../../core/program.ts';
import { known } from '../../core/value.ts';
import { mentionsProduction } from '../cloud/verbs.ts';
import { harmless, literal } from '../kit.ts';

export const contextChoosers: Program = {
  names: ['kubectx', 'kubens', 'kubie'],
  lower: (call) => {
    const words = call.args.filter((word) => !/^(ctx|ns)$/.test(literal(word) ?? ''));
    if (
      words.length === 0 ||
      words.every((word) => /^(-c|--current|-h|--help|-V|--version)$/.test(literal(word) ?? ''))
    )
      return harmless(`${call.name} looks`);
    return {
      effects: [
        {
          kind: 'cloud',
          provider: 'kubernetes',
          service: 'config',
          operation: call.name,
          action: 'configure',
          target: words[0]?.value ?? known(''),
          ...(mentionsProduction(words) ? { production: true } : {}),
        },
      ],
    };
  },
  examples: {
    allow: ['kubectx', 'kubens -c'],
    deny: ['kubectx prod-eu && kubectl apply -f k8s/'],
    unsettled: ['kubectx staging', 'kubens shop'],
  },
};
