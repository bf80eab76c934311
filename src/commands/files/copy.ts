// Turns the argv of programs that copy, move and link files into effects; knows nothing of policy.
import { REPOSITORY_FILE, type Word } from '../../core/invocation.ts';
import { type OptionSpec, type ParsedArgs, parseArgs } from '../../core/options.ts';
import { basename, certainFolder, resolve } from '../../core/path.ts';
import type { Call, EffectDraft, Lowering, Program } from '../../core/program.ts';
import { concat, known, pattern, suffixOf, text, unknown, type Value, why } from '../../core/value.ts';
import { at, inspect, opaque, reads, writes } from '../kit.ts';

const SPEC: OptionSpec = {
  flags: [
    '-a --archive',
    '-b',
    '-c',
    '-C',
    '-d',
    '-D',
    '-f --force',
    '-i --interactive',
    '-l --link',
    '-L --dereference',
    '-n --no-clobber',
    '-P --no-dereference',
    '-p',
    '-r -R --recursive',
    '-s --symbolic-link',
    '-T --no-target-directory',
    '-u',
    '-v --verbose',
    '-x --one-file-system',
    '-H',
    '-X',
    '-Z',
    '--parents',
    '--remove-destination',
    '--strip-trailing-slashes',
    '--attributes-only',
    '--copy-contents',
    '--debug',
    '-h',
    '-F',
    '-w',
    '--exchange',
    '--no-copy',
    '--relative',
    '--logical',
    '--physical',
    '--symbolic',
    '--directory',
    '--force-link',
  ],
  values: ['-t --target-directory', '-S --suffix'],
  optional: ['--backup', '--preserve', '--no-preserve', '--reflink', '--sparse', '--context', '--update'],
};

const LINK: OptionSpec = {
  flags: [
    '-s --symbolic',
    '-f --force',
    '-n --no-dereference',
    '-v --verbose',
    '-r --relative',
    '-T --no-target-directory',
    '-b',
    '-i --interactive',
    '-L --logical',
    '-P --physical',
    '-d -F --directory',
    '-h',
    '-w',
  ],
  values: ['-t --target-directory', '-S --suffix'],
  optional: ['--backup'],
};

interface Transfer {
  readonly sources: readonly Word[];
  readonly into: Word | undefined;
  /** The target is certainly a folder that receives the sources under their own names. */
  readonly folder: boolean;
  /** It is a folder now, as far as can be seen. */
  readonly perhaps?: boolean;
}

function transfer(call: Call, parsed: ParsedArgs): Transfer {
  const given = parsed.value('-t');
  if (given) return { sources: parsed.operands, into: given, folder: true };
  const sources = parsed.operands.slice(0, -1);
  const into = parsed.operands.at(-1);
  if (sources.length === 0 || into === undefined) return { sources: parsed.operands, into: undefined, folder: false };
  const many = sources.length > 1 || sources.some((word) => word.fields === 'many');
  const whole = text(into.value);
  const named = suffixOf(into.value).endsWith('/') || ['.', '..', '~'].includes(whole ?? '');
  const path = text(at(call, into));
  const real = path === undefined || parsed.has('-T') ? undefined : call.facts('path', { path });
  return { sources, into, folder: many || named, perhaps: real?.type === 'dir' && !path?.startsWith('/dev/') };
}

/** `src/.` and, for BSD, `src/` stand for what the folder holds. */
const CONTENTS = /(^|\/)\.?\/?$|\/$/;

/** Where one source ends up. */
function destination(call: Call, { into, folder, perhaps }: Transfer, source: Word): Value {
  const target = into ? at(call, into) : call.cwd;
  if (into && CONTENTS.test(text(source.value) ?? 'x')) return target;
  if (!folder && !perhaps && into) return target;
  const from = at(call, source);
  const name = text(from) === undefined ? undefined : basename(text(from) as string);
  if (name !== undefined) return resolve(concat(target, known(`/${name}`)), call.cwd);
  return resolve(
    concat(target, { kind: 'pattern', prefix: '/', suffix: '', climbs: false, because: 'the name of a copied file' }),
    call.cwd,
  );
}

const unread = (call: Call, parsed: ParsedArgs): EffectDraft[] =>
  parsed.unlisted
    .filter((option) => !['--help', '--version'].includes(option.name))
    .map((option) => opaque(`${call.name} ${option.name} is not an option that is known`));

function cp(call: Call): Lowering {
  const parsed = parseArgs(call.args, SPEC);
  const where = transfer(call, parsed);
  if (where.into === undefined && parsed.operands.length === 0)
    return { effects: [inspect(call.name), ...unread(call, parsed)] };
  const links = parsed.has('-l', '-s');
  const how = links ? 'link' : parsed.has('-n') ? 'create' : 'overwrite';
  const effects = where.sources.flatMap((source): EffectDraft[] => {
    const from = at(call, source);
    const empty = text(from) === '/dev/null' ? { content: known('') } : {};
    return [
      ...reads(call, [source], 'copy').map((effect) =>
        effect.kind === 'fs.read' ? { ...effect, recursive: parsed.has('-r', '-a') } : effect,
      ),
      {
        kind: 'fs.write',
        path: destination(call, where, source),
        how,
        span: source.span,
        ...empty,
        ...(links ? { target: from } : {}),
      },
      ...(where.perhaps && where.into ? writes(call, [where.into], how) : []),
    ];
  });
  return { effects: [...effects, ...unread(call, parsed)], output: { taints: [] } };
}

function mv(call: Call): Lowering {
  const parsed = parseArgs(call.args, SPEC);
  const where = transfer(call, parsed);
  const effects = where.sources.map(
    (source): EffectDraft => ({
      kind: 'fs.move',
      from: why(source.value) === REPOSITORY_FILE ? unknown(REPOSITORY_FILE) : at(call, source),
      to: destination(call, where, source),
      span: source.span,
    }),
  );
  return { effects: [...effects, ...unread(call, parsed), inspect(call.name)], output: { taints: [] } };
}

function ln(call: Call): Lowering {
  const parsed = parseArgs(call.args, LINK);
  const where = transfer(call, parsed);
  const effects = where.sources.map(
    (source): EffectDraft => ({
      kind: 'fs.write',
      path: destination(call, where, source),
      how: 'link',
      target: at(call, source),
      span: source.span,
    }),
  );
  // Where the target is a folder only as far as can be seen, the link may also stand in its place.
  if (where.perhaps && where.into)
    for (const source of where.sources)
      effects.push({
        kind: 'fs.write',
        path: at(call, where.into),
        how: 'link',
        target: at(call, source),
        span: source.span,
      });
  return { effects: [...effects, ...unread(call, parsed), inspect('ln')], output: { taints: [] } };
}

function install(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: [
      '-b',
      '-c',
      '-C --compare',
      '-d --directory',
      '-D',
      '-p --preserve-timestamps',
      '-s --strip',
      '-T --no-target-directory',
      '-v --verbose',
      '-U',
      '-S',
    ],
    values: [
      '-g --group',
      '-m --mode',
      '-o --owner',
      '-t --target-directory',
      '--suffix',
      '--strip-program',
      '-f',
      '-B',
    ],
    optional: ['--backup', '--preserve-context', '-Z'],
  });
  const strip = parsed.value('--strip-program');
  const runs = strip ? [{ kind: 'argv' as const, argv: [strip], via: 'install --strip-program' }] : [];
  const mode = parsed.value('-m');
  const special = /^[2-7][0-7]{3}$|[ug+]s/.test(text(mode?.value ?? known('')) ?? '')
    ? [{ kind: 'privilege' as const, how: 'setuid' as const, what: 'install -m' }]
    : [];
  if (parsed.has('-d'))
    return { effects: [...writes(call, parsed.operands, 'mkdir'), ...special, ...unread(call, parsed)], runs };
  const where = transfer(call, parsed);
  const effects = where.sources.flatMap((source): EffectDraft[] => [
    ...reads(call, [source], 'copy'),
    { kind: 'fs.write', path: destination(call, where, source), how: 'overwrite', span: source.span },
  ]);
  return { effects: [...effects, ...special, ...unread(call, parsed), inspect('install')], runs };
}

/** `s/from/into/` with its separators, which a backslash may hide. */
const SUBSTITUTION = /^(?:s|y|tr)([/|,#])((?:\\.|(?!\1).)*)\1((?:\\.|(?!\1).)*)\1[gir]*$/s;

/** `rename 's/a/b/' *.txt` runs a Perl expression over names; util-linux `rename a b *.txt` only replaces text. */
function rename(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: [
      '-n -nono --no-act --nono',
      '-f --force',
      '-v --verbose',
      '-o --no-overwrite',
      '-s --symlink',
      '-a --all',
      '-l --last',
      '-d',
      '-0',
    ],
    values: ['-e'],
  });
  if (parsed.has('-n')) return { effects: [inspect(call.name)] };
  const [first, second, ...others] = parsed.operands;
  const simple = /^(s|y|tr)([/|,#]).*\2.*\2[gir]*$/s.test(text(first?.value ?? known('')) ?? '');
  const expression = text(first?.value ?? known('/')) ?? '/';
  const into = SUBSTITUTION.exec(expression)?.[3] ?? '/';
  // A new name with a slash in it, or one that is computed, can lie in another folder.
  const moves = simple ? /[/\\$]/.test(into) : /\/|^$/.test(text(second?.value ?? known('')) ?? '');
  const files = simple || second === undefined ? parsed.operands.slice(1) : others;
  const renamed = files.map((word): EffectDraft => {
    const from = at(call, word);
    const folder = certainFolder(from);
    const to: Value =
      folder === undefined ? unknown('the new name') : pattern(`${folder}/`, '', 'the new name', { climbs: moves });
    return { kind: 'fs.move', from, to, span: word.span };
  });
  const perl = !simple && /[(;`$]|\bs[^\w\s]/.test(text(first?.value ?? known('')) ?? '?');
  return {
    effects: [
      ...renamed,
      ...(perl || parsed.has('-e') ? [opaque('the expression of rename is not read')] : []),
      inspect(call.name),
    ],
  };
}

export const copiers: readonly Program[] = [
  {
    names: ['cp', 'gcp', 'copyfiles', 'cpy', 'cpx', 'ditto', 'ncp'],
    lower: cp,
    examples: {
      allow: [
        'cp a.ts b.ts',
        'cp -r src /tmp/backup',
        'cp ~/.claude/settings.json /tmp/settings.bak',
        'cp -t dist a.js b.js',
        'cp .env.example .env.test',
        'cp *.md docs/',
      ],
      deny: [
        'cp x ~/.bashrc',
        'cp hook.sh .git/hooks/pre-commit',
        'cp evil.service /etc/systemd/system/',
        'cp settings.json .claude/',
        'cp key ~/.ssh/authorized_keys',
      ],
      unsettled: ['cp /dev/null .env', 'cp a.ts ~/a.ts', 'cp --frob a b'],
    },
  },
  {
    names: ['mv', 'gmv'],
    lower: mv,
    examples: {
      allow: ['mv src/a.ts src/b.ts', 'mv -n a.md b.md docs/', 'mv /tmp/new.json config.json'],
      deny: [
        'mv ~/.claude/settings.json /tmp/',
        'mv -t /tmp /*',
        'mv ~ /tmp/h',
        'mv x ~/.zshrc',
        'mv .git /tmp/git',
        'mv /etc/passwd /tmp/',
      ],
      unsettled: ['mv ~/a.txt .', 'mv src ~/elsewhere', 'mv CLAUDE.md old.md'],
    },
  },
  {
    names: ['ln', 'gln', 'link'],
    lower: ln,
    examples: {
      allow: [
        'ln -s ../shared/config.ts src/config.ts',
        'ln -sf dist/cli.js bin',
        'ln -s /usr/local/lib/node_modules/x node_modules/x',
      ],
      deny: ['ln -sf /dev/null ~/.bash_history', 'ln -s x .claude/hooks/guard.sh', 'ln -s /tmp/x /usr/bin/node'],
      unsettled: ['ln -s x ~/x'],
    },
  },
  {
    names: ['install', 'ginstall'],
    lower: install,
    examples: {
      allow: ['install -m 755 a.sh bin/a', 'install -d out/bin'],
      deny: ['install -m 4755 sh /tmp/sh', 'install x /etc/cron.d/x'],
      unsettled: ['install -m 755 tool ~/.local/share/tool'],
    },
  },
  {
    names: ['rename', 'prename', 'file-rename', 'mmv', 'detox'],
    lower: rename,
    examples: {
      allow: [
        "rename 's/\\.js$/.ts/' src/a.js",
        "rename 's/\\.jsx$/.tsx/' src/*.jsx",
        'rename .htm .html a.htm',
        "rename -n 'system(1)' a",
      ],
      unsettled: [
        "rename 's/^/..\\/..\\/x\\//' src/a.ts",
        "rename 's,a,/srv/b,' src/a.ts",
        'rename \'system("x")\' a.txt',
        "rename 's,^src,/srv/www,' src/*.js",
        "rename 's|src|..|' $FILES",
      ],
    },
  },
];
