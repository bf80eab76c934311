// Tells code that runs what it has just decoded or fetched, in languages whose calls look alike; knows nothing else of it.
import type { EffectDraft, Language } from '../../core/program.ts';
import { known } from '../../core/value.ts';

const DECODES = new RegExp(
  [
    '\\b(?:base64_decode|decode_base64|(?:urlsafe_|standard_)?b(?:64|32|16|85)decode|a85decode|(?:strict_|urlsafe_)?decode64|FromBase64String)\\b',
    '\\batob\\s*\\(|\\ba2b_\\w+|\\bunhexlify\\b|\\.fromhex\\(|\\bhex2bin\\b|\\bconvert_uudecode\\b|\\bstr_rot13\\b|["\']rot_?13["\']|\\bmarshal\\.loads\\b',
    '\\bgz(?:inflate|uncompress|decode)\\b|\\bzlib\\.decompress|\\b(?:gunzip|inflate|inflateRaw|brotliDecompress)Sync\\b|\\bInflate\\.inflate\\b',
    'Buffer\\.from\\([^()]*["\'](?:base64|hex)|fromCharCode\\s*\\(\\s*\\d|\\bpack\\s*\\(?\\s*["\'][Hh]|\\bunpack1?\\s*\\(?\\s*["\'][mu]',
    '\\bchr\\b[^;\\n]*\\b(?:for|join)\\b|\\bjoin\\b[^;\\n]*\\bchr\\b|\\bstring\\.char\\s*\\(\\s*\\d',
  ].join('|'),
);
const FETCHES =
  /\burlopen\s*\(|\b(?:requests|httpx|axios)\.get\s*\(|\bURI(?:\.parse\([^)]*\))?\.open\b|\bNet::HTTP\.get\b|\bget\s*\(?\s*["']https?:|\bfile_get_contents\s*\(?\s*["']https?:|\bcurl_exec\b|\bDownloadString\b/;

const EVALUATES =
  /(?<![\w.$-])(?:eval|exec|execfile|compile|instance_eval|class_eval|loadstring|create_function|Function|iex|Invoke-Expression|vm\.runIn\w+)(?=[\s(])/g;
const HANDS_TO_SHELL =
  /(?<![\w.$-])(?:system|popen|shell_exec|passthru|proc_open|execSync|spawnSync|os\.(?:system|popen)|subprocess\.\w+|pty\.spawn|(?:require\(["'](?:node:)?child_process["']\)|child_process|cp)\.(?:exec|spawn)\w*)(?=[\s(])/g;
const ASSIGNS = /(?:^|[;\n{(\s])[$@]?(\w+)\s*=(?![=~>])\s*([^;\n]*)/g;

const MAX_SIZE = 65_536;
const MAX_ARGUMENT = 8_192;

/** What a call is given first: up to the comma, bracket or line end that closes it. */
function firstArgument(code: string, from: number): string {
  const rest = code.slice(from, from + MAX_ARGUMENT);
  let depth = 0;
  const opened = /^\s*\(/.test(rest) ? 1 : 0;
  for (const { 0: mark, index } of rest.matchAll(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[([{]|[)\]}]|[,;\n]/g)) {
    if (/^[([{]$/.test(mark)) depth++;
    else if (/^[)\]}]$/.test(mark) && --depth < opened) return rest.slice(0, index);
    else if (/^[,;\n]$/.test(mark) && depth <= opened) return rest.slice(0, index);
  }
  return rest;
}

/** Names that are given a value which such a call makes, or such a name. */
function namesOf(code: string, source: RegExp): readonly string[] {
  const names: string[] = [];
  for (const [, name = '', value = ''] of code.matchAll(ASSIGNS))
    if (source.test(value) || mentions(value, names)) names.push(name);
  return names;
}

const mentions = (text: string, names: readonly string[]): boolean =>
  names.some((name) => new RegExp(`(?<![\\w"'])${name}(?![\\w"'])`).test(text));

export function computedCode(code: string, language: Language): EffectDraft[] {
  if (code.length > MAX_SIZE) return [];
  const decodes = DECODES.test(code);
  const fetches = FETCHES.test(code);
  if (!decodes && !fetches) return [];
  const given = (calls: RegExp): string[] =>
    [...code.matchAll(calls)].map(({ 0: name, index }) => firstArgument(code, index + name.length));
  const evaluated = given(EVALUATES);
  const handed = given(HANDS_TO_SHELL);
  const runs = (taints: Extract<EffectDraft, { kind: 'code.run' }>['taints'], download = false): EffectDraft[] => [
    {
      kind: 'code.run',
      origin: download ? 'download' : 'inline',
      language,
      what: known('text the code makes'),
      taints,
    },
  ];
  const decoded = decodes ? namesOf(code, DECODES) : [];
  const fetched = fetches ? namesOf(code, FETCHES) : [];
  const all = [...evaluated, ...handed];
  return [
    ...(all.some((text) => DECODES.test(text) || mentions(text, decoded))
      ? runs([{ label: 'decoded', from: `the ${language} code` }])
      : []),
    ...(all.some((text) => FETCHES.test(text)) || evaluated.some((text) => mentions(text, fetched))
      ? runs([{ label: 'downloaded', from: 'an address in the code' }], true)
      : []),
  ];
}
