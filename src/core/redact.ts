// Replaces credentials in text by a mark, for journals, messages and prompts. Knows shapes, not where text comes from.
import { secretVariable } from './sensitive.ts';

const MARK = '[redacted]';

/**
 * Shapes that issuers document for their own credentials, so that a match is a credential wherever it stands.
 * Every repetition is over a class that the next part cannot begin with, which keeps matching linear.
 */
const CREDENTIALS: readonly RegExp[] = [
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[A-Za-z0-9+/=\s\\]*(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?/,
  /\bsk-[A-Za-z0-9_-]{20,}/,
  /\b[srp]k_(?:live|test)_[A-Za-z0-9]{16,}/,
  /\bgh[opusr]_[A-Za-z0-9]{30,}/,
  /\bgithub_pat_[A-Za-z0-9_]{30,}/,
  /\bgl(?:pat|ptt|dt|rt|soat)-[A-Za-z0-9_-]{20,}/,
  /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/,
  /\bxapp-[A-Za-z0-9-]{10,}/,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  /\bAIza[A-Za-z0-9_-]{35}/,
  /\bya29\.[A-Za-z0-9_-]{20,}/,
  /\bnpm_[A-Za-z0-9]{30,}/,
  /\bpypi-[A-Za-z0-9_-]{40,}/,
  /\bhf_[A-Za-z0-9]{30,}/,
  /\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/,
  /\bwhsec_[A-Za-z0-9+/=]{20,}/,
  /\bdo[opr]_v1_[a-f0-9]{40,}/,
  /\bdapi[a-f0-9]{32}/,
  /\bsbp_[a-f0-9]{40}/,
  /\bvc[pkrtai]_[A-Za-z0-9]{24,}/,
  /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/,
];

/** One expression: each costs time when it is first used, and the hook uses all of them on every start. */
const CREDENTIAL = new RegExp(CREDENTIALS.map((shape) => shape.source).join('|'), 'g');

/** The part before the secret is kept. */
const LED: readonly RegExp[] = [
  /([a-z][a-z0-9+.-]{0,30}:\/\/[^\s/:@'"]{0,200}:)[^\s/@'"]{1,500}(?=@)/gi,
  /(\b(?:authorization|proxy-authorization|x-api-key|api-key|private-token)["']?\s{0,5}[:=]\s{0,5}["']?(?:(?:bearer|basic|token)\s{1,5})?)[^\s"',;]{4,}/gi,
  /(\bbearer\s{1,5})[A-Za-z0-9._~+/=-]{16,}/gi,
  // `curl -u name:password`, but not the ids of `docker run -u 1000:1000`.
  /(\s(?:-u|--user|--proxy-user)[=\s]{0,3}["']?[^\s:"'/]{1,100}:)(?!\d{1,6}(?:["'\s]|$))[^\s"']{2,}/g,
  /(--(?:[a-z]{1,30}-){0,4}(?:password|passwd|token|secret|api-key|apikey|secret-key|access-key|private-key)(?:=|\s{1,5}))(?:"[^"\n]{0,2000}"|'[^'\n]{0,2000}'|[^\s"'$-][^\s"']{0,2000})/gi,
];

/** `NAME=value`, `"name": "value"`, `name: value`; the name decides. A name behind a slash is a part of a path or of a rule's id. */
const ASSIGNMENT =
  /(?<![\w/])([A-Za-z][A-Za-z0-9_-]{1,80})("?'?\s{0,5}[=:]\s{0,5})("(?:[^"\\\n]|\\.){1,4000}"|'[^'\n]{1,4000}'|[^\s"'$`(){}[\]<>|&;,]{4,4000})/g;

/** What every credential has, and every place that gives one away. Most texts have neither, and are spared the rest. */
const LONG_WORD = /[\w+/=.-]{16}|PRIVATE KEY/;
const SIGN = /[=:]|--/;

/** The text without the credentials it holds. */
export function redact(text: string): string {
  let clean = LONG_WORD.test(text) ? text.replace(CREDENTIAL, MARK) : text;
  if (!SIGN.test(clean) && !LONG_WORD.test(clean)) return clean;
  for (const shape of LED) clean = clean.replace(shape, `$1${MARK}`);
  return clean.replace(ASSIGNMENT, (whole, name: string, sign: string, value: string) =>
    secretVariable(name.replaceAll('-', '_')) && !value.includes('$') ? `${name}${sign}${MARK}` : whole,
  );
}

/** True when the text holds something that is a credential by its shape alone. */
export const holdsCredential = (text: string): boolean => text.search(CREDENTIAL) >= 0;
