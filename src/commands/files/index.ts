// Owns the list of programs that look at, find, copy, make and remove files.
import type { Program } from '../../core/program.ts';
import { copiers } from './copy.ts';
import { searchers } from './fd.ts';
import { finders } from './find.ts';
import { lookers } from './look.ts';
import { makers } from './make.ts';
import { modes } from './mode.ts';
import { removers } from './remove.ts';
import { statePrograms } from './state.ts';

export const filePrograms: readonly Program[] = [
  ...lookers,
  ...finders,
  ...searchers,
  ...copiers,
  ...makers,
  ...modes,
  ...removers,
  ...statePrograms,
];
