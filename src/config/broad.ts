// Recognises allow rules so broad that they would let code past every judgement. Sets nothing aside itself.
import { hasWildcard, type Permission, withoutColon } from './permission.ts';

const INTERPRETER =
  /^(python|pypy|node|nodejs|deno|bun|tsx|ts-node|ruby|perl|php|lua|luajit|osascript|pwsh|powershell|bash|sh|dash|ash|ksh|zsh|fish|csh|tcsh)[\d.]*$/;
/** Run whatever package, program or text follows. */
const RUNNER = new Set(['npx', 'bunx', 'pnpx', 'uvx']);
const WRAPPER = new Set(
  'eval exec env xargs sudo doas su command builtin time timeout nice nohup stdbuf setsid ionice chronic watch unbuffer caffeinate busybox parallel script strace'.split(
    ' ',
  ),
);
/** Subcommands that run whatever script or program follows. */
const SUBCOMMANDS: Readonly<Record<string, readonly string[]>> = {
  npm: ['run', 'run-script', 'rum', 'urn', 'exec', 'x'],
  pnpm: ['run', 'run-script', 'exec', 'dlx'],
  yarn: ['run', 'exec', 'dlx'],
  bun: ['run', 'exec', 'x'],
  deno: ['run', 'eval', 'task'],
  uv: ['run'],
  pipx: ['run'],
  poetry: ['run'],
  pdm: ['run'],
  pipenv: ['run'],
  hatch: ['run'],
  rye: ['run'],
  pixi: ['run'],
  conda: ['run'],
  bundle: ['exec'],
  mise: ['exec', 'x'],
  devbox: ['run'],
  nix: ['run', 'develop', 'shell'],
};
const NAMES = [
  ...'python pypy node nodejs deno bun tsx ts-node ruby perl php lua luajit osascript pwsh powershell bash sh dash ash ksh zsh fish csh tcsh ssh'.split(
    ' ',
  ),
  ...RUNNER,
  ...WRAPPER,
  ...Object.keys(SUBCOMMANDS),
];
const INLINE_CODE = /^(-[a-z]*[cepr]|--eval|--print|--command|eval|exec)$/i;
const ASKS_VERSION = /^(-v|-V|--version|-h|--help|version)$/;
const EDITORS = new Set(['Edit', 'Write', 'MultiEdit', 'NotebookEdit']);
const SHELLS = new Set(['Bash', 'PowerShell']);

/** Why the allow rule would bypass judgement; undefined for one that is narrow enough to count. */
export function broadBecause({ tool, specifier }: Permission): string | undefined {
  if (tool === 'Agent' || tool === 'Task') return 'it lets any task be handed to an agent';
  if (tool === 'Monitor') return 'it lets any command run in the background';
  if (tool.startsWith('*') || /^mcp__\*/.test(tool)) return 'it names no tool';
  if (EDITORS.has(tool))
    return specifier === undefined || /^(\/\/|~\/)?\*+(\/\*+)*$/.test(specifier) ? 'it names no path' : undefined;
  if (!SHELLS.has(tool)) return undefined;
  if (specifier === undefined) return 'it allows every command';
  return isBroad(wordsOf(withoutColon(specifier)), hasWildcard(specifier))
    ? 'what follows its beginning can be any code'
    : undefined;
}

/** The words as the shell would see them: quotes and backslashes gone, assignments in front left out. */
function wordsOf(command: string): readonly string[] {
  const words = command
    .replace(/['"\\]/g, '')
    .split(/\s+/)
    .filter((word) => word !== '');
  const first = words.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word));
  return first < 0 ? [] : words.slice(first);
}

const isOption = (word: string): boolean => word.startsWith('-') && word !== '-';
const isOpen = (word: string | undefined): boolean => word === undefined || word.startsWith('*');

function isBroad(words: readonly string[], wild: boolean): boolean {
  const [first, ...rest] = words;
  if (first === undefined) return true;
  const name = first.slice(first.lastIndexOf('/') + 1);
  const star = name.indexOf('*');
  if (star >= 0) {
    const stem = name.slice(0, star);
    return stem === '' || INTERPRETER.test(stem) || NAMES.some((each) => each.startsWith(stem));
  }
  if (WRAPPER.has(name)) return wrapsBroad(rest, wild);
  const operands = rest.filter((word) => !isOption(word));
  if (name === 'ssh') return isOpen(operands[0]) || isOpen(operands[1]);
  const subcommands = SUBCOMMANDS[name];
  const [subcommand] = operands;
  if (subcommands && runsAnything(operands, subcommands)) return true;
  if (subcommands && wild) {
    if (isOpen(subcommand)) return true;
    const at = subcommand?.indexOf('*') ?? -1;
    if (at > 0 && subcommands.some((each) => each.startsWith(subcommand?.slice(0, at) ?? ''))) return true;
  }
  if (RUNNER.has(name)) return isOpen(operands[0]);
  if (!INTERPRETER.test(name)) return false;
  if (rest.length > 0 && rest.every((word) => ASKS_VERSION.test(word))) return false;
  return operands[0] === '-' || isOpen(operands[0]) || (wild && rest.some((word) => INLINE_CODE.test(word)));
}

/** `npm run`, `npm run *`, and `run *` further on, after an option's value or a workspace's name. */
const runsAnything = (operands: readonly string[], subcommands: readonly string[]): boolean =>
  operands.some((each, at) => {
    const next = operands[at + 1];
    return subcommands.includes(each) && (at === 0 ? isOpen(next) : next?.startsWith('*') === true);
  });

/** What follows a wrapper's own options; a word after an option may be its value or already the program. */
function wrapsBroad(rest: readonly string[], wild: boolean): boolean {
  let afterOption = false;
  for (const [at, word] of rest.entries()) {
    const own = isOption(word) || /^[\d.]+[smhd]?$/.test(word) || /^[A-Za-z_]\w*=/.test(word);
    if (!own && isBroad(rest.slice(at), wild)) return true;
    if (!own && !afterOption) return false;
    afterOption = isOption(word);
  }
  return true;
}
