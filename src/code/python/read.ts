// Reads Python code for effects.
import type { ReadCode } from '../../core/program.ts';
import { runAll } from '../statements.ts';
import { lowering, MAX_SIZE, newWorld } from '../world.ts';
import { parsePython } from './convert.ts';
import { python } from './library.ts';

export const readPython: ReadCode = (text, setting) => {
  if (text.length > MAX_SIZE)
    return { effects: [{ kind: 'opaque', layer: 'limit', because: 'Python code that is too long to read' }] };
  const world = newWorld(python, setting);
  runAll(parsePython(text), world);
  return lowering(world);
};
