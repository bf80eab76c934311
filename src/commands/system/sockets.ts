// Turns ss argv into effects; knows nothing of policy.
import type { Program } from '../../core/program.ts';
import { harmless, literal } from '../kit.ts';

export const sockets: Program = {
  names: ['ss'],
  lower: (call) =>
    call.args.some((word) => /^(-[a-zA-Z]*K|--kill)/.test(literal(word) ?? ''))
      ? {
          effects: [
            {
              kind: 'system',
              action: 'network',
              what: `open connections (${call.args.map((word) => literal(word) ?? '…').join(' ')})`,
            },
          ],
        }
      : harmless('open sockets', { taints: [] }),
  examples: { allow: ['ss -ltnp', 'ss -s'], unsettled: ['ss -K dst 10.0.0.4'] },
};
