// Owns the rules about who may do what: cloud and cluster permissions, and public exposure.
import { defineRule, type Rule } from '../core/rule.ts';
import { show } from '../core/value.ts';

export const grantRules: readonly Rule[] = [
  defineRule({
    id: 'grants/cloud',
    tier: 'soft',
    on: 'cloud',
    since: '0.1.0',
    summary: 'Gives rights in a cloud, cluster or platform, or opens it to the public',
    why: 'Rights outlive the session and can be used by anyone who gets hold of them.',
    instead: 'Put the change into reviewed configuration, or show the user who would get which right and why.',
    match: (effect) =>
      effect.action === 'grant'
        ? `${effect.provider} ${effect.service} ${effect.operation} changes who has access${show(effect.target) === '' ? '' : ` (${show(effect.target).replace(/=.*$/s, '=…')})`}`
        : undefined,
    examples: {
      hit: [
        'aws iam attach-role-policy --role-name ci --policy-arn arn:aws:iam::aws:policy/AdministratorAccess',
        'kubectl create rolebinding dev --clusterrole=edit --user=x',
        'gcloud projects add-iam-policy-binding acme --member=user:x@example.com --role=roles/viewer',
        'aws s3api put-bucket-acl --bucket b --acl public-read',
      ],
      miss: ['aws iam list-roles', 'kubectl auth can-i --list', 'gcloud projects get-iam-policy acme'],
    },
  }),
  defineRule({
    id: 'grants/rights',
    tier: 'soft',
    on: 'grant',
    since: '0.1.0',
    summary: 'Gives rights to a person, role, machine or everyone',
    why: 'Rights outlive the session and can be used by anyone who gets hold of them.',
    instead: 'Show the user who would get which right and why, and let them give it.',
    match: (effect) => `gives ${effect.what} to ${show(effect.to)}`,
    examples: {
      hit: ['aws ec2 modify-subnet-attribute --subnet-id s-1 --map-public-ip-on-launch'],
      miss: ['aws ec2 modify-subnet-attribute --subnet-id s-1 --no-map-public-ip-on-launch', 'ls'],
    },
  }),
];
