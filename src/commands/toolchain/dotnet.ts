// Turns the argv of dotnet and nuget into effects; knows nothing of policy.
import type { Word } from '../../core/invocation.ts';
import type { EffectDraft, Program } from '../../core/program.ts';
import { known } from '../../core/value.ts';
import { harmless, literal } from '../kit.ts';
import { runsProject } from './kit.ts';
import { defineVerbs } from './verbs.ts';

/** A feed that packages come from. */
const source = (word: Word): EffectDraft => ({
  kind: 'pkg.configure',
  manager: 'nuget',
  key: 'source',
  value: word.value,
  global: true,
  span: word.span,
});

export const dotnetPrograms: readonly Program[] = [
  defineVerbs({
    names: ['dotnet'],
    options: {
      values: [
        '-c --configuration',
        '-f --framework',
        '-r --runtime',
        '-v --verbosity',
        '--filter',
        '--logger -l',
        '--results-directory',
        '-p',
        '--project',
        '-s --source',
        '--add-source',
        '--version',
        '-n',
      ],
    },
    look: '--info|--list-sdks|list|help|sln|search',
    build:
      'build|test|run|clean|restore|format|watch|new|msbuild|vstest|pack|publish|ef|user-secrets|workload|build-server|script|fsi|husky|csharpier',
    remove: 'remove',
    special: (call, verb, rest, parsed) => {
      const action = literal(parsed.operands[0]) ?? '';
      const feeds = [...parsed.all('--source'), ...parsed.all('--add-source')]
        .filter((word) => /:\/\//.test(literal(word) ?? '://'))
        .map(source);
      if (/^(restore|build|publish|pack|test|run)$/.test(verb) && feeds.length > 0)
        return { effects: [runsProject(`dotnet ${verb}`, call), ...feeds] };
      if ((verb === 'workload' || verb === 'new') && /^(install|update)$/.test(action))
        return {
          effects: [
            {
              kind: 'pkg.install',
              manager: 'dotnet',
              names: parsed.operands.slice(1).map((word) => word.value),
              source: 'registry',
              global: true,
            },
          ],
        };
      if (verb === 'nuget')
        return action === 'push' || action === 'delete'
          ? { effects: [{ kind: 'pkg.publish', manager: 'nuget', what: `dotnet nuget ${action}` }] }
          : /^(add|update|remove)$/.test(action)
            ? { effects: [source(rest.find((word) => /:\/\//.test(literal(word) ?? '')) ?? (rest.at(-1) as Word))] }
            : harmless('dotnet nuget');
      if (verb === 'add')
        return {
          effects: [
            ...feeds,
            {
              kind: 'pkg.install',
              manager: 'nuget',
              names: parsed.operands.filter((word) => literal(word) !== 'package').map((word) => word.value),
              source: parsed.operands.some((word) => literal(word) === 'reference') ? 'manifest' : 'registry',
              global: false,
            },
          ],
        };
      if (verb === 'tool')
        return /^(restore|list|run|search)$/.test(action)
          ? { effects: [runsProject('dotnet tool', call)] }
          : {
              effects: [
                ...feeds,
                {
                  kind: 'pkg.install',
                  manager: 'dotnet',
                  names: parsed.operands.slice(1).map((word) => word.value),
                  source: 'registry',
                  global: true,
                },
              ],
            };
      if (verb === 'ef' && action === 'database')
        return {
          effects: [
            {
              kind: 'db',
              engine: 'sql',
              action: literal(parsed.operands[1]) === 'drop' ? 'drop' : 'migrate',
              target: known(''),
              statement: 'dotnet ef database',
            },
          ],
        };
      return /\.dll$/.test(verb) ? { effects: [runsProject(`dotnet ${verb}`, call)] } : undefined;
    },
    examples: {
      allow: ['dotnet build -c Release', 'dotnet test', 'dotnet --info', 'dotnet restore'],
      deny: [
        'dotnet nuget push x.nupkg',
        'dotnet restore --source https://nuget.example.com/v3/index.json',
        'dotnet tool install -g x --add-source https://nuget.example.com',
        'dotnet add package Foo --source https://nuget.example.com/v3/index.json',
        'dotnet nuget add source https://nuget.example.com/v3/index.json -n other',
      ],
      unsettled: [
        'dotnet workload install maui',
        'dotnet new install Acme.Templates',
        'dotnet add package Foo',
        'dotnet tool install -g thing',
      ],
    },
  }),
  defineVerbs({
    names: ['nuget'],
    options: { style: 'words', values: ['-Source', '-source', '-Name', '-name', '-OutputDirectory', '-Version'] },
    look: 'list|search|locals|help|verify|config',
    build: 'restore|pack|update|spec',
    install: 'install',
    publish: 'push|delete',
    special: (_call, verb, _rest, parsed) => {
      if (verb !== 'source' && verb !== 'sources') return undefined;
      const place = parsed.value('-Source', '-source') ?? parsed.operands.at(-1);
      return /^(list)?$/i.test(literal(parsed.operands[0]) ?? '') || place === undefined
        ? harmless('nuget sources')
        : { effects: [source(place)] };
    },
    examples: {
      allow: ['nuget restore', 'nuget sources list'],
      deny: [
        'nuget push x.nupkg',
        'nuget delete Foo 1.0.0 -NonInteractive',
        'nuget sources add -Name other -Source https://nuget.example.com',
      ],
      unsettled: ['nuget install Foo'],
    },
  }),
];
