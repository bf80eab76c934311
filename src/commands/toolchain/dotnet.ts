// Turns the argv of dotnet and nuget into effects; knows nothing of policy.
import type { Program } from '../../core/program.ts';
import { known } from '../../core/value.ts';
import { harmless, literal } from '../kit.ts';
import { runsProject } from './kit.ts';
import { defineVerbs } from './verbs.ts';

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
      if (verb === 'nuget')
        return action === 'push' || action === 'delete'
          ? { effects: [{ kind: 'pkg.publish', manager: 'nuget', what: `dotnet nuget ${action}` }] }
          : /^(add|update|remove)$/.test(action)
            ? {
                effects: [
                  {
                    kind: 'pkg.configure',
                    manager: 'nuget',
                    key: 'source',
                    value: rest.at(-1)?.value ?? known(''),
                    global: true,
                  },
                ],
              }
            : harmless('dotnet nuget');
      if (verb === 'add')
        return {
          effects: [
            {
              kind: 'pkg.install',
              manager: 'nuget',
              names: parsed.operands.map((word) => word.value),
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
      deny: ['dotnet nuget push x.nupkg'],
      unsettled: ['dotnet add package Foo', 'dotnet tool install -g thing'],
    },
  }),
  defineVerbs({
    names: ['nuget'],
    look: 'list|search|locals|help|verify|config',
    build: 'restore|pack|install|update|spec',
    publish: 'push|delete',
    examples: { allow: ['nuget restore'], deny: ['nuget push x.nupkg'] },
  }),
];
