// Turns the argv of programs that remove files (rm, rmdir, unlink, shred, rimraf, trash) into effects; knows nothing of policy.
import { REPOSITORY_FILE, type Word } from '../../core/invocation.ts';
import { parseArgs } from '../../core/options.ts';
import { resolve } from '../../core/path.ts';
import type { Call, EffectDraft, Lowering, Program } from '../../core/program.ts';
import { FROM_INPUT } from '../../core/protected.ts';
import { unknown, why } from '../../core/value.ts';
import { at, inspect, mustBeKnown, opaque, wantsHelp } from '../kit.ts';
import { globbed } from '../words.ts';

/** A word that may be several words may hold `-r` as well. */
const deletes = (call: Call, words: readonly Word[], recursive: boolean, only?: 'empty'): EffectDraft[] =>
  words.map((word) => ({
    kind: 'fs.delete',
    // A list of the whole repository is no more of a name than a list that nobody has seen.
    path: why(word.value) === REPOSITORY_FILE ? unknown(FROM_INPUT) : at(call, word),
    recursive,
    span: word.span,
    ...(only ? { only } : {}),
  }));

function rm(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: [
      '-r -R --recursive',
      '-f --force',
      '-i',
      '-I',
      '-v --verbose',
      '-d --dir',
      '--one-file-system',
      '--no-preserve-root',
      '-P',
      '-W',
      '-x',
    ],
    optional: ['--interactive', '--preserve-root'],
  });
  if (parsed.operands.length === 0 && !parsed.has('-r', '-f', '-d')) return { effects: [inspect('rm')] };
  const unlisted = parsed.unlisted.filter((option) => !['--help', '--version'].includes(option.name));
  return {
    effects: [
      ...deletes(
        call,
        parsed.operands,
        parsed.has('-r') ||
          parsed.dynamic.some((word) => ![FROM_INPUT, REPOSITORY_FILE].includes(why(word.value) ?? '')),
      ),
      ...unlisted.map((option) => opaque(`rm ${option.name} is not an option that is known`)),
      inspect('rm'),
    ],
    output: { taints: [] },
  };
}

function rmdir(call: Call): Lowering {
  const parsed = parseArgs(call.args, { flags: ['-p --parents', '-v --verbose', '--ignore-fail-on-non-empty'] });
  return {
    effects: [
      ...deletes(call, parsed.operands, false, 'empty'),
      ...mustBeKnown(parsed.dynamic, 'an operand of rmdir'),
      inspect('rmdir'),
    ],
  };
}

function shred(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: ['-f --force', '-u', '-v --verbose', '-x --exact', '-z --zero', '-r --remove', '-S'],
    values: ['-n --iterations', '-s --size', '--random-source', '-p --pattern'],
    optional: ['--remove'],
  });
  return {
    effects: [
      ...parsed.operands.flatMap((word): EffectDraft[] => {
        const path = at(call, word);
        return [{ kind: 'fs.write', path, how: 'overwrite', wipe: true, span: word.span }];
      }),
      ...mustBeKnown(parsed.dynamic, `an operand of ${call.name}`),
      inspect(call.name),
    ],
  };
}

/** Packages that delete what a script names; they expand patterns themselves. */
function rimraf(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: [
      '-g --glob',
      '-G --no-glob',
      '-v --verbose',
      '-V',
      '-i --interactive',
      '-I',
      '-f --force',
      '-n --dry-run',
      '--dot',
    ],
    values: ['--impl', '--tmp', '--max-retries', '--retry-delay', '--backoff'],
  });
  if (parsed.has('--dry-run') || wantsHelp(call.args)) return { effects: [inspect(call.name)] };
  const paths = parsed.operands.map((word) => resolve(globbed(word.value), call.cwd));
  return {
    effects: [
      ...paths.map((path): EffectDraft => ({ kind: 'fs.delete', path, recursive: true })),
      ...parsed.unlisted.map((option) => opaque(`${call.name} ${option.name} is not an option that is known`)),
      inspect(call.name),
    ],
  };
}

export const removers: readonly Program[] = [
  {
    names: ['rm', 'grm', 'srm'],
    lower: rm,
    examples: {
      allow: [
        'rm src/old.ts',
        'rm -rf node_modules dist',
        'rm -f .git/index.lock',
        'rm -rf /tmp/greenlight-run',
        'rm -rf src/legacy',
        'rm -- -odd-name.ts',
        'rm --help',
        { command: 'rm -rf "$PWD/build"' },
        'cd packages/web && rm -rf dist',
        'rm -f src/*.pyc',
      ],
      deny: [
        'git ls-files src | xargs rm -rf',
        'rm -rf /',
        'rm -rf ~',
        'rm -fr $HOME/',
        'rm -r -f ~/*',
        'rm -rf ..',
        'rm -rf .',
        'rm -rf ./*',
        'rm -rf .git',
        'rm -rf ~/photos',
        'rm --recursive --force /usr/lib',
        'rm -rf /tmp/*',
        'sudo rm -rf /var/lib/mysql',
        "r''m -rf ~/photos",
        'rm -rf {dist,~}',
      ],
      unsettled: ['rm -rf "$UNSET_FOLDER/"*', 'rm .env', 'rm data.sqlite', 'rm ~/notes.txt', 'rm --forcible x'],
    },
  },
  {
    names: ['rmdir', 'grmdir'],
    lower: rmdir,
    examples: { allow: ['rmdir empty', 'rmdir -p a/b/c'], unsettled: ['rmdir ~/empty'] },
  },
  {
    names: ['unlink', 'gunlink'],
    lower: rm,
    examples: { allow: ['unlink src/a.ts'], deny: ['unlink ~/.claude/settings.json'] },
  },
  {
    names: ['shred', 'gshred', 'scrub', 'wipe'],
    lower: shred,
    examples: {
      deny: ['shred -u ~/.ssh/id_ed25519', 'shred -n 3 /etc/passwd'],
      unsettled: ['shred -u notes.md', 'scrub -p dod notes.md'],
    },
  },
  {
    names: ['rimraf', 'del', 'del-cli', 'trash', 'trash-put', 'gio-trash', 'premove'],
    lower: rimraf,
    examples: {
      allow: ['rimraf dist coverage', "rimraf --glob '**/*.tsbuildinfo'", 'trash src/old.ts'],
      deny: ['rimraf ~', 'rimraf ..', 'trash ~/photos'],
      unsettled: ['rimraf --frob dist', 'rimraf "$OUT"'],
    },
  },
];
