// Turns `git config` and settings given with `-c` into effects; knows nothing of policy.
import { settingKey, settingUse } from '../../core/git-settings.ts';
import type { Word } from '../../core/invocation.ts';
import { parseArgs } from '../../core/options.ts';
import type { Call, EffectDraft, Run } from '../../core/program.ts';
import { known, text, texts } from '../../core/value.ts';
import { at, harmless, inspect, literal, mustBeKnown, opaque, writes } from '../kit.ts';
import { wordOf } from '../words.ts';
import { local, type Verb } from './verb.ts';

/** What one `-c key=value` does for the one command it is given to. */
export function commandSetting(call: Call, key: string, word: Word): { effects: EffectDraft[]; runs: Run[] } {
  const values = texts(word.value);
  const uses = (values ?? [undefined]).map((value) => settingUse(key, value));
  const configured: EffectDraft = {
    kind: 'git.configure',
    key: known(settingKey(key)),
    value: word.value,
    scope: 'command',
    span: word.span,
  };
  const effects: EffectDraft[] = [];
  const runs: Run[] = [];
  for (const use of new Set(uses)) {
    if (use === 'harmless' || use === 'alias' || use === 'expires') continue;
    if (use === 'runs') runs.push({ kind: 'shell', text: word, via: `git -c ${key}`, args: [wordOf('git', word)] });
    else if (use === 'hooks' && /^(|\/dev\/null|\/var\/empty)$/.test(text(word.value) ?? 'x'))
      effects.push({ kind: 'bypass', what: 'hooks', detail: 'git -c core.hooksPath', span: word.span });
    else if (use === 'unsigned')
      effects.push({ kind: 'bypass', what: 'signing', detail: `git -c ${key}`, span: word.span });
    else if (use === 'weakens') effects.push({ kind: 'weaken', what: `git ${settingKey(key)}`, span: word.span });
    else effects.push(configured);
  }
  if (uses.includes('runs') && key.toLowerCase().startsWith('credential')) return { effects: [configured], runs };
  if (call.cwd.kind === 'unknown' && uses.includes('hooks')) effects.push(configured);
  return { effects, runs };
}

const CONFIG = {
  flags: [
    '--global',
    '--system',
    '--local',
    '--worktree',
    '-l --list',
    '-z --null',
    '--name-only',
    '--show-origin',
    '--show-scope',
    '--get',
    '--get-all',
    '--get-regexp',
    '--get-urlmatch',
    '--get-color',
    '--get-colorbool',
    '--unset',
    '--unset-all',
    '--add',
    '--replace-all',
    '--rename-section',
    '--remove-section',
    '-e --edit',
    '--includes',
    '--no-includes',
    '--bool',
    '--int',
    '--path',
    '--expiry-date',
    '--bool-or-int',
    '--fixed-value',
    '--all',
    '--append',
    '--regexp',
  ],
  values: ['-f --file', '--blob', '--type', '--default', '--value', '--url', '--comment'],
  optional: [],
};

const READS = ['--list', '--get', '--get-all', '--get-regexp', '--get-urlmatch', '--get-color', '--get-colorbool'];
const SECRET_KEY = /extraheader|token|password|secret/;

export const config: Verb = ({ call }) => {
  const parsed = parseArgs(call.args, CONFIG);
  const modern = ['get', 'set', 'list', 'unset', 'edit', 'rename-section', 'remove-section'].find(
    (word) => word === literal(parsed.operands[0]),
  );
  const operands = modern ? parsed.operands.slice(1) : parsed.operands;
  const [keyWord, valueWord] = operands;
  const key = literal(keyWord);
  const reading =
    modern === 'get' ||
    modern === 'list' ||
    READS.some((name) => parsed.has(name)) ||
    (modern === undefined &&
      operands.length === 1 &&
      !parsed.has('--unset', '--unset-all', '--edit', '--remove-section'));
  const unclear = mustBeKnown(parsed.dynamic, 'an option of git config');
  if (reading) {
    const effects: EffectDraft[] = parsed.value('--file')
      ? [{ kind: 'fs.read', path: at(call, parsed.value('--file') as Word), use: 'content' }]
      : [inspect('git config')];
    if (key !== undefined && SECRET_KEY.test(key.toLowerCase()))
      effects.push({ kind: 'secret.read', what: `git config ${key}`, shown: !call.invocation.captured });
    const onlyReads = modern !== undefined || READS.some((name) => parsed.has(name));
    return { effects: [...effects, ...(onlyReads ? [] : unclear)], output: { taints: [] } };
  }
  if (modern === 'edit' || parsed.has('--edit')) return { effects: [opaque('git config opens an editor'), ...unclear] };
  if (operands.length === 0) return harmless('git config without a key');
  const scope = parsed.has('--system') ? 'system' : parsed.has('--global') ? 'global' : 'local';
  const removing = modern === 'unset' || parsed.has('--unset', '--unset-all');
  const file = parsed.value('--file');
  const effects: EffectDraft[] = [...unclear, ...mustBeKnown(keyWord ? [keyWord] : [], 'the key')];
  if (file) effects.push(...writes(call, [file], 'edit'));
  const harmlessKey =
    scope === 'local' &&
    key !== undefined &&
    (texts(valueWord?.value ?? known('')) ?? [undefined]).every((value) => settingUse(key, value) === 'harmless');
  // A value that is not known cannot make an identity or a display setting dangerous; only keys that run or redirect matter.
  if (harmlessKey) effects.push(local(`config ${key}`));
  else
    effects.push({
      kind: 'git.configure',
      key: keyWord ? (key === undefined ? keyWord.value : known(settingKey(key))) : known(''),
      value: removing ? undefined : valueWord?.value,
      scope,
    });
  return { effects };
};
