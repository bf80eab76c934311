// Owns the options that every aws command takes, and the few of single commands that matter. Knows no commands.
import type { OptionSpec } from '../../core/options.ts';
import { entries } from '../table.ts';

/** https://docs.aws.amazon.com/cli/latest/reference/#global-options */
export const GLOBAL: OptionSpec = {
  flags:
    entries(`--debug | --no-verify-ssl | --no-paginate | --no-sign-request | --no-cli-pager | --cli-auto-prompt | --no-cli-auto-prompt | --dry-run --dryrun | --with-decryption | --set-as-default |
    --force | --recursive | --delete | --map-public-ip-on-launch`),
  values: entries(`--endpoint-url | --output | --query | --profile | --region | --version-id | --color |
    --ca-bundle | --cli-read-timeout | --cli-connect-timeout | --cli-binary-format | --acl | --policy-arn | --generate-cli-skeleton`),
  abbreviations: false,
};
