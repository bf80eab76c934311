// Finds the commands that a task text tells another agent to run; judges none of them.

export interface Candidate {
  readonly command: string;
  /** Offset of the command in the task text. */
  readonly start: number;
}

const MAX_CANDIDATES = 40;
const MAX_LENGTH = 20_000;

const FENCE = /(?:^|\n)[ \t]*(?:```|~~~)[ \t]*([A-Za-z0-9_+-]*)[^\n]*\n([\s\S]*?)(?:\n[ \t]*(?:```|~~~)|$)/g;
const SHELL_FENCE = /^(|sh|bash|zsh|shell|console|terminal|shellsession|text)$/i;
const INLINE = /(?<!`)`([^`\n]{2,2000})`(?!`)/g;
const PROMPT_LINE = /(?:^|\n)[ \t]*[$#%>][ \t]+([^\n]{2,4000})/g;
const ORDER = /\b(?:run|execute|exec|invoke|type|issue|use|do|then)[ \t]*:?[ \t]+([^\n`]{2,2000})/gi;
const LINE = /(?:^|\n)[ \t]*(?:[-*][ \t]+|\d+[.)][ \t]+)?([^\n`]{2,2000})/g;
/** What prose rarely has: an option, a path, a pipe, a redirection, a variable. */
const SHELL_LIKE = /(^|\s)--?[A-Za-z]|[|&<>$;]|(^|\s)(~|\.{0,2}\/)|\w\/\w/;
/** `never run X` is the opposite of an order; whatever the agent then does is judged when it does it. */
const FORBIDDEN =
  /\b(?:never|don['’]?t|do not|must not|mustn['’]?t|cannot|can['’]?t|avoid|without|instead of|rather than|not)\b[^.!?\n]{0,60}$/i;

/** Commands in fences, in backticks, after a prompt sign, after an order, or alone on a line; each once. */
export function candidates(text: string): readonly Candidate[] {
  const found = new Map<string, Candidate>();
  const add = (command: string, start: number): void => {
    const trimmed = command.trim();
    if (trimmed === '' || found.has(trimmed) || found.size >= MAX_CANDIDATES) return;
    if (FORBIDDEN.test(text.slice(Math.max(0, start - 100), start))) return;
    found.set(trimmed, { command: trimmed, start: start + command.indexOf(trimmed) });
  };
  const within = text.slice(0, MAX_LENGTH);
  for (const match of within.matchAll(FENCE)) {
    const [whole, language = '', body = ''] = match;
    if (SHELL_FENCE.test(language)) add(body.replace(/^[ \t]*[$%>][ \t]+/gm, ''), match.index + whole.indexOf(body));
  }
  for (const shape of [INLINE, PROMPT_LINE, ORDER, LINE])
    for (const match of within.matchAll(shape)) {
      const [whole, command = ''] = match;
      if (shape !== LINE || SHELL_LIKE.test(command)) add(command, match.index + whole.lastIndexOf(command));
    }
  return [...found.values()];
}
