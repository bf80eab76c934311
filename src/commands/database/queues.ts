// Describes the tools of message brokers by the words that look, change or empty a queue.
import { parseArgs } from '../../core/options.ts';
import type { Call, EffectDraft, Lowering, Program } from '../../core/program.ts';
import { known } from '../../core/value.ts';
import { isLocalAddress } from '../cloud/verbs.ts';
import { harmless, literal, opaque } from '../kit.ts';

type Action = Extract<EffectDraft, { kind: 'db' }>['action'];

/** Queue tools: a table of patterns over their words. */
interface Queue {
  readonly names: readonly string[];
  readonly reads: RegExp;
  readonly drops: RegExp;
  /** Who may read and write; credentials. */
  readonly grants?: RegExp;
  readonly writes: RegExp;
  readonly host: readonly string[];
  readonly examples: Program['examples'];
}
const QUEUES: readonly Queue[] = [
  {
    names: ['rabbitmqctl', 'rabbitmqadmin', 'rabbitmq-diagnostics', 'rabbitmq-plugins', 'rabbitmq-queues'],
    reads:
      /^(list|status|ping|check|cluster_status|environment|report|version|show|get|export|node_health_check|await|help|observer|consume_event_stream)/,
    drops: /^(delete|purge|reset|force_reset|clear|forget|close_all)/,
    grants: /^(set_(topic_)?permissions|set_user_tags|change_password|set_user_limits)$/,
    writes:
      /^(add|set|declare|publish|enable|disable|start|stop|import|change_password|authenticate|rotate|sync|join|rename|restart)/,
    host: ['--node -n', '--host -H'],
    examples: {
      allow: ['rabbitmqctl list_queues', 'rabbitmqctl status'],
      deny: [
        'rabbitmqctl purge_queue orders',
        'rabbitmqadmin delete queue name=orders',
        'rabbitmqctl set_permissions -p / app .* .* .*',
      ],
      unsettled: ['rabbitmqctl add_user app secret'],
    },
  },
  {
    names: [
      'kafka-topics',
      'kafka-topics.sh',
      'kafka-consumer-groups',
      'kafka-consumer-groups.sh',
      'kafka-configs',
      'kafka-configs.sh',
      'kafka-delete-records',
      'kafka-delete-records.sh',
      'kafka-console-consumer',
      'kafka-console-consumer.sh',
      'kafka-console-producer',
      'kafka-console-producer.sh',
      'kafka-acls',
      'kafka-acls.sh',
      'kafka-broker-api-versions.sh',
      'kafka-log-dirs.sh',
      'kafka-get-offsets.sh',
      'kcat',
      'kafkacat',
    ],
    reads: /^--(list|describe|topic|from-beginning|help|version)|^-[CLQ]$/,
    drops: /^--(delete|offset-json-file|reset-offsets|remove)/,
    grants: /^--(add|allow-principal|deny-principal)$/,
    writes: /^--(create|alter|add)|^-P$/,
    host: ['--bootstrap-server', '-b', '--zookeeper', '--broker-list'],
    examples: {
      allow: [
        'kafka-topics --bootstrap-server localhost:9092 --list',
        'kafka-topics --bootstrap-server localhost:9092 --create --topic t',
      ],
      deny: [
        'kafka-topics.sh --bootstrap-server kafka.example.com:9092 --delete --topic orders',
        'kafka-acls.sh --bootstrap-server kafka.example.com:9092 --add --allow-principal User:x --topic orders',
      ],
      unsettled: [
        'kafka-topics --bootstrap-server localhost:9092 --delete --topic t',
        'kafka-console-producer --broker-list kafka.example.com:9092 --topic t < f',
      ],
    },
  },
  {
    names: ['nats', 'nsc'],
    reads:
      /^(ls|list|info|report|view|get|sub|subscribe|server|rtt|account|describe|events|latency|top|--version|status)$/,
    drops: /^(rm|purge|delete|del|rmm|restore)$/,
    writes: /^(pub|publish|add|put|edit|request|reply|copy|seal|push|create|update|revoke)$/,
    host: ['--server -s'],
    examples: {
      allow: ['nats stream ls'],
      deny: ['nats stream purge ORDERS -s nats.example.com', 'nats stream rm ORDERS --server nats://nats.example.com'],
      unsettled: ['nats pub orders hi'],
    },
  },
];

function lowerQueue(call: Call, queue: Queue): Lowering {
  const spelled = call.args.map((word) => literal(word));
  const { value } = parseArgs(call.args, { values: queue.host, abbreviations: false });
  const host = value(...queue.host.map((names) => names.split(' ')[0] ?? ''));
  const named = literal(host)?.replace(/^rabbit@/, '');
  const local = /^kafka|^kcat|^nats|^nsc/.test(call.name) ? host !== undefined && isLocalAddress(named ?? '?') : false;
  const db = (action: Action): EffectDraft => ({
    kind: 'db',
    engine: call.name,
    action,
    target: local ? known('localhost') : (host?.value ?? known('the message broker')),
    statement: spelled
      .filter((each) => each !== undefined)
      .join(' ')
      .slice(0, 120),
  });
  if (spelled.some((each) => each !== undefined && queue.drops.test(each)))
    return {
      effects: [db(/rabbit/.test(call.name) && /vhost|clear|delete_user/.test(spelled.join(' ')) ? 'admin' : 'drop')],
    };
  if (spelled.some((each) => each !== undefined && queue.grants?.test(each))) return { effects: [db('grant')] };
  if (/producer/.test(call.name) || spelled.some((each) => each !== undefined && queue.writes.test(each)))
    return { effects: [db('write')] };
  if (spelled.some((each) => each === undefined))
    return { effects: [opaque(`an argument of ${call.name} is not known`)] };
  if (call.args.length === 0 || spelled.some((each) => each !== undefined && queue.reads.test(each)))
    return harmless(`${call.name} looks`);
  return { effects: [opaque(`what ${call.name} does is not known`)] };
}

export const queuePrograms: readonly Program[] = QUEUES.map((queue) => ({
  names: queue.names,
  lower: (call) => lowerQueue(call, queue),
  examples: queue.examples,
}));
