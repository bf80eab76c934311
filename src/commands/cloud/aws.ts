// Turns aws argv into effects by the grammar `aws service operation`; high-level s3 commands are in aws-s3.ts. Knows no policy.
import type { Word } from '../../core/invocation.ts';
import { parseArgs } from '../../core/options.ts';
import type { Call, EffectDraft, Lowering, Program } from '../../core/program.ts';
import { secretVariable } from '../../core/sensitive.ts';
import { known, type Value } from '../../core/value.ts';
import { harmless, literal, mustBeKnown, opaque, wantsHelp, writes } from '../kit.ts';
import { GLOBAL } from './aws-options.ts';
import { lowerS3 } from './aws-s3.ts';
import { choosesProduction } from './chosen.ts';
import { asksHelp } from './grammar.ts';
import { isLocalAddress, type Meaning, meaningOf, opensToAll } from './verbs.ts';

/** Operations whose verb does not say what they do. Keys: `service operation` or `* operation`. */
const OPERATIONS: Readonly<Record<string, Meaning>> = Object.fromEntries(
  Object.entries({
    read: `sts:get-caller-identity sts:decode-authorization-message ecr:describe-images logs:start-query logs:filter-log-events
      logs:start-live-tail *:test-metric-filter iam:simulate-principal-policy iam:simulate-custom-policy configure:list
      configure:list-profiles configure:get cloudformation:validate-template cloudformation:detect-stack-drift
      cloudformation:estimate-template-cost athena:batch-get-query-execution history:list history:show
      iam:generate-credential-report iam:generate-service-last-accessed-details dynamodb:transact-get-items
      dynamodb:batch-get-item lambda:list-functions kms:list-keys textract:detect-document-text
      rekognition:detect-labels comprehend:detect-sentiment translate:translate-text s3api:select-object-content
      ssm:get-parameter ssm:get-parameters ssm:get-parameters-by-path eks:list-clusters cloudtrail:lookup-events
      secretsmanager:get-random-password sqs:get-queue-url stepfunctions:test-state codeartifact:list-packages`,
    secret: `secretsmanager:get-secret-value secretsmanager:batch-get-secret-value sts:get-session-token
      *:get-federation-token sts:assume-role sts:assume-role-with-saml sts:assume-role-with-web-identity
       
      ec2:get-password-data 
      rds:generate-db-auth-token redshift:get-cluster-credentials redshift-serverless:get-credentials kms:decrypt
      kms:generate-data-key kms:generate-data-key-pair lightsail:get-instance-access-details
      lightsail:get-relational-database-master-user-password lightsail:download-default-key-pair sso:get-role-credentials
      configure:export-credentials cognito-identity:get-credentials-for-identity
      cognito-identity:get-open-id-token iam:create-access-key iam:create-service-specific-credential
      iam:reset-service-specific-credential acm:export-certificate
      apigateway:get-api-key apigateway:get-api-keys appsync:list-api-keys transfer:describe-host-key
      ec2:create-key-pair`,
    token: `ecr:get-login-password ecr:get-authorization-token ecr:get-login ecr-public:get-login-password
      ecr-public:get-authorization-token codeartifact:get-authorization-token eks:get-token`,
    grant: `iam:attach-role-policy iam:attach-user-policy iam:attach-group-policy iam:put-role-policy iam:put-user-policy
      iam:put-group-policy iam:add-user-to-group iam:add-role-to-instance-profile iam:create-login-profile
      iam:update-login-profile iam:update-assume-role-policy iam:create-policy-version iam:set-default-policy-version
      iam:update-access-key iam:deactivate-mfa-device iam:delete-account-password-policy iam:update-account-password-policy iam:put-user-permissions-boundary iam:put-role-permissions-boundary
      iam:delete-role-permissions-boundary iam:delete-user-permissions-boundary iam:upload-ssh-public-key
      *:put-resource-policy *:add-permission *:put-policy *:set-policy *:create-grant *:grant-permissions
      *:batch-grant-permissions *:add-layer-version-permission *:put-repository-policy *:set-repository-policy
      *:set-registry-policy *:put-registry-policy *:put-key-policy *:put-bucket-policy *:put-bucket-acl *:put-object-acl
      *:put-access-point-policy *:put-public-access-block *:delete-public-access-block *:put-bucket-website
      *:put-bucket-ownership-controls *:authorize-security-group-ingress *:authorize-security-group-egress
      *:authorize-cluster-security-group-ingress *:authorize-db-security-group-ingress
      *:modify-snapshot-attribute *:modify-image-attribute *:modify-db-snapshot-attribute *:modify-vpc-endpoint-service-permissions
      *:modify-db-cluster-snapshot-attribute *:share-directory *:create-resource-share *:associate-resource-share
      *:create-function-url-config *:disable-snapshot-block-public-access *:disable-image-block-public-access
      *:disable-block-public-access *:attach-policy *:attach-principal-policy *:put-permission-policy *:put-backup-vault-access-policy
      *:create-account-assignment *:attach-managed-policy-to-permission-set *:put-inline-policy-to-permission-set
      *:create-access-entry *:associate-access-policy *:put-vault-policy *:set-vault-access-policy *:put-file-system-policy
      *:put-data-lake-settings *:admin-add-user-to-group *:admin-set-user-password
      organizations:enable-policy-type organizations:invite-account-to-organization`,
    exec: `ssm:start-session ssm:send-command ssm:start-automation-execution ssm:resume-session ecs:execute-command
      lambda:invoke lambda:invoke-async stepfunctions:start-execution *:send-ssh-public-key *:send-serial-console-ssh-public-key
      codebuild:start-build glue:start-job-run batch:submit-job sns:publish sqs:send-message ses:send-email sesv2:send-email
      events:put-events kinesis:put-record kinesis:put-records ec2:run-instances ec2:run-scheduled-instances ec2:request-spot-instances
      ec2:create-launch-template ecs:run-task bedrock-runtime:invoke-model apigateway:test-invoke-method
      emr:add-steps emr-serverless:start-job-run workspaces:start-workspaces`,
    destroy: `cloudformation:delete-stack cloudformation:delete-stack-set *:delete-cluster *:delete-db-cluster *:delete-db-instance
      *:delete-table *:delete-bucket *:delete-objects *:purge-queue *:terminate-instances *:terminate-environment
      *:delete-hosted-zone *:delete-file-system *:delete-repository *:delete-vault *:delete-user-pool *:delete-account
      *:close-account *:delete-organization *:delete-domain *:delete-stream *:delete-log-group *:delete-backup-vault
      *:schedule-key-deletion *:delete-snapshot *:delete-recovery-point *:delete-keyspace *:delete-application *:delete-app
      *:terminate-job-flows *:delete-auto-scaling-group *:delete-vpc *:delete-nodegroup`,
    deploy: `cloudformation:deploy cloudformation:create-stack cloudformation:update-stack cloudformation:execute-change-set
      lambda:update-function-code ecs:update-service amplify:start-deployment amplify:start-job deploy:create-deployment
      elasticbeanstalk:update-environment apigateway:create-deployment codepipeline:start-pipeline-execution
      apprunner:start-deployment deploy:push`,
    create: 'cloudformation:package cloudformation:create-change-set *:create-invalidation',
    configure: `configure:set configure:import configure:sso configure:sso-session configure:add-model sso:login
      sso:logout eks:update-kubeconfig emr:socks emr:ssh codecommit:credential-helper configure:`,
    update: `*:revoke-security-group-ingress *:receive-message *:poll-for-task *:remove-permission
      *:remove-tags *:run-query *:start-logging *:disassociate-address`,
  } satisfies Partial<Record<Meaning, string>>).flatMap(([meaning, operations]) =>
    operations
      .split(/\s+/)
      .filter((operation) => operation !== '')
      .map((operation) => [operation, meaning as Meaning]),
  ),
);

/** Verbs that aws uses in its own way; taking a member out of a set is a change, not a deletion. */
const VERBS: Readonly<Record<string, Meaning>> = {
  remove: 'update',
  release: 'update',
  revoke: 'update',
  run: 'create',
  test: 'update',
  submit: 'create',
  export: 'update',
  authorize: 'grant',
  add: 'update',
  accept: 'update',
  send: 'create',
  modify: 'update',
  restore: 'create',
  purchase: 'create',
  close: 'delete',
  leave: 'delete',
  download: 'read',
  filter: 'read',
  generate: 'create',
  write: 'update',
};

/** Switching these off takes the record of what happens, or the alarm, away. */
const WATCHERS =
  /^(cloudtrail|guardduty|securityhub|config|configservice|macie2?|detective|inspector2?|accessanalyzer|wafv2?|shield|fms)$/;
const WATCHER_OFF =
  /^(stop-logging|delete-|disable(-|$)|stop-configuration-recorder|disassociate-|deregister-|put-event-selectors|update-trail)/;
const LOG_OFF =
  /^(delete-flow-logs|put-bucket-logging|delete-log-group|delete-alarms|disable-alarm-actions|delete-web-acl|delete-bucket-versioning|delete-retention-policy|put-retention-policy)$/;
const ENCRYPTION_OFF = /^(disable-(ebs-encryption-by-default|key|key-rotation)|delete-bucket-encryption)$/;

function meaningOfOperation(service: string, operation: string): Meaning | undefined {
  const exact = OPERATIONS[`${service}:${operation}`] ?? OPERATIONS[`*:${operation}`];
  if (exact !== undefined) return exact;
  const parts = operation.split('-').filter((part) => !['batch', 'admin', 'bulk'].includes(part));
  return VERBS[parts[0] ?? ''] ?? meaningOf(parts.join('-'));
}

function isLocal(call: Call, endpoint: Word | undefined): boolean {
  const named = endpoint ?? call.env('AWS_ENDPOINT_URL');
  const url = literal(named);
  return call.name === 'awslocal' || (url !== undefined && isLocalAddress(url));
}

function lower(call: Call): Lowering {
  const { args } = call;
  if (wantsHelp(args) || asksHelp(args) || literal(args.at(-1)) === 'help') return harmless('aws help');
  const parsed = parseArgs(args, GLOBAL);
  const [serviceWord, operationWord] = parsed.operands;
  const strange = parsed.unlisted[0]?.word;
  const service = literal(serviceWord);
  const operation = literal(operationWord) ?? '';
  if (
    service === undefined ||
    serviceWord === undefined ||
    (operationWord !== undefined && literal(operationWord) === undefined) ||
    (strange !== undefined && args.indexOf(strange) < args.indexOf(operationWord ?? serviceWord))
  )
    return {
      effects: [
        ...mustBeKnown(
          [serviceWord, operationWord].filter((word) => word !== undefined),
          'the aws operation',
        ),
        opaque('the aws operation is not known'),
      ],
    };
  const local = isLocal(call, parsed.value('--endpoint-url'));
  if (service === 's3') return lowerS3(call, local);
  if (parsed.has('--generate-cli-skeleton')) return harmless('aws skeleton');
  const read = meaningOfOperation(service, operation);
  if (service === 'configure' && operation === 'get' && secretVariable(literal(parsed.operands.at(-1)) ?? ''))
    return {
      effects: [{ kind: 'secret.read', what: 'the key that aws stores', shown: !call.invocation.captured }],
      output: { taints: [{ label: 'secret', from: '~/.aws/credentials' }] },
    };
  const meaning = read === 'token' ? (call.invocation.captured ? 'login' : 'secret') : read;
  if (meaning === undefined) return { effects: [opaque(`what aws ${service} ${operation} does is not known`)] };
  if (meaning !== 'read' && (local || parsed.has('--dry-run')))
    return harmless(local ? 'aws on this machine' : 'aws dry run');
  const target: Value =
    (args[args.indexOf(operationWord ?? serviceWord) + 2] ?? parsed.operands[2])?.value ?? known('');
  const production = choosesProduction(call) ? ({ production: true } as const) : {};
  const opens = (meaning === 'create' || meaning === 'update') && opensToAll(args);
  const effects: EffectDraft[] = [];
  if (meaning === 'deploy')
    effects.push({
      kind: 'deploy',
      platform: 'aws',
      environment: choosesProduction(call) ? 'production' : 'unknown',
      what: `aws ${service} ${operation}`,
    });
  else
    effects.push({
      kind: 'cloud',
      provider: 'aws',
      service,
      operation,
      action: opens ? 'grant' : actionOf(meaning, operation, parsed.has('--with-decryption')),
      target,
      ...(meaning === 'destroy' ? { mass: true } : {}),
      ...production,
    });
  if ((WATCHERS.test(service) && WATCHER_OFF.test(operation)) || LOG_OFF.test(operation))
    effects.push({ kind: 'weaken', what: `the ${service} record (${operation})` });
  if (operation === 'put-bucket-versioning' && args.some((word) => /Suspended/.test(literal(word) ?? '')))
    effects.push({ kind: 'weaken', what: 'the earlier versions that a bucket keeps' });
  if (ENCRYPTION_OFF.test(operation)) effects.push({ kind: 'weaken', what: `encryption (${service} ${operation})` });
  if (parsed.has('--map-public-ip-on-launch') && operation === 'modify-subnet-attribute')
    effects.push({ kind: 'grant', what: 'public addresses for a whole subnet', to: known('everyone') });
  if (parsed.has('--no-verify-ssl')) effects.push({ kind: 'weaken', what: 'TLS checks of aws' });
  if (service === 's3api' && operation === 'get-object') effects.push(...writes(call, parsed.operands.slice(2)));
  return {
    effects,
    ...(read === 'secret' || read === 'token' || (meaning === 'read' && parsed.has('--with-decryption'))
      ? { output: { taints: [{ label: 'secret' as const, from: `aws ${service} ${operation}` }] } }
      : { output: { taints: [] } }),
  };
}

function actionOf(
  meaning: Meaning,
  operation: string,
  decrypted: boolean,
): Extract<EffectDraft, { kind: 'cloud' }>['action'] {
  if (decrypted && operation.startsWith('get-parameter')) return 'secret';
  switch (meaning) {
    case 'destroy':
      return 'delete';
    case 'login':
      return 'configure';
    case 'read':
    case 'create':
    case 'update':
    case 'delete':
    case 'grant':
    case 'secret':
    case 'exec':
    case 'configure':
      return meaning;
    default:
      return 'update';
  }
}

export const aws: Program = {
  names: ['aws', 'awslocal'],
  lower,
  examples: {
    allow: [
      'aws --version',
      'aws sts get-caller-identity',
      'aws ec2 describe-instances --filters Name=tag:env,Values=dev --output table',
      'aws --profile staging --region eu-west-1 lambda list-functions',
      'aws s3 ls s3://acme-assets/img/',
      'aws logs tail /ecs/shop --since 10m',
      'aws cloudformation validate-template --template-body file://infra/stack.yml',
      'aws --endpoint-url http://localhost:4566 dynamodb delete-table --table-name orders',
      'awslocal s3 mb s3://uploads',
      'aws ec2 run-instances help',
      'aws secretsmanager list-secrets',
      'aws ssm get-parameter --name /shop/feature-flag',
      'aws ec2 terminate-instances --instance-ids i-0abc --dry-run',
      'aws ecs wait services-stable --cluster dev --services api',
    ],
    deny: [
      'aws ec2 terminate-instances --instance-ids i-0abc',
      'aws rds delete-db-instance --db-instance-identifier shop --skip-final-snapshot',
      'aws --region us-east-1 dynamodb delete-table --table-name orders',
      'aws cloudformation delete-stack --stack-name shop',
      'aws iam attach-user-policy --user-name ci --policy-arn arn:aws:iam::aws:policy/PowerUserAccess',
      'aws secretsmanager get-secret-value --secret-id shop/stripe',
      'aws ssm get-parameter --name /shop/db-password --with-decryption',
      'AWS_PROFILE=prod aws ec2 stop-instances --instance-ids i-1',
      'aws inspector2 disable --resource-types EC2',
      'aws s3api put-bucket-versioning --bucket b --versioning-configuration Status=Suspended',
      'aws iam update-assume-role-policy --role-name ci --policy-document file://trust.json',
      'aws ec2 authorize-security-group-ingress --group-id sg-1 --protocol tcp --port 22 --cidr 0.0.0.0/0',
      'aws lambda add-permission --function-name f --statement-id s --action lambda:InvokeFunction --principal "*"',
      'aws cloudtrail stop-logging --name main',
      'aws kms schedule-key-deletion --key-id 1234',
      'aws rds modify-db-instance --db-instance-identifier shop --publicly-accessible',
      'for t in orders users; do aws dynamodb delete-table --table-name "$t"; done',
    ],
    unsettled: [
      'aws ec2 create-tags --resources i-0abc --tags Key=team,Value=shop',
      'aws ec2 stop-instances --instance-ids i-0abc',
      'aws lambda invoke --function-name thumbnails out.json',
      'aws iam create-role --role-name ci --assume-role-policy-document file://trust.json',
      'aws route53 change-resource-record-sets --hosted-zone-id Z1 --change-batch file://dns.json',
      'aws iam delete-policy-association --name x',
      'aws frobnicate-everything now',
      'aws "$SERVICE" "$OPERATION"',
      'aws configure set region eu-west-1',
      'aws ecr get-login-password | docker login --username AWS --password-stdin 1.dkr.ecr.eu-west-1.amazonaws.com',
      "aws s3 sync --exclude '*.map' --cache-control max-age=60 dist s3://acme-site",
      'aws s3 cp --frobnicate a b',
    ],
  },
};
