// Owns the environment variables that choose the account, project, cluster or stage a cloud command acts on. Knows no command.
import type { Call } from '../../core/program.ts';
import { mentionsProduction } from './verbs.ts';

const CHOOSERS = [
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'CLOUDSDK_CORE_PROJECT',
  'CLOUDSDK_ACTIVE_CONFIG_NAME',
  'GOOGLE_CLOUD_PROJECT',
  'KUBECONFIG',
  'HELM_KUBECONTEXT',
  'HELM_NAMESPACE',
  'TF_WORKSPACE',
  'PULUMI_STACK',
  'HEROKU_APP',
  'FLY_APP',
  'DATABRICKS_CONFIG_PROFILE',
  'DIGITALOCEAN_CONTEXT',
  'NOMAD_NAMESPACE',
  'OS_CLOUD',
  'CLOUDFLARE_ENV',
  'STAGE',
];

/** True when the arguments, or what the environment chooses for them, name production. */
export const choosesProduction = (call: Call): boolean =>
  mentionsProduction([...call.args, ...CHOOSERS.map((name) => call.env(name))]);
