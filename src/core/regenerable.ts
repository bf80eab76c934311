// Owns which names conventionally belong to files that builds and tools make again. Decides nothing.
import { basename } from './path.ts';

/** Made by tools and never written by hand, wherever they are. */
const ALWAYS =
  /(^|\/)(node_modules|_cacache|Caches|bower_components|__pycache__|\.(next|nuxt|turbo|cache|parcel-cache|pytest_cache|mypy_cache|ruff_cache|tox|nox|gradle|svelte-kit|nyc_output|angular|vite|docusaurus|eslintcache|terragrunt-cache|hypothesis|ipynb_checkpoints|output|expo|dart_tool|vercel\/output)|DerivedData|[^/]+\.egg-info|site-packages)(\/|$)|\.(pyc|pyo|pyd|o|obj|class|tsbuildinfo|swp|swo|gcda|gcno|profraw)$|(^|\/)(\.DS_Store|Thumbs\.db|\.coverage|npm-debug\.log[^/]*|yarn-error\.log|\.eslintcache|\.stylelintcache)$/;

/** Made by tools when version control ignores them; otherwise they may be somebody's work. */
const WHEN_IGNORED =
  /(^|\/)(dist|build|out|target|coverage|htmlcov|tmp|temp|\.tmp|\.venv|venv|env|bin|obj|Pods|vendor|logs?|\.build|storybook-static|public\/build|\.serverless|\.aws-sam|cmake-build-[^/]*|generated|__generated__|\.generated|gen|test-results|playwright-report|artifacts|release|debug|pkg)(\/|$)|\.(log|tmp|bak|orig|rej|so|dylib|dll|a|lib|exe|whl|jar|war|tgz|map|min\.js|out|test|prof|pid|lock|xml|html|lcov|js|css|d\.ts)$|(^|\/)[^/.]+$/;

/** Held back from version control because they cannot be made again: secrets and data. */
const PRECIOUS =
  /(^|\/)(\.env[^/]*|[^/]*\.(sqlite3?|db|pem|key|p12|pfx|kdbx|tfstate|tfvars)([-.][^/]*)?|data|secrets?|uploads|backups?|\.terraform|credentials[^/]*)(\/|$)/i;

export type Regenerable = 'always' | 'when-ignored' | 'no';

/** Whether a path is conventionally one that can be made again. */
export function regenerable(path: string): Regenerable {
  if (ALWAYS.test(path)) return 'always';
  if (PRECIOUS.test(path)) return 'no';
  return WHEN_IGNORED.test(path) && basename(path) !== '' ? 'when-ignored' : 'no';
}
