// Owns the names that two programs share, and which words tell that the other one is meant. Describes no program.
import type { Program } from '../core/program.ts';
import { literal } from './kit.ts';

interface Namesake {
  readonly name: string;
  /** A name under which the other program is described. */
  readonly as: string;
  /** True for words (options and operands as they stand) that only the other program knows. */
  readonly when: (words: readonly string[]) => boolean;
  readonly examples: Program['examples'];
}

const first = (words: readonly string[]): string => words.find((word) => !word.startsWith('-')) ?? '';

export const NAMESAKES: readonly Namesake[] = [
  {
    // AWS Copilot, and GitHub's agent.
    name: 'copilot',
    as: 'copilot-cli',
    when: (words) =>
      /^(app|env|svc|job|pipeline|task|storage|secret|deploy)$/.test(words[0] ?? '') &&
      !words.some((word) => /^(-p|--prompt|--allow|--yolo|--model)/.test(word)),
    examples: {
      allow: ['copilot svc logs --follow', 'copilot app ls'],
      deny: ['copilot app delete --yes', 'copilot svc deploy --env production'],
    },
  },
  {
    // The migration tool of pressly, and an agent.
    name: 'goose',
    as: 'goose-migrate',
    when: (words) =>
      words.some((word) =>
        /^(--?(dir|table|s|allow-missing)(=|$)|postgres$|mysql$|sqlite3$|pgx$|clickhouse$)/.test(word),
      ) || /^(up|up-by-one|up-to|down|down-to|redo|reset|status|create|fix|validate)$/.test(first(words)),
    examples: {
      allow: ['goose -dir db status', 'goose create add_orders sql'],
      deny: ['goose -dir db postgres "host=db.example.com dbname=shop" down-to 0'],
      unsettled: ['goose -dir db postgres "$DB" up', 'goose up'],
    },
  },
  {
    // The client of Datadog, and a resolver.
    name: 'dog',
    as: 'dogshell',
    when: (words) =>
      /^(comment|dashboard_list|downtime|event|host|metric|monitor|screenboard|search|service_level_objective|tag|timeboard)$/.test(
        first(words),
      ) && words.length > 1,
    examples: {
      allow: ['dog monitor show_all', 'dog example.com MX'],
      deny: ['dog monitor delete 42'],
      unsettled: ['dog metric post shop.orders 1'],
    },
  },
  {
    // Backblaze, and the build tool of Boost.
    name: 'b2',
    as: 'backblaze-b2',
    when: (words) =>
      /^(account|bucket|file|key|ls|rm|sync|replication|notification|(authorize|cancel|clear|copy|create|delete|download|get|hide|list|make|update|upload)[-_][a-z0-9_-]+)$/.test(
        first(words),
      ),
    examples: {
      allow: ['b2 ls b2://shop-img', 'b2 toolset=gcc -j4'],
      deny: ['b2 rm --recursive b2://shop-img', 'b2 delete-bucket shop-img'],
    },
  },
  {
    // Puppet's, and a runner of JavaScript workspaces.
    name: 'bolt',
    as: 'puppet-bolt',
    when: (words) => /^(command|script|task|plan|apply|inventory|secret|guide)$/.test(first(words)) && words.length > 1,
    examples: {
      allow: ['bolt build', 'bolt task show'],
      deny: ["bolt command run 'rm -rf /' -t web-1"],
      unsettled: ['bolt plan run deploy -t web-1'],
    },
  },
  {
    // The client of OpenStack's object store, and the compiler.
    name: 'swift',
    as: 'swiftclient',
    when: (words) => /^(delete|post|upload|download|stat|list|copy|capabilities|tempurl|auth)$/.test(first(words)),
    examples: {
      allow: ['swift build', 'swift list shop-img'],
      deny: ['swift delete --all', 'swift post -r ".r:*" shop-img'],
      unsettled: ['swift upload shop-img a.png'],
    },
  },
  {
    // The client of MongoDB Atlas, and the schema tool of Ariga.
    name: 'atlas',
    as: 'mongocli',
    when: (words) =>
      /^(accessLists|accessLogs|alerts|api|auditing|auth|backups|clusters|config|customDbRoles|customDns|dataFederation|dbusers|deployments|events|integrations|kubernetes|maintenanceWindows|metrics|networking|organizations|privateEndpoints|processes|projects|security|serverless|setup|streams|teams|users)$/.test(
        first(words),
      ),
    examples: {
      allow: ['atlas clusters list'],
      deny: ['atlas clusters delete shop --force', 'atlas dbusers create atlasAdmin --username x'],
      unsettled: ['atlas clusters pause shop'],
    },
  },
];

const joined = (program: Program, examples: readonly Program['examples'][]): Program['examples'] => ({
  allow: [program.examples, ...examples].flatMap((each) => each.allow ?? []),
  deny: [program.examples, ...examples].flatMap((each) => each.deny ?? []),
  unsettled: [program.examples, ...examples].flatMap((each) => each.unsettled ?? []),
});

/** The same programs, where each call is read as the program that its words belong to. */
export function withNamesakes(programs: readonly Program[], namesakes: readonly Namesake[]): readonly Program[] {
  const described = (name: string): Program => {
    const found = programs.find((program) => program.names.includes(name));
    if (found === undefined) throw new Error(`no description of ${name}`);
    return found;
  };
  return programs.map((program) => {
    const shared = namesakes
      .filter((each) => program.names.includes(each.name))
      .map((each) => ({
        ...each,
        other: described(each.as),
      }));
    if (shared.length === 0) return program;
    return {
      ...program,
      lower: (call) => {
        const words = call.args.map((word) => literal(word) ?? '');
        const meant = shared.find((each) => each.name === call.name && each.when(words));
        return (meant?.other ?? program).lower(call);
      },
      examples: joined(
        program,
        shared.map((each) => each.examples),
      ),
    };
  });
}
