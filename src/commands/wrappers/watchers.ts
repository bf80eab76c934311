// Turns the argv of programs that start a command anew when files change (watchexec, nodemon, chokidar, onchange) into that command.
import type { Word } from '../../core/invocation.ts';
import { parseArgs } from '../../core/options.ts';
import type { Call, EffectDraft, Lowering, Program, Run } from '../../core/program.ts';
import { inspect, literal, opaque } from '../kit.ts';
import { spaced, wordOf } from '../words.ts';

function watchexec(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: [
      '-c --clear',
      '-r --restart',
      '-n',
      '-N --notify',
      '-p --postpone',
      '-v --verbose',
      '-q --quiet',
      '-1 --once',
      '--no-vcs-ignore',
      '--no-ignore',
      '--no-project-ignore',
      '--no-default-ignore',
      '--print-events',
      '--color',
      '-x --execute',
      '--onetime',
      '--recursive',
      '-0',
      '-L',
      '-E',
      '-m',
      '-l',
    ],
    values: [
      '-w --watch',
      '-e --exts',
      '-f --filter',
      '-i --ignore',
      '-d --debounce',
      '-s --signal',
      '--shell',
      '-o --on-busy-update',
      '--delay',
      '--ext',
      '--exec',
      '-W --workdir',
      '--stop-signal',
      '--stop-timeout',
      '--poll',
      '-C',
      '--event',
      '--latency',
      '--exclude',
      '--include',
      '--format',
      '--timeout',
      '-t',
    ],
    style: 'posix',
    abbreviations: false,
  });
  const line = spaced(parsed.operands);
  const effects: EffectDraft[] = [
    ...parsed.unlisted.map((option) => opaque(`${call.name} ${option.name} is not an option that is known`)),
    inspect(call.name),
  ];
  return { effects, runs: line ? [{ kind: 'shell', text: line, via: call.name }] : [] };
}

/** `nodemon x.js` starts node, `nodemon --exec 'command' x` the command with the script behind it. */
function nodemon(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: [
      '-q --quiet',
      '-V --verbose',
      '-L --legacy-watch',
      '-C --on-change-only',
      '-I --no-stdin',
      '-v --version',
      '-h --help',
      '--no-colors',
      '--dump',
    ],
    values: [
      '-x --exec',
      '-w --watch',
      '-e --ext',
      '-i --ignore',
      '-d --delay',
      '-s --signal',
      '--cwd',
      '--polling-interval',
      '--spawn',
    ],
    style: 'gnu',
    abbreviations: false,
  });
  const commands = parsed.all('-x');
  const line = spaced([...commands, ...parsed.operands]);
  const [script] = parsed.operands;
  const runs: Run[] =
    commands.length > 0 && line
      ? [{ kind: 'shell', text: line, via: 'nodemon --exec' }]
      : script
        ? [{ kind: 'argv', argv: [wordOf('node', script), ...parsed.operands], via: 'nodemon' }]
        : [];
  // Behind a script, options that nodemon does not know are the script's own.
  return { effects: [...unlisted(call, script ? [] : parsed.unlisted), inspect('nodemon')], runs };
}

/** `chokidar 'src/**' -c 'command'`. */
function chokidar(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: ['--initial', '--silent', '--verbose', '--follow-symlinks', '-p --polling'],
    values: ['-c --command', '-d --debounce', '-t --throttle', '-i --ignore', '--concurrent'],
    abbreviations: false,
  });
  return {
    effects: [...unlisted(call, parsed.unlisted), inspect('chokidar')],
    runs: parsed.all('-c').map((text) => ({ kind: 'shell', text, via: 'chokidar -c' })),
  };
}

/** `onchange 'src/**' -- command`. */
function onchange(call: Call): Lowering {
  const split = call.args.findIndex((word) => literal(word) === '--');
  const argv: readonly Word[] = split < 0 ? [] : call.args.slice(split + 1);
  return { effects: [inspect('onchange')], runs: argv.length > 0 ? [{ kind: 'argv', argv, via: 'onchange' }] : [] };
}

const unlisted = (call: Call, options: readonly { readonly name: string }[]): EffectDraft[] =>
  options.map((option) => opaque(`${call.name} ${option.name} is not an option that is known`));

export const watcherPrograms: readonly Program[] = [
  {
    names: ['watchexec'],
    lower: watchexec,
    examples: {
      allow: ['watchexec -e ts npm test'],
      deny: ['watchexec rm -rf ~'],
      unsettled: ['watchexec --frob npm test'],
    },
  },
  {
    names: ['nodemon'],
    lower: nodemon,
    examples: {
      allow: ['nodemon -w src server.js', "nodemon --exec 'npm test'", "npx nodemon -e ts -x 'tsc --noEmit'"],
      deny: ["nodemon --exec 'rm -rf ~'", "npx nodemon -w src -x 'rm -rf' /home/dev"],
      unsettled: ['nodemon --frob', 'nodemon "$SCRIPT"'],
    },
  },
  {
    names: ['chokidar'],
    lower: chokidar,
    examples: { allow: ["chokidar 'src/**/*.ts' -c 'npm test'"], deny: ["chokidar src -c 'rm -rf ~'"] },
  },
  {
    names: ['onchange'],
    lower: onchange,
    examples: { allow: ["onchange 'src/**/*.ts' -- npm test"], deny: ["onchange 'src/**' -- rm -rf ~"] },
  },
];
