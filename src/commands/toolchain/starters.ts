// Owns which packages are the official starters of frameworks, and what starting a project by one does. Knows no package manager.
import type { Word } from '../../core/invocation.ts';
import type { Call, EffectDraft } from '../../core/program.ts';
import { known } from '../../core/value.ts';
import { literal, writes } from '../kit.ts';
import { entries } from '../table.ts';

/** Named in the frameworks' own instructions; such a name belongs to the framework for good, and no project declares it. */
const STARTERS: ReadonlySet<string> = new Set(
  entries(
    `create-vite | create-vite-extra | create-vue | create-svelte | create-next-app | create-react-app | create-react-router | create-remix | create-astro | create-nuxt | create-nuxt-app | create-solid | create-qwik | create-hono | create-expo-app | create-expo | create-t3-app | create-turbo | create-nx-workspace | create-docusaurus | create-electron-vite | create-tauri-app | create-rspack | create-rsbuild | create-rslib | create-preact | create-redwood-app | create-sanity | create-strapi-app | create-strapi | create-payload-app | create-keystone-app | create-gatsby | create-eslint | create-playwright | create-storybook | create-wxt | create-video | create-cloudflare | create-fastify | create-elysia | create-bun | create-medusa-app | create-shopify-app | create-vitepress | create-waku | create-tsrouter-app | create-mastra | create-react-native-app | create-react-native-library | create-slidev | @eslint/create-config | @eslint/config/create | @knip/config/create | @angular/create | @tanstack/create-start | @vue/create | @sveltejs/create | @hono/create | @tauri-apps/create | @nestjs/create | @storybook/create | @playwright/create`,
  ),
);

/** A released version; anything else could be a file, an address or an alias of another package. */
const RELEASED = /^(@(latest|next|canary|beta|rc|[~^]?\d[\w.+-]*))?$/;
/** Options and words that bring in a template of somebody else's. */
const FOREIGN =
  /^(https?:|git[@+:]|github:|gitlab:|bitbucket:|gh:|degit:)|^--?(example|e|repo|registry|from)(=|$)|^[\w.-]+\/[\w.-]+(#.*)?$/;

/** What starting a project by an official starter does; undefined for any other package or a template from elsewhere. */
export function startsProject(
  call: Call,
  name: string,
  version: string,
  rest: readonly Word[],
): EffectDraft[] | undefined {
  const words = rest.map(literal);
  if (!STARTERS.has(name) || !RELEASED.test(version)) return undefined;
  if (words.some((word) => word === undefined || FOREIGN.test(word))) return undefined;
  const folder = rest.find((word) => !/^-/.test(literal(word) ?? '-'));
  return [
    { kind: 'pkg.run', manager: call.name, name: known(name), declared: true },
    ...writes(call, folder ? [folder] : [], 'mkdir'),
  ];
}
