// Turns text from outside into JSON on one line that cannot be taken for the request's own structure. Judges nothing.

/** `<` and `>`, and signs that render like them, with which a section marker could be imitated. */
const BRACKETS =
  /[<>\u00ab\u00bb\u02c2\u02c3\u1433\u1438\u2039\u203a\u2329\u232a\u276c-\u2771\u27e8-\u27eb\u3008-\u300b\ufe3d-\ufe40\ufe64\ufe65\uff1c\uff1e]/g;
/** Controls, joiners, bidirectional marks, variation selectors, tag characters, private use, lone surrogates: a reader does not see them. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Without characters that a reader cannot see; line breaks and tabs stay. */
export const visible = (text: string): string =>
  text.replace(/\r\n?/g, '\n').replace(INVISIBLE, (sign) => (sign === '\n' || sign === '\t' ? sign : ''));

/** The middle is left out and marked, so that neither the beginning nor the end can be pushed out of sight. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const half = Math.floor(limit / 2);
  return `${text.slice(0, half)} [${text.length - 2 * half} characters left out here] ${text.slice(-half)}`;
}

/** JSON on one line; strings are clipped to `limit`, and what could look like a marker is escaped. */
export function quoted(value: unknown, limit = Number.POSITIVE_INFINITY): string {
  const json = JSON.stringify(value, (_, part) => (typeof part === 'string' ? clip(visible(part), limit) : part));
  return visible(json ?? 'null').replace(BRACKETS, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
