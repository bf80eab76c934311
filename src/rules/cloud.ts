// Owns the rules about clouds, clusters and platforms: deletion, secrets, changes and commands in production.
import type { EffectOf } from '../core/effect.ts';
import { defineRule, type Rule } from '../core/rule.ts';
import { show } from '../core/value.ts';

/** Links between things and settings of things: gone in a moment, and set again as quickly. */
const SETTING =
  /(tags?|association|permission|rule|route|membership|subscription|subscriber|share|notification|metadata|session|lifecycle-policy|pod-identity|attribute|alias|annotation)s?$/;

/** The same where the group of commands is the noun (`az network nsg rule delete`). */
const SETTING_GROUP =
  /(^|[ :])(association|permission|rule|route|membership|subscription|share|alias|attachment)(e?s)?$/;

const named = (effect: EffectOf<'cloud'>): string => {
  // `NAME=value` operands hold what must not be repeated.
  const target = show(effect.target).replace(/=.*$/s, '=…');
  return (
    `${effect.provider} ${effect.service} ${effect.operation}`.trim() +
    (target === '' || target === '…' ? '' : ` (${target})`)
  );
};
const isSetting = (effect: EffectOf<'cloud'>): boolean =>
  effect.mass !== true &&
  effect.production !== true &&
  (SETTING.test(effect.operation) || SETTING_GROUP.test(effect.service));

export const cloudRules: readonly Rule[] = [
  defineRule({
    id: 'cloud/delete',
    tier: 'soft',
    on: 'cloud',
    since: '0.1.0',
    summary: 'Deletes resources in a cloud, cluster or platform',
    why: 'What runs or is stored there is gone for everyone, mostly without an undo.',
    instead: 'List or describe what it would hit, show that to the user and let them say which resources may go.',
    match: (effect) => {
      if (effect.action !== 'delete') return undefined;
      if (isSetting(effect)) return { tier: 'ask', message: `${named(effect)} takes a setting or link away` };
      return effect.mass
        ? `${named(effect)} deletes a container of things or many at once`
        : `${named(effect)} deletes it`;
    },
    examples: {
      hit: [
        'aws ec2 terminate-instances --instance-ids i-1',
        'gcloud sql instances delete shop',
        'kubectl delete ns shop',
        'sudo aws s3 rb s3://acme --force',
        'bash -c "az group delete -n shop --yes"',
      ],
      miss: [
        'aws ec2 describe-instances',
        'kubectl delete pod x --dry-run=client',
        'git commit -m "aws s3 rb s3://acme"',
        'kubectl --context kind-dev delete ns shop',
      ],
    },
  }),
  defineRule({
    id: 'cloud/secret',
    tier: 'soft',
    on: 'cloud',
    since: '0.1.0',
    summary: 'Reads a live secret out of a cloud, cluster or vault',
    why: 'A credential that is shown stays in the transcript and can be misused.',
    instead: 'List the names only, or let the program that needs the secret fetch it by itself.',
    match: (effect) => (effect.action === 'secret' ? `${named(effect)} hands out a credential` : undefined),
    examples: {
      hit: [
        'aws secretsmanager get-secret-value --secret-id shop',
        'kubectl get secret shop -o yaml',
        'vault kv get secret/shop',
        'op read op://dev/key/password',
      ],
      miss: ['aws secretsmanager list-secrets', 'kubectl get pods', 'vault kv list secret/'],
    },
  }),
  defineRule({
    id: 'cloud/production-change',
    tier: 'soft',
    on: 'cloud',
    since: '0.1.0',
    summary: 'Changes, or runs commands in, something that is named as production',
    why: 'Users depend on it, and a mistake there cannot be taken back.',
    instead: 'Do it in a development or staging environment, or show the user the exact command to approve.',
    match: (effect, { effects }) => {
      if (!['create', 'update', 'exec'].includes(effect.action)) return undefined;
      const chosen = effects.some(
        (other) =>
          other.kind === 'cloud' &&
          other.action === 'configure' &&
          other.production === true &&
          other.provider === effect.provider,
      );
      return effect.production || chosen ? `${named(effect)} acts on production` : undefined;
    },
    examples: {
      hit: [
        'kubectl -n prod exec -it api-0 -- sh',
        'kubectl --context prod-eu apply -f k8s/',
        'kubectl config use-context prod && kubectl apply -f k8s/',
        'aws ec2 stop-instances --instance-ids i-1 --profile production',
      ],
      miss: [
        'kubectl -n prod logs api-0',
        'kubectl -n dev exec api-0 -- ls',
        'aws ec2 describe-instances --profile production',
      ],
    },
  }),
];
