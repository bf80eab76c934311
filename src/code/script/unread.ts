// Tells what code of a language that is not read plainly says it starts, deletes or opens; vouches for none of it.
import type { EffectDraft, Lowering, ReadCode, Run } from '../../core/program.ts';
import { secretFile } from '../../core/sensitive.ts';
import { known, mergeTaints } from '../../core/value.ts';

/** Calls whose texts are a command line: one text with blanks is handed to a shell, several are its words. */
const STARTS = [
  'system2?|shell|shell[-_]exec|shell-command(?:-to-string)?|async-shell-command|run|run-program|run-process|exec[lv]?p?|spawn\\w*|popen',
  'os[.:](?:cmd|execute|system|popen)|System\\.(?:cmd|shell)|Sys\\.command|Unix\\.(?:system|execvp?)|subprocess\\.\\w+|pty\\.spawn',
  '(?:System\\.Process\\.)?(?:callCommand|callProcess|spawnCommand|readProcess|rawSystem)|call-process|start-process|process-lines|process\\*?|system\\*',
  'Process\\.(?:run|start|launchedProcess)|ProcessBuilder|exec\\.Command(?:Context)?|Runtime\\.getRuntime\\(\\)\\.exec|osproc\\.\\w+|execCmdEx?|execShellCmd|executeShell|pipeProcess|open_port|readchomp|vim\\.fn\\.system|uiop:run-program|sh',
].join('|');
const DELETES = [
  'unlink|file\\.remove|delete-(?:file|directory)|remove(?:File|Directory|DirectoryRecursive|PathForcibly|Tree)|remove_tree|rmtree|rmdir|rm',
  'shutil\\.rmtree|os\\.(?:[Rr]emove|unlink|rmdir|RemoveAll)|File\\.rm(?:_rf|dir)?!?|file:del(?:ete|_dir|_dir_r)|FileUtils\\.(?:rm|rm_r|rm_rf|remove_dir)|Sys\\.remove|fs::remove_dir_all|remove_dir_all',
].join('|');
/** Tcl and Expect write commands without quotes. */
const BARE = /(?<![\w.-])(?:exec|spawn)[ \t]+(?:-\w+[ \t]+)*([a-z~/][^\n;\]}]*)/g;
/** `"rm -rf x".execute()`, `"ls".!`, `%x(ls)`, ghci's `:!ls`. */
const AFTER = /"((?:[^"\\\n]|\\.)+)"\s*\.(?:!{1,2}(?![=\w])|execute\(|lazyLines)/g;
const QUOTED = /%x(?:\(([^()\n]*)\)|\{([^{}\n]*)\}|\[([^\][\n]*)\])|^\s*:!\s*(.+)$/gm;
/** What Expect types into the program that it started. */
const TYPED = /(?<![\w.-])send[ \t]+(?:--?\w*[ \t]+)*"([^"\n]*)"/g;
const BARE_DELETE = /\bfile[ \t]+delete[ \t]+((?:--?\w*[ \t]+)*[^\n;\]}]+)/g;

const TEXT = /"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|`([^`\n]*)`/g;
const COMMENT = /^[ \t]*(?:#|;|%(?!x)|\/\/|--).*$/gm;
const MAX_SIZE = 65_536;
/** How far the arguments of a call are followed. */
const MAX_CALL = 600;

const callsOf = (names: string): RegExp => new RegExp(`(?<![\\w.:-])(?:${names})(?=[\\s({\\["'\`])`, 'g');
const STARTING = callsOf(STARTS);
const DELETING = callsOf(DELETES);

/** Texts written out among the arguments of a call; undefined when the first is computed. */
function textsAfter(code: string, from: number): readonly string[] | undefined {
  const rest = code.slice(from, from + MAX_CALL);
  const end = endOfCall(rest);
  const found = [...rest.slice(0, end).matchAll(TEXT)];
  const [first] = found;
  if (first === undefined) return undefined;
  const head = rest.slice(0, first.index);
  if (!/^[\s([{@]*(?:\w+\s*[=,]\s*)?(?:\w+\()?[\s([{@]*$/.test(head)) return undefined;
  const after = rest.slice(first.index + first[0].length).trimStart();
  // Joined with what is not known, a part of a command line says too little.
  if (/^(?:[+~&.%]|<>|\|\|)/.test(after)) return undefined;
  if (/\w\($/.test(head) && /\s/.test(first[0]) && after.startsWith(',')) return undefined;
  return found.map((match) => (match[1] ?? match[2] ?? match[3] ?? '').replace(/\\(["'\\ ])/g, '$1'));
}

/** Where the brackets that opened after the name are closed again, or the statement ends. */
function endOfCall(rest: string): number {
  let depth = 0;
  const marks = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`\n]*`|[([{]|[)\]}]|[\n;]/g;
  for (const { 0: mark, index } of rest.matchAll(marks)) {
    if (/^[([{]$/.test(mark)) depth++;
    else if (/^[)\]}]$/.test(mark) && --depth <= 0) return index;
    else if (/^[\n;]$/.test(mark) && depth === 0) return index;
  }
  return rest.length;
}

const quoted = (word: string): string => {
  const home = /^~(?:\/|$)/.exec(word)?.[0] ?? '';
  const rest = word.slice(home.length);
  return rest === '' ? home || "''" : `${home}'${rest.replaceAll("'", `'\\''`)}'`;
};

/** Command lines, and removals as command lines, that calls in the code write out. */
function linesIn(code: string): string[] {
  const lines: string[] = [];
  const seen = new Set<number>();
  for (const { 0: name, index } of code.matchAll(DELETING)) {
    const [path] = textsAfter(code, index + name.length) ?? [];
    if (path === undefined || !/^[~./\w]/.test(path)) continue;
    seen.add(index);
    lines.push(`rm -rf -- ${quoted(path)}`);
  }
  for (const { 0: name, index } of code.matchAll(STARTING)) {
    const words = seen.has(index) ? undefined : textsAfter(code, index + name.length);
    if (words?.[0]) lines.push(/\s/.test(words[0]) ? words[0] : words.map(quoted).join(' '));
  }
  for (const match of code.matchAll(QUOTED)) lines.push(match.slice(1).find((each) => each !== undefined) ?? '');
  return lines;
}

const runOf = (line: string): Run => ({
  kind: 'shell',
  via: 'a call in code that is not read',
  text: { value: known(line), taints: [], fields: 'one', span: { start: 0, end: 0 } },
});

export const readUnread: ReadCode = (text, { stdin, args, context }): Lowering => {
  const effects: EffectDraft[] = [{ kind: 'opaque', layer: 'code', because: 'unknown code is not read' }];
  const output = { taints: mergeTaints(stdin.taints, ...args.map((word) => word.taints)) };
  if (text.length > MAX_SIZE) return { effects, output };
  const code = text.replace(COMMENT, '');
  const all = (pattern: RegExp): string[] => [...code.matchAll(pattern)].map((match) => match[1] ?? '');
  const lines = [
    ...linesIn(code),
    ...all(AFTER),
    ...all(TYPED).map((typed) => typed.replace(/\\[rn]/g, '\n')),
    ...all(BARE),
    ...all(BARE_DELETE).map((words) => `rm -rf ${words.replace(/^(?:--?\w*[ \t]+)*/, '')}`),
  ];
  for (const match of code.matchAll(TEXT)) {
    const path = match[1] ?? match[2] ?? '';
    if (/^(?:~\/|\/)/.test(path) && secretFile(path) !== undefined)
      effects.push({ kind: 'fs.read', path: known(path.replace(/^~(?=\/)/, context.home)), use: 'content' });
  }
  return { effects, runs: lines.map(runOf), output };
};
