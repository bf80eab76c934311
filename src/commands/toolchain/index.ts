// Owns the list of tool chains: interpreters, package managers, builders, test runners, linters.
import type { Program } from '../../core/program.ts';
import { appServerPrograms } from './app-servers.ts';
import { chainPrograms } from './chains.ts';
import { compilerPrograms } from './compilers.ts';
import { devToolPrograms } from './dev-tools.ts';
import { dotnetPrograms } from './dotnet.ts';
import { fileServerPrograms } from './file-servers.ts';
import { goPrograms } from './go.ts';
import { javascriptPrograms } from './javascript.ts';
import { jvmPrograms } from './jvm.ts';
import { languagePackagePrograms } from './language-packages.ts';
import { makePrograms } from './make.ts';
import { nativeToolPrograms } from './native-tools.ts';
import { nodePackagePrograms } from './node-packages.ts';
import { otherLanguagePrograms } from './other-languages.ts';
import { packageRunPrograms } from './package-run.ts';
import { powershellPrograms } from './powershell.ts';
import { projectToolPrograms } from './project-tools.ts';
import { publisherPrograms } from './publishers.ts';
import { pythonPrograms } from './python.ts';
import { pythonPackagePrograms } from './python-packages.ts';
import { rustPrograms } from './rust.ts';
import { scriptPackagePrograms } from './script-packages.ts';
import { scriptingPrograms } from './scripting.ts';
import { tailToolPrograms } from './tail-tools.ts';
import { unreadPrograms } from './unread.ts';

export const toolchainPrograms: readonly Program[] = [
  ...appServerPrograms,
  ...rustPrograms,
  ...goPrograms,
  ...jvmPrograms,
  ...chainPrograms,
  ...compilerPrograms,
  ...dotnetPrograms,
  ...otherLanguagePrograms,
  ...projectToolPrograms,
  ...devToolPrograms,
  ...fileServerPrograms,
  ...javascriptPrograms,
  ...languagePackagePrograms,
  ...makePrograms,
  ...nativeToolPrograms,
  ...nodePackagePrograms,
  ...packageRunPrograms,
  ...powershellPrograms,
  ...publisherPrograms,
  ...pythonPackagePrograms,
  ...pythonPrograms,
  ...scriptingPrograms,
  ...scriptPackagePrograms,
  ...tailToolPrograms,
  ...unreadPrograms,
];
