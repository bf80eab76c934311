// Owns telling the language of a script by its `#!` line or its ending.
import { basename } from '../core/path.ts';
import type { Language } from '../core/program.ts';

const INTERPRETERS: readonly (readonly [RegExp, Language])[] = [
  [/^(ba|da|z|k|a)?sh$|^fish$/, 'shell'],
  [/^(python|pypy)[0-9.]*$|^uv$/, 'python'],
  [/^(node|nodejs|deno|bun|tsx|ts-node)$/, 'javascript'],
  [/^perl[0-9.]*$/, 'perl'],
  [/^ruby[0-9.]*$/, 'ruby'],
  [/^php[0-9.]*$/, 'php'],
  [/^lua[0-9.]*$/, 'lua'],
  [/^[gnm]?awk$/, 'awk'],
];

const ENDINGS: Readonly<Record<string, Language>> = {
  sh: 'shell',
  bash: 'shell',
  zsh: 'shell',
  py: 'python',
  js: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  ts: 'javascript',
  mts: 'javascript',
  tsx: 'javascript',
  jsx: 'javascript',
  pl: 'perl',
  rb: 'ruby',
  php: 'php',
  lua: 'lua',
  go: 'go',
  sql: 'sql',
  awk: 'awk',
  ps1: 'powershell',
};

export function languageOf(path: string, content: string): Language {
  const shebang = /^#!\s*(\S+)(?:[ \t]+(?:-\S+[ \t]+)*(\S+))?/.exec(content);
  if (shebang) {
    const program = basename(shebang[1] as string);
    const name = program === 'env' ? (shebang[2] ?? '') : program;
    return INTERPRETERS.find(([pattern]) => pattern.test(name))?.[1] ?? 'unknown';
  }
  const ending = /\.([a-z0-9]+)$/.exec(basename(path))?.[1];
  const byEnding = ending === undefined ? undefined : ENDINGS[ending];
  if (byEnding) return byEnding;
  // A text file without a #! line is run by the shell that was asked to start it.
  return content === '' || content.includes('\0') ? 'unknown' : 'shell';
}
