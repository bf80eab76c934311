// Owns the list of programs that read, search and rewrite text.
import type { Program } from '../../core/program.ts';
import { comparers } from './compare.ts';
import { dataPrograms } from './data.ts';
import { documentPrograms } from './documents.ts';
import { filters } from './filters.ts';
import { pieces } from './pieces.ts';
import { textPrograms as programs } from './programs.ts';
import { rewriters } from './rewriters.ts';
import { searches } from './search.ts';

export const textPrograms: readonly Program[] = [
  ...filters,
  ...pieces,
  ...comparers,
  ...dataPrograms,
  ...documentPrograms,
  ...rewriters,
  ...searches,
  ...programs,
];
