// Says what importing a module does that is not of the standard library: the project's own code, or a package nobody read.
import { joinPath } from '../../core/path.ts';
import { known, text as knownText } from '../../core/value.ts';
import { handle, type Thing } from '../thing.ts';
import { emit, giveUp, type World } from '../world.ts';

/** Importing runs the module. Modules of the project are the project's code; others are packages. */
export function importForeign(name: string, world: World): Thing {
  const cwd = knownText(world.cwd);
  const top = name.replace(/^\.+/, '').split('.')[0] ?? '';
  if (cwd === undefined || (name !== '' && !/^[\p{L}\p{N}_.]+$/u.test(name)))
    return giveUp(world, `the module ${name} is not known`);
  const places = [`${top}.py`, `${top}/__init__.py`, `src/${top}/__init__.py`, `src/${top}.py`];
  for (const place of places) {
    const path = joinPath(cwd, place);
    const file = world.setting.facts('file', { path });
    if (file === undefined || file.state === 'missing') continue;
    const own = file.session === 'received' ? 'elsewhere' : 'project';
    emit(world, { kind: 'code.run', origin: own, language: 'python', what: known(path), taints: [] });
    return handle('foreign', known(name));
  }
  emit(world, { kind: 'code.run', origin: 'package', language: 'python', what: known(name), taints: [] });
  return handle('foreign', known(name));
}
