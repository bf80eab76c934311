// Owns the list of programs that make, keep or show secrets.
import type { Program } from '../../core/program.ts';
import { keychainPrograms } from './keychains.ts';
import { keyPrograms } from './keys.ts';
import { opensslPrograms } from './openssl.ts';

export const secretPrograms: readonly Program[] = [...opensslPrograms, ...keyPrograms, ...keychainPrograms];
