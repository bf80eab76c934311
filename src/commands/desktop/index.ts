// Owns the list of editors, desktop openers, converters and inspectors of binaries and databases in files.
import type { Program } from '../../core/program.ts';
import { binaryPrograms } from './binaries.ts';
import { editors } from './editors.ts';
import { mediaPrograms } from './media.ts';
import { desktopPrograms as openers } from './open.ts';

export const desktopPrograms: readonly Program[] = [...editors, ...openers, ...mediaPrograms, ...binaryPrograms];
