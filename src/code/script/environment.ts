// Finds what a snippet of Perl, Ruby, PHP or Lua takes out of the environment; reads nothing else of it.
import { secretVariable } from '../../core/sensitive.ts';
import type { Taint } from '../../core/value.ts';
import type { Token } from './tokens.ts';

/** How the languages write the environment. */
const WHOLE = /^(ENV|[$%]ENV|\$_ENV|\$_SERVER|getenv)$/;
/** Names, or whether one is set. */
const NAMES_BEFORE = /^(keys|exists|defined|scalar|array_keys|isset|count|sizeof)$/;
const NAMES_AFTER = /^(key\?|has_key\?|include\?|member\?|keys|each_key|size|length|count|any\?|empty\?)$/;
/** Inside a text: `"$ENV{NAME}"`. */
const IN_TEXT = /[$@%](?:_?ENV|_SERVER)(?:[{[]['"]?(\$?\w*))?/g;

const labelOf = (name: string | undefined): readonly Taint[] =>
  name === undefined
    ? [{ label: 'secret', from: 'the environment' }]
    : secretVariable(name)
      ? [{ label: 'secret', from: `$${name}` }]
      : [];

/** Labels of the variables that are read; those whose names are computed may be any. */
export function environmentTaints(tokens: readonly Token[]): readonly Taint[] {
  return tokens.flatMap((token, index) => {
    if (token.kind === 'string')
      return token.computed
        ? [...token.text.matchAll(IN_TEXT)].flatMap(([, name]) => labelOf(name?.startsWith('$') ? undefined : name))
        : [];
    if (token.kind === 'mark' || !WHOLE.test(token.text)) return [];
    return used(tokens, index);
  });
}

function used(tokens: readonly Token[], index: number): readonly Taint[] {
  const before = tokens[tokens[index - 1]?.text === '(' ? index - 2 : index - 1];
  if (before?.kind === 'word' && NAMES_BEFORE.test(before.text)) return [];
  let at = index + 1;
  if (tokens[at]?.text === '.') {
    const method = tokens[at + 1]?.text ?? '';
    if (NAMES_AFTER.test(method)) return [];
    if (method !== 'fetch') return labelOf(undefined);
    at += 2;
  }
  if (!/^[[{(]$/.test(tokens[at]?.text ?? '')) return labelOf(undefined);
  const key = tokens[at + 1];
  const written = (key?.kind === 'string' && !key.computed) || (key?.kind === 'word' && tokens[at]?.text === '{');
  return labelOf(written && /^[\]}),]$/.test(tokens[at + 2]?.text ?? '') ? key.text : undefined);
}
