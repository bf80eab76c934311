// Owns which images are well known and how image names are read. Knows no commands.
/** Publishers outside the official library whose images are in everyday use. A name without a publisher is an official image or one built here. */
const PUBLISHERS =
  /^(?:docker\.io\/)?(library|prom|grafana|bitnami|timescale|minio|localstack|confluentinc|opensearchproject|hashicorp|cimg|pgvector|postgis|axllent|mailhog|dpage|jaegertracing|otel|openzipkin|apache|mitmproxy|selenium|cypress|circleci|hadolint|koalaman|mvdan|redis|neo4j|clickhouse|qdrant|semitechnologies|curlimages|amazon|gitlab|nvidia|pytorch|tensorflow|ollama|n8nio|chromedp|browserless|mysql|mongodb|aquasec|anchore|returntocorp|semgrep|sonarsource|openapitools|swaggerapi|redocly|stoplight|squidfunk|jekyll|texlive|pandoc|oven|denoland|rustlang|jenkins|portainer|testcontainers|verdaccio|stripe|supabase|hasura|temporalio|dyrnq)\//;
const REGISTRIES =
  /^(mcr\.microsoft\.com|gcr\.io\/distroless|public\.ecr\.aws\/(docker|lambda|amazonlinux)|docker\.elastic\.co|registry\.k8s\.io|quay\.io\/(prometheus|keycloak|minio|jetstack)|ghcr\.io\/(astral-sh|puppeteer|hadolint|super-linter)|nvcr\.io\/nvidia|registry\.access\.redhat\.com|localhost(:\d+)?|127\.0\.0\.1(:\d+)?)\//;

export type ImageKind = 'plain' | 'known' | 'other';

/** `plain`: no publisher in the name, so an official library image or one that was built on this machine. */
export function imageKind(image: string): ImageKind {
  if (!image.includes('/')) return 'plain';
  return PUBLISHERS.test(image) || REGISTRIES.test(image) ? 'known' : 'other';
}

/** Images whose entry point is a program that takes the words as its arguments. */
const ENTRY_POINTS: readonly (readonly [image: RegExp, program: string])[] = [
  [/(^|\/)(amazon\/aws-cli|aws-cli)$/, 'aws'],
  [/(^|\/)hashicorp\/terraform$/, 'terraform'],
  [/(^|\/)opentofu$/, 'tofu'],
  [/(^|\/)(bitnami|rancher)\/kubectl$/, 'kubectl'],
  [/(^|\/)alpine\/helm$/, 'helm'],
  [/(^|\/)rclone\/rclone$/, 'rclone'],
  [/(^|\/)minio\/mc$/, 'mc'],
  [/(^|\/)flyway\/flyway$/, 'flyway'],
  [/(^|\/)liquibase(\/liquibase)?$/, 'liquibase'],
  [/(^|\/)migrate\/migrate$/, 'migrate'],
  [/(^|\/)amacneil\/dbmate$/, 'dbmate'],
  [/(^|\/)aquasec\/trivy$/, 'trivy'],
  [/(^|\/)hashicorp\/packer$/, 'packer'],
  [/(^|\/)docker-aws-nuke$|(^|\/)aws-nuke$/, 'aws-nuke'],
];

export const entryPointOf = (image: string): string | undefined => {
  const name = image.replace(/@sha256:.*$/, '').replace(/:[^:/]*$/, '');
  return ENTRY_POINTS.find(([pattern]) => pattern.test(name))?.[1];
};

export const isLocalRegistry = (image: string): boolean =>
  /^(localhost|127\.0\.0\.1|host\.docker\.internal)(:\d+)?\//.test(image);
