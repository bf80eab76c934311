// Owns the list of development tools that read, check, build or test a project: data. Lowers none.
import { entries } from '../table.ts';

/** Tools by what they do to a project; all of them read its configuration and may run its code. */
export const DEV_TOOLS: readonly string[] = entries(`
  pytest | py.test | jest | vitest | mocha | ava | tap | tape | jasmine | karma | cypress | playwright | cucumber-js | cucumber | uvu | c8 | nyc | istanbul | wtr | web-test-runner | stryker | nightwatch | wdio | codecept | testcafe | behave | nose2 | hypothesis | tox | nox | ward | trial | coverage | diff-cover | pytest-watch | ptw | rspec | minitest | phpunit | pest | paratest | behat | ctest | gtest | busted | bats | shunit2 | kotest | prove | ginkgo | gotestsum | richgo | gotest | go-junit-report | cargo-nextest | luacheck | selene | stylua |
  eslint | eslint_d | prettier | biome | rome | oxlint | oxfmt | tslint | standard | standardx | xo | stylelint | dprint | htmlhint | html-validate | markdownlint | markdownlint-cli2 | remark | alex | textlint | cspell | write-good | vale | codespell | typos | commitlint | lint-staged | knip | depcheck | madge | dependency-cruiser | depcruise | sort-package-json | syncpack | publint | attw | size-limit | bundlesize | npm-check-updates | ncu | license-checker | jscpd | ls-lint | editorconfig-checker | ec | secretlint | actionlint | yamllint | yamlfmt | taplo | hadolint | dockle | shellcheck | shfmt | checkbashisms | sqlfluff | sqlfmt | buf | protolint | spectral | redocly | swagger-cli | openapi-generator-cli | openapi-typescript | graphql-codegen | gql-gen | ajv | xmllint-check | tflint | tfsec | checkov | trivy-config | kubeval | kubeconform | kube-linter | helm-docs | conftest | opa | regal | cue | jsonnet | jsonnetfmt | tanka | zizmor | ratchet | pinact |
  ruff | black | isort | mypy | dmypy | pyright | basedpyright | pyre | pytype | ty | flake8 | pylint | pycodestyle | pydocstyle | pyflakes | bandit | vulture | autopep8 | autoflake | yapf | pyupgrade | add-trailing-comma | docformatter | interrogate | radon | xenon | safety | pip-audit | deptry | import-linter | lint-imports | refurb | sourcery | rope | monkeytype | pyan | stubgen | stubtest | djlint | curlylint | cython | cythonize | maturin | cibuildwheel | auditwheel | delocate-wheel | check-manifest | check-wheel-contents | towncrier | bumpversion | bump2version | bumpver | versioneer | setuptools-scm | pyinstaller | nuitka | nuitka3 | briefcase | pex | shiv | zipapp | datamodel-codegen | sphinx-build | sphinx-autobuild | sphinx-apidoc | sphinx-quickstart | mkdocs | pdoc | pydoctor | mike | jupyter | jupyter-nbconvert | nbconvert | nbstripout | papermill | jupytext | ipynb | snakemake | kedro | pre-commit | prek | lefthook | overcommit | nbqa | blacken-docs | pyproject-build | validate-pyproject | toml-sort | reorder-python-imports | unimport | flynt | ssort | perflint | dodgy | prospector | libcst | pyclean | asv | scalene | memray | line_profiler | kernprof | mprof | austin |
  tsc | vue-tsc | svelte-check | tsup | tsdown | unbuild | swc | spack | babel | esbuild | vite | rolldown | rollup | webpack | webpack-cli | webpack-dev-server | rspack | rsbuild | parcel | snowpack | microbundle | ncc | browserify | uglifyjs | terser | google-closure-compiler | sass | lessc | stylus | postcss | tailwindcss | tailwind | unocss | windicss | lightningcss | purgecss | cleancss | html-minifier | html-minifier-terser | svgr | imagemin | next | nuxt | nuxi | astro | remix | react-router | gatsby | docusaurus | vitepress | vuepress | eleventy | hexo | slidev | storybook | start-storybook | build-storybook | react-scripts | craco | ng | nest | vue-cli-service | quasar | ember | svelte-kit | solid-start | qwik | ladle | histoire | expo-doctor | metro | tsx-watch | tsc-watch | tsconfig-paths | tsc-alias | tspc | typedoc | api-extractor | api-documenter | jsdoc | documentation | compodoc | esdoc | dts-bundle-generator | rollup-plugin-dts | type-coverage | tsd | tstyche | dtslint | arethetypeswrong | are-the-types-wrong | turbo | nx | lerna | lage | wireit | moon | rush | rushx | bolt | wsrun | ultra-runner | manypkg | preconstruct | changeset | beachball | bumpp | conventional-changelog | conventional-changelog-cli | auto-changelog | git-cliff | cliff-jumper | all-contributors | run-s | run-p | npm-run-all | npm-run-all2 | concurrently | conc | browser-sync | http-proxy | ttsc | plop | hygen | yeoman-doctor | envinfo | check-engines | is-ci | ts-prune | ts-unused-exports | unimported | skott | patch-package | only-allow | simple-git-hooks | is-website-vulnerable | bench | tinybench | hyperfine-js | autoprefixer | cpy-cli | shelljs | json2ts | json-schema-to-typescript | quicktype | msw | mockery | mockgen | moq | counterfeiter | stringer | enumer | wire | swag | sqlc | ent | gqlgen | oapi-codegen | protoc | protoc-gen-go | protoc-gen-go-grpc | buf-breaking | flatc | thrift | capnp | templ | gofmt | goimports | gofumpt | gci | golines | golint | golangci-lint | staticcheck | revive | errcheck | ineffassign | misspell | gosec | govulncheck | deadcode | unparam | gocyclo | gocognit | nilaway | betteralign | fieldalignment | modernize | benchstat | godoc | pkgsite | gopls | goreleaser | mage | rustfmt | clippy-driver | bindgen | cbindgen | wasm-pack | wasm-bindgen | trunk | cargo-fmt | cargo-clippy | mdbook | mdbook-linkcheck | cross |
  rubocop | standardrb | reek | brakeman | erb_lint | haml-lint | slim-lint | solargraph | sorbet | srb | tapioca | steep | yard | rdoc | jekyll | middleman | guard | spring | fasterer | bundle-audit | bundler-audit | simplecov | i18n-tasks | annotate | packwerk |
  phpstan | psalm | phan | phpcs | phpcbf | php-cs-fixer | pint | rector | phpmd | phpcpd | infection | deptrac | phpdoc | phpbench | box |
  ktlint | detekt | google-java-format | checkstyle | spotbugs | pmd | scalafmt | scalafix | scapegoat | wartremover | clang-format | clang-tidy | clang-query | cppcheck | cpplint | iwyu | include-what-you-use | cmake-format | cmake-lint | gersemi | astyle | uncrustify | indent | doxygen | gcovr | lcov | genhtml | bear | compiledb | infer | swiftlint | swiftformat | swift-format | periphery | xcbeautify | xcpretty | xcodegen | sourcekit-lsp | dartfmt | dartdoc | hlint | ormolu | fourmolu | stylish-haskell | brittany | hindent | credo | dialyxir | erlfmt | elvis_lint | clj-kondo | cljfmt | zprint | nixfmt | nixpkgs-fmt | alejandra | statix | deadnix | treefmt | terraform-docs | cfn-lint | cfn_nag_scan | cfn-guard | kics | regula | ocamlformat | fantomas | csharpier | dotnet-format | roslynator | solhint | slither | truffle-compile | vyper | solc |
  mdformat | pymarkdown | proselint | rstcheck | doc8 | mutmut | cosmic-ray | robot | pabot | green | stestr | testem | qunit | lit-analyzer | cem | stencil | wxt | plasmo | electron-vite | zuban | pyrefly | tombi | markdown-link-check | edge-runtime | start-server-and-test | server-test | melos | swiftgen | bleep | shadow-cljs | hpack | cabal-fmt | weeder | perltidy | perlcritic | phpactor | xcparse | buildifier | gazelle | leptosfmt | gomock | deno_lint | reportgenerator | naga | kube-score | polaris | datree | prototool | backstop | webpack-bundle-analyzer | source-map-explorer | sourcemap-explorer | bundle-buddy | reg-suit | shellspec | glslc | glslangValidator | spirv-val | gltf-transform | react-native | simplecov-html | mermaid | gprof | jdeps | javadoc | numba | taze | conventional-recommended-bump | sort-imports | lodash-codemod | grpc_tools_node_protoc | ts-proto | openapi-generator | swagger | tensorboard | wasm-opt | wasm-tools | air | elm-test | elm-review | elm-format | gnatmake | dsymutil | zipalign | xbuild | csc | tsconfig-validate-json |
  hugo | zola | pelican | nikola | antora | lychee | linkinator | broken-link-checker | blc | muffet | htmltest | html-proofer | htmlproofer | pa11y | axe | lighthouse | lhci | webhint | commitizen | cz | gitlint | conform | reuse | licensee | addlicense | scancode | syft | grype | grcov | controller-gen | verilator | ghdl | iverilog | run-clang-tidy | llvm-profdata | llvm-cov | abidiff | abidw | bundlewatch | tap-spec | tap-dot | tap-nyan | tap-difflet | faucet | osv-scanner | gitleaks | detect-secrets | semgrep | similarity-ts | ast-grep | comby | jscodeshift | codemod | ts-morph | ripsecrets | doctoc | markdown-toc | embedme | mdx | marp | reveal-md | figma-export | svg-sprite | faillint | goyacc | ragel | tsc-files | pyroma | nbdev_test | nbdev_clean | lintian | desktop-file-validate | openscad | luac | iwyu_tool | iwyu_tool.py | icomoon | fantasticon | iconify | vhs | cargo-insta | insta`);

const SET: ReadonlySet<string> = new Set(DEV_TOOLS);
export const isDevTool = (name: string): boolean => SET.has(name) || ALSO.has(name) || PACKAGES[name] !== undefined;

/** Runtimes and helpers that have descriptions of their own and are commonly declared. */
const ALSO: ReadonlySet<string> = new Set(
  entries(
    'expo | electron-builder | tauri | supabase | autocannon | pm2 | tsx | ts-node | hardhat | rimraf | cross-env | dotenv | nodemon | copyfiles | cpx | cpy | mkdirp | shx | wait-on | kill-port | npm-run-all | prisma | drizzle-kit | knex | http-server | serve | live-server | env-cmd | concurrently | onchange | chokidar | json | node | del-cli | vite-node | tree-kill | wrangler | sequelize | sequelize-cli | typeorm | mikro-orm | convex | cdk | cdktf | serverless | sls | sst',
  ),
);

/** Packages that bring a program of another name. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  tsc: ['typescript'],
  tsserver: ['typescript'],
  playwright: ['@playwright/test', 'playwright'],
  biome: ['@biomejs/biome'],
  ng: ['@angular/cli'],
  nest: ['@nestjs/cli'],
  nuxi: ['nuxt', 'nuxi'],
  'run-s': ['npm-run-all', 'npm-run-all2'],
  'run-p': ['npm-run-all', 'npm-run-all2'],
  tailwindcss: ['tailwindcss', '@tailwindcss/cli'],
  changeset: ['@changesets/cli'],
  babel: ['@babel/cli'],
  swc: ['@swc/cli'],
  wtr: ['@web/test-runner'],
  commitlint: ['@commitlint/cli'],
  redocly: ['@redocly/cli'],
  storybook: ['storybook', '@storybook/cli'],
  'graphql-codegen': ['@graphql-codegen/cli'],
  stryker: ['@stryker-mutator/core'],
  webpack: ['webpack', 'webpack-cli'],
  'vue-tsc': ['vue-tsc'],
  prisma: ['prisma', '@prisma/client'],
  cdk: ['aws-cdk'],
  cdktf: ['cdktf-cli'],
  'mikro-orm': ['@mikro-orm/cli'],
  sls: ['serverless'],
  husky: ['husky'],
  dotenv: ['dotenv-cli'],
  tauri: ['@tauri-apps/cli'],
};

/** Packages that may declare the program: its own name first. */
export const packageOf = (bin: string): readonly string[] => [bin, ...(PACKAGES[bin] ?? [])];
