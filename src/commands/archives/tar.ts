// Turns the argv of tar, cpio, pax and ar into effects: what they read, write, extract and run; knows nothing of policy.
import type { Word } from '../../core/invocation.ts';
import { type ParsedArgs, parseArgs } from '../../core/options.ts';
import { resolve } from '../../core/path.ts';
import type { Call, EffectDraft, Lowering, Program, Run } from '../../core/program.ts';
import { known, text, type Value } from '../../core/value.ts';
import { at, COMPRESSORS, carries, inspect, literal, mustBeKnown, opaque, reads, writes } from '../kit.ts';
import { wordOf } from '../words.ts';

const SPEC = {
  flags: [
    '-A --catenate --concatenate',
    '-c --create',
    '-d --diff --compare',
    '--delete',
    '-r --append',
    '-t --list',
    '-u --update',
    '-x --extract --get',
    '--test-label',
    '-j --bzip2',
    '-J --xz',
    '--lzip',
    '--lzma',
    '--lzop',
    '-z --gzip --gunzip --ungzip',
    '-Z --compress',
    '--zstd',
    '-v --verbose',
    '-k --keep-old-files',
    '--overwrite',
    '--remove-files',
    '-p --preserve-permissions --same-permissions',
    '-m --touch',
    '--no-same-owner',
    '--same-owner',
    '--no-same-permissions',
    '-h --dereference',
    '-P --absolute-names',
    '-O --to-stdout',
    '-a --auto-compress',
    '-S --sparse',
    '-W --verify',
    '-w --interactive --confirmation',
    '-l --check-links',
    '-n --seek',
    '-o',
    '-i --ignore-zeros',
    '-B',
    '-R --block-number',
    '-U --unlink-first',
    '-s',
    '--skip-old-files',
    '--keep-newer-files',
    '--no-recursion',
    '--recursion',
    '--one-file-system',
    '--numeric-owner',
    '--exclude-vcs',
    '--exclude-vcs-ignores',
    '--exclude-caches',
    '--exclude-backups',
    '--wildcards',
    '--no-wildcards',
    '--anchored',
    '--no-anchored',
    '--ignore-case',
    '--ignore-failed-read',
    '--totals',
    '--utc',
    '--full-time',
    '--help',
    '--version',
    '--force-local',
    '--null',
    '--hard-dereference',
    '--delay-directory-restore',
    '--no-overwrite-dir',
    '--overwrite-dir',
    '--recursive-unlink',
    '--no-xattrs',
    '--xattrs',
    '--acls',
    '--no-acls',
    '--selinux',
    '--no-mac-metadata',
    '--disable-copyfile',
    '--no-auto-compress',
    '--show-transformed-names',
    '--verbatim-files-from',
    '--no-selinux',
    '--keep-directory-symlink',
    '--preserve-order',
    '--restrict',
    '--show-defaults',
    '--full-time',
    '--reverse',
  ],
  values: [
    '-f --file',
    '-C --directory',
    '-T --files-from',
    '-X --exclude-from',
    '-g --listed-incremental',
    '-b --blocking-factor',
    '-L --tape-length',
    '-N --newer --after-date',
    '-V --label',
    '-K --starting-file',
    '-H --format',
    '-F --info-script --new-volume-script',
    '-I --use-compress-program',
    '--to-command',
    '--checkpoint-action',
    '--rsh-command',
    '--rmt-command',
    '--exclude',
    '--owner',
    '--group',
    '--mode',
    '--mtime',
    '--transform --xform',
    '--strip-components',
    '--suffix',
    '--sort',
    '--pax-option',
    '--record-size',
    '--exclude-tag',
    '--exclude-tag-all',
    '--exclude-ignore',
    '--newer-mtime',
    '--add-file',
    '--volno-file',
    '--index-file',
    '--quoting-style',
    '--level',
    '--uid',
    '--gid',
    '--uname',
    '--gname',
    '--options',
    '--owner-map',
    '--group-map',
    '--exclude-tag-under',
    '--exclude-ignore-recursive',
    '--clamp-mtime',
  ],
  optional: [
    '--checkpoint',
    '--occurrence',
    '--warning',
    '--backup',
    '--hole-detection',
    '--totals',
    '--sparse-version',
    '--one-top-level',
  ],
} as const;

/** Old style: the first word is a cluster of options without a dash, whose values follow in order. */
function dashed(args: readonly Word[]): readonly Word[] {
  const [first, ...rest] = args;
  const cluster = literal(first);
  if (!first || cluster === undefined || !/^[A-Za-z]+$/.test(cluster) || !/[Acdrtux]/.test(cluster)) return args;
  const words: Word[] = [];
  let next = 0;
  for (const letter of cluster) {
    words.push(wordOf(`-${letter}`, first));
    const value = 'fCTXgbLNVKHFI'.includes(letter) ? rest[next++] : undefined;
    if (value) words.push(value);
  }
  return [...words, ...rest.slice(next)];
}

function commands(call: Call, parsed: ParsedArgs): { effects: EffectDraft[]; runs: Run[] } {
  const effects: EffectDraft[] = [];
  const runs: Run[] = [];
  const carry = (option: string, word: Word, code: Word): void => {
    effects.push({ ...carries(call, option, code), span: word.span });
    runs.push({ kind: 'shell', text: code, via: `tar ${option}` });
  };
  for (const word of parsed.all('--checkpoint-action')) {
    const action = literal(word);
    if (action?.startsWith('exec=')) carry('--checkpoint-action', word, wordOf(action.slice(5), word));
    else if (action === undefined || !/^(dot|echo|bell|sleep|totals|ttyout|\.)/.test(action))
      effects.push(...mustBeKnown([word], 'the action of tar'), opaque('an action of tar is not read'));
  }
  for (const name of ['--to-command', '-F', '--rsh-command', '--rmt-command'])
    for (const word of parsed.all(name)) carry(name, word, word);
  for (const word of parsed.all('-I'))
    if (!COMPRESSORS.test(literal(word) ?? '')) carry('--use-compress-program', word, word);
  return { effects, runs };
}

function tar(call: Call): Lowering {
  const parsed = parseArgs(dashed(call.args), SPEC);
  if (parsed.has('--help', '--version')) return { effects: [inspect('tar')] };
  const folder = parsed.all('-C').at(-1);
  const base: Value = folder ? at(call, folder) : call.cwd;
  const archive = parsed.value('-f');
  const remote = !parsed.has('--force-local') && /^[\w@.-]+:/.test(literal(archive) ?? '');
  const { effects, runs } = commands(call, parsed);
  const members = parsed.operands;
  const inBase = (word: Word): Value => resolve(word.value, base);
  const creates = parsed.has('-c', '-r', '-u', '-A', '--delete');
  if (archive && remote)
    effects.push(
      creates
        ? { kind: 'net.send', to: archive.value, channel: 'copy', taints: [] }
        : { kind: 'net.fetch', url: archive.value },
    );
  else if (archive)
    effects.push(
      ...(creates ? writes(call, [archive], parsed.has('-c') ? 'overwrite' : 'edit') : reads(call, [archive])),
    );
  if (creates)
    for (const word of members)
      effects.push({ kind: 'fs.read', path: inBase(word), use: 'content', recursive: true, span: word.span });
  if (creates && parsed.has('--remove-files'))
    for (const word of members)
      effects.push({ kind: 'fs.delete', path: inBase(word), recursive: true, span: word.span });
  if (parsed.has('-x') && !parsed.has('-O', '--to-command')) {
    effects.push({ kind: 'fs.write', path: base, how: 'extract' });
    if (parsed.has('-P')) effects.push(opaque('an archive with absolute names can write anywhere'));
    if (parsed.has('--recursive-unlink')) effects.push({ kind: 'fs.delete', path: base, recursive: true });
  }
  effects.push(
    ...reads(call, parsed.all('-X', '-T')),
    ...writes(call, parsed.all('-g', '--index-file', '--volno-file'), 'edit'),
    ...(parsed.has('-T') && parsed.has('--remove-files')
      ? [opaque('the files that tar removes are listed in a file')]
      : []),
    ...mustBeKnown(parsed.dynamic, 'an option of tar'),
    ...parsed.unlisted.map((option) => opaque(`tar ${option.name} is not an option that is known`)),
    inspect('tar'),
  );
  const toOutput = parsed.has('-O') || archive === undefined || literal(archive) === '-';
  if (parsed.has('-x') && parsed.has('-O'))
    return { effects, runs, output: { adds: [{ label: 'decoded', from: 'tar' }] } };
  return { effects, runs, ...(toOutput ? {} : { output: { taints: [] } }) };
}

function cpio(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: [
      '-i --extract',
      '-o --create',
      '-p --pass-through',
      '-t --list',
      '-d --make-directories',
      '-m',
      '-u --unconditional',
      '-v --verbose',
      '-V --dot',
      '-a',
      '-c',
      '-b',
      '-s',
      '-S',
      '-L',
      '-l --link',
      '-n',
      '-r --rename',
      '-0 --null',
      '--no-absolute-filenames',
      '--absolute-filenames',
      '--quiet',
      '-A --append',
      '-B',
      '-k',
      '-f',
    ],
    values: [
      '-F --file',
      '-I',
      '-O',
      '-D --directory',
      '-E --pattern-file',
      '-H --format',
      '-R --owner',
      '-C --io-size',
      '-M --message',
      '--rsh-command',
    ],
  });
  const folder = parsed.value('-D');
  const target = parsed.has('-p') ? parsed.operands[0] : undefined;
  const output = parsed.value('-O') ?? (parsed.has('-o') ? parsed.value('-F') : undefined);
  const effects: EffectDraft[] = [
    ...(parsed.has('-i') && !parsed.has('-t')
      ? [{ kind: 'fs.write' as const, path: folder ? at(call, folder) : call.cwd, how: 'extract' as const }]
      : []),
    ...(target ? [{ kind: 'fs.write' as const, path: at(call, target), how: 'extract' as const }] : []),
    ...writes(call, output ? [output] : []),
    ...reads(call, [...parsed.all('-I'), ...(output ? [] : parsed.all('-F'))]),
    ...(parsed.has('--rsh-command') ? [opaque('cpio --rsh-command is not read')] : []),
    ...parsed.unlisted.map((option) => opaque(`${call.name} ${option.name} is not an option that is known`)),
    inspect(call.name),
  ];
  return { effects };
}

/** `ar rcs lib.a a.o`: the first word names the operation. */
function ar(call: Call): Lowering {
  const [operation, ...rest] = call.args.filter((word, index) => index === 0 || !literal(word)?.startsWith('--'));
  const letters = (literal(operation) ?? '').replace(/^-/, '');
  const archive = rest.find((word) => !/^[0-9]+$/.test(literal(word) ?? ''));
  const members = rest.filter((word) => word !== archive);
  if (!archive || /^-?[tp]/.test(letters) || call.name === 'ranlib')
    return {
      effects: [
        ...(call.name === 'ranlib' ? writes(call, call.args, 'edit') : reads(call, archive ? [archive] : [])),
        inspect(call.name),
      ],
    };
  if (letters.startsWith('x'))
    return { effects: [...reads(call, [archive]), { kind: 'fs.write', path: call.cwd, how: 'extract' }] };
  if (!/^[rqdms]/.test(letters))
    return { effects: [opaque(`${call.name} ${text(operation?.value ?? known('')) ?? '…'} is not read`)] };
  return { effects: [...reads(call, members), ...writes(call, [archive], 'edit')] };
}

export const tarPrograms: readonly Program[] = [
  {
    names: ['tar', 'gtar', 'bsdtar'],
    lower: tar,
    examples: {
      allow: [
        'tar czf out.tgz dist',
        'tar -tzf a.tgz',
        'tar xf a.tar -C build',
        'tar -I zstd -xf a.tar.zst -C /tmp/x',
        'tar cf - src | wc -c',
        'tar --exclude=node_modules -czf /tmp/a.tgz .',
        'tar --use-compress-program=pigz -cf a.tgz src',
      ],
      deny: [
        'tar cf /dev/null x --checkpoint=1 --checkpoint-action=exec="sh x.sh"',
        "tar xf a.tar --to-command='sh -c id'",
        "tar -xf a.tar -I 'sh -c id'",
        'tar xf a.tar -C ~/.claude',
        'tar xf a.tar -C /etc',
        'tar cf a.tar --remove-files ~',
      ],
      unsettled: ['tar xPf a.tar', 'tar xf a.tar -C ~/x', 'tar cf a.tar --frob src', 'tar $FLAGS'],
    },
  },
  {
    names: ['cpio', 'pax'],
    lower: cpio,
    examples: { allow: ['cpio -itv < a.cpio', 'cpio -id -D build < a.cpio'], deny: ['cpio -id -D /etc < a.cpio'] },
  },
  {
    names: ['ar', 'gcc-ar', 'llvm-ar', 'ranlib'],
    lower: ar,
    examples: { allow: ['ar rcs build/lib.a a.o', 'ar t lib.a'], deny: ['ar rcs /usr/lib/lib.a a.o'] },
  },
];
