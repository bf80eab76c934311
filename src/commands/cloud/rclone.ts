// Turns rclone argv into effects by which side of a copy is a remote. Knows no policy.
import type { Word } from '../../core/invocation.ts';
import { parseArgs } from '../../core/options.ts';
import type { Call, EffectDraft, Lowering, Program } from '../../core/program.ts';
import { known, mergeTaints, prefixOf, text } from '../../core/value.ts';
import { at, harmless, literal, mustBeKnown, opaque } from '../kit.ts';
import { fileTaints } from '../network/request.ts';
import { entries } from '../table.ts';
import { mentionsProduction } from './verbs.ts';

/** https://rclone.org/flags/ */
const SPEC = {
  flags: entries(
    '--dry-run -n | --interactive -i | --progress -P | --verbose -v -vv -vvv | --quiet -q | --checksum -c | --size-only | --update -u | --ignore-existing | --existing | --no-traverse | --fast-list | --delete-during | --delete-before | --delete-after | --delete-excluded | --copy-links -L | --links -l | --create-empty-src-dirs | --track-renames | --ignore-times -I | --metadata -M | --one-file-system -x | --human-readable | --recursive -R | --rmdirs | --immutable | --inplace | --stats-one-line | --s3-no-check-bucket | --no-check-certificate | --resync | --delete-empty-src-dirs | --ignore-errors | --use-server-modtime | --server-side-across-configs | --no-update-modtime | --refresh-times | --check-first | --no-check-dest | --disable-http2',
  ),
  values: entries(
    '--config | --transfers | --checkers | --bwlimit | --include | --exclude | --filter | --filter-from | --include-from | --exclude-from | --files-from | --max-age | --min-age | --max-size | --min-size | --max-depth | --log-file | --log-level | --stats | --retries | --timeout | --contimeout | --buffer-size | --drive-chunk-size | --s3-chunk-size | --s3-acl | --s3-region | --s3-provider | --format -F | --compare-dest | --copy-dest | --backup-dir | --suffix | --tpslimit | --max-delete | --max-transfer',
  ),
  abbreviations: false,
};
const LOOKS =
  /^(ls|lsd|lsl|lsf|lsjson|size|check|tree|about|version|help|listremotes|cat|md5sum|sha1sum|hashsum|cryptcheck|ncdu|obscure|completion|link --help)$/;
const TAKES_AWAY = /^(delete|deletefile|purge|rmdir|rmdirs|cleanup|dedupe)$/;
const COPIES = /^(copy|copyto|sync|move|moveto|bisync)$/;

/** `remote:path`, `:backend:path`; a bare path is of this machine. */
const isRemote = (word: Word): boolean => /^:?[\w.+@ -]+(,[^:]*)?:/.test(prefixOf(word.value));

function lower(call: Call): Lowering {
  const parsed = parseArgs(call.args, SPEC);
  const verb = literal(parsed.operands[0]);
  if (call.args.length === 0 || /^(--version|--help|-h)$/.test(literal(call.args[0]) ?? '')) return harmless('rclone');
  if (verb === undefined) return { effects: [opaque('what rclone does is not known')] };
  const [, ...places] = parsed.operands;
  const unclear = [
    ...parsed.unlisted.map((option) => opaque(`what ${option.name} of rclone does is not known`, option.word.span)),
    ...mustBeKnown(parsed.dynamic, 'a place or option of rclone'),
    ...(parsed.has('--no-check-certificate') ? [{ kind: 'weaken' as const, what: 'TLS checks of rclone' }] : []),
  ];
  if (unclear.length > 0) return { effects: unclear };
  if (parsed.has('--dry-run') || LOOKS.test(verb)) return harmless(`rclone ${verb}`);
  const production = mentionsProduction(places) ? ({ production: true } as const) : {};
  const removal = (word: Word, mass: boolean): EffectDraft =>
    isRemote(word)
      ? {
          kind: 'cloud',
          provider: 'rclone',
          service: 'storage',
          operation: verb,
          action: 'delete',
          target: word.value,
          ...(mass ? { mass: true } : {}),
          ...production,
        }
      : { kind: 'fs.delete', path: at(call, word), recursive: mass };
  if (TAKES_AWAY.test(verb)) return { effects: places.map((word) => removal(word, /^(delete|purge)$/.test(verb))) };
  const [from, to] = places;
  if (!COPIES.test(verb) || from === undefined || to === undefined)
    return {
      effects: [
        verb === 'config'
          ? {
              kind: 'cloud',
              provider: 'rclone',
              service: 'config',
              operation: verb,
              action: shows(places) ? 'secret' : 'configure',
              target: known(''),
            }
          : opaque(`what rclone ${verb} does is not read`),
      ],
    };
  const effects: EffectDraft[] = [
    isRemote(from)
      ? { kind: 'cloud', provider: 'rclone', service: 'storage', operation: verb, action: 'read', target: from.value }
      : { kind: 'fs.read', path: at(call, from), use: 'copy', recursive: true },
    isRemote(to)
      ? {
          kind: 'net.send',
          to: to.value,
          channel: 'copy',
          taints: isRemote(from) ? from.taints : mergeTaints(from.taints, fileTaints(at(call, from))),
        }
      : {
          kind: 'fs.write',
          path: at(call, to),
          how: 'extract',
          taints: [{ label: 'downloaded', from: text(from.value) ?? 'rclone' }],
        },
  ];
  // sync makes the target like the source: what only the target holds goes.
  if (/sync$/.test(verb)) effects.push(removal(to, true));
  if (verb === 'bisync' || /^move/.test(verb)) effects.push(removal(from, true));
  return { effects };
}

const shows = (words: readonly Word[]): boolean => /^(show|dump)$/.test(literal(words[0]) ?? '');

export const rclone: Program = {
  names: ['rclone'],
  lower,
  examples: {
    allow: [
      'rclone --version',
      'rclone lsd store:',
      'rclone sync dist store:site --dry-run',
      'rclone copy store:site/a.csv data/',
    ],
    deny: [
      'rclone sync dist store:site',
      'rclone purge store:site',
      'rclone delete store:site/old',
      'rclone copy .env store:backup',
      'rclone config dump',
    ],
    unsettled: [
      'rclone copy dist store:site',
      'rclone move dist store:site --delete-empty-src-dirs',
      'rclone mount store: /mnt/s',
      'rclone --frob sync a b:',
      'rclone sync "$A" "$B"',
    ],
  },
};
