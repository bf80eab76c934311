#!/usr/bin/env node
// Composition root of the `greenlight` command: finds the verb, reads its arguments, maps mistakes to exit codes.
import { readFileSync } from 'node:fs';
import { version } from './cli/package-root.ts';
import { painter, type Terminal, wantsColor } from './cli/terminal.ts';
import { EXIT, readArguments, UsageError, type Verb, verbHelp } from './cli/verb.ts';
import { verbs } from './cli/verbs.ts';

const terminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  paint: painter(wantsColor(process.stdout.isTTY === true, process.env)),
  readInput: () => (process.stdin.isTTY ? undefined : readFileSync(0, 'utf8')),
};

function generalHelp(): string {
  const width = Math.max(...verbs.map((verb) => `${verb.name} ${verb.operands}`.length));
  return [
    'greenlight VERB [OPTIONS]',
    '',
    'An open auto mode for coding agents: every tool call is allowed, denied with a reason, or asked about, before it runs.',
    '',
    ...verbs.map((verb) => `  ${`${verb.name} ${verb.operands}`.padEnd(width)}  ${verb.summary}`),
    '',
    'Examples:',
    ...verbs.flatMap((verb) => verb.examples.slice(0, 1).map((example) => `  ${example}`)),
    '',
    'greenlight VERB --help says more; --version prints the version.',
    '',
  ].join('\n');
}

function fail(message: string, verb: Verb | undefined): number {
  terminal.err(`greenlight: ${message}\n\n${verb ? verbHelp(verb) : generalHelp()}`);
  return EXIT.usage;
}

async function main([name, ...rest]: readonly string[]): Promise<number> {
  if (name === '--version' || name === '-V') {
    terminal.out(`${version}\n`);
    return EXIT.ok;
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    terminal.out(generalHelp());
    return EXIT.ok;
  }
  const verb = verbs.find((each) => each.name === name);
  if (verb === undefined) return fail(name === undefined ? 'a verb is needed' : `unknown verb ${name}`, undefined);
  try {
    const given = readArguments(verb, rest);
    if (given.flag('help')) {
      terminal.out(verbHelp(verb));
      return EXIT.ok;
    }
    return await verb.run(given, terminal);
  } catch (error) {
    if (error instanceof UsageError) return fail(error.message, verb);
    throw error;
  }
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader such as `head` that closes the pipe early is no failure.
  if (error.code !== 'EPIPE') throw error;
  process.exit(EXIT.ok);
});
main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    terminal.err(`greenlight: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = EXIT.usage;
  },
);
