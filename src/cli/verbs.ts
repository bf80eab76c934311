// Owns the list of CLI verbs. Adding a verb is one file and one line here.
import { evalVerb } from './eval.ts';
import type { Verb } from './verb.ts';

export const verbs: readonly Verb[] = [evalVerb];
