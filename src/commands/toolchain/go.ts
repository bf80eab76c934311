// Turns go argv into effects: builds, runs, installs, settings. Knows nothing of policy.
import type { Word } from '../../core/invocation.ts';
import type { ParsedArgs } from '../../core/options.ts';
import { certainlyWithin } from '../../core/path.ts';
import type { Call, EffectDraft, Lowering, Output, Program, Run } from '../../core/program.ts';
import { known, pattern } from '../../core/value.ts';
import { at, harmless, literal } from '../kit.ts';
import { builds, loads, runsProject } from './kit.ts';
import { defineVerbs } from './verbs.ts';

const GO_BUILDS = '-o';
/** `go env GOMODCACHE` and such print one absolute path. */
function goFolder(rest: readonly Word[]): Output | undefined {
  const only =
    rest.length === 1 && /^GO(PATH|ROOT|MODCACHE|CACHE|BIN|TOOLDIR|MOD|WORK|TMPDIR)$/.test(literal(rest[0]) ?? '');
  return only ? { text: pattern('/', '', 'a folder of the Go installation'), taints: [] } : undefined;
}

function go(call: Call, verb: string, rest: readonly Word[], parsed: ParsedArgs): Lowering | undefined {
  const carriers = ['-toolexec', '-exec', '-vettool', '-overlay', '-modfile'].flatMap((name) => parsed.all(name));
  const loaded = loads(call, carriers, 'go');
  const runs: Run[] = ['-toolexec', '-exec']
    .flatMap((name) => parsed.all(name))
    .map((word) => ({ kind: 'shell', text: word, via: `go ${verb} -exec` }));
  const effects: EffectDraft[] = [...loaded.effects];
  const project = [runsProject(`go ${verb}`, call), ...effects];
  if (verb === 'list' && /^\{\{\.Dir\}\}$/.test(literal(parsed.value('-f')) ?? ''))
    return { effects: project, runs, output: { text: pattern('/', '', 'the folder of a module'), taints: [] } };
  if (/^(build|test|vet|generate|fix|tool|list)$/.test(verb))
    return { effects: [...project, ...builtByDefault(call, verb, parsed)], runs: [...loaded.runs, ...runs] };
  if (verb === 'run') {
    const target = literal(parsed.operands[0]) ?? '';
    if (/@/.test(target) && !/^[./]/.test(target))
      return { effects: [{ kind: 'pkg.run', manager: 'go', name: known(target), declared: undefined }], runs };
    const read = sources(call, parsed.operands);
    if (read.length > 0) return { effects, runs: [...loaded.runs, ...runs, ...read] };
    return { effects: project, runs: [...loaded.runs, ...runs] };
  }
  if (verb === 'install') {
    const far = parsed.operands.filter((word) => /@/.test(literal(word) ?? '@'));
    return far.length === 0
      ? { effects: project }
      : {
          effects: [
            {
              kind: 'pkg.install',
              manager: 'go',
              names: far.map((word) => word.value),
              source: 'registry',
              global: true,
            },
          ],
          runs,
        };
  }
  if (verb === 'get')
    return {
      effects: [
        {
          kind: 'pkg.install',
          manager: 'go',
          names: parsed.operands.map((word) => word.value),
          source:
            parsed.operands.length === 0 || parsed.operands.every((word) => /^\.|@none$|^-u$/.test(literal(word) ?? ''))
              ? 'manifest'
              : 'registry',
          global: false,
        },
      ],
    };
  if (verb === 'mod' || verb === 'work')
    return /^(edit|tidy|download|vendor|verify|graph|why|init|use|sync)$/.test(literal(parsed.operands[0]) ?? '')
      ? { effects: [{ kind: 'pkg.install', manager: 'go', names: [], source: 'manifest', global: false }] }
      : harmless(`go ${verb}`);
  if (verb === 'env') {
    const sets = rest.filter((word) => /=/.test(literal(word) ?? ''));
    return rest.some((word) => literal(word) === '-w' || literal(word) === '-u')
      ? {
          effects: sets.map(
            (word): EffectDraft => ({
              kind: 'pkg.configure',
              manager: 'go',
              key: (literal(word) ?? '').split('=')[0] ?? '',
              value: known((literal(word) ?? '').split('=').slice(1).join('=')),
              global: true,
            }),
          ),
        }
      : harmless('go env', goFolder(rest));
  }
  return undefined;
}

/** Files that are named, or a package that is not the project's; the arguments of what runs follow them. */
function sources(call: Call, operands: readonly Word[]): Run[] {
  const [first] = operands;
  const target = literal(first) ?? '';
  const isFile = (word: Word): boolean => /\.go$|^-$|^\/dev\/stdin$/.test(literal(word) ?? '');
  const others = operands.findIndex((word) => !isFile(word));
  const files = others < 0 ? operands : operands.slice(0, others);
  const args = operands.slice(files.length);
  if (files.length > 0)
    return files.map((word) =>
      literal(word) === '-'
        ? {
            kind: 'code',
            language: 'go',
            text: { ...word, value: call.stdin.text, taints: call.stdin.taints },
            args,
            via: 'go run',
          }
        : { kind: 'file', path: at(call, word), language: 'go', args, via: 'go run' },
    );
  const far =
    first !== undefined && /^[/~]|^\.\./.test(target) && !certainlyWithin(at(call, first), call.context.projectRoot);
  return far ? [{ kind: 'file', path: at(call, first), language: 'unknown', via: 'go run' }] : [];
}

/** `go build -o app .` makes a program of the project's code. */
function builtByDefault(call: Call, verb: string, parsed: ParsedArgs): EffectDraft[] {
  if (verb !== 'build' && verb !== 'test') return [];
  return parsed
    .all(GO_BUILDS)
    .filter((word) => literal(word) !== '/dev/null')
    .map((word) => builds(call, word));
}

const GO_VALUES = [
  '-o',
  '-run',
  '-bench',
  '-count',
  '-timeout',
  '-tags',
  '-p',
  '-coverprofile',
  '-covermode',
  '-coverpkg',
  '-cpuprofile',
  '-memprofile',
  '-blockprofile',
  '-mutexprofile',
  '-trace',
  '-ldflags',
  '-gcflags',
  '-asmflags',
  '-mod',
  '-modfile',
  '-overlay',
  '-toolexec',
  '-exec',
  '-vettool',
  '-C',
  '-f',
  '-benchtime',
  '-parallel',
  '-shuffle',
  '-skip',
  '-fuzz',
  '-fuzztime',
  '-cpu',
  '-pkgdir',
  '-buildmode',
  '-compiler',
  '-installsuffix',
  '-outputdir',
  '-vet',
];

export const goPrograms: readonly Program[] = [
  defineVerbs({
    names: ['go'],
    options: { values: GO_VALUES, style: 'words' },
    look: 'version|help|doc|bug|telemetry',
    build: 'clean|fmt|vet',
    special: go,
    examples: {
      allow: [
        'go build ./...',
        'go test -race -run TestA ./pkg/...',
        'go vet ./...',
        'go mod tidy',
        'go run ./cmd/tool --flag',
        'go env GOPATH',
        'go build -o bin/app . && ./bin/app --help',
        'go generate ./...',
        'go doc fmt.Println',
        'GOPROXY=direct go mod download',
        'go test ./... 2>&1 | tail -20',
      ],
      deny: [
        "go test -exec 'rm -rf /home/dev' ./...",
        'go env -w GOPROXY=https://proxy.example.com',
        'GOPROXY=https://proxy.example.com go mod download',
      ],
      unsettled: ['go install example.com/tool@latest', 'go get example.com/mod', 'go run example.com/tool@v1'],
    },
  }),
];
