// Owns the rule about project settings by which editors run programs unasked.
import { defineRule, type Rule } from '../core/rule.ts';
import { texts } from '../core/value.ts';

/** Settings of a project by which an editor starts a program as soon as somebody opens the folder. */
const OPENS: readonly (readonly [RegExp, RegExp])[] = [
  [/(\/\.vscode\/tasks\.json|\.code-workspace)$/, /"runOn"\s*:\s*"folderOpen"/],
  [/\/\.?devcontainer\.json$/, /"initializeCommand"\s*:/],
];

const editorTask = defineRule({
  id: 'persist/editor-task',
  tier: 'ask',
  on: 'fs.write',
  since: '0.1.0',
  summary: 'A project setting by which an editor runs a program when the folder is opened',
  why: 'It runs on the machine of everyone who opens the project, unseen.',
  instead: 'Make it a task that is started by hand.',
  match: (effect) => {
    const content = effect.content === undefined ? '' : (texts(effect.content) ?? []).join('\n');
    const path = (texts(effect.path) ?? []).find((each) =>
      OPENS.some(([file, setting]) => file.test(each) && setting.test(content)),
    );
    return path === undefined ? undefined : `This makes ${path} run a program when the folder is opened`;
  },
  examples: {
    hit: [
      `echo '{"tasks":[{"command":"x","runOptions":{"runOn":"folderOpen"}}]}' > .vscode/tasks.json`,
      `echo '{"initializeCommand":"x"}' > .devcontainer/devcontainer.json`,
    ],
    miss: [
      `echo '{"tasks":[{"label":"build","command":"npm run build"}]}' > .vscode/tasks.json`,
      `echo '{"postCreateCommand":"npm ci"}' > .devcontainer/devcontainer.json`,
      'cat .vscode/tasks.json',
    ],
  },
});

export const editorTaskRules: readonly Rule[] = [editorTask];
