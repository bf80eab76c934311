// Owns the list of rules. Adding a rule is one file and one line here.
import type { Rule } from '../core/rule.ts';
import { agentRules } from './agents.ts';
import { bulkRules } from './bulk.ts';
import { bypassRules } from './bypass.ts';
import { carrierRules } from './carriers.ts';
import { clonedRules } from './cloned.ts';
import { cloudRules } from './cloud.ts';
import { containerRules } from './containers.ts';
import { databaseRules } from './database.ts';
import { deployRules } from './deploy.ts';
import { editorTaskRules } from './editor-tasks.ts';
import { exfiltrationRules } from './exfiltration.ts';
import { fileDeleteRules } from './files-delete.ts';
import { fileFillRules } from './files-fill.ts';
import { fileLostRules } from './files-lost.ts';
import { fileModeRules } from './files-mode.ts';
import { systemFileRules } from './files-system.ts';
import { fileWriteRules } from './files-write.ts';
import { forgeRules } from './forge.ts';
import { gitDiscardRules } from './git-discard.ts';
import { gitPushRules } from './git-push.ts';
import { gitSetupRules } from './git-setup.ts';
import { grantRules } from './grants.ts';
import { huntingRules } from './hunting.ts';
import { listenerRules } from './listeners.ts';
import { machineRules } from './machine.ts';
import { machineStateRules } from './machine-state.ts';
import { packageFileRules } from './package-files.ts';
import { packageRules } from './packages.ts';
import { persistenceFileRules } from './persistence-files.ts';
import { processRules } from './processes.ts';
import { remoteRules } from './remote.ts';
import { remoteCodeRules } from './remote-code.ts';
import { secretRules } from './secrets.ts';
import { shownSecretRules } from './secrets-shown.ts';
import { usedSecretRules } from './secrets-used.ts';
import { selfRules } from './self.ts';
import { sharingRules } from './sharing.ts';

/** Lists of families; each family file exports `Rule[]`. */
export const rules: readonly Rule[] = [
  ...fileDeleteRules,
  ...fileModeRules,
  ...fileWriteRules,
  ...fileFillRules,
  ...fileLostRules,
  ...systemFileRules,
  ...selfRules,
  ...persistenceFileRules,
  ...editorTaskRules,
  ...clonedRules,
  ...forgeRules,
  ...gitPushRules,
  ...gitDiscardRules,
  ...gitSetupRules,
  ...bypassRules,
  ...carrierRules,
  ...agentRules,
  ...cloudRules,
  ...containerRules,
  ...databaseRules,
  ...deployRules,
  ...grantRules,
  ...exfiltrationRules,
  ...sharingRules,
  ...bulkRules,
  ...secretRules,
  ...shownSecretRules,
  ...usedSecretRules,
  ...huntingRules,
  ...listenerRules,
  ...machineRules,
  ...machineStateRules,
  ...processRules,
  ...packageRules,
  ...packageFileRules,
  ...remoteCodeRules,
  ...remoteRules,
];
