// Owns the list of programs that are understood and finds one by name. Adding a program is one file and one line here.
import type { Catalogue } from '../core/machinery.ts';
import type { Program } from '../core/program.ts';
import { archivePrograms } from './archives/index.ts';
import { desktopPrograms } from './desktop/index.ts';
import { filePrograms } from './files/index.ts';
import { forgePrograms } from './forges/forges.ts';
import { gitPrograms } from './git/git.ts';
import { guardPrograms } from './guards.ts';
import { infrastructurePrograms } from './infrastructure/index.ts';
import { NAMESAKES, withNamesakes } from './namesakes.ts';
import { networkPrograms } from './network/index.ts';
import { secretPrograms } from './secrets/index.ts';
import { systemPrograms } from './system/index.ts';
import { textPrograms } from './text/index.ts';
import { toolchainPrograms } from './toolchain/index.ts';
import { wrapperPrograms } from './wrappers/index.ts';

/** Lists of families; each family file exports `Program[]`. */
export const programs: readonly Program[] = withNamesakes(
  [
    ...archivePrograms,
    ...desktopPrograms,
    ...filePrograms,
    ...forgePrograms,
    ...gitPrograms,
    ...guardPrograms,
    ...infrastructurePrograms,
    ...networkPrograms,
    ...secretPrograms,
    ...systemPrograms,
    ...textPrograms,
    ...toolchainPrograms,
    ...wrapperPrograms,
  ],
  NAMESAKES,
);

const VERSION_SUFFIX = /^-?[0-9][0-9.-]*$/;

/** Finds programs by base name, with version suffixes where the description has a trailing `*`. */
function catalogueOf(list: readonly Program[]): Catalogue {
  const exact = new Map<string, Program>();
  const stems: [string, Program][] = [];
  for (const program of list)
    for (const name of program.names) {
      const stem = name.endsWith('*') ? name.slice(0, -1) : name;
      if (exact.has(stem)) throw new Error(`two descriptions of ${stem}`);
      exact.set(stem, program);
      if (stem !== name) stems.push([stem, program]);
    }
  return {
    find: (name) =>
      exact.get(name) ??
      stems.find(([stem]) => name.startsWith(stem) && VERSION_SUFFIX.test(name.slice(stem.length)))?.[1],
  };
}

export const catalogue = catalogueOf(programs);
