// Describes the clients of object stores that copy, empty and open buckets: s3cmd, s5cmd, mc, azcopy, b2, ossutil and their kind.
import type { Word } from '../../core/invocation.ts';
import { type OptionSpec, parseArgs } from '../../core/options.ts';
import type { Call, EffectDraft, Lowering, Program } from '../../core/program.ts';
import { known, mergeTaints, prefixOf, text } from '../../core/value.ts';
import { at, harmless, inspect, literal, mustBeKnown, opaque } from '../kit.ts';
import { fileTaints } from '../network/request.ts';
import { entries } from '../table.ts';
import { asksHelp } from './grammar.ts';
import { isLocalAddress, mentionsProduction } from './verbs.ts';

interface Store {
  readonly names: readonly string[];
  readonly options: OptionSpec;
  /** Beginning of a word that names a place in the store. */
  readonly remote: RegExp;
  readonly looks: string;
  readonly removes: string;
  /** Commands of which the last operand is where the others go. */
  readonly copies: string;
  /** Copies after which the source is gone. */
  readonly moves?: string;
  readonly grants?: string;
  readonly secrets?: string;
  readonly creates?: string;
  readonly configures?: string;
  /** Options with which nothing is done. */
  readonly dry?: readonly string[];
  /** Options with which a copy removes what only the target holds. */
  readonly mirrors?: readonly string[];
  /** Options, or their values, that open what is copied to everyone. */
  readonly opens?: RegExp;
  /** True when the place is on this machine. */
  readonly here?: (place: string) => boolean;
  readonly examples: Program['examples'];
}

const STORES: readonly Store[] = [
  {
    names: ['s3cmd'],
    options: {
      flags: entries(
        '--recursive -r | --force -f | --dry-run -n | --delete-removed | --acl-public -P | --acl-private | --human-readable-sizes -H | --verbose -v | --quiet -q | --progress | --no-progress | --skip-existing | --preserve -p | --list-md5 | --guess-mime-type -M | --no-check-md5 | --requester-pays | --ssl | --no-ssl | --check-md5 | --follow-symlinks -F | --continue | --no-mime-magic | --delete-after | --no-preserve | --long-listing -l',
      ),
      values: entries(
        '--config -c | --access_key | --secret_key | --host | --host-bucket | --region | --exclude | --include | --rexclude | --acl-grant | --acl-revoke | --mime-type -m | --add-header | --storage-class | --bucket-location | --max-delete | --limit-rate | --files-from | --multipart-chunk-size-mb',
      ),
      abbreviations: false,
    },
    remote: /^s3:\/\//,
    looks: 'ls | la | du | info | multipart | listmp | cflist | cfinfo | getlifecycle | getpolicy | ws-info',
    removes: 'rb | del | rm | delpolicy | dellifecycle | cfdelete | ws-delete | abortmp | delcors',
    copies: 'put | get | sync | cp | mv',
    moves: 'mv',
    grants: 'setacl | setpolicy | accesslog | signurl | setcors | ws-create',
    creates: 'mb | modify | restore | setlifecycle | expire | setversioning | fixbucket | cfinvalinfo | payer | tag',
    dry: ['--dry-run'],
    mirrors: ['--delete-removed'],
    opens: /^(-P|--acl-public)$/,
    here: () => false,
    examples: {
      allow: [
        's3cmd ls s3://shop-img',
        's3cmd get s3://shop-img/a.png',
        's3cmd -n sync --delete-removed dist/ s3://shop-site/',
      ],
      deny: [
        's3cmd rb --force s3://shop-img',
        's3cmd del -r s3://shop-img/old',
        's3cmd setacl --acl-public s3://shop-img',
        's3cmd sync --delete-removed dist/ s3://shop-site/',
        's3cmd put -P a.png s3://shop-img/',
      ],
      unsettled: ['s3cmd put a.png s3://shop-img/', 's3cmd mb s3://shop-new', 's3cmd --frob'],
    },
  },
  {
    names: ['s5cmd', 's4cmd'],
    options: {
      flags: entries(
        '--dry-run | --json | --no-sign-request | --humanize -H | --delete | --recursive -r | --force -f | --stat | --sync-check -s | --no-clobber -n | --if-size-differ | --all-versions | --version | --etag -e | --show-fullpath',
      ),
      values: entries(
        '--endpoint-url | --profile | --credentials-file | --numworkers | --retry-count | --log | --exclude | --include | --storage-class | --acl | --concurrency -c | --destination-region | --source-region | --sse | --cache-control',
      ),
      abbreviations: false,
    },
    remote: /^s3:\/\//,
    looks: 'ls | du | head | cat | version | bucket-version | select',
    removes: 'rm | rb | del',
    copies: 'cp | mv | sync | put | get | dsync',
    moves: 'mv',
    grants: 'presign',
    creates: 'mb | pipe',
    dry: ['--dry-run'],
    mirrors: ['--delete'],
    opens: /^public-read/,
    examples: {
      allow: ['s5cmd ls s3://shop-img/', 's5cmd --dry-run rm "s3://shop-img/*"', 's5cmd cp s3://shop-img/a.png .'],
      deny: ['s5cmd rm "s3://shop-img/*"', 's5cmd sync --delete dist/ s3://shop-site/'],
      unsettled: ['s5cmd cp a.txt s3://shop-img/', 's5cmd run jobs.txt'],
    },
  },
  {
    names: ['azcopy'],
    options: {
      flags: entries('--dry-run | --overwrite | --follow-symlinks | --put-md5 | --version -v'),
      values: entries(
        '--from-to | --include-pattern | --exclude-pattern | --include-path | --exclude-path | --block-size-mb | --cap-mbps | --log-level | --output-type | --block-blob-tier | --include-after',
      ),
      optional: entries('--recursive | --delete-destination | --overwrite | --delete-snapshots | --dry-run'),
      abbreviations: false,
    },
    remote: /^https?:\/\//,
    looks: 'list | ls | jobs | env | doc | version',
    removes: 'remove | rm | r',
    copies: 'copy | cp | c | sync',
    creates: 'make | mk | bench | set-properties',
    configures: 'login | logout',
    dry: ['--dry-run'],
    mirrors: ['--delete-destination'],
    examples: {
      allow: ['azcopy list "https://shop.blob.core.windows.net/img"', 'azcopy --version'],
      deny: [
        'azcopy remove "https://shop.blob.core.windows.net/img" --recursive=true',
        'azcopy sync dist "https://shop.blob.core.windows.net/web" --delete-destination=true',
      ],
      unsettled: ['azcopy copy a.png "https://shop.blob.core.windows.net/img"', 'azcopy login'],
    },
  },
  {
    names: ['backblaze-b2', 'b2v3', 'b2v4'],
    options: {
      flags: entries(
        '--recursive -r | --versions | --long | --json | --dry-run | --delete | --replace-newer | --skip-newer | --no-progress -q | --with-wildcard | --bypass-governance | --quiet -q | --debug-logs | --verbose -v',
      ),
      values: entries(
        '--keep-days | --threads | --exclude-regex | --include-regex | --profile | --compare-versions | --content-type | --sha1 | --queue-size | --cache-control',
      ),
      abbreviations: false,
    },
    remote: /^b2:\/\//,
    looks:
      'ls | account get | bucket list | bucket get | file info | key list | version | get-bucket | list-buckets | list-file-names | list-file-versions | get-file-info | list-keys | get-account-info | file cat | cat | file url',
    removes:
      'rm | bucket delete | delete-bucket | file hide | file delete | delete-file-version | key delete | delete-key | hide-file | clear-account | file unhide',
    copies:
      'sync | file upload | file download | upload-file | download-file | download-file-by-name | file copy-by-id',
    grants: 'bucket update | update-bucket | file update | replication setup | notification-rules',
    secrets: 'key create | create-key | bucket get-download-auth | get-download-auth | file get-download-url',
    creates: 'bucket create | create-bucket',
    configures: 'account authorize | account clear | authorize-account',
    dry: ['--dry-run'],
    mirrors: ['--delete', '--keep-days'],
    examples: {
      allow: ['backblaze-b2 ls b2://shop-img', 'backblaze-b2 sync --dry-run --delete dist b2://shop-site'],
      deny: ['backblaze-b2 rm -r b2://shop-img', 'backblaze-b2 sync --delete dist b2://shop-site'],
      unsettled: ['backblaze-b2 bucket create shop-new allPrivate'],
    },
  },
  {
    names: ['ossutil', 'ossutil64', 'coscli', 'coscmd', 'obsutil', 'bosutil', 'lakectl'],
    options: {
      flags: entries(
        '--recursive -r | --force -f | --update -u | --delete | --dry-run | --yes -y | --all-versions | --bucket -b',
      ),
      values: entries(
        '--config-file -c | --endpoint -e | --access-key-id -i | --access-key-secret -k | --include | --exclude | --acl | --jobs -j | --meta',
      ),
      abbreviations: false,
    },
    remote: /^(oss|cos|obs|bos|lakefs):\/\//,
    looks:
      'ls | du | stat | cat | hash | list | fs ls | fs stat | fs cat | repo list | branch list | log | diff | lrb | getmeta',
    removes:
      'rm | delete | deletebucket | rb | repo delete | branch delete | fs rm | abort | branch revert | branch reset',
    copies: 'cp | sync | upload | download | fs upload | fs download | mv',
    moves: 'mv',
    grants: 'set-acl | bucket-policy | sign | signurl | putobjectacl | putbucketacl | website',
    creates:
      'mb | mkdir | repo create | branch create | commit | createbucket | set-meta | restore | lifecycle | bucket-versioning',
    configures: 'config',
    dry: ['--dry-run'],
    mirrors: ['--delete'],
    opens: /^public-read/,
    examples: {
      allow: ['ossutil ls oss://shop-img', 'coscli ls cos://shop-img'],
      deny: [
        'ossutil rm oss://shop-img -r -f',
        'lakectl repo delete lakefs://shop',
        'ossutil set-acl oss://shop-img public-read',
      ],
      unsettled: ['ossutil cp a.png oss://shop-img/', 'ossutil frob'],
    },
  },
  {
    names: ['mc', 'minio-mc', 'mcli'],
    options: {
      flags: entries(
        '--recursive -r | --force | --dangerous | --remove | --overwrite | --watch -w | --json | --quiet -q | --insecure | --fake | --dry-run | --versions | --incomplete -I | --stdin | --preserve -a | --summarize | --active-active | --retry | --skip-errors | --md5 | --ignore-existing -p | --with-lock -l',
      ),
      values: entries(
        '--config-dir -C | --older-than | --newer-than | --exclude | --storage-class | --attr | --tags | --region | --version-id --vid | --encrypt | --limit-upload | --limit-download | --depth -d',
      ),
      abbreviations: false,
    },
    remote: /^[^./~][^/]*\//,
    looks:
      'ls | cat | stat | du | find | tree | diff | head | version info | ping | ready | admin info | admin user list | admin user info | admin policy list | admin policy info | admin trace | admin prometheus metrics | anonymous get | anonymous list | policy get | policy list | tag list | ilm rule ls | event list | event ls | watch | support perf | admin logs | admin console',
    removes:
      'rb | rm | undo | admin user remove | admin user rm | admin policy remove | admin policy rm | tag remove | event remove | ilm rule rm | ilm rule remove | admin service stop | admin bucket remote rm | replicate rm | admin group remove',
    copies: 'cp | mv | mirror | put | get',
    moves: 'mv',
    grants:
      'policy | anonymous | admin policy | admin user | share | admin group | admin accesskey | admin user svcacct | idp',
    creates:
      'mb | pipe | tag set | sql | retention | legalhold | ilm | version enable | version suspend | event add | admin service | admin config | admin heal | admin replicate | replicate | encrypt | quota | batch | admin update | admin prometheus',
    secrets: 'alias list | alias ls | alias export',
    configures: 'alias | config | update | license',
    dry: ['--fake', '--dry-run'],
    mirrors: ['--remove'],
    here: (place) => /^(local|localhost|play-local)\b/.test(place),
    examples: {
      allow: [
        'mc ls local/img',
        'mc stat local/img/a.png',
        'mc rb --force local/img',
        'mc mirror --dry-run --remove dist s3/site',
      ],
      deny: [
        'mc rb --force prod/img',
        'mc rm -r --force s3/img',
        'mc anonymous set public s3/img',
        'mc alias list',
        'mc mirror --overwrite --remove dist s3/site',
      ],
      unsettled: ['mc cp a.png s3/img/', 'mc alias set s3 https://s3.example.com k s', 'mc find s3/img --exec "rm {}"'],
    },
  },
];

/** The longest of the listed commands that the operands begin with, as its number of words. */
const matched = (list: string | undefined, words: readonly (string | undefined)[]): number =>
  entries(list ?? '')
    .map((entry) => entry.split(' '))
    .filter((entry) => entry.every((each, index) => each === words[index]))
    .reduce((longest, entry) => Math.max(longest, entry.length), 0);

const KINDS = ['looks', 'removes', 'copies', 'grants', 'secrets', 'creates', 'configures'] as const;

function lower(call: Call, store: Store): Lowering {
  const parsed = parseArgs(call.args, store.options);
  if (call.args.length === 0 || asksHelp(call.args) || parsed.has('--version')) return harmless(`${call.name} help`);
  const words = parsed.operands.map(literal);
  const [kind, length] = KINDS.map((each) => [each, matched(store[each], words)] as const).reduce((best, each) =>
    each[1] > best[1] ? each : best,
  );
  const command = words.slice(0, length).join(' ');
  if (length === 0) return { effects: [opaque(`what ${call.name} ${words[0] ?? ''} does is not known`)] };
  const places = parsed.operands.slice(length);
  const dry = parsed.options.some((option) => store.dry?.includes(option.name) && literal(option.value) !== 'false');
  if (kind === 'looks' && call.args.some((word) => literal(word)?.startsWith('--exec')))
    return { effects: [opaque(`${call.name} ${command} runs a program for what it finds`)] };
  if (dry || kind === 'looks') return harmless(`${call.name} ${command}`);
  const cloud = (
    action: Extract<EffectDraft, { kind: 'cloud' }>['action'],
    target: Word | undefined,
    mass = false,
  ): EffectDraft =>
    here(store, target, parsed.value('--endpoint-url', '--host', '--endpoint'))
      ? inspect(`${call.name} ${command} on this machine`)
      : {
          kind: 'cloud',
          provider: call.name,
          service: 'storage',
          operation: command,
          action,
          target: target?.value ?? known(''),
          ...(mass ? { mass: true } : {}),
          ...(mentionsProduction(places) ? { production: true } : {}),
        };
  const strange = parsed.unlisted.map((option) =>
    opaque(`what ${option.name} of ${call.name} does is not known`, option.word.span),
  );
  const opens = store.opens !== undefined && call.args.some((word) => store.opens?.test(literal(word) ?? ''));
  switch (kind) {
    case 'removes':
      return {
        effects: [...places, undefined].slice(0, Math.max(1, places.length)).map((word) => cloud('delete', word, true)),
      };
    case 'grants':
      return { effects: [cloud('grant', places.find((word) => store.remote.test(prefixOf(word.value))) ?? places[0])] };
    case 'secrets':
      return { effects: [cloud('secret', places[0])] };
    case 'creates':
      return { effects: [...strange, cloud(opens ? 'grant' : 'create', places[0])] };
    case 'configures':
      return { effects: [cloud('configure', undefined)] };
    default:
      return copies(call, store, places, {
        strange,
        opens,
        mirrors: parsed.options.some(
          (option) => store.mirrors?.includes(option.name) && literal(option.value) !== 'false',
        ),
        moves: matched(store.moves, words) > 0,
        cloud,
      });
  }
}

function here(store: Store, place: Word | undefined, endpoint: Word | undefined): boolean {
  const address = literal(endpoint);
  if (address !== undefined && isLocalAddress(address)) return true;
  const spelled = literal(place);
  return spelled !== undefined && store.here?.(spelled) === true;
}

function copies(
  call: Call,
  store: Store,
  places: readonly Word[],
  how: {
    readonly strange: readonly EffectDraft[];
    readonly opens: boolean;
    readonly mirrors: boolean;
    readonly moves: boolean;
    readonly cloud: (action: 'read' | 'delete' | 'grant', target: Word | undefined, mass?: boolean) => EffectDraft;
  },
): Lowering {
  const isRemote = (word: Word): boolean => store.remote.test(prefixOf(word.value));
  const unclear = mustBeKnown(
    places.filter((word) => prefixOf(word.value) === ''),
    'a place of the copy',
  );
  const target = places.at(-1);
  if (target === undefined || unclear.length > 0)
    return { effects: [...how.strange, ...unclear, opaque('what is copied is not known')] };
  // `get s3://bucket/file` names no folder: the file comes here.
  const sources = places.length === 1 ? places : places.slice(0, -1);
  const arrives = places.length === 1 && isRemote(target);
  const effects: EffectDraft[] = [
    ...how.strange,
    ...sources.map((word) =>
      isRemote(word)
        ? how.cloud(how.moves ? 'delete' : 'read', word)
        : ({ kind: 'fs.read', path: at(call, word), use: 'copy', recursive: true } as const),
    ),
  ];
  if (isRemote(target) && !arrives)
    effects.push(
      here(store, target, undefined)
        ? inspect(`${call.name} copies to this machine's own store`)
        : {
            kind: 'net.send',
            to: target.value,
            channel: 'copy',
            taints: mergeTaints(
              ...sources.map((word) =>
                isRemote(word) ? word.taints : mergeTaints(word.taints, fileTaints(at(call, word))),
              ),
            ),
          },
    );
  else
    effects.push({
      kind: 'fs.write',
      path: arrives ? call.cwd : at(call, target),
      how: 'extract',
      taints: [{ label: 'downloaded', from: text(sources[0]?.value ?? known('')) ?? call.name }],
    });
  if (how.opens) effects.push(how.cloud('grant', target));
  if (how.mirrors)
    effects.push(
      isRemote(target)
        ? how.cloud('delete', target, true)
        : { kind: 'fs.delete', path: at(call, target), recursive: true },
    );
  return { effects };
}

export const objectStorePrograms: readonly Program[] = STORES.map((store) => ({
  names: store.names,
  lower: (call) => lower(call, store),
  examples: store.examples,
}));
