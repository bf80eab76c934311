// Owns the list of programs whose purpose is to run another program.
import type { Program } from '../../core/program.ts';
import { environments } from './env.ts';
import { runners } from './runners.ts';
import { shells } from './shells.ts';
import { users } from './user.ts';
import { watcherPrograms } from './watchers.ts';
import { tableWrappers } from './wrap.ts';
import { feeders } from './xargs.ts';

export const wrapperPrograms: readonly Program[] = [
  ...shells,
  ...users,
  ...environments,
  ...feeders,
  ...runners,
  ...watcherPrograms,
  ...tableWrappers,
];
