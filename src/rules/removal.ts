// Owns what the rules about removing files share: which path goes, and how it is said.
import type { EffectOf } from '../core/effect.ts';
import type { Value } from '../core/value.ts';

export type Removal = EffectOf<'fs.delete'> | EffectOf<'fs.move'>;

/** Moving something away removes it from where it was. */
export const removed = (effect: Removal): Value => (effect.kind === 'fs.delete' ? effect.path : effect.from);
export const isLocal = (effect: Removal): boolean => effect.place.kind === 'local';
export const onlyEmpty = (effect: Removal): boolean => effect.kind === 'fs.delete' && effect.only === 'empty';
export const verb = (effect: Removal): string => (effect.kind === 'fs.delete' ? 'deletes' : 'moves away');
