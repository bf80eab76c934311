// Describes what builds, packs and fetches for C, C++ and Apple projects beside the compilers: conan, vcpkg, b2, xcrun, earthly, nfpm, trivy.
import type { Word } from '../../core/invocation.ts';
import { parseArgs } from '../../core/options.ts';
import { type Call, defineProgram, type EffectDraft, type Lowering, type Program } from '../../core/program.ts';
import { at, harmless, literal, mustBeKnown, opaque, writes } from '../kit.ts';
import { entries } from '../table.ts';
import { builds, isFetched, runsProject } from './kit.ts';
import { defineVerbs } from './verbs.ts';

/** Boost.Build takes targets and `feature=value`. */
function b2(call: Call): Lowering {
  const foreign = call.args.find(
    (word) =>
      !/^(-.*|[a-z][\w-]*=.*|stage|install|headers|clean|test|libs\/.*|tools\/.*|doc\/.*)$/.test(literal(word) ?? ''),
  );
  const prefix = call.args.filter((word) =>
    /^--(prefix|exec-prefix|libdir|includedir|stagedir|build-dir)=/.test(literal(word) ?? ''),
  );
  if (foreign) return { effects: [opaque('b2 is given what is no target of a build', foreign.span)] };
  if (call.args.some((word) => literal(word) === 'install') && prefix.length === 0)
    return { effects: [opaque('b2 installs outside the project')] };
  return {
    effects: [runsProject('b2', call), ...prefix.map((word) => builds(call, { ...word, value: valueBehind(word) }))],
  };
}

const valueBehind = (word: Word): Word['value'] => ({
  kind: 'known',
  text: (literal(word) ?? '').replace(/^[^=]*=/, ''),
});

const SHOWN_BY_XCRUN = /^(--show-.*|--find|-f|--version|--help|-h)$/;
const SIMULATOR_LOOKS = /^(list|help|getenv|get_app_container|listapps|appinfo|diagnose|runtime)$/;
const SIMULATOR_USES =
  /^(boot|bootstatus|create|install|launch|terminate|io|openurl|shutdown|addmedia|status_bar|ui|privacy|push|location)$/;

/** xcrun finds a program of Xcode, or any other, and starts it. */
function xcrun(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    style: 'posix',
    values: ['--sdk -sdk', '--toolchain -toolchain'],
    flags: [
      '--run -r',
      '--log -l',
      '--verbose -v',
      '--no-cache -n',
      '--kill-cache -k',
      '--find -f',
      '--help -h',
      '--version',
    ],
    abbreviations: false,
  });
  const shows = call.args.some((word) => SHOWN_BY_XCRUN.test(literal(word) ?? ''));
  const [tool, ...rest] = parsed.operands;
  const name = literal(tool);
  if (tool === undefined || name === undefined || parsed.unlisted.length > 0)
    return shows && parsed.dynamic.length === 0
      ? harmless('xcrun')
      : { effects: [opaque('what xcrun runs is not known')] };
  if (parsed.has('--find')) return harmless('xcrun --find');
  if (name === 'simctl') return simulators(rest);
  if (/^(xcresulttool|xccov|xctrace|metal|metallib|actool|ibtool|momc|stringsdict|mapc|coremlc|docc)$/.test(name))
    return { effects: [runsProject(`xcrun ${name}`, call)] };
  if (name === 'stapler' && literal(rest[0]) === 'validate') return harmless('stapler validate');
  if (/^(altool|notarytool|iTMSTransporter)$/.test(name))
    return rest.some((word) => /^(history|info|log|--validate-app|--list-.*)$/.test(literal(word) ?? ''))
      ? { effects: [opaque(`xcrun ${name} asks with an account`)] }
      : { effects: [{ kind: 'pkg.publish', manager: `xcrun ${name}`, what: 'an application' }] };
  return { effects: [], runs: [{ kind: 'argv', argv: parsed.operands, via: 'xcrun' }] };
}

function simulators(words: readonly Word[]): Lowering {
  const [verb = ''] = words.map((word) => literal(word) ?? '').filter((word) => !word.startsWith('-'));
  const effects = mustBeKnown(words.slice(0, 1), 'what simctl does');
  if (
    effects.length === 0 &&
    SIMULATOR_LOOKS.test(verb) &&
    !words.some((word) => /^(delete|add)$/.test(literal(word) ?? ''))
  )
    return harmless(`simctl ${verb}`);
  if (effects.length === 0 && SIMULATOR_USES.test(verb) && verb !== 'io') return harmless(`simctl ${verb}`);
  return { effects: [...effects, opaque(`simctl ${verb} changes simulators`)] };
}

/** A recipe of conan's or a manifest of vcpkg's in the project is what is declared; names and references are chosen. */
function declaredOrChosen(call: Call, verb: string, operands: readonly Word[], chosen: readonly Word[]): Lowering {
  const install = (names: readonly Word[], source: 'manifest' | 'registry' | 'path' | 'url'): EffectDraft => ({
    kind: 'pkg.install',
    manager: `${call.name} ${verb}`,
    names: names.map((word) => word.value),
    source,
    global: false,
  });
  const named = [...operands.filter((word) => !isFolder(word)), ...chosen];
  if (named.length > 0) return { effects: [install(named, 'registry')] };
  const fetched = operands.some((word) => isFetched(call, at(call, word)));
  const outside = operands.some((word) => /^([/~]|\.\.)/.test(literal(word) ?? ''));
  return {
    effects: [install(operands, fetched ? 'url' : outside ? 'path' : 'manifest'), runsProject(call.name, call)],
  };
}
const isFolder = (word: Word): boolean => /^\.{0,2}(\/|$)|^conanfile\.(py|txt)$/.test(literal(word) ?? '-');

/** `earthly +target`: the project's own Earthfile, in containers; `--push` hands over what it makes. */
function earthly(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    style: 'posix',
    values: ['--build-arg', '--platform', '--secret -s', '--secret-file', '--env-file-path', '--arg-file-path'],
    flags: [
      '--ci',
      '--no-cache',
      '--strict',
      '--no-output',
      '--output',
      '--verbose -V',
      '--push',
      '--artifact -a',
      '--image',
      '--version',
      '--help -h',
    ],
    abbreviations: false,
  });
  if (parsed.has('--version', '--help') && parsed.operands.length === 0) return harmless('earthly');
  const [target] = parsed.operands;
  if (
    parsed.unlisted.length > 0 ||
    parsed.dynamic.length > 0 ||
    !/^(\.\/[\w./-]*)?\+[\w-]+/.test(literal(target) ?? '')
  )
    return { effects: [opaque('what earthly builds is not known')] };
  return {
    effects: [
      runsProject('earthly', call),
      ...(parsed.has('--artifact') ? writes(call, parsed.operands.slice(1, 2)) : []),
      ...(parsed.has('--push')
        ? [{ kind: 'pkg.publish', manager: 'earthly', what: 'what its targets make' } satisfies EffectDraft]
        : []),
    ],
  };
}

/** Another place that packages come from. */
const pointsTo = (call: Call, address: Word | undefined): EffectDraft => ({
  kind: 'pkg.configure',
  manager: call.name,
  key: 'source',
  value: address?.value ?? { kind: 'unknown', because: 'no address is given' },
  global: true,
});

export const nativeToolPrograms: readonly Program[] = [
  defineVerbs({
    names: ['conan'],
    options: {
      style: 'words',
      values: entries(
        '-s | -o | -c | -pr | -pr:b | -pr:h | -s:b | -s:h | -of | --output-folder | --build | -b | --profile | --requires | --tool-requires | -r | --remote | --lockfile | --name | --version | --user | --channel | -f | --format',
      ),
    },
    look: 'list | search | inspect | version | info | graph | help',
    build: 'build | source | test | create | export | export-pkg | editable | lock | package | new',
    publish: 'upload',
    special: (call, verb, _rest, parsed) =>
      verb === 'install'
        ? declaredOrChosen(call, verb, parsed.operands, parsed.all('--requires', '--tool-requires'))
        : verb === 'profile' && /^(detect|show|list|path|new)$/.test(literal(parsed.operands[0]) ?? '')
          ? harmless('conan profile')
          : verb === 'remote' && /^(add|update)$/.test(literal(parsed.operands[0]) ?? '')
            ? { effects: [pointsTo(call, parsed.operands.at(-1))] }
            : undefined,
    examples: {
      allow: ['conan install . --build=missing -s build_type=Release', 'conan create .', 'conan profile detect'],
      deny: ['conan upload zlib/1.3 -r far', 'conan remote add far https://conan.example'],
      unsettled: [
        'conan install --requires=zlib/1.3',
        'conan install zlib/1.3@',
        'conan install ../other',
        'conan config install https://example.com/settings.git',
      ],
    },
  }),
  defineVerbs({
    names: ['vcpkg'],
    options: { values: ['--triplet', '--x-manifest-root', '--x-install-root', '--overlay-ports', '--host-triplet'] },
    look: 'list | search | version | help | depend-info | env | owns | x-check-support',
    build: 'format-manifest | integrate-project | x-update-baseline | new',
    special: (call, verb, _rest, parsed) =>
      verb === 'install' ? declaredOrChosen(call, verb, parsed.operands, []) : undefined,
    examples: {
      allow: ['vcpkg install --triplet x64-linux', 'vcpkg list'],
      unsettled: ['vcpkg install zlib', 'vcpkg integrate install'],
    },
  }),
  defineProgram({
    names: ['b2'],
    lower: b2,
    examples: {
      allow: ['b2 -j4 variant=release link=static stage', 'b2 install --prefix=out'],
      unsettled: ['b2 install', 'b2 ../other//lib'],
    },
  }),
  defineProgram({
    names: ['xcrun'],
    lower: xcrun,
    examples: {
      allow: [
        'xcrun simctl list devices',
        'xcrun --sdk macosx --show-sdk-path',
        'xcrun --find clang',
        'xcrun swift build',
      ],
      deny: ['xcrun rm -rf ~', 'xcrun altool --upload-app -f a.ipa'],
      unsettled: [
        'xcrun simctl erase all',
        'xcrun simctl delete unavailable',
        'xcrun simctl runtime delete all',
        'xcrun frobnicate',
      ],
    },
  }),
  defineProgram({
    names: ['earthly'],
    lower: earthly,
    examples: {
      allow: ['earthly +test', 'earthly --ci ./services/api+build'],
      deny: ['earthly --push +image'],
      unsettled: ['earthly github.com/someone/thing+all', 'earthly --allow-privileged +test'],
    },
  }),
  defineVerbs({
    names: ['nfpm'],
    options: { values: ['-f --config', '-p --packager'] },
    loads: ['-f'],
    outputs: ['-t --target'],
    look: 'jsonschema | version | help',
    build: 'package | pkg | init',
    examples: { allow: ['nfpm package -p deb -t dist/'], deny: ['nfpm pkg -t /usr/bin/x'] },
  }),
  defineVerbs({
    names: ['trivy'],
    options: {
      values: entries(
        '--severity | --format -f | --exit-code | --scanners | --ignorefile | --config -c | --template -t | --skip-dirs | --skip-files | --timeout | --cache-dir | --server | --token | --custom-headers | --module-dir | --plugin',
      ),
    },
    outputs: ['--output -o'],
    look: 'fs | filesystem | config | conf | image | i | rootfs | sbom | version | help',
    special: (_call, _verb, _rest, parsed) =>
      parsed.has('--server', '--custom-headers', '--module-dir')
        ? { effects: [opaque('trivy hands what it finds to a server or loads modules')] }
        : undefined,
    examples: {
      allow: ['trivy fs --severity HIGH,CRITICAL --exit-code 1 .', 'trivy config .', 'trivy image app:dev'],
      deny: ['trivy fs -o /etc/report.txt .'],
      unsettled: ['trivy fs --server https://trivy.example .', 'trivy plugin install example.com/x', 'trivy server'],
    },
  }),
  defineProgram({
    names: ['buildah'],
    lower: (call) => {
      const [verb, ...rest] = call.args;
      const name = literal(verb) ?? '';
      if (/^(images|containers|inspect|version|info|--version|ps|--help|help)$/.test(name))
        return harmless(`buildah ${name}`);
      if (name === 'push') return { effects: [{ kind: 'pkg.publish', manager: 'buildah', what: 'an image' }] };
      if (verb === undefined || !/^(bud|build|build-using-dockerfile)$/.test(name))
        return { effects: [opaque(`what buildah ${name} does is not known`)] };
      const like = (text: string): Word => ({ ...verb, value: { kind: 'known', text } });
      return { effects: [], runs: [{ kind: 'argv', argv: [like('podman'), like('build'), ...rest], via: 'buildah' }] };
    },
    examples: {
      allow: ['buildah bud -t app .', 'buildah images'],
      deny: ['buildah push app docker://registry.example/app'],
      unsettled: ['buildah run app -- sh', 'buildah'],
    },
  }),
];
