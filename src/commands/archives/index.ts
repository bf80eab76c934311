// Owns the list of programs that pack and unpack files.
import type { Program } from '../../core/program.ts';
import { otherArchives } from './others.ts';
import { tarPrograms } from './tar.ts';
import { zipPrograms } from './zip.ts';

export const archivePrograms: readonly Program[] = [...tarPrograms, ...zipPrograms, ...otherArchives];
