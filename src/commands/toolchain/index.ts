// Owns the list of tool chains: interpreters, package managers, builders, test runners, linters.
import type { Program } from '../../core/program.ts';
import { compiledPrograms } from './compiled.ts';
import { devToolPrograms } from './dev-tools.ts';
import { javascriptPrograms } from './javascript.ts';
import { makePrograms } from './make.ts';
import { nodePackagePrograms } from './node-packages.ts';
import { packageRunPrograms } from './package-run.ts';
import { pythonPrograms } from './python.ts';
import { pythonPackagePrograms } from './python-packages.ts';
import { scriptingPrograms } from './scripting.ts';

export const toolchainPrograms: readonly Program[] = [
  ...compiledPrograms,
  ...devToolPrograms,
  ...javascriptPrograms,
  ...makePrograms,
  ...nodePackagePrograms,
  ...packageRunPrograms,
  ...pythonPackagePrograms,
  ...pythonPrograms,
  ...scriptingPrograms,
];
