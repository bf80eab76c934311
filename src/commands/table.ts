// Owns the compact writing of word lists: entries separated by `|`, so that a grammar fits on a page. Knows no program.

export const entries = (list: string): readonly string[] =>
  list
    .split('|')
    .map((entry) => entry.trim().replace(/\s+/g, ' '))
    .filter((entry) => entry !== '');
