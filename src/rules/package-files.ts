// Owns the rule about files that decide where packages come from.
import { defineRule, type Rule } from '../core/rule.ts';
import { texts } from '../core/value.ts';
import { isOfficialRegistry } from './packages.ts';

const FILES =
  /\/(\.npmrc|\.yarnrc(\.yml)?|bunfig\.toml|pip\.(conf|ini)|uv\.toml|\.gemrc|\.condarc|\.cargo\/config(\.toml)?|nuget\.config|\.bundle\/config)$/i;
/** A registry for one scope or one named source changes only what is asked of it by name. */
const SETTING =
  /(?:^|\n)\s*["']?(registry|npmRegistryServer|npm-registry|index-url|extra-index-url|default-index|replace-with|index|registry-url|BUNDLE_MIRROR__\w*)["']?\s*[=:]\s*["']?((?:https?|sparse\+https?):\/\/[^\s"']+)/i;

export const packageFileRules: readonly Rule[] = [
  defineRule({
    id: 'packages/registry-file',
    tier: 'soft',
    on: 'fs.write',
    since: '0.1.0',
    summary: 'A settings file of a package manager that names another registry for everything',
    why: 'Every later install then trusts whoever runs it.',
    instead: 'Keep the registry the project is set up with, or show the user the line and let them add it.',
    match: (effect) => {
      if (!(texts(effect.path) ?? []).some((path) => FILES.test(path))) return undefined;
      for (const content of effect.content === undefined ? [] : (texts(effect.content) ?? [])) {
        const [, key, url] = SETTING.exec(content) ?? [];
        if (key !== undefined && url !== undefined && !isOfficialRegistry(url.replace(/^sparse\+/, '')))
          return `This sets ${key} to ${url}`;
      }
      return undefined;
    },
    examples: {
      hit: [
        "echo 'registry=https://npm.example.net/' > .npmrc",
        "printf '[global]\\nindex-url = https://pypi.example.net/simple\\n' > pip.conf",
        'cat > .yarnrc.yml <<EOF\nnpmRegistryServer: "https://npm.example.net"\nEOF',
      ],
      miss: [
        "echo 'registry=http://localhost:4873/' > .npmrc",
        "echo '@acme:registry=https://npm.example.net/' >> .npmrc",
        "echo 'save-exact=true' >> .npmrc",
        "echo 'registry=https://npm.example.net/' > docs/registry.md",
      ],
    },
  }),
];
