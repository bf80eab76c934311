// Turns a request to the interface of a known service into what its own command line would do there. Knows no client.
import type { EffectDraft } from '../../core/program.ts';
import { prefixOf, texts, type Value } from '../../core/value.ts';
import { restEffects } from '../forges/rest.ts';

/** Interfaces whose paths name resources, so that DELETE takes one away. */
const CLOUDS: readonly (readonly [RegExp, string])[] = [
  [/^api\.cloudflare\.com$/, 'cloudflare'],
  [/^api\.digitalocean\.com$/, 'digitalocean'],
  [/^api\.heroku\.com$/, 'heroku'],
  [/^api\.vercel\.com$/, 'vercel'],
  [/^api\.netlify\.com$/, 'netlify'],
  [/^api\.machines\.dev$/, 'fly'],
  [/^management\.azure\.com$|^graph\.microsoft\.com$/, 'azure'],
  [
    /^(compute|storage|sqladmin|container|run|cloudresourcemanager|dns|pubsub|firestore|bigquery|iam)\.googleapis\.com$/,
    'gcloud',
  ],
  [
    /^api\.(hetzner\.cloud|linode\.com|vultr\.com|scaleway\.com|supabase\.com|render\.com|neon\.tech|stripe\.com|sendgrid\.com|pagerduty\.com|datadoghq\.com|fastly\.com|github\.io|railway\.app|turso\.tech|planetscale\.com)$/,
    '',
  ],
  [/^[\w.-]+\.amazonaws\.com$/, 'aws'],
];

const SEARCH_HOST = /:92\d\d$|(^|[.-])(es|elastic|elasticsearch|opensearch)([.-]|$)|\.(es|aoss)\.amazonaws\.com$/i;

interface Address {
  readonly host: string;
  readonly name: string;
  readonly path: string;
}

function addressOf(url: string): Address | undefined {
  const found = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^@/]*@)?([^/?#]+)(?:\/([^?#]*))?/i.exec(url);
  return found?.[1] === undefined
    ? undefined
    : { host: found[1], name: found[1].replace(/:\d+$/, '').toLowerCase(), path: found[2] ?? '' };
}

/** What the service makes of the request, beside what is sent. `body` is what is known of the content. */
export function serviceEffects(place: Value, method: string, body: string): EffectDraft[] {
  return (texts(place) ?? [prefixOf(place)]).flatMap((url): EffectDraft[] => {
    const address = addressOf(url);
    if (address === undefined || /^(GET|HEAD|OPTIONS)$/.test(method)) return [];
    const { host, name, path } = address;
    const approves = /"event"\s*:\s*"APPROVE"/.test(body);
    if (name === 'api.github.com') return restEffects({ forge: 'github', path, method, repo: 'other', approves });
    if (name === 'api.bitbucket.org')
      return restEffects({
        forge: 'other',
        path: path.replace(/^2\.0\/repositories\//, 'repos/'),
        method,
        repo: 'other',
        approves: /\/approve$/.test(path),
      });
    if (/(^|\.)gitlab\./.test(name) && path.startsWith('api/v4/'))
      return restEffects({ forge: 'gitlab', path: path.slice('api/v4/'.length), method, repo: 'other', approves });
    if (SEARCH_HOST.test(host) && (method === 'DELETE' || /_delete_by_query$/.test(path)))
      return [
        {
          kind: 'db',
          engine: 'elasticsearch',
          action: 'drop',
          target: { kind: 'known', text: name },
          statement: `${method} /${path}`,
        },
      ];
    const cloud = CLOUDS.find(([pattern]) => pattern.test(name));
    if (cloud === undefined || method !== 'DELETE') return [];
    return [
      {
        kind: 'cloud',
        provider: cloud[1] || name.replace(/^api\./, ''),
        service: '',
        operation: method,
        action: 'delete',
        target: { kind: 'known', text: `/${path}` },
      },
    ];
  });
}
