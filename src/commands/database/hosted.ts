// Owns how statements are handed to a database that a platform hosts. Knows no platform.
import type { Word } from '../../core/invocation.ts';
import type { Lowering } from '../../core/program.ts';
import { known } from '../../core/value.ts';
import { inspect } from '../kit.ts';

/** The effects of SQL that runs on a host of the platform, not on this machine. */
export function runsHosted(statement: Word, engine: string, host: string, via: string): Lowering {
  const named = (text: string): Word => ({ ...statement, value: known(text), taints: [], fields: 'one' });
  return {
    effects: [inspect(via)],
    runs: [{ kind: 'code', language: 'sql', text: statement, args: [named(engine), named(host)], via }],
  };
}
