// Turns the argv of servers that hand out a folder into effects: who can reach it, and whether the folder was built to be shown.
import { bindsNearby } from '../../core/host.ts';
import type { Word } from '../../core/invocation.ts';
import { parseArgs } from '../../core/options.ts';
import { basename, certainlyWithin } from '../../core/path.ts';
import { type Call, defineProgram, type EffectDraft, type Program } from '../../core/program.ts';
import { known, text } from '../../core/value.ts';
import { at, harmless, here, literal, mustBeKnown, opaque, wantsHelp } from '../kit.ts';

/** Names of folders that hold pages made to be shown. */
const PAGES =
  /^(dist|build|out|public|static|www|site|_site|html|htmlcov|coverage|storybook-static|playwright-report|_build|_book|book)$/;

/** A server for one folder; others see its files unless it listens on this machine alone or shows built pages. */
export function servesFolder(
  call: Call,
  folder: Word | undefined,
  host: string | undefined,
  port: string,
): EffectDraft {
  const path = folder === undefined ? here(call, '.') : at(call, folder);
  const plain = text(path);
  const pages = plain !== undefined && PAGES.test(basename(plain)) && certainlyWithin(path, call.context.projectRoot);
  const near = host !== undefined && bindsNearby(host);
  return {
    kind: 'net.listen',
    what: 'server',
    address: known(`${host ?? '0.0.0.0'}:${port}`),
    ...(near || pages ? {} : { exposes: plain ?? 'the files of the folder' }),
  };
}

/** Host of `tcp://127.0.0.1:5000` or `127.0.0.1:5000`; a bare port says nothing of it. */
const hostIn = (listen: string | undefined): string | undefined =>
  /^(?:tcp:\/\/)?([\w.-]+):\d+$/.exec(listen ?? '')?.[1];

export const fileServerPrograms: readonly Program[] = [
  defineProgram({
    names: ['http-server', 'serve', 'live-server', 'local-web-server', 'ws', 'sirv'],
    lower: (call) => {
      if (wantsHelp(call.args)) return harmless(call.name);
      const parsed = parseArgs(call.args, {
        values: [
          '-p --port',
          '-a --hostname',
          '--host -H',
          '-l --listen',
          '-d --directory',
          '-c --config',
          '-P --proxy',
          '--middleware',
          '--mount',
          '--entry-file',
          '--open -o',
        ],
        abbreviations: false,
      });
      // `-d` is a folder to ws, a flag to the others; -c is a cache time to http-server and a configuration to serve.
      const folder = (call.name === 'ws' ? parsed.value('-d') : undefined) ?? parsed.operands[0];
      const host = literal(parsed.value('-a', '--host')) ?? hostIn(literal(parsed.value('-l')));
      return {
        effects: [
          servesFolder(call, folder, host, literal(parsed.value('-p', '-l')) ?? 'a port'),
          ...mustBeKnown(parsed.dynamic, `an argument of ${call.name}`),
          ...(parsed.has('--middleware', '-P') ? [opaque(`${call.name} with a proxy or code of its own`)] : []),
        ],
      };
    },
    examples: {
      allow: ['npx serve dist -l 5000', 'npx http-server public -p 8081', 'http-server . -a 127.0.0.1', 'serve --help'],
      deny: ['http-server ~ -p 80', 'live-server ..'],
      unsettled: ['npx serve', 'serve "$DIR"'],
    },
  }),
];
