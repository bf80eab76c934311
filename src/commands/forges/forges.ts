// Turns the argv of gh, glab, hub and tea into effects through their grammars.
import type { Word } from '../../core/invocation.ts';
import { type ParsedArgs, parseArgs } from '../../core/options.ts';
import { resolve } from '../../core/path.ts';
import { type Call, defineProgram, type EffectDraft, type Lowering, type Program } from '../../core/program.ts';
import { repositoryName } from '../../core/repository.ts';
import { secretPath } from '../../core/sensitive.ts';
import { known, text, texts, unknown } from '../../core/value.ts';
import { at, harmless, here, literal, mustBeKnown, opaque, reads } from '../kit.ts';
import { namedEffects } from '../toolchain/kit.ts';
import { wordOf } from '../words.ts';
import { lowerApi } from './api.ts';
import { examples } from './examples.ts';
import { ALONE, isNoun, type Meaning, meaningOf, nounOf } from './grammar.ts';

const OPTIONS = {
  flags: [
    '--admin',
    '-a --approve',
    '--auto',
    '-d --delete-branch',
    '-m --merge',
    '-s --squash',
    '-r --rebase',
    '--web -w',
    '--fill',
    '-f',
    '--draft',
    '--json-output',
    '--yes -y',
    '--public',
    '--private',
    '--internal',
    '--dry-run',
    '--skip-ssh-key',
    '--comments -c',
    '--generate-notes',
    '--verify-tag',
    '--clobber',
    '--latest',
    '--prerelease',
    '--accept-visibility-change-consequences',
    '--all',
    '--name-only',
    '--patch',
    '--watch',
    '--help -h',
  ],
  values: [
    '-R --repo',
    '-b --body',
    '-F --body-file',
    '-t --title',
    '-B --base',
    '-H --head',
    '--json',
    '-q --jq',
    '--template',
    '-L --limit',
    '-S --search',
    '--state',
    '--scopes',
    '--label -l',
    '--assignee',
    '--reviewer',
    '--milestone',
    '--author',
    '--notes',
    '--notes-file',
    '--target',
    '--visibility',
    '-D --dir',
    '-O --output',
    '-p --pattern',
    '--org -o',
    '--env -e',
    '--env-file',
    '--ref',
    '--branch',
    '--workflow',
    '--user -u',
    '--body-text',
    '--subject',
    '--description',
    '--desc',
    '--filename',
    '--message',
    '--color',
    '--app',
    '--hostname',
    '--field',
    '--raw-field',
    '--source-branch',
    '--target-branch',
    '--match-head-commit',
    '--add-label',
    '--remove-label',
    '--default-branch',
  ],
  abbreviations: false,
} as const;

/** The repository that is meant: by --repo, by a URL or `owner/name` operand, by GH_REPO, else the one of the folder. */
function repoOf(call: Call, parsed: ParsedArgs): 'own' | 'other' {
  const named = parsed.value('--repo') ?? call.env('GH_REPO');
  const spelled = named
    ? (literal(named) ?? '…')
    : parsed.operands.map(literal).find((word) => word !== undefined && /^https?:\/\//.test(word));
  return spelled === undefined ||
    isOwn(call)(
      spelled
        .replace(/^https?:\/\/[^/]+\//, '')
        .split('/')
        .slice(0, 2)
        .join('/'),
    )
    ? 'own'
    : 'other';
}

const isOwn =
  (call: Call) =>
  (name: string): boolean => {
    if (/^[{:]/.test(name)) return true;
    const cwd = text(call.cwd);
    const remotes = cwd === undefined ? undefined : call.facts('git', { cwd })?.remotes;
    return (
      Object.values(remotes ?? {}).some((url) => repositoryName(url) === name.toLowerCase()) ||
      call.context.policy.repositories.includes(name)
    );
  };

const forgeOf = (call: Call): 'github' | 'gitlab' | 'other' =>
  call.name === 'glab' ? 'gitlab' : call.name === 'tea' ? 'other' : 'github';

function lower(call: Call): Lowering {
  const before = parseArgs(call.args, { style: 'posix', values: ['-R --repo'], abbreviations: false });
  const [nounWord, verbWord, ...rest] = before.operands;
  if (nounWord === undefined)
    return before.dynamic.length === 0
      ? harmless(call.name)
      : { effects: [opaque(`what ${call.name} does is not known`)] };
  const spelled = literal(nounWord);
  if (spelled === undefined) return { effects: [opaque(`what ${call.name} does is not known`, nounWord.span)] };
  if (ALONE.has(spelled)) return harmless(`${call.name} ${spelled}`);
  const args = verbWord ? [verbWord, ...rest] : [];
  if (spelled === 'api') return lowerApi(call, args, forgeOf(call), isOwn(call));
  // GitLab keeps the secrets of its pipelines as variables.
  const noun = call.name === 'glab' && spelled === 'variable' ? 'secret' : nounOf(spelled);
  if (!isNoun(noun))
    return {
      effects: [opaque(`${call.name} ${spelled} is not known; it may be an alias or an extension`, nounWord.span)],
    };
  if (verbWord === undefined || (args.length <= 2 && args.some((word) => /^(--help|-h)$/.test(literal(word) ?? ''))))
    return harmless(`${call.name} ${spelled}`);
  const parsed = parseArgs(
    [
      ...before.options.flatMap((option) => (option.value ? [wordOf('--repo', option.word), option.value] : [])),
      ...rest,
    ],
    OPTIONS,
  );
  const verb = literal(verbWord);
  const meaning = verb === undefined ? undefined : meaningOf(noun, verb);
  if (verb === undefined || meaning === undefined)
    return { effects: [opaque(`what ${call.name} ${spelled} ${verb ?? ''} does is not known`, verbWord.span)] };
  return lowerVerb(call, noun, verb, meaning, parsed);
}

function lowerVerb(call: Call, noun: string, verb: string, meaning: Meaning, parsed: ParsedArgs): Lowering {
  const forge = forgeOf(call);
  const repo = repoOf(call, parsed);
  const effect = (
    action: Extract<EffectDraft, { kind: 'forge' }>['action'],
    operation = verb,
    subject = noun,
  ): EffectDraft => ({ kind: 'forge', forge, subject, operation, action, repo });
  const output = { taints: [{ label: 'untrusted' as const, from: `${call.name} ${noun} ${verb}` }] };
  const unclear = mustBeKnown(
    parsed.dynamic.filter((word) => word.fields === 'many'),
    `an option of ${call.name} ${noun} ${verb}`,
  );
  switch (meaning) {
    case 'read':
      if (noun === 'codespace' && verb === 'ports' && parsed.operands.length > 0)
        return { effects: [effect('grant', `${verb} ${literal(parsed.operands[0]) ?? '…'}`)] };
      if (noun === 'repo' && verb === 'members' && parsed.operands.length > 0)
        return { effects: [effect('grant', `members ${literal(parsed.operands[0]) ?? '…'}`)] };
      if (noun === 'auth' && call.args.some((word) => /^(-\w*t\w*|--show-token)$/.test(literal(word) ?? '')))
        return {
          effects: [{ kind: 'secret.read', what: `the token of ${call.name}`, shown: true }],
          output: { taints: [{ label: 'secret', from: `${call.name} auth token` }] },
        };
      return { effects: [effect('read')], output };
    case 'local':
      return {
        effects: [
          {
            kind: 'git.local',
            action: `${call.name} ${noun} ${verb}`,
            ...(noun === 'pr' ? { checksOut: { branch: unknown('the branch of the request'), cwd: call.cwd } } : {}),
          },
        ],
      };
    case 'clone': {
      const [address, folder] = parsed.operands;
      if (address === undefined) return harmless(`${call.name} ${noun} clone`);
      const name = literal(address) ?? 'repository';
      const path = folder
        ? at(call, folder)
        : here(
            call,
            name
              .replace(/\.git$/, '')
              .split('/')
              .at(-1) ?? name,
          );
      return {
        effects: [
          {
            kind: 'fs.write',
            path,
            how: 'extract',
            taints: isOwn(call)(name) ? [] : [{ label: 'downloaded', from: name }],
          },
        ],
      };
    }
    case 'save': {
      const folder = parsed.value('--dir') ?? parsed.value('--output');
      return {
        effects: [
          effect('read'),
          {
            kind: 'fs.write',
            path: folder ? at(call, folder) : here(call, '.'),
            how: 'extract',
            taints: [{ label: 'downloaded', from: `${call.name} ${noun} ${verb}` }],
          },
        ],
      };
    }
    case 'token':
      // Made to be handed to other programs; whether this one may have it is for a person to say.
      return {
        effects: [{ kind: 'secret.read', what: `a credential of ${call.name}`, shown: false }],
        output: { taints: [{ label: 'secret', from: `${call.name} ${noun} ${verb}` }] },
      };
    case 'self':
      if (noun === 'auth' && verb === 'refresh' && parsed.has('--scopes', '-s'))
        return { effects: [effect('grant', 'refresh --scopes')] };
      if (noun === 'extension' && verb === 'install')
        return {
          effects: parsed.operands.map(
            (word): EffectDraft => ({
              kind: 'pkg.install',
              manager: call.name,
              names: [word.value],
              source: 'git',
              global: true,
              span: word.span,
            }),
          ),
        };
      return { effects: [opaque(`${call.name} ${noun} ${verb} changes ${call.name} itself or its sign-in`)] };
    case 'shell':
      return { effects: [opaque(`${call.name} ${noun} ${verb} works on another machine`)] };
    default:
      return { effects: [...unclear, ...changes(call, noun, verb, parsed, effect, meaning)] };
  }
}

function changes(
  call: Call,
  noun: string,
  verb: string,
  parsed: ParsedArgs,
  effect: (
    action: Extract<EffectDraft, { kind: 'forge' }>['action'],
    operation?: string,
    subject?: string,
  ) => EffectDraft,
  meaning: Extract<EffectDraft, { kind: 'forge' }>['action'],
): EffectDraft[] {
  const bodies = [...parsed.all('--body-file'), ...parsed.all('--notes-file'), ...parsed.all('--env-file')];
  const effects = reads(call, bodies);
  const said = parsed.options.flatMap((option) => option.value?.taints ?? []);
  const piped =
    bodies.some((word) => literal(word) === '-') || (noun === 'gist' && call.stdin.from !== 'inherit')
      ? call.stdin.taints
      : [];
  const files =
    noun === 'gist' || noun === 'snippet' || (noun === 'release' && verb !== 'edit')
      ? parsed.operands.slice(noun === 'release' ? 1 : 0)
      : [];
  effects.push(...reads(call, files, 'copy'));
  const secrets = files.flatMap((word) =>
    (texts(word.value) ?? []).flatMap((file) =>
      secretPath(text(resolve(known(file), call.cwd)) ?? file) === undefined
        ? []
        : [{ label: 'secret' as const, from: file }],
    ),
  );
  const taints = [...said, ...piped, ...secrets];
  if (noun !== 'secret' && taints.some((taint) => taint.label === 'secret'))
    effects.push({
      kind: 'net.send',
      to: known(`https://${call.name === 'glab' ? 'gitlab.com' : 'github.com'}`),
      channel: 'paste',
      taints,
    });
  if (noun === 'repo' && verb === 'edit') {
    if (parsed.has('--visibility')) return [...effects, effect('grant', 'visibility')];
    const opens = parsed.options.some((option) =>
      /^--(default-branch|allow-forking|enable-(auto-merge|advanced-security|secret-scanning))/.test(option.name),
    );
    return [...effects, effect(opens ? 'grant' : 'update', 'settings')];
  }
  if (noun === 'repo' && verb === 'create' && parsed.has('--public')) return [...effects, effect('publish', 'create')];
  if (noun === 'pr' && parsed.has('--admin'))
    effects.push({ kind: 'bypass', what: 'review', detail: `${call.name} pr merge --admin` });
  if (noun === 'pr' && ((verb === 'review' && parsed.has('--approve')) || verb === 'approve'))
    effects.push({ kind: 'bypass', what: 'approval', detail: `${call.name} pr ${verb}` });
  if (noun === 'workflow' && verb === 'run')
    effects.push(
      ...namedEffects(
        literal(parsed.operands[0]) ?? '',
        [...parsed.options.map((option) => option.value), ...parsed.operands.slice(1)].map(literal).join(' '),
      ),
    );
  return [...effects, effect(meaning)];
}

/** What hub calls its own verbs; those that have verbs of their own behind them keep them. */
const hubVerbs: Readonly<Record<string, readonly string[]>> = {
  'pull-request': ['pr', 'create'],
  browse: ['repo', 'view'],
  'ci-status': ['pr', 'checks'],
  pr: ['pr'],
  issue: ['issue'],
  gist: ['gist'],
  release: ['release'],
  fork: ['repo', 'fork'],
  delete: ['repo', 'delete'],
  create: ['repo', 'create'],
};

/** Without a verb of their own these only list. */
const LISTS = new Set(['issue', 'release', 'pr']);

export const forgePrograms: readonly Program[] = [
  defineProgram({
    names: ['gh', 'glab', 'tea'],
    lower,
    examples,
  }),
  defineProgram({
    names: ['hub'],
    lower: (call) => {
      const name = literal(call.args[0]);
      const same = name === undefined ? undefined : hubVerbs[name];
      if (name === 'api') return lowerApi(call, call.args.slice(1), 'github', isOwn(call));
      // hub hands every other word to git.
      if (same === undefined)
        return {
          effects: [],
          runs: [{ kind: 'argv', argv: [wordOf('git', call.invocation), ...call.args], via: 'hub' }],
        };
      const like = call.args[0] as Word;
      const rest = call.args.slice(1);
      const lists = LISTS.has(name ?? '') && /^(-.*)?$/.test(literal(rest[0]) ?? '');
      const words = [...same, ...(lists ? ['list'] : [])].map((word) => wordOf(word, like));
      return { effects: [], runs: [{ kind: 'argv', argv: [wordOf('gh', like), ...words, ...rest], via: 'hub' }] };
    },
    examples: {
      allow: ['hub status', 'hub pull-request --no-edit', 'hub ci-status', 'hub pr list', 'hub release'],
      deny: ['hub push -f origin main', 'hub delete acme/project', 'hub release delete v1.0.0'],
    },
  }),
];
