// Supposes what a call that is not read is made to start: what stands behind `--`, command lines behind the usual options, a shell with its code.
import type { Word } from '../core/invocation.ts';
import { basename } from '../core/path.ts';
import type { Run } from '../core/program.ts';
import { known, text, type Value } from '../core/value.ts';
import { globMatcher } from './glob.ts';

const GIVES = /^(?:-c|-x|-e|--command|--cmd|--exec|--execute|--run|--shell|--script)(?:=([\s\S]*))?$/;

/** A program by its path in the system, a shell that is given code, or any word behind a verb that runs something. */
function isStart(words: readonly Word[], word: Word, index: number): boolean {
  const name = text(word.value) ?? '';
  const before = text(words[index - 1]?.value ?? known('')) ?? '';
  const next = text(words[index + 1]?.value ?? known('')) ?? '';
  if (/^\/(?:usr\/)?s?bin\/\w+$/.test(name)) return true;
  if (/^(?:ba|da|z|k)?sh$/.test(name) && /^-\w*c$/.test(next)) return true;
  return (
    /^(?:run|exec|record|shell|start|-c|--exec|--command|--run)$/.test(before) &&
    REACHED.includes(name) &&
    next.startsWith('-')
  );
}

/** Only adds to what is known of the call, which stays unread. */
export function supposed(argv: readonly Word[], via: string): Run[] {
  const args = argv.slice(1);
  const dashes = args.findIndex((word) => text(word.value) === '--');
  const own = dashes < 0 ? args : args.slice(0, dashes);
  const lines = own.flatMap((word, index): Run[] => {
    const option = GIVES.exec(text(word.value) ?? '');
    if (option === null) return [];
    const line = option[1] === undefined ? own[index + 1] : { ...word, value: known(option[1]) };
    return line && /\S\s+\S/.test(text(line.value) ?? '') ? [{ kind: 'shell', text: line, via }] : [];
  });
  const start = dashes < 0 ? own.findIndex((word, index) => isStart(own, word, index)) : dashes + 1;
  const rest = start < 0 ? [] : args.slice(start).filter((word) => text(word.value) !== '--');
  return rest.length > 0 ? [...lines, { kind: 'argv', argv: rest, via }] : lines;
}

/** Programs that a name with a pattern in it is most often meant to reach. */
const REACHED =
  'rm cat dd sh bash zsh dash nc ncat curl wget python3 python perl base64 chmod chown mv cp tee find awk sed id whoami kill shred ssh scp sudo env xxd tar'.split(
    ' ',
  );

/** What `/bin/r?` or `/???/cat` most likely finds. */
export function reached(name: Value): readonly string[] {
  const glob = name.kind === 'pattern' ? name.glob : undefined;
  const fits = glob === undefined ? undefined : globMatcher(basename(glob));
  return fits === undefined || /^\*+$/.test(basename(glob ?? '')) ? [] : REACHED.filter(fits);
}
