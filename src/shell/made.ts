// Owns the facts a program would find after what this command wrote before it. Looks nothing up itself.
import type { FactAnswer, FactKind, FactSource, FactTable, FileFact, NearestFact } from '../core/fact.ts';
import { dirname, isWithin, joinPath } from '../core/path.ts';
import { hasTaint, text } from '../core/value.ts';
import { madeFile } from './files.ts';
import type { State } from './state.ts';
import type { Trace } from './trace.ts';

/** The looked-up facts, with the files that this command made in the place of those on disk. */
export function factsOf(trace: Trace, state: State): FactSource {
  if (state.files.size === 0) return trace.facts;
  return <K extends FactKind>(kind: K, ask: FactTable[K]['ask']): FactAnswer<K> | undefined => {
    if ('names' in ask) {
      const found = trace.facts('nearest', ask);
      return (nearestMade(state, ask, found?.path) ?? found) as FactAnswer<K> | undefined;
    }
    const made = kind === 'file' && 'path' in ask ? madeFact(state, ask.path) : undefined;
    return (made as FactAnswer<K> | undefined) ?? trace.facts(kind, ask);
  };
}

/** Files that a build or test run takes for code of the project. */
const CODE =
  /\.([cm]?[jt]sx?|py|rb|php|pl|lua|sh|go|rs|c|cc|cpp|h|hpp|java|kts?|scala|swift|exs?|gradle|cmake|mk)$|(^|\/)(GNUmakefile|[Mm]akefile|justfile|Rakefile|Gemfile|CMakeLists\.txt|Cargo\.toml|pyproject\.toml|setup\.cfg|pom\.xml|build\.xml|\.npmrc)$/;

/** True when this command fetched code into the project, so that what runs there is no longer what was there. */
export function fetchedCode(trace: Trace, state: State): boolean {
  for (const [path, file] of state.files)
    if (CODE.test(path) && hasTaint(file.taints, 'downloaded') && isWithin(path, trace.context.projectRoot))
      return true;
  return false;
}

function madeFact(state: State, path: string): FileFact | undefined {
  const made = madeFile(state, path);
  if (made === undefined || made.built) return undefined;
  const received = hasTaint(made.taints, 'downloaded');
  const plain = made.maybe || received ? undefined : text(made.text);
  const session = received ? 'received' : 'made';
  return plain === undefined
    ? { state: 'unread', because: 'this command writes it', git: 'untracked', session }
    : { state: 'text', text: plain, git: 'untracked', session };
}

/** A file made in a folder nearer than the one found on disk, or beside it: what was just written is what will be read. */
function nearestMade(
  state: State,
  { from, names }: FactTable['nearest']['ask'],
  found: string | undefined,
): NearestFact | undefined {
  const stop = found === undefined ? undefined : dirname(found);
  for (let folder = from; ; folder = dirname(folder)) {
    for (const name of names) {
      const path = joinPath(folder, name);
      const file = madeFact(state, path);
      if (file) return { path, file };
    }
    if (folder === stop || folder === dirname(folder)) return undefined;
  }
}
