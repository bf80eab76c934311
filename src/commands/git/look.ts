// Turns the subcommands that only look (log, diff, show, grep, difftool, format-patch) into effects, with the options by which they write or run something.
import { REPOSITORY_FILE, type Word } from '../../core/invocation.ts';
import { parseArgs } from '../../core/options.ts';
import type { EffectDraft, Lowering, Run } from '../../core/program.ts';
import { known, text, type Value } from '../../core/value.ts';
import { harmless, here, literal, opaque, reads, writes } from '../kit.ts';
import { currentBranch } from './discard.ts';
import { cwdOf, local, shellRun, type Verb } from './verb.ts';

export const grep: Verb = ({ call }) => {
  const parsed = parseArgs(call.args, {
    optional: ['-O --open-files-in-pager'],
    values: ['-e', '-f', '-A', '-B', '-C', '-m --max-count', '--max-depth', '--threads'],
    flags: [
      '-n',
      '-i',
      '-l',
      '-L',
      '-c',
      '-w',
      '-v',
      '-h',
      '-H',
      '-o',
      '-q',
      '-r',
      '-E',
      '-F',
      '-G',
      '-P',
      '-p',
      '-W',
      '-a',
      '-I',
      '-z',
      '--no-index',
      '--untracked',
      '--cached',
      '--and',
      '--or',
      '--not',
    ],
  });
  const effects: EffectDraft[] = [{ kind: 'inspect', what: 'git grep' }, ...reads(call, parsed.all('-f'))];
  if (parsed.has('--no-index')) effects.push(...reads(call, parsed.operands.slice(parsed.has('-e', '-f') ? 0 : 1)));
  const pager = parsed.value('--open-files-in-pager');
  if (parsed.has('--open-files-in-pager') && !pager)
    effects.push(opaque('git grep opens the files in the configured pager'));
  const word: Word | undefined = pager;
  return { effects, runs: word ? [shellRun(word, 'git grep --open-files-in-pager')] : [] };
};

/** `REVISION:PATH` shows a file as it was. */
const shownFile = (word: Word): string | undefined => /^[^:/][^:]*:([^:].*)$/.exec(text(word.value) ?? '')?.[1];

/** Subcommands that only look; the few options by which they write or run something. */
export const look: Verb = ({ call, verb }): Lowering => {
  const parsed = parseArgs(call.args, {
    values: ['--output', '-S', '-G', '--format', '--contents'],
    flags: ['--ext-diff', '--textconv', '--no-index', '--lost-found'],
    abbreviations: false,
  });
  const effects: EffectDraft[] = [
    { kind: 'inspect', what: `git ${verb}` },
    ...writes(call, parsed.all('--output')),
    ...reads(call, parsed.all('--contents')),
  ];
  if (parsed.has('--ext-diff')) effects.push(opaque('git runs the diff program that is configured'));
  if (parsed.has('--no-index')) effects.push(...reads(call, parsed.operands));
  for (const word of parsed.operands) {
    const file = verb === 'show' || verb === 'cat-file' ? shownFile(word) : undefined;
    if (file !== undefined) effects.push({ kind: 'fs.read', path: here(call, file), use: 'content', span: word.span });
  }
  // A file that is shown is printed with what it holds.
  return { effects, ...(effects.some((effect) => effect.kind === 'fs.read') ? {} : looked(call, verb)) };
};

/** Paths of a repository are relative and climb out of nothing; `-z` and `--relative` keep it so. */
const LISTED: Value = {
  kind: 'pattern',
  prefix: '',
  suffix: '',
  climbs: false,
  because: REPOSITORY_FILE,
};

const listsFiles = (verb: string, words: readonly (string | undefined)[]): boolean =>
  (verb === 'ls-files' &&
    !words.some((word) => word === undefined || /^(-s|--stage|-[a-z]*[tvfu]|--format.*|--eol|--debug)$/.test(word))) ||
  (/^(diff|show|log|diff-tree|diff-index)$/.test(verb) &&
    words.includes('--name-only') &&
    (verb === 'diff' || words.some((word) => /^(--format=|--pretty=(format:)?|--no-commit-id)$/.test(word ?? ''))));

function looked(call: Parameters<Verb>[0]['call'], verb: string): Pick<Lowering, 'output'> {
  const words = call.args.map(literal);
  if (listsFiles(verb, words)) return { output: { taints: [], each: LISTED } };
  const cwd = cwdOf(call);
  const fact = cwd === undefined ? undefined : call.facts('git', { cwd });
  if (verb === 'rev-parse' && words.length === 1 && words[0] === '--show-toplevel' && fact?.inRepo)
    return { output: { text: known(fact.root), taints: [] } };
  const asksBranch =
    (verb === 'rev-parse' && words.includes('--abbrev-ref') && words.at(-1) === 'HEAD') ||
    (verb === 'symbolic-ref' && words.includes('--short') && words.at(-1) === 'HEAD');
  const branch = asksBranch ? currentBranch(call) : undefined;
  return branch === undefined ? { output: { taints: [] } } : { output: { text: known(branch), taints: [] } };
}

/** Commands of the user are started on each difference. */
export const difftool: Verb = ({ call }) => {
  const parsed = parseArgs(call.args, {
    values: ['-x --extcmd', '-t --tool'],
    flags: ['-y --no-prompt', '--prompt', '-d --dir-diff', '--tool-help', '-g --gui'],
  });
  const runs: Run[] = parsed.all('--extcmd').map((word) => shellRun(word, 'git difftool --extcmd'));
  if (parsed.has('--tool-help')) return harmless('git difftool --tool-help');
  return {
    effects:
      runs.length > 0 ? [local('difftool')] : [opaque('git starts the diff or merge program that is configured')],
    runs,
  };
};

export const formatPatch: Verb = ({ call }) => {
  const parsed = parseArgs(call.args, { values: ['-o --output-directory', '--output'], abbreviations: false });
  return {
    effects: [
      ...writes(call, [...parsed.all('--output-directory'), ...parsed.all('--output')]),
      ...(parsed.has('--stdout') ? [] : [{ kind: 'fs.write', path: here(call, '.'), how: 'create' } as const]),
      local('format-patch'),
    ],
  };
};
