// Owns the list of CLI verbs. Adding a verb is one file and one line here.
import { checkVerb } from './check.ts';
import { evalVerb } from './eval.ts';
import { explainVerb } from './explain.ts';
import type { Verb } from './verb.ts';

export const verbs: readonly Verb[] = [checkVerb, explainVerb, evalVerb];
