// Owns the effect of losing or stopping what containers and local clusters keep on this machine. Knows no program.
import type { EffectDraft } from '../../core/program.ts';
import { known } from '../../core/value.ts';

const THIS_MACHINE = 'this machine';

export const losesLocal = (what: string, operation: string): EffectDraft => ({
  kind: 'cloud',
  provider: 'containers',
  service: THIS_MACHINE,
  operation,
  action: 'update',
  target: known(what),
});
