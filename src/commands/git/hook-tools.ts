// Turns the argv of husky into effects: it makes a folder of the project the place of the hooks.
import { defineProgram, type Program } from '../../core/program.ts';
import { known } from '../../core/value.ts';
import { harmless, here, literal, opaque } from '../kit.ts';

export const hookToolPrograms: readonly Program[] = [
  defineProgram({
    names: ['husky'],
    lower: (call) => {
      const verb = literal(call.args[0]) ?? '';
      if (/^(--version|-v|--help|-h)$/.test(verb)) return harmless(`husky ${verb}`);
      if (verb === 'uninstall') return { effects: [{ kind: 'bypass', what: 'hooks', detail: 'husky uninstall' }] };
      // `husky` alone is what a package's prepare script runs: the hooks that the project tracks are put in place again.
      if (call.args.length === 0 || verb === 'install')
        return { effects: [{ kind: 'git.local', action: 'husky install' }] };
      if (!/^(init|add|set)$/.test(verb)) return { effects: [opaque('what husky does is not known')] };
      return {
        effects: [
          { kind: 'fs.write', path: here(call, '.husky'), how: 'mkdir' },
          { kind: 'git.configure', key: known('core.hookspath'), value: known('.husky/_'), scope: 'local' },
        ],
      };
    },
    examples: {
      allow: ['husky', 'npx husky install', 'husky --version'],
      unsettled: ['npx husky init', 'husky add .husky/pre-commit "npm test"'],
    },
  }),
];
