// Turns `gh api` and `glab api` into effects: by method, by path, by the operations of a GraphQL text.
import type { EffectBody } from '../../core/effect.ts';
import type { Word } from '../../core/invocation.ts';
import { parseArgs } from '../../core/options.ts';
import type { Call, EffectDraft, Lowering } from '../../core/program.ts';
import { prefixOf, suffixOf, text } from '../../core/value.ts';
import { harmless, literal, mustBeKnown, opaque, reads } from '../kit.ts';

type Forge = Extract<EffectBody, { kind: 'forge' }>;

const API = {
  flags: ['-i --include', '--paginate', '--slurp', '--silent', '--verbose', '-h --help'],
  values: [
    '-X --method',
    '-f --raw-field',
    '-F --field',
    '-H --header',
    '--hostname',
    '--input',
    '-q --jq',
    '-t --template',
    '--cache',
    '-p --preview',
    '--form',
  ],
};

/** Parts of a REST path that say what a change is about; the first that fits counts. Sources: docs.github.com/rest, docs.gitlab.com/api. */
const SUBJECTS: readonly (readonly [RegExp, string, Forge['action']])[] = [
  [/\/(collaborators|invitations|members|memberships|teams|outside_collaborators|blocks)(\/|$|\?)/, 'access', 'grant'],
  [
    /\/(protection|protected_branches|protected_tags|rulesets|environments|push_rule|approval_rules|approvals)(\/|$|\?)/,
    'protection',
    'grant',
  ],
  [
    /\/(keys|deploy_keys|gpg_keys|ssh_signing_keys|access_tokens|personal_access_tokens|hooks|installations|runners|registration-token)(\/|$|\?)/,
    'access',
    'grant',
  ],
  [
    /\/actions\/permissions|\/interaction-limits|\/automated-security-fixes|\/vulnerability-alerts|\/private-vulnerability/,
    'protection',
    'grant',
  ],
  [/\/secrets(\/|$|\?)/, 'secret', 'secret'],
  [/\/(variables)(\/|$|\?)/, 'variable', 'update'],
  [/\/workflows\/[^/]+\/(disable|enable)/, 'workflow', 'update'],
  [/\/dispatches|\/rerun|\/cancel|\/retry|\/play|\/trigger\//, 'run', 'run'],
  [/\/(pulls|merge_requests)\/[^/]+\/(merge|approve)/, 'merge', 'update'],
  [/\/(pulls|merge_requests)\/[^/]+\/reviews/, 'review', 'update'],
  [/\/transfer$|\/visibility$/, 'access', 'grant'],
  [/\/git\/refs|\/branches\/|\/repository\/branches|\/tags\//, 'ref', 'update'],
  [/\/releases/, 'release', 'publish'],
  [/^\/?gists/, 'gist', 'publish'],
];

const SAFE_METHOD = /^(GET|HEAD|OPTIONS)$/i;

export function lowerApi(
  call: Call,
  args: readonly Word[],
  forge: Forge['forge'],
  own: (address: string) => boolean,
): Lowering {
  const parsed = parseArgs(args, API);
  const [endpoint] = parsed.operands;
  if (parsed.has('--help') || endpoint === undefined) return harmless(`${call.name} api`);
  const fields = [...parsed.all('--raw-field'), ...parsed.all('--field')];
  const unclear = [
    ...mustBeKnown(
      parsed.dynamic.filter((word) => word !== endpoint || word.fields === 'many'),
      'an argument of the request',
    ),
    ...reads(call, parsed.all('--input')),
    ...reads(call, parsed.all('--field').flatMap(fileOf)),
  ];
  const output = { taints: [{ label: 'untrusted' as const, from: `${call.name} api` }] };
  const path = text(endpoint.value) ?? `${prefixOf(endpoint.value)}…${suffixOf(endpoint.value)}`;
  const taints = fields.flatMap((word) => word.taints);
  if (/^\/?graphql$/.test(path))
    return { effects: [...unclear, ...graphql(call, fields, parsed.has('--input'), forge)], output };
  const methodWord = parsed.value('--method');
  const method = methodWord
    ? literal(methodWord)
    : fields.length > 0 || parsed.has('--input', '--form')
      ? 'POST'
      : 'GET';
  if (method === undefined)
    return { effects: [...unclear, opaque('the method of the request is not known', methodWord?.span)], output };
  const repo = own(/repos\/([^/]+\/[^/?]+)/.exec(path)?.[1] ?? '') ? 'own' : 'other';
  if (SAFE_METHOD.test(method))
    return {
      effects: [...unclear, { kind: 'forge', forge, subject: 'api', operation: path, action: 'read', repo }],
      output,
    };
  const whole = /^\/?(repos\/[^/]+\/[^/]+|projects\/[^/]+|orgs\/[^/]+|groups\/[^/]+)\/?$/.test(path);
  const found = SUBJECTS.find(([pattern]) => pattern.test(path));
  const deletes = method.toUpperCase() === 'DELETE';
  const subject = whole ? 'repo' : (found?.[1] ?? 'api');
  const action: Forge['action'] = whole
    ? deletes
      ? 'delete'
      : 'grant'
    : found
      ? found[2] === 'publish' && deletes
        ? 'delete'
        : found[2]
      : deletes
        ? 'delete'
        : method.toUpperCase() === 'POST'
          ? 'create'
          : 'update';
  const effects: EffectDraft[] = [
    ...unclear,
    { kind: 'forge', forge, subject, operation: `${method.toUpperCase()} ${path}`, action, repo },
  ];
  if (text(endpoint.value) === undefined && !found)
    effects.push(opaque('what the request changes is not known', endpoint.span));
  if (subject === 'review' && fields.some((word) => /APPROVE/.test(prefixOf(word.value))))
    effects.push({ kind: 'bypass', what: 'approval', detail: 'an approving review' });
  if (taints.some((taint) => taint.label === 'secret'))
    effects.push({ kind: 'net.send', to: { kind: 'known', text: `https://${forge}.com` }, channel: 'body', taints });
  return { effects, output };
}

/** `-F body=@file` sends a file. */
const fileOf = (word: Word): Word[] => {
  const file = /^[^=]+=@(.+)$/.exec(text(word.value) ?? '')?.[1];
  return file === undefined ? [] : [{ ...word, value: { kind: 'known', text: file } }];
};

const GRANTS =
  /addCollaborator|updateOrganization|inviteEnterprise|BranchProtection|RepositoryRuleset|DeployKey|updateRepository|archiveRepository|transferIssue|IpAllowList|EnterpriseAdmin/i;

function graphql(call: Call, fields: readonly Word[], input: boolean, forge: Forge['forge']): EffectDraft[] {
  const query = fields.map((word) => text(word.value)).find((field) => field?.startsWith('query='));
  if (query === undefined || input) return [opaque(`the GraphQL text of ${call.name} api is not known`)];
  const body = query
    .slice('query='.length)
    .replace(/#[^\n]*/g, '')
    .trim();
  const operation = /(^|[}\s])mutation\b/.test(body)
    ? (/mutation[^{]*\{\s*(?:\w+\s*:\s*)?(\w+)/.exec(body)?.[1] ?? 'mutation')
    : 'query';
  if (operation === 'query')
    return [{ kind: 'forge', forge, subject: 'api', operation: 'query', action: 'read', repo: 'none' }];
  const action = GRANTS.test(operation)
    ? 'grant'
    : /^delete|^remove/.test(operation)
      ? 'delete'
      : /^(add|create)/.test(operation)
        ? 'create'
        : 'update';
  return [{ kind: 'forge', forge, subject: 'graphql', operation, action, repo: 'none' }];
}
