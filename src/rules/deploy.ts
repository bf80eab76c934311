// Owns the rules about bringing changes to where others use them.
import { defineRule, type Rule } from '../core/rule.ts';

export const deployRules: readonly Rule[] = [
  defineRule({
    id: 'deploy/production',
    tier: 'soft',
    on: 'deploy',
    since: '0.1.0',
    summary: 'Deploys to production, or applies infrastructure changes that nobody looked at',
    why: 'It goes live for users at once, past review and the pipeline.',
    instead: 'Build, plan or preview it, show the result, and leave the release to the user or the pipeline.',
    match: (effect, { effects }) => {
      if (effect.environment === 'production') return `${effect.what} changes production`;
      const chosen = effects.some(
        (other) =>
          other.kind === 'cloud' &&
          other.action === 'configure' &&
          other.production === true &&
          other.provider === effect.platform,
      );
      return chosen && effect.environment === 'unknown'
        ? `${effect.what} changes production, which was chosen before`
        : undefined;
    },
    examples: {
      hit: [
        'vercel --prod',
        'terraform apply -auto-approve',
        'terraform workspace select prod && terraform apply',
        'fly deploy',
        'firebase deploy',
        'netlify deploy --prod --dir dist',
        'ansible-playbook -i inventory/prod site.yml',
      ],
      miss: ['vercel build', 'terraform plan', 'fly status', 'netlify deploy --dir dist', 'echo "vercel --prod"'],
    },
  }),
  defineRule({
    id: 'deploy/shared',
    tier: 'ask',
    on: 'deploy',
    since: '0.1.0',
    summary: 'Deploys to a shared or unnamed environment',
    why: 'Where it goes, or who uses it, is not known.',
    instead: 'Name the environment and show a plan or preview first.',
    match: (effect, scope) => {
      if (effect.environment === 'preview' && scope.context.policy.services.includes(effect.platform)) return undefined;
      return effect.environment === 'preview' || effect.environment === 'unknown'
        ? `${effect.what} deploys`
        : undefined;
    },
    examples: {
      hit: ['terraform apply', 'pulumi up', 'vercel', 'sls deploy -s dev'],
      miss: ['vercel dev', 'terraform validate'],
    },
  }),
];
