// Describes tools whose purpose is to hand packages, images and models to a registry; knows nothing of policy.
import type { Word } from '../../core/invocation.ts';
import { type Call, defineProgram, type EffectDraft, type Lowering, type Program } from '../../core/program.ts';
import { harmless, literal, opaque } from '../kit.ts';
import { runsProject } from './kit.ts';
import { defineVerbs } from './verbs.ts';

const DRY = /^(--dry-run|-d|--dryRun|--dry|--preview|-n|--release-version|--changelog|--noop|--print)$/;

const publishes = (call: Call, what: string): EffectDraft => ({ kind: 'pkg.publish', manager: call.name, what });

/** Tools that publish when they are called by their bare name. */
const releases = (names: readonly string[], first: string): Program =>
  defineProgram({
    names,
    lower: (call) =>
      call.args.some((word) => DRY.test(literal(word) ?? '')) ||
      (call.args.length === 1 && /^(--help|-h|--version|-v)$/.test(literal(call.args[0]) ?? ''))
        ? { effects: [runsProject(`${call.name} without publishing`, call)] }
        : { effects: [runsProject(call.name, call), publishes(call, 'a release')] },
    examples: { allow: [`${first} --dry-run`], deny: [first, `npx ${first}`] },
  });

const flagged = (call: Call, ...names: readonly string[]): Word | undefined => {
  const at = call.args.findIndex((word) => names.includes(literal(word) ?? ''));
  return at < 0 ? undefined : call.args[at + 1];
};

/** electron-builder publishes when told so; in a pipeline a tag may be enough. */
const electronBuilder = (call: Call): Lowering => {
  const glued = call.args.map(literal).find((word) => /^(--publish|-p)=/.test(word ?? ''));
  const when = glued?.replace(/^.*=/, '') ?? literal(flagged(call, '--publish', '-p'));
  return {
    effects: [
      runsProject('electron-builder', call),
      ...(when !== undefined && when !== 'never' ? [publishes(call, 'an application')] : []),
      ...(flagged(call, '--publish', '-p') !== undefined && when === undefined
        ? [opaque('whether electron-builder publishes is not known')]
        : []),
    ],
  };
};

/** Copies between places of images; what goes to a registry is published. */
const skopeo = (call: Call): Lowering => {
  const [verb, ...rest] = call.args;
  const name = literal(verb);
  if (name === undefined) return { effects: [opaque('what skopeo does is not known')] };
  if (/^(inspect|list-tags|--version|help|--help|manifest-digest|standalone-verify)$/.test(name))
    return harmless(`skopeo ${name}`);
  const target = literal(rest.filter((word) => !(literal(word) ?? '').startsWith('-')).at(-1));
  if (name === 'delete' || (/^(copy|sync)$/.test(name) && target?.startsWith('docker://')))
    return { effects: [publishes(call, `skopeo ${name}`)] };
  if (name === 'sync' && literal(flagged(call, '--dest', '-d')) === 'docker')
    return { effects: [publishes(call, 'skopeo sync')] };
  return { effects: [opaque(`where skopeo ${name} puts images is not known`)] };
};

/** The actions that fastlane brings itself; any other word is a lane of the project's Fastfile. */
const FASTLANE = {
  looks: /^(lanes|list|docs|actions|action|env|help|search_plugins|socket_server)$/,
  builds:
    /^(test|tests|unit_tests|scan|run_tests|build_android_app|gradle|xcodebuild|snapshot|screengrab|frameit|swiftlint|lint|build|increment_build_number)$/,
  publishes:
    /^(deliver|pilot|supply|testflight|appstore|upload_to_\w+|release|beta|deploy|submit\w*|publish\w*|firebase_app_distribution|produce|create_app_online|precheck_and_submit|playstore|production|promote)$/,
  /** gym, which is build_app, signs what it builds. */
  signs:
    /^(gym|build_app|build_ios_app|build_mac_app|match|cert|sigh|pem|get_certificates|get_provisioning_profile|sync_code_signing|register_devices?|spaceauth)$/,
};

const fastlane = (call: Call): Lowering => {
  const words = call.args.filter((word) => !/^-/.test(literal(word) ?? '')).map(literal);
  const lane = /^(ios|android|mac|run)$/.test(words[0] ?? '') ? words[1] : words[0];
  if (words.length === 0 || call.args.some((word) => /^(--help|-h|--version|-v)$/.test(literal(word) ?? '')))
    return harmless('fastlane');
  if (lane === undefined) return { effects: [opaque('the lane is not known')] };
  if (FASTLANE.looks.test(lane)) return harmless(`fastlane ${lane}`);
  if (FASTLANE.publishes.test(lane)) return { effects: [publishes(call, `fastlane ${lane}`)] };
  if (FASTLANE.signs.test(lane)) return { effects: [opaque(`fastlane ${lane} works with signing keys`)] };
  if (FASTLANE.builds.test(lane)) return { effects: [runsProject(`fastlane ${lane}`, call)] };
  return { effects: [opaque(`what the lane ${lane} does is not known`)] };
};

export const publisherPrograms: readonly Program[] = [
  defineProgram({
    names: ['fastlane'],
    lower: fastlane,
    examples: {
      allow: ['fastlane lanes', 'fastlane test', 'fastlane ios tests'],
      deny: ['fastlane deliver --force', 'fastlane supply --track production', 'bundle exec fastlane ios release'],
      unsettled: ['fastlane match nuke development', 'fastlane something', 'fastlane run build_app'],
    },
  }),
  defineVerbs({
    names: ['anaconda'],
    look: 'search|show|whoami|package|label|channel|help',
    publish: 'upload|remove|move|copy',
    special: (_call, verb, _rest, parsed) =>
      /^(package|label|channel)$/.test(verb) &&
      parsed.options.some((option) => !/^(--list|--show|--help)$/.test(option.name))
        ? { effects: [opaque(`what anaconda ${verb} changes is not known`)] }
        : undefined,
    examples: {
      allow: ['anaconda search numpy', 'anaconda show acme/x'],
      deny: ['anaconda upload x.conda', 'anaconda remove acme/x/1.0 -f'],
      unsettled: ['anaconda login', 'anaconda package --add-collaborator ann acme/x'],
    },
  }),
  releases(['semantic-release', 'np', 'release-it', 'multi-semantic-release'], 'semantic-release'),
  defineVerbs({
    names: ['jsr'],
    look: 'show|help',
    install: 'add|install|i',
    remove: 'remove|uninstall|r',
    publish: 'publish',
    examples: { allow: ['jsr publish --dry-run'], deny: ['jsr publish', 'npx jsr publish'] },
  }),
  defineVerbs({
    names: ['vsce', 'ovsx'],
    look: 'ls|show|search|verify-pat|ls-publishers|version|help|get',
    build: 'package|generate-manifest',
    publish: 'publish|unpublish|delete-publisher|create-namespace',
    examples: {
      allow: ['vsce package', 'vsce ls'],
      deny: ['vsce publish', 'npx ovsx publish'],
      unsettled: ['vsce login me'],
    },
  }),
  defineVerbs({
    names: ['flit', 'charmcraft', 'snapcraft'],
    look: 'status|list|revisions|help|version|whoami|expand-extensions|list-extensions|info',
    build: 'build|pack|prime|stage|clean|init|test|analyse',
    publish: 'publish|upload|push|release|close|promote|register|upload-metadata',
    examples: {
      allow: ['flit build', 'snapcraft status shop'],
      deny: ['flit publish', 'snapcraft upload shop.snap --release stable'],
      unsettled: ['snapcraft login'],
    },
  }),
  defineVerbs({
    names: ['hf', 'huggingface-cli'],
    look: 'env|version|cache|scan-cache|whoami|help',
    publish: 'upload|upload-large-folder|repo|repo-files|tag|delete-cache',
    examples: {
      allow: ['hf env'],
      deny: ['hf upload acme/model .'],
      unsettled: ['hf auth login', 'hf download acme/model'],
    },
  }),
  defineVerbs({
    names: ['crane', 'oras', 'regctl', 'cosign', 'notation', 'gcrane'],
    look: 'digest|ls|manifest|config|catalog|validate|export|discover|verify|verify-attestation|verify-blob|tree|triangulate|version|inspect|blob|repo|list|help',
    publish:
      'push|copy|cp|tag|append|mutate|rebase|attach|delete|rm|image|index|sign|attest|clean|flatten|upload|manifest-push|mutate',
    special: (call, verb, rest) =>
      /^(manifest|blob|repo|tag|image|artifact|index)$/.test(verb)
        ? /^(push|rm|delete|put|copy|mod|import|create|del|add|attach)$/.test(literal(rest[0]) ?? '')
          ? { effects: [publishes(call, `${call.name} ${verb} ${literal(rest[0])}`)] }
          : /^(ls|get|head|inspect|fetch|digest|manifest|config|diff|fetch-config)$/.test(literal(rest[0]) ?? '')
            ? harmless(`${call.name} ${verb} ${literal(rest[0])}`)
            : undefined
        : undefined,
    examples: {
      allow: [
        'crane manifest alpine',
        'oras discover registry.example/acme/api:v1',
        'regctl tag ls registry.example/api',
      ],
      deny: [
        'crane push api.tar registry.example/acme/api:v1',
        'crane delete registry.example/acme/api@sha256:1',
        'oras push registry.example/acme/api:v1 sbom.json',
        'regctl tag delete registry.example/api:v1',
        'cosign sign --key k registry.example/api',
      ],
      unsettled: ['oras login registry.example', 'crane pull alpine a.tar'],
    },
  }),
  defineProgram({
    names: ['skopeo'],
    lower: skopeo,
    examples: {
      allow: ['skopeo inspect docker://alpine'],
      deny: [
        'skopeo delete docker://registry.example/api:v1',
        'skopeo copy docker-archive:a.tar docker://registry.example/api:v1',
      ],
      unsettled: ['skopeo copy docker://alpine dir:/tmp/a', 'skopeo login registry.example'],
    },
  }),
  defineProgram({
    names: ['electron-builder'],
    lower: electronBuilder,
    examples: {
      allow: ['electron-builder --linux', 'electron-builder --publish never'],
      deny: ['electron-builder --publish always', 'electron-builder -p=onTag'],
    },
  }),
];
