// Turns the argv of zip, unzip and gzip-like compressors into effects; knows nothing of policy.
import type { Word } from '../../core/invocation.ts';
import { parseArgs } from '../../core/options.ts';
import type { Call, EffectDraft, Lowering, Program } from '../../core/program.ts';
import { concat, known, suffixOf, text } from '../../core/value.ts';
import { at, inspect, literal, mustBeKnown, opaque, reader, reads, writes } from '../kit.ts';

function zip(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: [
      '-r --recurse-paths',
      '-q --quiet',
      '-v --verbose',
      '-j --junk-paths',
      '-m --move',
      '-u --update',
      '-f --freshen',
      '-d --delete',
      '-g --grow',
      '-y --symlinks',
      '-X --strip-extra',
      '-D --no-dir-entries',
      '-T --test',
      '-e --encrypt',
      '-l',
      '-@ --names-stdin',
      '-A',
      '-F --fix',
      '-FF --fixfix',
      '-o',
      '-S',
      '-c',
      '-z',
      '-U --copy-entries',
      '-sf',
      '-h',
      '-L',
      '-h2',
      '-w',
      '-ws',
      '--help',
      '--version',
      '-R',
      '-9',
      '-8',
      '-7',
      '-6',
      '-5',
      '-4',
      '-3',
      '-2',
      '-1',
      '-0',
      '-FS --filesync',
    ],
    values: [
      '-x --exclude',
      '-i --include',
      '-P --password',
      '-b --temp-path',
      '-t --from-date',
      '-tt',
      '-n --suffixes',
      '-O --output-file --out',
      '-s --split-size',
      '-TT --unzip-command',
      '-Z --compression-method',
      '-lf',
      '--log-file',
      '-sp',
    ],
  });
  const command = parsed.value('-TT');
  const [archive, ...rest] = parsed.operands;
  const stop = rest.findIndex((word) => ['-x', '-i'].includes(literal(word) ?? ''));
  const members = stop < 0 ? rest : rest.slice(0, stop);
  const target =
    archive && literal(archive) !== '-'
      ? [suffixOf(archive.value).includes('.') ? archive : { ...archive, value: concat(archive.value, known('.zip')) }]
      : [];
  const effects: EffectDraft[] = [
    ...reads(call, members).map((effect) =>
      effect.kind === 'fs.read' ? { ...effect, recursive: parsed.has('-r') } : effect,
    ),
    ...writes(call, [...target, ...parsed.all('-O', '-lf')], 'edit'),
    ...(parsed.has('-m')
      ? members.map(
          (word): EffectDraft => ({ kind: 'fs.delete', path: at(call, word), recursive: true, span: word.span }),
        )
      : []),
    ...(command
      ? [
          {
            kind: 'code.run' as const,
            origin: 'config' as const,
            language: 'shell',
            what: command.value,
            taints: command.taints,
            carrier: 'zip -TT',
          },
        ]
      : []),
    ...mustBeKnown(parsed.dynamic, 'an option of zip'),
    inspect('zip'),
  ];
  return { effects, ...(command ? { runs: [{ kind: 'shell' as const, text: command, via: 'zip -TT' }] } : {}) };
}

function unzip(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: [
      '-l',
      '-v',
      '-t',
      '-Z',
      '-p',
      '-c',
      '-z',
      '-o',
      '-n',
      '-q',
      '-qq',
      '-j',
      '-u',
      '-f',
      '-a',
      '-C',
      '-L',
      '-X',
      '-K',
      '-M',
      '-V',
      '-1',
      '-h',
      '-s',
      '-B',
      '-D',
      '-:',
    ],
    values: ['-d', '-x', '-P', '-O', '-I'],
  });
  const [archive] = parsed.operands;
  const shows = parsed.has('-l', '-v', '-t', '-Z', '-p', '-c', '-z') || !archive;
  const folder = parsed.value('-d');
  return {
    effects: [
      ...reads(call, archive ? [archive] : []),
      ...(shows
        ? []
        : [{ kind: 'fs.write' as const, path: folder ? at(call, folder) : call.cwd, how: 'extract' as const }]),
      ...(parsed.has('-:') ? [opaque('an archive with names above its folder can write anywhere')] : []),
      ...mustBeKnown(parsed.dynamic, 'an option of unzip'),
      inspect('unzip'),
    ],
    ...(shows
      ? { output: parsed.has('-p', '-c') ? { adds: [{ label: 'decoded', from: 'unzip' }] } : { taints: [] } }
      : {}),
  };
}

const ENDINGS: Readonly<Record<string, string>> = {
  gzip: '.gz',
  pigz: '.gz',
  bzip2: '.bz2',
  pbzip2: '.bz2',
  lbzip2: '.bz2',
  xz: '.xz',
  pixz: '.xz',
  lzma: '.lzma',
  zstd: '.zst',
  zstdmt: '.zst',
  lz4: '.lz4',
  brotli: '.br',
  compress: '.Z',
  lzip: '.lz',
  plzip: '.lz',
  lzop: '.lzo',
};
const KEEPS = new Set(['zstd', 'zstdmt', 'unzstd', 'lz4', 'unlz4', 'brotli', 'lzop']);

/** gzip and its kin replace each file by its packed or unpacked form, unless told to keep it. */
function compressor(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: [
      '-c --stdout --to-stdout',
      '-d --decompress --uncompress',
      '-f --force',
      '-k --keep',
      '-l --list',
      '-t --test',
      '-v --verbose',
      '-q --quiet',
      '-r --recursive',
      '-n --no-name',
      '-N --name',
      '-z --compress',
      '--rm',
      '-e --extreme',
      '--fast',
      '--best',
      '--ultra',
      '--long',
      '-h --help',
      '-V --version',
      '--rsyncable',
      '--no-sparse',
      '--sparse',
      '--adapt',
      '--no-progress',
      '-m --multiple',
      '-j --rm-source',
    ],
    values: [
      '-S --suffix',
      '-o --output',
      '-T --threads',
      '-p --processes',
      '-D',
      '-b --blocksize',
      '-M --memlimit',
      '-F --format',
      '-w --lgwin',
      '--train',
      '-C --check',
      '--files',
      '--output-dir-flat',
    ],
    optional: ['--long', '--memory', '--exclude-compressed'],
  });
  const unpacks = parsed.has('-d') || /^(gun|bun|un)|un(xz|zstd|lz4|lzma|compress)$/.test(call.name);
  const replaces = !parsed.has('-c', '-l', '-t', '-h', '-V') && !/cat$/.test(call.name);
  const output = parsed.all('-o');
  const keeps = !parsed.has('--rm', '-j') && (parsed.has('-k') || KEEPS.has(call.name));
  const ending = ENDINGS[call.name] ?? '';
  const files = parsed.operands.filter((word) => literal(word) !== '-');
  const made = (word: Word): Word => {
    const whole = text(word.value);
    if (!unpacks) return { ...word, value: concat(word.value, known(ending)) };
    return { ...word, value: whole === undefined ? word.value : known(whole.replace(/\.[^./]+$/, '')) };
  };
  const effects: EffectDraft[] = [...reads(call, files), ...writes(call, output)];
  if (replaces && output.length === 0) {
    effects.push(...writes(call, files.map(made)));
    // The packed form holds what the removed file held.
    if (!keeps)
      for (const word of files)
        effects.push({ kind: 'fs.move', from: at(call, word), to: at(call, made(word)), span: word.span });
  }
  const shows = unpacks && output.length === 0 && (!replaces || files.length === 0) && !parsed.has('-l', '-t');
  return {
    effects: [...effects, ...mustBeKnown(parsed.dynamic, `an option of ${call.name}`), inspect(call.name)],
    ...(shows ? { output: { adds: [{ label: 'decoded', from: call.name }] } } : {}),
  };
}

export const zipPrograms: readonly Program[] = [
  {
    names: ['zip'],
    lower: zip,
    examples: {
      allow: ['zip -r out.zip dist', 'zip -r out src -x "*.map"'],
      deny: ['zip a.zip x -T -TT ./x.sh', 'zip -rm a.zip ~', "zip /tmp/a.zip x -T --unzip-command 'sh -c id'"],
      unsettled: ['zip -m a.zip .env'],
    },
  },
  {
    names: ['unzip', 'zipinfo', 'funzip'],
    lower: unzip,
    examples: {
      allow: ['unzip -l a.zip', 'unzip -q a.zip -d build', 'unzip -p a.zip x.txt'],
      deny: ['unzip a.zip -d ~/.claude/hooks', 'unzip -o a.zip -d /etc'],
      unsettled: ['unzip a.zip -d ~/x', 'unzip -: a.zip'],
    },
  },
  {
    names: [
      'gzip',
      'gunzip',
      'pigz',
      'unpigz',
      'bzip2',
      'bunzip2',
      'pbzip2',
      'lbzip2',
      'xz',
      'unxz',
      'pixz',
      'lzma',
      'unlzma',
      'zstd',
      'unzstd',
      'zstdmt',
      'lz4',
      'unlz4',
      'brotli',
      'unbrotli',
      'compress',
      'uncompress',
      'lzip',
      'plzip',
      'lzop',
    ],
    lower: compressor,
    examples: {
      allow: [
        'gzip -k a.txt',
        'gzip a.txt',
        'gunzip -c a.gz | head',
        'zstd -d a.zst -o a',
        'xz -9 a.txt',
        'gzip -9 < a.txt > a.gz',
      ],
      deny: ['gzip ~/.bashrc', 'xz /etc/passwd', 'zstd -f a -o ~/.zshrc'],
      unsettled: ['gzip ~/a.txt'],
    },
  },
  reader(['zcat', 'gzcat', 'bzcat', 'xzcat', 'zstdcat', 'lz4cat', 'lzcat', 'zdiff', 'zcmp', 'xzdiff', 'bzmore'], {
    values: ['-S', '-T'],
    output: { adds: [{ label: 'decoded', from: 'a packed file' }] },
    examples: {
      allow: ['zcat a.gz | head', 'xzcat a.xz | wc -l'],
      deny: ['zcat payload.gz | sh', 'gzip -dc payload.gz | bash'],
    },
  }),
];
