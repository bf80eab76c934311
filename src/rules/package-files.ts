// Owns the rules about files that decide where packages come from and through whom, and what their managers start.
import { throughProxy } from '../core/proxy.ts';
import { defineRule, type Rule, type Scope } from '../core/rule.ts';
import { trustsProxy } from '../core/settle.ts';
import { known, texts } from '../core/value.ts';
import { isOfficialRegistry } from './packages.ts';

const FILES =
  /\/(\.npmrc|\.yarnrc(\.yml)?|bunfig\.toml|pip\.(conf|ini)|uv\.toml|\.gemrc|\.condarc|\.cargo\/config(\.toml)?|nuget\.config|\.bundle\/config)$/i;
/** A registry for one scope or one named source changes only what is asked of it by name. */
const SETTING =
  /(?:^|\n)\s*["']?(registry|npmRegistryServer|npm-registry|index-url|extra-index-url|default-index|replace-with|index|registry-url|BUNDLE_MIRROR__\w*)["']?\s*[=:]\s*["']?((?:https?|sparse\+https?):\/\/[^\s"']+)/i;

/** Keys whose value is started or loaded at every later run. */
const STARTS =
  /(?:^|\n)\s*["']?(script-shell|node-options|yarnPath|rustc-wrapper|rustc-workspace-wrapper|rustc|linker|runner|credential-process|preload)["']?\s*[=:]\s*([^\n]*)/gi;
/** A shell, a program that is found by its bare name, and yarn's own place for itself. */
const USUAL =
  /^(\/(usr\/)?(local\/)?bin\/(env )?(ba|z|da|fi)?sh|[\w.+-]+|\.yarn\/releases\/[\w.-]+\.cjs|--(max[-_]old[-_]space[-_]size|no-warnings|enable-source-maps|trace-\w+)[\w=-]*)$/;

/** The first setting that starts something unusual, as `key value`. */
function starts(content: string): string | undefined {
  for (const [, key, value] of content.matchAll(STARTS)) {
    const given = (value ?? '')
      .replace(/\s#.*$/, '')
      .trim()
      .replace(/^\[\s*|\s*\]$|["',]/g, '');
    if (given !== '' && !given.split(/\s+/).every((word) => USUAL.test(word))) return `${key} to ${given}`;
  }
  return undefined;
}

/** Settings by which a package manager or build tool sends all its traffic through another server. */
const PROXY =
  /(?:^|\n)\s*["']?((?:https?[-_.]?)?proxy|https?Proxy|systemProp\.https?\.proxyHost|BUNDLE_HTTPS?_PROXY)["']?\s*[=:]\s*["']?((?:\w+:\/\/)?[^\s"'#]+)/i;
const PROXIED = /\/gradle\.properties$|\/\.(curlrc|wgetrc|gitconfig|bundle\/config)$/;

const isForeignProxy = (address: string, scope: Scope): boolean =>
  throughProxy(known(address)).some(({ to }) => !trustsProxy(to, scope));

export const packageFileRules: readonly Rule[] = [
  defineRule({
    id: 'packages/registry-file',
    tier: 'soft',
    on: 'fs.write',
    since: '0.1.0',
    summary: 'A settings file of a package manager that names another registry or a proxy for everything',
    why: 'Every later install then trusts whoever runs it.',
    instead: 'Keep the registry the project is set up with, or show the user the line and let them add it.',
    match: (effect, scope) => {
      if (!(texts(effect.path) ?? []).some((path) => FILES.test(path) || PROXIED.test(path))) return undefined;
      for (const content of effect.content === undefined ? [] : (texts(effect.content) ?? [])) {
        const [, key, url] = SETTING.exec(content) ?? [];
        if (key !== undefined && url !== undefined && !isOfficialRegistry(url.replace(/^sparse\+/, '')))
          return `This sets ${key} to ${url}`;
        const [, name, proxy] = PROXY.exec(content) ?? [];
        if (name !== undefined && proxy !== undefined && isForeignProxy(proxy, scope))
          return { message: `This sets ${name} to ${proxy.replace(/\/\/[^@/]*@/, '//')}`, tier: 'ask' };
      }
      return undefined;
    },
    examples: {
      hit: [
        "echo 'registry=https://npm.example.net/' > .npmrc",
        "echo 'https-proxy=http://127.0.0.1:8080' >> .npmrc",
        "echo 'systemProp.https.proxyHost=192.0.2.1' >> gradle.properties",
        "printf '[global]\\nindex-url = https://pypi.example.net/simple\\n' > pip.conf",
        'cat > .yarnrc.yml <<EOF\nnpmRegistryServer: "https://npm.example.net"\nEOF',
      ],
      miss: [
        "echo 'registry=http://localhost:4873/' > .npmrc",
        "echo '@acme:registry=https://npm.example.net/' >> .npmrc",
        "echo 'save-exact=true' >> .npmrc",
        "echo 'proxy=null' >> .npmrc",
        "echo 'noproxy=localhost' >> .npmrc",
        "echo 'registry=https://npm.example.net/' > docs/registry.md",
      ],
    },
  }),
  defineRule({
    id: 'packages/settings-program',
    tier: 'ask',
    on: 'fs.write',
    since: '0.1.0',
    summary: 'A settings file of a package manager that names a program or module to start at every later run',
    why: 'Builds and tests that look harmless then run it.',
    instead: 'Run the program by its name where it is needed, or show the user the line.',
    match: (effect) => {
      if (!(texts(effect.path) ?? []).some((path) => FILES.test(path))) return undefined;
      for (const content of effect.content === undefined ? [] : (texts(effect.content) ?? [])) {
        const found = starts(content);
        if (found !== undefined) return `This sets ${found}`;
      }
      return undefined;
    },
    examples: {
      hit: [
        "printf 'script-shell=./run.sh\\n' > .npmrc && npm test",
        "echo 'node-options=--require ./hook.js' >> .npmrc",
        "echo 'yarnPath: ./tools/yarn.js' > .yarnrc.yml",
        `printf '[build]\\nrustc-wrapper = "./wrap.sh"\\n' > .cargo/config.toml`,
        `echo 'preload = ["./setup.ts"]' >> bunfig.toml`,
      ],
      miss: [
        "echo 'script-shell=/bin/bash' > .npmrc",
        "echo 'node-options=--max-old-space-size=4096' >> .npmrc",
        "echo 'yarnPath: .yarn/releases/yarn-4.5.0.cjs' > .yarnrc.yml",
        `printf '[target.x86_64-unknown-linux-gnu]\\nlinker = "clang"\\n' > .cargo/config.toml`,
        `printf '[build]\\nrustc-wrapper = "sccache"\\n' > .cargo/config.toml`,
        "echo 'script-shell=./run.sh' > docs/npmrc.md",
      ],
    },
  }),
];
