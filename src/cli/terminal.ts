// Owns writing to a terminal or a pipe: colours when wanted, padded columns, clipped lines. Decides nothing.
import { stripVTControlCharacters, styleText } from 'node:util';
import type { Environment } from '../core/context.ts';

export type Style = 'red' | 'green' | 'yellow' | 'cyan' | 'bold' | 'dim';

export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly paint: (style: Style, text: string) => string;
  /** Text piped in; undefined when standard input is a terminal. */
  readonly readInput: () => string | undefined;
}

/** Colours only on a terminal, and never when NO_COLOR is set (https://no-color.org) or the terminal is dumb. */
export function wantsColor(isTerminal: boolean, env: Environment): boolean {
  return isTerminal && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb';
}

export const painter =
  (color: boolean) =>
  (style: Style, text: string): string =>
    color ? styleText(style, text) : text;

/** Control characters made visible, so that a command or a file cannot steer the terminal of who reads about it. */
export const printable = (text: string): string =>
  text.replace(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Control characters as one visible character each, so that what stands below a line stays aligned with it. */
export const oneToOne = (text: string): string =>
  text
    .replace(/\t/g, ' ')
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, '\ufffd');

/** One line of at most `width` characters. */
export function clip(text: string, width: number): string {
  const line = printable(text.replace(/\s+/g, ' ').trim());
  return line.length <= width ? line : `${line.slice(0, width - 1)}…`;
}

const visible = (cell: string): number => stripVTControlCharacters(cell).length;

/** Lines of cells, each column as wide as its widest cell. */
export function columns(rows: readonly (readonly string[])[], gap = '  '): string {
  const widths: number[] = [];
  for (const row of rows) for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, visible(cell));
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell + ' '.repeat((widths[at] ?? 0) - visible(cell)))
        .join(gap)
        .trimEnd(),
    )
    .join('\n');
}
