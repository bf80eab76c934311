// Turns the subcommands that talk to other repositories (clone, fetch, pull, remote, submodule, archive) into effects.
import type { Word } from '../../core/invocation.ts';
import { parseArgs } from '../../core/options.ts';
import { basename } from '../../core/path.ts';
import type { Call, EffectDraft, Lowering, Run } from '../../core/program.ts';
import { repositoryKey } from '../../core/repository.ts';
import { known, prefixOf, suffixOf, type Taint, unknown, type Value } from '../../core/value.ts';
import { at, harmless, here, literal, mustBeKnown, opaque, writes } from '../kit.ts';
import { spaced } from '../words.ts';
import { commandSetting } from './configure.ts';
import { discard } from './discard.ts';
import { cwdOf, downloadedFrom, isAddress, local, transportRuns, type Verb } from './verb.ts';

/** The address behind the name of a remote, or the word itself when it is an address. */
function addressOf(call: Call, word: Word | undefined): Word | undefined {
  if (word === undefined) return undefined;
  const name = literal(word);
  const cwd = cwdOf(call);
  if (name === undefined || isAddress(name) || cwd === undefined) return word;
  const url = call.facts('git', { cwd })?.remotes[name];
  return url === undefined ? word : { ...word, value: known(url) };
}

/** True when the address is one of the repository's own remotes. */
function isConfigured(call: Call, word: Word | undefined): boolean {
  if (word === undefined) return true;
  const name = literal(word);
  const cwd = cwdOf(call);
  const remotes = cwd === undefined ? undefined : call.facts('git', { cwd })?.remotes;
  if (name === undefined || remotes === undefined) return false;
  if (!isAddress(name)) return true;
  return Object.values(remotes).some((url) => repositoryKey(url) === repositoryKey(name));
}

const helpers = (words: readonly Word[], via: string): Run[] =>
  words.map((word): Run => ({ kind: 'shell', text: word, via }));

/** The host of `https://user:$TOKEN@host/path`, whose beginning holds the part that is not known. */
function behindUser(word: Word): Value | undefined {
  const host = /@([^/:@]+)(?:[/:]|$)/.exec(suffixOf(word.value))?.[1];
  return host === undefined ? undefined : known(`https://${host}/`);
}

/** The host is what counts: an ssh-style address has no scheme, and the rest of a path need not be known. */
function fetches(word: Word | undefined): EffectDraft[] {
  if (word === undefined) return [];
  const head = prefixOf(word.value);
  if (/^([/.~]|file:)/.test(head)) return [];
  if (head.startsWith('ext::')) return [opaque('the address starts a program of its own', word.span)];
  const host = /^(?:[^@/:]+@)?([^:/]+):(?!\/\/)/.exec(head)?.[1];
  const spelled = literal(word);
  const url =
    host !== undefined
      ? known(`https://${host}/`)
      : spelled === undefined
        ? word.value
        : known(isAddress(spelled) ? `https://${repositoryKey(spelled)}` : 'https://localhost/');
  const secrets = word.taints.filter((taint) => taint.label === 'secret');
  return [
    { kind: 'net.fetch', url, span: word.span },
    ...(secrets.length > 0
      ? [
          {
            kind: 'net.send',
            to: behindUser(word) ?? url,
            channel: 'header',
            taints: secrets,
            span: word.span,
          } as const,
        ]
      : []),
  ];
}

const CLONE = {
  flags: [
    '-l --local',
    '--no-local',
    '-s --shared',
    '--no-hardlinks',
    '-q --quiet',
    '-v --verbose',
    '--progress',
    '-n --no-checkout',
    '--bare',
    '--mirror',
    '--single-branch',
    '--no-single-branch',
    '--no-tags',
    '--shallow-submodules',
    '--no-shallow-submodules',
    '--remote-submodules',
    '--sparse',
    '--dissociate',
    '--reject-shallow',
    '--also-filter-submodules',
    '-4 --ipv4',
    '-6 --ipv6',
  ],
  values: [
    '-b --branch',
    '--revision',
    '--depth',
    '-o --origin',
    '--reference',
    '--reference-if-able',
    '--template',
    '-c --config',
    '-u --upload-pack',
    '-j --jobs',
    '--separate-git-dir',
    '--shallow-since',
    '--shallow-exclude',
    '--server-option',
    '--filter',
    '--bundle-uri',
    '--ref-format',
  ],
  optional: ['--recurse-submodules --recursive'],
};

export const clone: Verb = ({ call }) => {
  const parsed = parseArgs(call.args, CLONE);
  const [address, folder] = parsed.operands;
  if (address === undefined) return harmless('git clone without an address');
  const spelled = literal(address);
  const target = folder
    ? at(call, folder)
    : spelled === undefined
      ? unknown('the folder of a repository that is not known')
      : here(call, basename(spelled.replace(/\/?(\.git)?\/*$/, '').replace(/^.*:/, '/')) || '.');
  const effects: EffectDraft[] = [
    ...mustBeKnown(
      parsed.dynamic.filter((word) => word.fields === 'many' || !parsed.operands.includes(word)),
      'an option of git clone',
    ),
    ...parsed.unlisted.map((option) => opaque(`git clone ${option.name} is not known`, option.word.span)),
    ...fetches(address),
  ];
  const ours = spelled !== undefined && /^([/.~]|file:)/.test(spelled);
  const taints: readonly Taint[] =
    ours || (spelled !== undefined && isConfigured(call, address)) ? [] : downloadedFrom(address);
  effects.push({
    kind: 'fs.write',
    path: spelled === undefined && !folder ? call.cwd : target,
    how: 'extract',
    taints,
  });
  if (parsed.has('--separate-git-dir')) effects.push(...writes(call, parsed.all('--separate-git-dir'), 'extract'));
  const runs: Run[] = [...transportRuns([address]), ...helpers(parsed.all('--upload-pack'), 'git clone --upload-pack')];
  for (const word of parsed.all('--config')) {
    const pair = literal(word);
    if (pair === undefined) effects.push(opaque('a setting of git clone is not known', word.span));
    else {
      const set = commandSetting(call, pair.split('=')[0] ?? '', {
        ...word,
        value: known(pair.slice(pair.indexOf('=') + 1)),
      });
      effects.push(...set.effects);
      runs.push(...set.runs);
    }
  }
  for (const word of parsed.all('--template'))
    if (literal(word) !== '')
      effects.push({ kind: 'git.configure', key: known('init.templatedir'), value: at(call, word), scope: 'command' });
  return { effects, runs };
};

const FETCH = {
  flags: [
    '--all',
    '-a --append',
    '--atomic',
    '-p --prune',
    '-P --prune-tags',
    '-f --force',
    '-k --keep',
    '-n --no-tags',
    '-t --tags',
    '-q --quiet',
    '-v --verbose',
    '--progress',
    '--dry-run',
    '--multiple',
    '--unshallow',
    '-u --update-head-ok',
    '--ff-only',
    '--no-ff',
    '--ff',
    '--no-rebase',
    '--autostash',
    '--no-autostash',
    '--squash',
    '--no-commit',
    '--no-edit',
    '--edit -e',
    '--allow-unrelated-histories',
    '--write-fetch-head',
    '--no-recurse-submodules',
    '-4',
    '-6',
  ],
  values: [
    '--depth',
    '--deepen',
    '--shallow-since',
    '--shallow-exclude',
    '--upload-pack',
    '-o --server-option',
    '--refmap',
    '-j --jobs',
    '--filter',
    '--negotiation-tip',
    '-s --strategy',
    '-X --strategy-option',
  ],
  optional: ['-r --rebase', '--recurse-submodules', '-S --gpg-sign', '--set-upstream'],
};

export const fetch: Verb = ({ call, verb }) => {
  const parsed = parseArgs(call.args, FETCH);
  const [remote] = parsed.operands;
  const effects: EffectDraft[] = [
    ...mustBeKnown(
      parsed.dynamic.filter((word) => word.fields === 'many' || !parsed.operands.includes(word)),
      `an option of git ${verb}`,
    ),
    ...parsed.unlisted
      .filter((option) => !option.name.startsWith('--no-'))
      .map((option) => opaque(`git ${verb} ${option.name} is not known`, option.word.span)),
    ...fetches(addressOf(call, remote)),
    local(verb),
  ];
  if (verb === 'pull' && !isConfigured(call, remote))
    effects.push(
      { kind: 'fs.write', path: call.cwd, how: 'edit', taints: downloadedFrom(remote) },
      opaque('git pull merges from a place that is no remote of the project'),
    );
  return {
    effects,
    runs: [
      ...transportRuns(remote ? [remote] : []),
      ...helpers(parsed.all('--upload-pack'), `git ${verb} --upload-pack`),
    ],
  };
};

export const listRemote: Verb = ({ call }) => {
  const parsed = parseArgs(call.args, {
    flags: ['-h --heads', '-b --branches', '-t --tags', '--refs', '-q --quiet', '--exit-code', '--get-url', '--symref'],
    values: ['--upload-pack --exec', '-o --server-option', '--sort'],
  });
  const [remote] = parsed.operands;
  return {
    effects: [{ kind: 'inspect', what: 'git ls-remote' }, ...fetches(addressOf(call, remote))],
    runs: [
      ...transportRuns(remote ? [remote] : []),
      ...helpers(parsed.all('--upload-pack'), 'git ls-remote --upload-pack'),
    ],
  };
};

export const remote: Verb = ({ call }) => {
  const operands = call.args.filter((word) => !/^-(v|-verbose)$/.test(literal(word) ?? ''));
  const [verb, ...rest] = operands;
  const name = literal(verb);
  if (verb === undefined) return harmless('git remote');
  if (name === undefined) return { effects: mustBeKnown([verb], 'what git remote does') };
  const parsed = parseArgs(rest, {
    flags: ['-f', '--tags', '--no-tags', '--push', '--add', '--delete', '--all', '-n', '-a --auto', '-d', '-p --prune'],
    values: ['-t', '-m'],
    optional: ['--mirror'],
  });
  const [target, url] = parsed.operands;
  const changed = (action: 'add' | 'change' | 'remove'): Lowering => ({
    effects: [
      { kind: 'git.remote', action, name: target?.value ?? known(''), url: url?.value },
      ...mustBeKnown(
        parsed.dynamic.filter((word) => word.fields === 'many'),
        'an argument of git remote',
      ),
    ],
    runs: transportRuns(url ? [url] : []),
  });
  if (['show', 'get-url'].includes(name)) return harmless(`git remote ${name}`, { taints: [] });
  if (['set-head', 'set-branches', 'rename', 'prune', 'update'].includes(name))
    return { effects: [local(`remote ${name}`)] };
  if (name === 'add') return changed('add');
  if (name === 'set-url') return changed('change');
  if (name === 'remove' || name === 'rm') return changed('remove');
  return { effects: [opaque(`git remote ${name} is not known`)] };
};

export const submodule: Verb = ({ call }) => {
  const [verb, ...rest] = call.args.filter((word) => !/^(-q|--quiet|--cached)$/.test(literal(word) ?? ''));
  const name = literal(verb);
  if (verb === undefined || name === 'status' || name === 'summary') return harmless('git submodule status');
  if (name === 'foreach') {
    const command = rest.filter((word, index) => index > 0 || !/^--recursive$/.test(literal(word) ?? ''));
    const line = spaced(command);
    return line
      ? { effects: [local('submodule foreach')], runs: [{ kind: 'shell', text: line, via: 'git submodule foreach' }] }
      : harmless('git submodule foreach');
  }
  if (['init', 'update', 'sync', 'absorbgitdirs', 'set-branch'].includes(name ?? ''))
    return { effects: [local(`submodule ${name}`)] };
  const parsed = parseArgs(rest, {
    flags: ['-f --force', '--all'],
    values: ['-b --branch', '--name', '--reference', '--depth'],
  });
  if (name === 'deinit')
    return {
      effects: [
        parsed.has('--force')
          ? discard(
              call,
              'worktree',
              parsed.operands.map((word) => at(call, word)),
              parsed.has('--all'),
            )
          : local('submodule deinit'),
      ],
    };
  if (name === 'add') {
    const [address, folder] = parsed.operands;
    const target = folder
      ? at(call, folder)
      : here(call, basename((literal(address) ?? 'module').replace(/\.git$/, '')));
    return {
      effects: [
        ...fetches(address),
        { kind: 'fs.write', path: target, how: 'extract', taints: downloadedFrom(address) },
      ],
      runs: transportRuns(address ? [address] : []),
    };
  }
  if (name === 'set-url')
    return {
      effects: [
        {
          kind: 'git.remote',
          action: 'change',
          name: parsed.operands[0]?.value ?? known(''),
          url: parsed.operands[1]?.value,
        },
      ],
    };
  return { effects: [opaque(`what git submodule does is not known (${name ?? 'unknown'})`)] };
};

export const archive: Verb = ({ call }) => {
  const parsed = parseArgs(call.args, {
    flags: ['-l --list', '-v --verbose', '--worktree-attributes'],
    values: [
      '-o --output',
      '--format',
      '--prefix',
      '--remote',
      '--exec',
      '--add-file',
      '--add-virtual-file',
      '--mtime',
    ],
  });
  const from = parsed.value('--remote');
  return {
    effects: [
      local('archive'),
      ...writes(call, parsed.all('--output')),
      ...fetches(from),
      ...mustBeKnown(parsed.dynamic, 'an argument of git archive'),
    ],
    runs: [...transportRuns(from ? [from] : []), ...helpers(parsed.all('--exec'), 'git archive --exec')],
  };
};
