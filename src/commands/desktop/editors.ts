// Turns the argv of editors in batch mode into effects; knows nothing of policy.
import type { Word } from '../../core/invocation.ts';
import { parseArgs } from '../../core/options.ts';
import type { Call, EffectDraft, Language, Lowering, Program, Run } from '../../core/program.ts';
import { known, texts } from '../../core/value.ts';
import { harmless, inspect, literal, mustBeKnown, opaque, reads, wantsHelp, writes } from '../kit.ts';
import { wordOf } from '../words.ts';

/** Ex commands that only move, show, set, substitute, save or leave. */
const PLAIN_EX =
  /^\s*:?\s*(%|\d+|\.|\$|'[a-z<>]|[,;+-]|\/[^/]*\/)*\s*(s(ubstitute)?\/.*|g!?\/[^|]*\/(d|p|s\/.*|norm .*)|v\/[^|]*\/d|d(elete)?|p(rint)?|j(oin)?|m(ove)?\s*[\d$.]+|t\s*[\d$.]+|w(rite)?!?|wq!?|wqa!?|x!?|xa!?|q(uit)?!?|qa!?|qall!?|set? [\w=,. ]+|norm(al)?!? [^:!]*|sort\w*( [a-z]+)?|retab!?|noh|redraw!?|version|echo [^(|]*|\d+|u(ndo)?|e!?|syntax (on|off)|silent!?.*)?\s*$/;

/** What vim hands to an interpreter; its own script is not read. */
const languageOf = (name: string): Language =>
  name.startsWith('py') ? 'python' : /^(lua|perl|ruby)$/.test(name) ? (name as Language) : 'unknown';

function ex(word: Word, via: string): { effects: EffectDraft[]; runs: Run[] } {
  const all = texts(word.value);
  if (all === undefined) return { effects: mustBeKnown([word], 'a command of the editor'), runs: [] };
  const effects: EffectDraft[] = [];
  const runs: Run[] = [];
  for (const line of all.flatMap((each) => each.split('\n'))) {
    const shell = /^\s*:?\s*(?:silent!?\s*)?(?:[\d,.$%]*)(?:r(?:ead)?\s*|w(?:rite)?\s*)?!\s*(.+)$/.exec(line);
    const [, name, code] =
      /^\s*:?\s*(py(?:thon|x|3|thon3|thonx)?|lua|perl|ruby|call|lua?=|echo)\s+(.+)$/.exec(line) ?? [];
    if (name !== undefined && code !== undefined)
      runs.push({ kind: 'code', language: languageOf(name), text: wordOf(code, word), via });
    if (shell?.[1]) runs.push({ kind: 'shell', text: wordOf(shell[1], word), via });
    else if (!PLAIN_EX.test(line) || /\|\s*!|\bsystem\(/.test(line))
      effects.push(opaque('a command of the editor is not read', word.span));
  }
  return { effects, runs };
}

function vim(call: Call): Lowering {
  if (wantsHelp(call.args)) return harmless(call.name);
  const exMode =
    call.name === 'ex' || call.args.some((word) => ['-e', '-E', '-es', '-Es'].includes(literal(word) ?? ''));
  const batch =
    (exMode && call.args.some((word) => ['-s', '-es', '-Es'].includes(literal(word) ?? ''))) || call.name === 'ex';
  const parsed = parseArgs(
    call.args.filter((word) => !literal(word)?.startsWith('+')),
    {
      flags: [
        ...(exMode ? ['-s'] : []),
        '-b',
        '-d',
        '-e',
        '-E',
        '-es',
        '-Es',
        '-f',
        '-g',
        '-h',
        '-l',
        '-L',
        '-m',
        '-M',
        '-n',
        '-N',
        '-p',
        '-R',
        '-v',
        '-V',
        '-X',
        '-y',
        '-Z',
        '-C',
        '-D',
        '-F',
        '-A',
        '-H',
        '--clean',
        '--headless',
        '--noplugin',
        '--not-a-term',
        '--ttyfail',
        '--embed',
        '-V1',
        '-O',
        '-o',
      ],
      values: [
        '-c --command',
        '--cmd',
        '-i',
        '-r',
        '-S',
        '-t',
        '-T',
        '-u',
        '-U',
        '-w',
        '-W',
        '-q',
        '--startuptime',
        '-P',
      ],
      abbreviations: false,
      style: 'words',
    },
  );
  const plus = call.args.flatMap((word) => {
    const text = literal(word);
    return text?.startsWith('+') ? [wordOf(text.slice(1), word)] : [];
  });
  const scripts =
    parsed.has('-S') ||
    parsed.all('-u', '-U').some((word) => !['NONE', 'NORC', 'DEFAULTS'].includes(literal(word) ?? ''));
  const input = batch && call.stdin.from !== 'inherit' ? [wordOf('', call.invocation)] : [];
  const fed: Word[] =
    input.length > 0
      ? [{ value: call.stdin.text, taints: call.stdin.taints, fields: 'one', span: call.invocation.span }]
      : [];
  const found = [...parsed.all('-c', '--cmd'), ...plus, ...fed].map((word) => ex(word, `${call.name} -c`));
  const interactive = !batch && parsed.all('-c').length === 0 && plus.length === 0;
  return {
    effects: [
      ...reads(call, parsed.operands),
      ...(parsed.has('-R') ? [] : writes(call, parsed.operands, 'edit')),
      ...writes(call, parsed.all('-w', '-W', '--startuptime'), 'append'),
      ...found.flatMap(({ effects }) => effects),
      ...(scripts ? [opaque(`a script for ${call.name} is not read`)] : []),
      ...(interactive ? [opaque(`${call.name} waits for keys`)] : []),
      ...mustBeKnown(parsed.dynamic, `an option of ${call.name}`),
      ...parsed.unlisted.map((option) => opaque(`${call.name} ${option.name} is not read`)),
      inspect(call.name),
    ],
    runs: found.flatMap(({ runs }) => runs),
  };
}

function ed(call: Call): Lowering {
  const parsed = parseArgs(call.args, { flags: ['-s', '-v', '-r', '-E', '-G', '-'], values: ['-p'] });
  const fed: Word = { value: call.stdin.text, taints: call.stdin.taints, fields: 'one', span: call.invocation.span };
  const lines = texts(fed.value)?.flatMap((each) => each.split('\n'));
  const shell = lines?.flatMap((line) => /^[\d,.$%]*(?:[re]\s*|w\s*)?!(.+)$/.exec(line)?.[1] ?? []) ?? [];
  const other = lines?.flatMap((line) => /^[\d,.$%]*[wWrf]\s+([^!\s].*)$/.exec(line)?.[1] ?? []) ?? [];
  return {
    effects: [
      ...reads(call, parsed.operands),
      ...writes(call, parsed.operands, 'edit'),
      ...writes(
        call,
        other.map((path) => wordOf(path, fed)),
      ),
      ...(lines === undefined ? [opaque('the commands of ed are not known')] : []),
      inspect('ed'),
    ],
    runs: shell.map((line) => ({ kind: 'shell', text: wordOf(line, fed), via: 'ed' })),
  };
}

/** Editors with a window: opening files shows them; extensions run code. */
function code(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: [
      '-d --diff',
      '-n --new-window',
      '-r --reuse-window',
      '-w --wait',
      '-a --add',
      '-v --version',
      '-h --help',
      '-s --status',
      '--list-extensions',
      '--show-versions',
      '--verbose',
      '-g --goto',
      '--disable-extensions',
      '--update-extensions',
      '-m --merge',
      '--new',
      '-b',
      '-f',
    ],
    values: [
      '--install-extension',
      '--uninstall-extension',
      '--user-data-dir',
      '--extensions-dir',
      '--folder-uri',
      '--file-uri',
      '--remote',
      '--profile',
      '--locale',
      '--add-mcp',
      '--enable-proposed-api',
      '--log',
      '--category',
      '--command',
      '--inspect-extensions',
      '--line',
      '--column',
    ],
    abbreviations: false,
  });
  const first = literal(parsed.operands[0]);
  const extension = parsed.value('--install-extension', '--uninstall-extension');
  return {
    effects: [
      ...(extension
        ? [
            {
              kind: 'pkg.install' as const,
              manager: call.name,
              names: [extension.value],
              source: 'registry' as const,
              global: true,
            },
          ]
        : []),
      ...(first === 'tunnel' && parsed.operands.length <= 1
        ? [
            {
              kind: 'net.listen' as const,
              what: 'tunnel' as const,
              address: known('the editor'),
              exposes: 'this machine',
            },
          ]
        : []),
      ...(parsed.has('--add-mcp')
        ? [{ kind: 'self.change' as const, what: 'an MCP server is added to the editor' }]
        : []),
      ...(parsed.has('--command', '--extensions-dir', '--user-data-dir', '--enable-proposed-api') ||
      ['serve-web', 'agent-host', 'chat'].includes(first ?? '')
        ? [opaque(`${call.name} does more than open files`)]
        : []),
      ...reads(call, parsed.operands, 'names'),
      ...parsed.unlisted.map((option) => opaque(`${call.name} ${option.name} is not read`)),
      inspect(call.name),
    ],
  };
}

export const editors: readonly Program[] = [
  {
    names: ['vim', 'vi', 'nvim', 'ex', 'view', 'gvim', 'mvim', 'vimdiff', 'rvim', 'elvis', 'vise'],
    lower: vim,
    examples: {
      allow: ["vim -es -c '%s/a/b/g' -c wq src/a.ts", 'nvim --version', 'ex -s +%s/a/b/ +wq a.txt'],
      deny: ["vim -c ':!rm -rf ~' a.txt", 'vim -es -c wq ~/.bashrc', "nvim --headless +'!rm -rf ~' +qa"],
      unsettled: ['vim a.txt', 'vim -S x.vim a.txt', "vim -c 'py3 import os' a.txt"],
    },
  },
  {
    names: ['ed', 'red', 'ged'],
    lower: ed,
    examples: {
      allow: ["printf '1d\\nw\\nq\\n' | ed -s a.txt"],
      deny: ["printf '!rm -rf ~\\n' | ed", "printf 'w /home/dev/.bashrc\\n' | ed a.txt"],
      unsettled: ['ed a.txt'],
    },
  },
  {
    names: ['nano', 'pico', 'micro', 'hx', 'helix', 'kak', 'joe', 'mcedit'],
    lower: (call) =>
      wantsHelp(call.args)
        ? harmless(call.name)
        : {
            effects: [
              ...writes(
                call,
                call.args.filter((word) => !literal(word)?.startsWith('-')),
                'edit',
              ),
              opaque(`${call.name} waits for keys`),
            ],
          },
    examples: { allow: ['nano --version'], unsettled: ['nano a.txt'], deny: ['nano ~/.bashrc'] },
  },
  {
    names: [
      'code',
      'code-insiders',
      'cursor',
      'codium',
      'windsurf',
      'zed',
      'subl',
      'mate',
      'idea',
      'webstorm',
      'pycharm',
    ],
    lower: code,
    examples: {
      allow: ['code .', 'code -d a.ts b.ts', 'code --list-extensions', 'code -g src/a.ts:10'],
      unsettled: ['code --install-extension acme.tools'],
    },
  },
];
