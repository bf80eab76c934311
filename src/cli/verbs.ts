// Owns the list of CLI verbs. Adding a verb is one file and one line here.
import { checkVerb } from './check.ts';
import { defaultsVerb } from './defaults.ts';
import { doctorVerb } from './doctor.ts';
import { evalVerb } from './eval.ts';
import { explainVerb } from './explain.ts';
import { hookVerb } from './hook.ts';
import { rulesVerb } from './rules.ts';
import { tryVerb } from './try.ts';
import type { Verb } from './verb.ts';

export const verbs: readonly Verb[] = [
  checkVerb,
  explainVerb,
  evalVerb,
  tryVerb,
  doctorVerb,
  rulesVerb,
  defaultsVerb,
  hookVerb,
];
