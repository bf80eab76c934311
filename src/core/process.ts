// Owns which processes can be told to be a developer's own by what names them. Ends none.
import type { EffectOf } from './effect.ts';
import { joinPath } from './path.ts';
import type { Scope } from './rule.ts';
import { text } from './value.ts';

/** Ports of databases and system services; others in the upper range are a developer's own. */
const SERVICES = new Set([
  '1433',
  '1521',
  '2375',
  '2376',
  '2379',
  '3306',
  '3389',
  '5432',
  '5672',
  '5900',
  '6379',
  '6443',
  '8200',
  '8500',
  '9042',
  '9092',
  '9200',
  '9300',
  '11211',
  '27017',
]);
const devPort = (port: string): boolean => Number(port) >= 1024 && !SERVICES.has(port);

/** Command lines of development servers and watchers, with what makes them one project's. */
const SERVER =
  /\b(vite|next|nuxt|astro|remix|webpack|rollup|parcel|esbuild|turbo|nodemon|ts-node-dev|tsx|tsc|jest|vitest|mocha|playwright|cypress|storybook|gatsby|expo|metro|react-scripts|vue-cli-service|ng|ember|eleventy|hugo|jekyll|mkdocs|sphinx-autobuild|uvicorn|gunicorn|hypercorn|flask|django|manage\.py|runserver|http\.server|streamlit|gradio|celery|rails|puma|rackup|sidekiq|artisan|php|gradle|bootRun|spring-boot|air|reflex|cargo|dotnet|wrangler|miniflare|npm|pnpm|yarn|bun|deno|json-server|http-server|serve|live-server|browser-sync|nest|tailwindcss|watchexec|chokidar)\b/i;

/** Script files that a command line names after its interpreter. */
const scriptsIn = (line: string): string[] =>
  line.match(/(?<=\s)[\w./-]+\.(js|ts|mjs|cjs|py|rb|php|sh|jar|pl|lua|exs)\b/g) ?? [];

/** A process that is told apart by a path of the project, a port, or the command line of a development server. */
export function ownServer(kill: EffectOf<'proc.kill'>, { context, facts }: Pick<Scope, 'context' | 'facts'>): boolean {
  const name = text(kill.name);
  if (name === undefined) return false;
  if (kill.target === 'port') return devPort(name);
  if (kill.target !== 'pattern') return false;
  if (name.includes(context.projectRoot)) return true;
  const port = /(?:--?p(?:ort)?[ =]|:|\s)(\d{4,5})\b/.exec(name)?.[1];
  if (port !== undefined && devPort(port)) return true;
  if (scriptsIn(name).some((script) => facts('path', { path: joinPath(context.projectRoot, script) })?.type === 'file'))
    return true;
  return SERVER.test(name) && /\s\S/.test(name.trim()) && !/[|*]/.test(name.replace(/\.\*/g, ''));
}
