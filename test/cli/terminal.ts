// A terminal that keeps what is written to it, for running verbs in process.
import { painter, type Terminal } from '../../src/cli/terminal.ts';
import { readArguments, type Verb } from '../../src/cli/verb.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export async function run(verb: Verb, argv: readonly string[], input?: string): Promise<Ran> {
  let out = '';
  let err = '';
  const terminal: Terminal = {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    paint: painter(false),
    readInput: () => input,
  };
  const code = await verb.run(readArguments(verb, argv), terminal);
  return { code, out, err };
}
