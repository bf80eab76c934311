// Describes clients of stores that are not SQL: redis, mongo, etcd.
import type { Word } from '../../core/invocation.ts';
import { parseArgs } from '../../core/options.ts';
import type { Call, EffectDraft, Program } from '../../core/program.ts';
import { known, text, type Value } from '../../core/value.ts';
import { isLocalAddress, mentionsProduction } from '../cloud/verbs.ts';
import { at, harmless, inspect, literal, mustBeKnown, opaque } from '../kit.ts';
import { entries } from '../table.ts';
import { targetOf } from './connection.ts';

type Action = Extract<EffectDraft, { kind: 'db' }>['action'];
const words = (list: string, action: Action): readonly (readonly [string, Action])[] =>
  list
    .trim()
    .split(/\s+/)
    .map((word) => [word, action] as const);

/** https://redis.io/docs/latest/commands/ */
const REDIS: ReadonlyMap<string, Action> = new Map([
  ...words(
    'get mget keys scan exists type ttl pttl strlen getrange hget hgetall hmget hkeys hvals hlen hexists hscan lrange llen lindex smembers sismember scard sscan srandmember zrange zrangebyscore zrevrange zscore zcard zcount zrank zscan xrange xrevrange xlen xinfo xpending info ping echo dbsize time lastsave role memory object randomkey bitcount getbit pfcount geopos geodist geosearch slowlog latency command hello dump expiretime json.get ft.search ft.info pubsub wait select auth client auth sinter sunion sdiff lcs touch',
    'read',
  ),
  ...words(
    'set setex setnx mset append incr decr incrby decrby hset hmset hincrby hdel lpush rpush lpop rpop lrem ltrim lset sadd srem spop zadd zrem zincrby expire pexpire expireat persist rename copy del unlink getdel getset getex publish xadd xdel xack xtrim xgroup pfadd setbit setrange geoadd json.set json.del move multi exec discard watch bitop zpopmin zpopmax restore',
    'write',
  ),
  ...words('flushall flushdb swapdb', 'drop'),
  ...words(
    'config shutdown debug module slaveof replicaof cluster failover save bgsave bgrewriteaof acl script eval evalsha fcall function migrate monitor subscribe psubscribe reset',
    'admin',
  ),
]);
const READ_SUBCOMMANDS: Readonly<Record<string, RegExp>> = {
  config: /^get$/,
  cluster: /^(info|nodes|slots|shards|myid|keyslot)$/,
  acl: /^(whoami|cat)$/,
  function: /^(list|stats)$/,
  script: /^exists$/,
};

function redisEffects(call: Call, command: readonly Word[], target: Value): EffectDraft[] {
  const name = literal(command[0])?.toLowerCase();
  if (name === undefined) return [opaque('the redis command is not known')];
  const sub = literal(command[1])?.toLowerCase() ?? '';
  // Keys that another program names: how many, and which, is not known.
  const sweeps = /^(del|unlink)$/.test(name) && command.slice(1).some((word) => word.fields === 'many');
  const action = READ_SUBCOMMANDS[name]?.test(sub) ? 'read' : sweeps ? 'truncate' : REDIS.get(name);
  if (action === undefined) return [opaque(`what the redis command ${name} does is not known`)];
  return [
    {
      kind: 'db',
      engine: 'redis',
      action,
      target,
      statement: `${name} ${sub}`.trim(),
      ...(mentionsProduction(call.args) ? { production: true } : {}),
    },
  ];
}

const redis: Program = {
  names: ['redis-cli', 'valkey-cli', 'keydb-cli', 'iredis'],
  lower: (call) => {
    const parsed = parseArgs(call.args, {
      style: 'posix',
      flags: entries(
        '--raw | --no-raw | --csv | --json | --scan | --bigkeys | --memkeys | --hotkeys | --stat | --latency | --latency-history | --latency-dist | --tls | --insecure | --no-auth-warning | -c | -x | -X | --verbose | --version -v | --help | --quoted-input | --cluster-yes | -2 | -3 | --pipe | --askpass | -e',
      ),
      values: entries(
        '-h | -p | -s | -a --pass | --user | -u | -n | -r | -i | -d | --pattern | --cacert | --cert | --key | --sni | --eval | --rdb | --functions-rdb | --count | --quoted-pattern | --pipe-timeout | --cluster | --intrinsic-latency',
      ),
    });
    if (parsed.has('--version', '--help')) return harmless('redis-cli help');
    const target = targetOf(call, { url: parsed.value('-u'), host: parsed.value('-h'), variables: ['REDIS_HOST'] });
    if (parsed.has('--eval', '--pipe', '--cluster', '-x'))
      return { effects: [opaque('what redis-cli is given to run is not read')] };
    if (parsed.has('--rdb', '--functions-rdb'))
      return {
        effects: [
          { kind: 'db', engine: 'redis', action: 'export', target, statement: 'rdb' },
          ...parsed
            .all('--rdb', '--functions-rdb')
            .map((word): EffectDraft => ({ kind: 'fs.write', path: at(call, word), how: 'overwrite' })),
        ],
      };
    if (
      parsed.has(
        '--scan',
        '--bigkeys',
        '--memkeys',
        '--hotkeys',
        '--stat',
        '--latency',
        '--latency-history',
        '--latency-dist',
        '--intrinsic-latency',
      )
    )
      return harmless('redis-cli looks');
    const unclear = parsed.unlisted.map((option) => opaque(`what ${option.name} of redis-cli does is not known`));
    if (parsed.operands.length > 0) return { effects: [...unclear, ...redisEffects(call, parsed.operands, target)] };
    const fed = text(call.stdin.text);
    if (fed === undefined) return { effects: [...unclear, opaque('what redis-cli is given to run is not known')] };
    const lines = fed
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#'));
    const word = (each: string): Word => ({
      value: known(each),
      taints: [],
      fields: 'one',
      span: call.invocation.span,
    });
    return {
      effects: [
        ...unclear,
        ...lines.flatMap((line) => redisEffects(call, line.split(/\s+/).map(word), target)),
        inspect('redis-cli'),
      ],
    };
  },
  examples: {
    allow: [
      'redis-cli ping',
      'redis-cli -h localhost -p 6379 keys "session:*"',
      'redis-cli -n 1 get flag',
      'redis-cli info memory',
      'echo "dbsize" | redis-cli',
      'redis-cli set greeting hello',
    ],
    deny: ['redis-cli -h cache.example.com flushall', 'redis-cli -u redis://prod-cache.example.com FLUSHDB'],
    unsettled: [
      'redis-cli flushall',
      'redis-cli config set dir /var/www',
      'redis-cli --eval script.lua',
      'redis-cli $CMD',
      'redis-cli -h cache.example.com set a b',
      'redis-cli --scan --pattern "cart:*" | xargs redis-cli del',
    ],
  },
};

const MONGO_METHODS: ReadonlyMap<string, Action> = new Map([
  ...words(
    'find findOne count countDocuments estimatedDocumentCount distinct aggregate getCollectionNames getCollection getCollectionInfos getSiblingDB getName stats serverStatus hello isMaster version listDatabases limit sort skip project pretty toArray forEach map explain getIndexes listIndexes storageSize totalSize dataSize status printjson print getDB getMongo hasNext next size ObjectId ISODate tojson stringify rs db currentOp getUsers validate',
    'read',
  ),
  ...words(
    'insert insertOne insertMany update updateOne updateMany replaceOne save bulkWrite createCollection createIndex createIndexes findOneAndUpdate findAndModify renameCollection deleteOne findOneAndDelete createView',
    'write',
  ),
  ...words('dropDatabase drop dropCollection dropIndexes dropIndex deleteMany remove', 'drop'),
  ...words(
    'createUser dropUser updateUser grantRolesToUser revokeRolesFromUser createRole shutdownServer fsyncLock setProfilingLevel reconfig stepDown adminCommand runCommand killOp addUser changeUserPassword',
    'admin',
  ),
]);
/** Commands of the server that only answer, each alone in its document. */
const MONGO_QUESTION =
  /\b(runCommand|adminCommand)\s*\((?=\s*(\{\s*)?['"]?(ping|hello|isMaster|buildInfo|serverStatus|dbStats|collStats|connectionStatus|replSetGetStatus|listDatabases|listCollections|getParameter)['"]?\s*(:\s*['"\w]+\s*\})?\s*\))/g;
const WORST: readonly Action[] = ['drop', 'admin', 'write', 'read'];

/** The strongest of the methods called; undefined when one of them is not known. */
function mongoAction(code: string): Action | undefined {
  if (/\b(load|require|import|eval|Function|child_process|cat|writeFile|run)\b\s*\(/.test(code)) return undefined;
  const shown = /^\s*(show\s+\w+|use\s+\w+|it)\s*;?\s*$/.test(code);
  const called = [...code.matchAll(/([A-Za-z_$][\w$]*)\s*\(/g)].map((match) => match[1] ?? '');
  if (shown) return 'read';
  if (called.length === 0) return /^[\w\s.;'"]*$/.test(code) ? 'read' : undefined;
  const asked = code.replace(MONGO_QUESTION, 'stats(');
  const actions = [...asked.matchAll(/([A-Za-z_$][\w$]*)\s*\(/g)].map((match) => MONGO_METHODS.get(match[1] ?? ''));
  if (/\$(out|merge|where|function|accumulator)\b/.test(code) || /\]\s*\(/.test(code)) return undefined;
  const known = actions.filter((action) => action !== undefined);
  const worst = WORST.find((action) => known.includes(action));
  return known.length === actions.length || worst === 'drop' ? worst : undefined;
}

const mongo: Program = {
  names: ['mongosh', 'mongo'],
  lower: (call) => {
    const parsed = parseArgs(call.args, {
      flags: entries(
        '--quiet | --norc | --nodb | --tls | --ssl | --retryWrites | --version | --help | --json | --verbose | --shell',
      ),
      values: entries(
        '--eval | --host -h | --port -p_ | --username -u | --password -p | --authenticationDatabase | --file -f | --tlsCAFile | --authenticationMechanism',
      ),
      abbreviations: false,
    });
    if (parsed.has('--version', '--help')) return harmless('mongosh help');
    const [url, ...files] = parsed.operands.filter((word) => !/\.js$/.test(literal(word) ?? ''));
    const scripts = [...parsed.operands.filter((word) => /\.js$/.test(literal(word) ?? '')), ...parsed.all('--file')];
    const target = targetOf(call, {
      url: url !== undefined && (literal(url) === undefined || /[:/.]/.test(literal(url) ?? '')) ? url : undefined,
      host: parsed.value('--host'),
    });
    const unclear = [...scripts, ...files].map(() => opaque('a script for mongosh is not read'));
    const fed = call.stdin.from === 'text' || call.stdin.from === 'pipe' ? [text(call.stdin.text)] : [];
    const codes = parsed.has('--eval')
      ? parsed.all('--eval').map((word) => text(word.value))
      : scripts.length > 0
        ? []
        : fed;
    if (codes.length === 0 && scripts.length === 0)
      return { effects: [opaque('mongosh without a statement waits for one')] };
    const effects = codes.map((code): EffectDraft => {
      const action = code === undefined ? undefined : mongoAction(code);
      if (action === undefined) return opaque('what mongosh is given to run is not understood');
      return {
        kind: 'db',
        engine: 'mongo',
        action,
        target,
        statement: (code ?? '').slice(0, 200),
        ...(mentionsProduction(call.args) ? { production: true } : {}),
      };
    });
    return { effects: [...unclear, ...effects] };
  },
  examples: {
    allow: [
      'mongosh --quiet --eval "db.orders.countDocuments()"',
      'mongosh mongodb://localhost:27017/shop --eval "show collections"',
      'mongosh shop --eval "db.orders.find({}).limit(5)"',
      "mongosh --quiet --eval 'db.runCommand({ ping: 1 }).ok' localhost:27017",
    ],
    deny: [
      'mongosh mongodb://db.example.com/shop --eval "db.dropDatabase()"',
      'mongosh "mongodb+srv://cluster0.abc.mongodb.net/prod" --eval "db.orders.deleteMany({})"',
    ],
    unsettled: [
      'mongosh shop_test --eval "db.orders.drop()"',
      'mongosh migrate.js',
      'mongosh --eval "db.adminCommand({ shutdown: 1 })"',
      'mongosh --eval "db.runCommand({ ping: 1, dropUser: 1 })"',
      'mongosh',
      'mongosh --eval "load(\'x.js\')"',
    ],
  },
};

/** Keys under which a cluster keeps all there is, its secrets among it. */
const EVERYTHING = /^(\/?|\/registry\/?|\/registry\/secrets.*)$/;

const etcd: Program = {
  names: ['etcdctl', 'etcdutl'],
  lower: (call) => {
    const parsed = parseArgs(call.args, {
      flags: entries(
        '--prefix | --keys-only | --print-value-only | --from-key | --insecure-skip-tls-verify | --cluster | --rev | --prev-kv | --hex | --debug | --help -h | --version | --interactive',
      ),
      values: entries(
        '--endpoints | --cacert | --cert | --key | --user | --password | --write-out -w | --command-timeout | --dial-timeout | --limit | --lease | --data-dir',
      ),
      abbreviations: false,
    });
    const [command, sub] = parsed.operands.map(literal);
    if (parsed.has('--help', '--version') || command === 'version' || command === 'help')
      return harmless('etcdctl help');
    if (command === undefined) return { effects: [opaque('the etcdctl command is not known')] };
    const endpoints = parsed.value('--endpoints') ?? call.env('ETCDCTL_ENDPOINTS');
    const listed = (literal(endpoints) ?? '').split(',');
    const target: Value =
      endpoints === undefined
        ? known('the cluster store')
        : listed.every(isLocalAddress)
          ? known('localhost')
          : endpoints.value;
    const both = `${command} ${sub ?? ''}`;
    if (
      command === 'get' &&
      parsed.has('--prefix', '--from-key') &&
      !parsed.has('--keys-only') &&
      EVERYTHING.test(sub ?? '/')
    )
      return { effects: [{ kind: 'secret.hunt', what: 'everything that the cluster store holds' }] };
    if (
      /^(get|watch|check|alarm list|endpoint|member list|hashkv|snapshot status|lease (list|timetolive)|auth status|(user|role) (list|get))/.test(
        both,
      )
    )
      return harmless(`etcdctl ${command}`);
    const action: Action | undefined =
      command === 'del'
        ? parsed.has('--prefix', '--from-key')
          ? 'truncate'
          : 'write'
        : /^(put|lease|lock|txn|compaction|defrag)/.test(command)
          ? 'write'
          : /^(user|role|auth|member|move-leader|alarm|elect|make-mirror|migrate|downgrade)/.test(command)
            ? 'admin'
            : both === 'snapshot save'
              ? 'export'
              : both === 'snapshot restore'
                ? 'reset'
                : undefined;
    if (action === undefined) return { effects: [opaque(`what etcdctl ${command} does is not known`)] };
    return {
      effects: [
        {
          kind: 'db',
          engine: 'etcd',
          action,
          target,
          statement: `etcdctl ${both}`.trim(),
        },
        ...mustBeKnown(parsed.dynamic, 'an etcdctl argument'),
      ],
    };
  },
  examples: {
    allow: [
      'etcdctl get shop/flag',
      'etcdctl get / --prefix --keys-only',
      'etcdctl member list',
      'etcdctl endpoint status',
    ],
    deny: [
      'etcdctl get / --prefix',
      'etcdctl del --prefix shop/',
      'etcdctl del "" --from-key',
      'etcdctl user add root',
      'etcdctl snapshot restore backup.db --endpoints https://etcd.example.com:2379',
    ],
    unsettled: ['etcdctl --endpoints https://etcd.example.com:2379 put a b', 'etcdctl frob'],
  },
};

export const storePrograms: readonly Program[] = [redis, mongo, etcd];
