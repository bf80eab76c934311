// Turns `gh api` and `glab api` into effects: by method, by path, by the operations of a GraphQL text.
import type { EffectBody } from '../../core/effect.ts';
import type { Word } from '../../core/invocation.ts';
import { parseArgs } from '../../core/options.ts';
import type { Call, EffectDraft, Lowering } from '../../core/program.ts';
import { known, prefixOf, suffixOf, text, unknown } from '../../core/value.ts';
import { at, harmless, literal, mustBeKnown, opaque, reads } from '../kit.ts';
import { isSubject, restEffects, SAFE_METHOD } from './rest.ts';

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
    return {
      effects: [...unclear, ...graphql(call, [...fields, ...given(call, parsed.value('--input'))], forge)],
      output,
    };
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
  const effects: EffectDraft[] = [
    ...unclear,
    ...restEffects({
      forge,
      path,
      method,
      repo,
      approves: fields.some((word) => /APPROVE/.test(prefixOf(word.value))),
    }),
  ];
  if (text(endpoint.value) === undefined && !isSubject(path))
    effects.push(opaque('what the request changes is not known', endpoint.span));
  if (taints.some((taint) => taint.label === 'secret'))
    effects.push({ kind: 'net.send', to: { kind: 'known', text: `https://${forge}.com` }, channel: 'body', taints });
  return { effects, output };
}

/** `-F body=@file` sends a file. */
const fileOf = (word: Word): Word[] => {
  const file = /^[^=]+=@(.+)$/.exec(text(word.value) ?? '')?.[1];
  return file === undefined ? [] : [{ ...word, value: { kind: 'known', text: file } }];
};

/** Mutations that do to a thing what the commands of gh do to it. */
const SUBJECT_OF: Readonly<Record<string, string>> = {
  deleteRepository: 'repo',
  deleteRelease: 'release',
  deleteRef: 'ref',
  updateRef: 'ref',
  mergePullRequest: 'merge',
  mergeBranch: 'merge',
  enablePullRequestAutoMerge: 'merge',
};

const GRANTS =
  /addCollaborator|updateOrganization|inviteEnterprise|BranchProtection|RepositoryRuleset|DeployKey|updateRepository|archiveRepository|transferIssue|IpAllowList|EnterpriseAdmin/i;

/** The request that `--input` holds, as the fields it is made of; one without a query when it is not known. */
function given(call: Call, input: Word | undefined): Word[] {
  if (input === undefined) return [];
  const file = text(at(call, input));
  const fact = literal(input) === '-' || file === undefined ? undefined : call.facts('file', { path: file });
  const content = literal(input) === '-' ? text(call.stdin.text) : fact?.state === 'text' ? fact.text : undefined;
  const query = /"query"\s*:\s*"((?:[^"\\]|\\.)*)"/s.exec(content ?? '')?.[1];
  const spelled = query?.replace(/\\n/g, '\n').replace(/\\(.)/g, '$1');
  return [{ ...input, value: spelled === undefined ? unknown('the request') : known(`query=${spelled}`) }];
}

function graphql(call: Call, fields: readonly Word[], forge: Forge['forge']): EffectDraft[] {
  const query = fields.map((word) => text(word.value)).find((field) => field?.startsWith('query='));
  const hidden = fields.some((word) => word.value.kind === 'unknown');
  if (query === undefined || hidden) return [opaque(`the GraphQL text of ${call.name} api is not known`)];
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
  const effects: EffectDraft[] = [
    { kind: 'forge', forge, subject: SUBJECT_OF[operation] ?? 'graphql', operation, action, repo: 'none' },
  ];
  if (operation === 'addPullRequestReview' || operation === 'submitPullRequestReview')
    if (/APPROVE/.test(body) || fields.some((word) => /APPROVE/.test(prefixOf(word.value))))
      effects.push({ kind: 'bypass', what: 'approval', detail: 'an approving review' });
  return effects;
}
