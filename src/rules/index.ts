// Owns the list of rules. Adding a rule is one file and one line here.
import type { Rule } from '../core/rule.ts';

/** Lists of families; each family file exports `Rule[]`. */
export const rules: readonly Rule[] = [];
