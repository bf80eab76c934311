// Owns the list of rules. Adding a rule is one file and one line here.
import type { Rule } from '../core/rule.ts';
import { carrierRules } from './carriers.ts';
import { fileDeleteRules } from './files-delete.ts';
import { fileWriteRules } from './files-write.ts';
import { protectedRules } from './protected.ts';

/** Lists of families; each family file exports `Rule[]`. */
export const rules: readonly Rule[] = [...fileDeleteRules, ...fileWriteRules, ...protectedRules, ...carrierRules];
