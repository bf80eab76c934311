// Owns the ways a command can be wrapped so that it still runs, and the ways it can be mentioned so that it does not.
import { quote } from 'shell-quote';

export interface Wrapping {
  readonly name: string;
  readonly wrap: (command: string) => string;
  /** False where the text may not span lines or hold a here-document. */
  readonly lines: boolean;
  /** True where what is printed reaches nobody. */
  readonly captures?: boolean;
}

const single = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** The command still runs, with the same effects. */
export const runs: readonly Wrapping[] = [
  { name: 'subshell', lines: true, wrap: (command) => `(${command}\n)` },
  { name: 'group', lines: true, wrap: (command) => `{ ${command}\n}` },
  { name: 'if', lines: true, wrap: (command) => `if true; then\n${command}\nfi` },
  { name: 'else', lines: true, wrap: (command) => `if test -f x; then :; else\n${command}\nfi` },
  { name: 'case', lines: true, wrap: (command) => `case x in x)\n${command}\n;; esac` },
  { name: 'for', lines: true, wrap: (command) => `for i in 1; do\n${command}\ndone` },
  { name: 'while', lines: true, wrap: (command) => `while true; do\n${command}\nbreak; done` },
  { name: 'function', lines: true, wrap: (command) => `run_it() {\n${command}\n}; run_it` },
  { name: 'after', lines: true, wrap: (command) => `echo start && {\n${command}\n}` },
  { name: 'or', lines: true, wrap: (command) => `false || {\n${command}\n}` },
  { name: 'before', lines: true, wrap: (command) => `${command}\necho done` },
  { name: 'background', lines: false, wrap: (command) => `${command} &` },
  { name: 'substitution', lines: true, wrap: (command) => `echo "$(${command}\n)"` },
  { name: 'assignment', lines: true, captures: true, wrap: (command) => `out=$(${command}\n)` },
  { name: 'process substitution', lines: true, wrap: (command) => `cat <(${command}\n)` },
  { name: 'here-document', lines: false, wrap: (command) => `cat <<EOF\n$(${command})\nEOF` },
  { name: 'eval', lines: true, wrap: (command) => `eval ${single(command)}` },
  { name: 'bash -c', lines: true, wrap: (command) => `bash -c ${single(command)}` },
  { name: 'sh -c quoted by a library', lines: false, wrap: (command) => `sh -c ${quote([command])}` },
  { name: 'env bash -lc', lines: true, wrap: (command) => `env A=1 bash -lc ${single(command)}` },
  { name: 'timeout bash -c', lines: true, wrap: (command) => `timeout 5 nice -n 3 bash -c ${single(command)}` },
  { name: 'variable', lines: true, wrap: (command) => `code=${single(command)}; eval "$code"` },
  { name: 'shell here-document', lines: false, wrap: (command) => `bash <<'EOF'\n${command}\nEOF` },
  { name: 'here-string', lines: true, wrap: (command) => `bash <<< ${single(command)}` },
  { name: 'trap', lines: true, wrap: (command) => `trap ${single(command)} EXIT` },
  { name: 'piped to a shell', lines: false, wrap: (command) => `printf '%s\\n' ${single(command)} | sh` },
];

/** The command is only mentioned. */
export const mentions: readonly Wrapping[] = [
  { name: 'commit message', lines: true, wrap: (command) => `git commit -m ${single(command)}` },
  { name: 'here-document to a file', lines: false, wrap: (command) => `cat > notes.md <<'EOF'\n${command}\nEOF` },
  { name: 'search pattern', lines: true, wrap: (command) => `grep -rn -- ${single(command)} docs` },
  { name: 'echo', lines: true, wrap: (command) => `echo ${single(command)}` },
  { name: 'comment', lines: false, wrap: (command) => `ls # ${command}` },
  { name: 'variable that is not run', lines: true, wrap: (command) => `text=${single(command)}; echo "$text" | wc -c` },
];
