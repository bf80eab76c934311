// Turns the argv of programs that look at files and folders (ls, stat, tree, du ...) into effects; knows nothing of policy.
import { parseArgs } from '../../core/options.ts';
import { basename, dirname } from '../../core/path.ts';
import type { Call, Lowering, Output, Program } from '../../core/program.ts';
import { known, oneOf, pattern, text, texts, type Value } from '../../core/value.ts';
import { at, inspect, literals, reader, reads } from '../kit.ts';

const QUIET: Output = { taints: [] };

/** `realpath`, `readlink -f`: the path itself when nothing shows that it is a link. */
function resolved(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: [
      '-f --canonicalize',
      '-e --canonicalize-existing',
      '-m --canonicalize-missing',
      '-n --no-newline',
      '-q --quiet',
      '-s --strip --no-symlinks',
      '-v --verbose',
      '-z --zero',
      '-L --logical',
      '-P --physical',
    ],
    values: ['--relative-to', '--relative-base'],
  });
  const whole = call.name.endsWith('realpath') || parsed.has('-f', '-e', '-m');
  const path = parsed.operands.length === 1 && parsed.operands[0] ? text(at(call, parsed.operands[0])) : undefined;
  const real = path === undefined ? undefined : call.facts('path', { path })?.real;
  const plain = whole && real !== undefined && !parsed.has('--relative-to', '--relative-base');
  return {
    effects: [...reads(call, parsed.operands, 'names'), inspect(call.name)],
    output: plain ? { text: known(real), taints: [] } : QUIET,
  };
}

const NAME_END = /^[^/]*[^/.][^/]*$/;

function part(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: ['-a --multiple', '-z --zero'],
    values: ['-s --suffix'],
    style: 'posix',
  });
  const [path, suffix] = parsed.operands;
  const all = literals(path);
  const end = parsed.value('-s') ?? (parsed.has('-a') ? undefined : suffix);
  const cut = literals(end)?.[0] ?? '';
  const single = parsed.has('-a') || parsed.has('-s') ? parsed.operands.length === 1 : true;
  // The last part of a path that ends in a known name holds no slash and is not `..`.
  if (path?.value.kind === 'pattern' && single && call.name.endsWith('basename') && NAME_END.test(path.value.suffix)) {
    const { suffix: tail, because, climbs } = path.value;
    const left = tail.endsWith(cut) ? tail.slice(0, tail.length - cut.length) : tail;
    const certain = end === undefined || (literals(end)?.length === 1 && (tail.endsWith(cut) || !cut.endsWith(tail)));
    if (certain && (!climbs || NAME_END.test(left)))
      return { effects: [inspect(call.name)], output: { text: pattern('', left, because, { climbs: false }) } };
  }
  if (all === undefined || !single || (end && texts(end.value)?.length !== 1)) return { effects: [inspect(call.name)] };
  const make = (whole: string): string => {
    if (call.name.endsWith('dirname')) return dirname(whole);
    const name = basename(whole) || '/';
    return cut !== '' && name !== cut && name.endsWith(cut) ? name.slice(0, -cut.length) : name;
  };
  return { effects: [inspect(call.name)], output: { text: oneOf(all.map(make)) } };
}

export const lookers: readonly Program[] = [
  {
    names: ['ls', 'gls', 'exa', 'eza', 'lsd', 'dir', 'vdir', 'colorls'],
    lower: (call) => {
      // The letters differ between ls and its successors; a value taken for a file name only reads one name more.
      const parsed = parseArgs(call.args, {
        values: ['--ignore', '--width', '--tabsize', '--level', '--sort', '--hide', '--time-style', '--block-size'],
      });
      const effects = reads(call, parsed.operands, 'names');
      const detailed = parsed.options.some(
        (option) => !['-1', '-a', '-A', '-t', '-r', '-S', '-d'].includes(option.name),
      );
      const [root, ...more] = parsed.operands;
      const names: Value = {
        kind: 'pattern',
        prefix: '',
        suffix: '',
        climbs: false,
        because: 'names that ls prints',
        glob: '*',
      };
      const globs = root?.value.kind === 'pattern' && root.value.glob !== undefined ? root.value : undefined;
      const each = detailed || more.length > 0 ? undefined : root ? globs : names;
      return {
        effects: effects.length > 0 ? effects : [inspect(call.name)],
        output: { taints: [], ...(each ? { each } : {}) },
      };
    },
    examples: { allow: ['ls', 'ls -la src', 'ls ~/.ssh', 'eza --tree -L 2', 'ls *.md', 'ls /etc | head'] },
  },
  reader(
    [
      'tree',
      'stat',
      'gstat',
      'du',
      'gdu',
      'df',
      'file',
      'namei',
      'findmnt',
      'mountpoint',
      'dust',
      'duf',
      'ncdu',
      'pathchk',
      'dircolors',
    ],
    {
      flags: ['-C --compile'],
      values: [
        '-c',
        '-f --format',
        '-t',
        '-L',
        '-P',
        '-I',
        '-d --max-depth',
        '-B --block-size',
        '-X --exclude-from',
        '--exclude',
        '--filelimit',
        '-m --magic-file',
        '-o',
        '-F',
        '--printf',
        '-H',
      ],
      use: 'names',
      output: QUIET,
      outputs: ['-o'],
      examples: {
        allow: ['tree -L 2 -I node_modules', 'stat -c %s a.txt', 'du -sh * | sort -h', 'df -h', 'file a.bin'],
        deny: ['tree -o ~/.bashrc'],
      },
    },
  ),
  {
    names: ['realpath', 'grealpath', 'readlink', 'greadlink'],
    lower: resolved,
    examples: {
      allow: ['readlink -f src/a.ts', 'realpath .', 'readlink .claude/hooks/guard.sh', 'rm -rf "$(realpath dist)"'],
      deny: ['rm -rf "$(realpath ..)"'],
    },
  },
  {
    names: ['basename', 'gbasename', 'dirname', 'gdirname'],
    lower: part,
    examples: {
      allow: [
        'for f in docs/*.md; do cp "$f" "build/$(basename "$f" .md).txt"; done',
        'for f in img/*.png; do cp "$f" "${f%.png}.bak"; touch "${f%.*}.txt" "out/${f##*/}"; done',
        'basename /a/b.ts .ts',
        'dirname src/a.ts',
        'cp "$(dirname src/a.ts)/b.ts" c.ts',
      ],
      deny: ['rm -rf "$(dirname /home/x)"'],
      unsettled: [
        'for f in src/*; do touch "${f##*/}/x"; done',
        'for f in ~/*.png; do rm "${f%.png}.jpg"; done',
        'touch "$(basename "$DIR")"',
        'touch "${F%.*}.txt"',
      ],
    },
  },
  reader(['bat', 'batcat', 'most', 'zless', 'zmore', 'lesspipe', 'highlight', 'pygmentize', 'glow', 'mdcat', 'hexyl'], {
    values: [
      '--language',
      '--line-range',
      '-r',
      '--highlight-line',
      '--style',
      '--theme',
      '--map-syntax',
      '--color',
      '--paging',
      '--wrap',
      '--file-name',
      '--tabs',
      '--terminal-width',
      '--pager',
      '-o',
    ],
    refuses: ['--pager', '-o'],
    abbreviations: false,
    examples: {
      allow: ['bat src/a.ts', 'bat -p --line-range 1:20 src/a.ts', 'glow README.md'],
      unsettled: ['bat --pager=./x a.ts'],
    },
  }),
];
