// Turns the argv of shells into the text or script they run; knows nothing of policy.
import type { Word } from '../../core/invocation.ts';
import type { Call, EffectDraft, Lowering, Program, Run } from '../../core/program.ts';
import { texts } from '../../core/value.ts';
import { at, harmless, inspect, literal, mustBeKnown, opaque } from '../kit.ts';
import { streamWord } from '../words.ts';

/** Shells whose text means the same to bash, as far as simple commands go. */
const POSIX = new Set([
  'sh',
  'bash',
  'dash',
  'ash',
  'ksh',
  'mksh',
  'lksh',
  'pdksh',
  'ksh93',
  'yash',
  'posh',
  'rbash',
  'bosh',
]);
const LONG_FLAGS = new Set([
  '--login',
  '--norc',
  '--noprofile',
  '--noediting',
  '--posix',
  '--restricted',
  '--verbose',
  '--no-rcs',
  '--no-config',
  '--interactive',
  '--noclobber',
  '--no-globalrcs',
  '--debugger',
  '--private',
  '--pretty-print',
  '--dump-strings',
  '--dump-po-strings',
]);
const LONG_VALUES = new Set(['--rcfile', '--init-file', '--init-command', '--command', '--emulate']);
/** Plain words, quotes and the common operators: read alike by every shell. */
const TRIVIAL = /^[\w\s./:,@%+'"|&;<>-]*$/;

interface Options {
  readonly command: boolean;
  readonly stdin: boolean;
  readonly checks: boolean;
  readonly files: readonly Word[];
  readonly texts: readonly Word[];
  readonly rest: readonly Word[];
  readonly unread: readonly EffectDraft[];
}

function options(call: Call): Options {
  const files: Word[] = [];
  const commands: Word[] = [];
  const unread: EffectDraft[] = [];
  let [command, stdin, checks, index] = [false, false, false, 0];
  for (; index < call.args.length; index++) {
    const word = call.args[index] as Word;
    const flag = literal(word);
    if (flag === undefined) {
      // After -c the next word is the text, whatever it holds; before it, it could be an option.
      const { value } = word;
      const plain = command || (value.kind === 'pattern' && value.prefix !== '' && !/^[-+]/.test(value.prefix));
      if (!plain || word.fields === 'many') unread.push(...mustBeKnown([word], `an argument of ${call.name}`));
      break;
    }
    if (flag === '--' || flag === '-') {
      index++;
      break;
    }
    if (!/^[-+]./.test(flag)) break;
    if (flag.startsWith('--')) {
      const name = flag.split('=')[0] as string;
      if (LONG_FLAGS.has(name)) continue;
      if (!LONG_VALUES.has(name)) unread.push(opaque(`${call.name} ${name} is not an option that is known`));
      const value = flag.includes('=')
        ? { ...word, value: { kind: 'known' as const, text: flag.slice(name.length + 1) } }
        : call.args[++index];
      if (value && /file$/.test(name)) files.push(value);
      else if (value && /command$/.test(name)) commands.push(value);
      continue;
    }
    for (const letter of flag.slice(1)) {
      if (letter === 'c' && flag.startsWith('-')) command = true;
      else if (letter === 's') stdin = true;
      else if (letter === 'n') checks = true;
      else if (letter === 'o' || letter === 'O') index++;
      else if (letter === 'C' && call.name === 'fish') {
        const value = call.args[++index];
        if (value) commands.push(value);
      } else if (!/[a-zA-Z]/.test(letter)) unread.push(opaque(`${call.name} ${flag} is not read`));
    }
  }
  return { command, stdin, checks, files, texts: commands, rest: call.args.slice(index), unread };
}

function shell(call: Call): Lowering {
  if (['--version', '--help'].includes(literal(call.args[0]) ?? '')) return harmless(call.name);
  const { command, stdin, checks, files, texts: given, rest, unread } = options(call);
  const effects: EffectDraft[] = [...unread];
  const runs: Run[] = files.map((word) => ({
    kind: 'file',
    path: at(call, word),
    language: 'shell',
    via: `${call.name} --rcfile`,
  }));
  const run = (text: Word, args: readonly Word[], via: string): void => {
    runs.push({ kind: 'shell', text, args, via });
    const all = texts(text.value);
    if (!POSIX.has(call.name) && all?.every((each) => TRIVIAL.test(each)) !== true)
      effects.push(opaque(`text for ${call.name} may mean something else than it does to bash`));
  };
  for (const text of given) run(text, [], `${call.name} -c`);
  const [first, ...args] = rest;
  if (command) {
    if (first) run(first, args, `${call.name} -c`);
  } else if (stdin || (first === undefined && given.length === 0)) fromInput(call, rest, effects, run);
  else if (first && checks) effects.push({ kind: 'fs.read', path: at(call, first), use: 'content' });
  else if (first) {
    runs.push({ kind: 'file', path: at(call, first), language: 'shell', args: rest, via: call.name });
    if (!POSIX.has(call.name))
      effects.push(opaque(`a script for ${call.name} may mean something else than it does to bash`));
  }
  return { effects: [...effects, inspect(call.name)], runs };
}

function fromInput(
  call: Call,
  rest: readonly Word[],
  effects: EffectDraft[],
  run: (text: Word, args: readonly Word[], via: string) => void,
): void {
  const { stdin } = call;
  if (stdin.from === 'closed') return;
  if (texts(stdin.text) !== undefined) run(streamWord(stdin, call.invocation), rest, call.name);
  else
    effects.push({
      kind: 'code.run',
      origin: 'stdin',
      language: 'shell',
      what: stdin.path ?? stdin.text,
      taints: stdin.taints,
    });
}

export const shells: readonly Program[] = [
  {
    names: [...POSIX, 'zsh', 'fish', 'tcsh', 'csh', 'osh', 'elvish', 'nu', 'xonsh'],
    lower: shell,
    examples: {
      allow: [
        'bash -c "npm test"',
        'sh -lc "ls -la"',
        'bash --version',
        'bash -c \'echo "$1"\' _ a',
        'echo ls | sh',
        'zsh -c "ls src"',
        'bash -n scripts/run.sh',
        { command: 'bash run.sh', files: { 'run.sh': 'npm test\n' } },
        'sh -ec "cd src; ls"',
      ],
      deny: [
        'bash -c "rm -rf ~"',
        "sh -xec 'rm -rf ~'",
        "bash -lc 'rm -rf ~'",
        'dash -c "rm -rf $HOME"',
        'echo "rm -rf ~" | bash',
        "zsh -c 'rm -rf ~'",
        "fish -c 'rm -rf ~'",
        "bash <<< 'rm -rf ~'",
        "bash -s <<'EOF'\nrm -rf ~\nEOF",
        { command: 'bash run.sh', files: { 'run.sh': 'rm -rf ~\n' } },
        'bash -o pipefail -c "rm -rf ~"',
        'bash -c \'rm -rf "$1"\' _ ~',
        "mksh -c 'rm -rf ~'",
      ],
      unsettled: ['bash -c "$WHAT"', 'bash --frob x.sh', "zsh -c 'ls *(.)'", "fish -c 'set x (ls)'"],
    },
  },
];
