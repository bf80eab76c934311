// Turns argv of programs that change accounts and rights of this machine into effects; knows nothing of policy.
import type { EffectDraft, Program } from '../../core/program.ts';
import { known } from '../../core/value.ts';
import { harmless } from '../kit.ts';
import { asksAbout, lookOrChange, operandsOf, system, wordsOf } from './verbs.ts';

const never = (): boolean => false;
/** Groups whose members are root, or can become it. */
const ADMIN_GROUP = /(^|[,:=])(root|0|sudo|wheel|admin|adm|docker|lxd|disk|shadow|libvirt|80)([,:]|$)/;
const LOGIN_SHELL = /(ba|z|fi|k|tc|c)?sh$/;

/** An account that can do more than work in its own home. */
const powerful = (words: readonly string[]): boolean =>
  words.some((word, index) => {
    const before = words[index - 1] ?? '';
    if (/^(-o|--non-unique|-p|--password|-[a-zA-Z]*o[a-zA-Z]*u)$/.test(word)) return true;
    if (/^(-[a-zA-Z]*[gG]|--groups?|--gid|--ingroup|-aG)$/.test(before)) return ADMIN_GROUP.test(word);
    if (/^(-[a-zA-Z]*u|--uid)$/.test(before)) return word === '0';
    return /^--(groups?|gid|uid)=/.test(word) && ADMIN_GROUP.test(word);
  }) ||
  (words.some((word) => /^(-r|--system)$/.test(word)) && words.some((word) => LOGIN_SHELL.test(word)));

const person = (words: readonly string[]): string => operandsOf(words).at(-1) ?? 'an account';
const account = (words: readonly string[]): EffectDraft => ({
  kind: 'persist',
  how: 'user',
  what: known(person(words)),
});

const users = lookOrChange(
  [
    'useradd',
    'adduser',
    'usermod',
    'moduser',
    'pw',
    'groupadd',
    'addgroup',
    'groupmod',
    'gpasswd',
    'newusers',
    'newgidmap',
    'newuidmap',
  ],
  (words, call) =>
    (call.name === 'useradd' && words.join() === '-D') || (call.name === 'pw' && /show$/.test(words[0] ?? '')),
  (words, call) => {
    const joins =
      (call.name === 'adduser' || call.name === 'gpasswd' || call.name === 'addgroup') &&
      words.some((word) => ADMIN_GROUP.test(word));
    const strong =
      powerful(words) ||
      joins ||
      (call.name === 'pw' && words.some((word) => /^(-h|-o)$/.test(word) || ADMIN_GROUP.test(word)));
    if (strong)
      return [
        account(words),
        {
          kind: 'privilege',
          how: 'sudoers',
          what: `the account ${person(words)} with an administrator's rights or a set password`,
        },
      ];
    return [account(words)];
  },
  {
    allow: ['useradd --help', 'useradd -D'],
    deny: [
      'useradd -o -u 0 -g 0 toor',
      'usermod -aG sudo ann',
      'adduser ann docker',
      'useradd -G wheel -s /bin/bash ann',
      'gpasswd -a ann wheel',
    ],
    unsettled: ['useradd --create-home ann', 'groupadd builders'],
  },
);

const removals = lookOrChange(
  ['userdel', 'deluser', 'rmuser', 'groupdel', 'delgroup'],
  never,
  (words, call) => [
    system('settings', call, words),
    ...(words.some((word) => /^(-[a-z]*r|--remove|--remove-home|--remove-all-files|-f)$/.test(word))
      ? [{ kind: 'fs.delete' as const, path: known(`/home/${person(words)}`), recursive: true }]
      : []),
  ],
  { allow: ['userdel --help'], unsettled: ['userdel ann', 'groupdel builders'], deny: ['userdel -r ann'] },
);

const passwords = lookOrChange(
  [
    'passwd',
    'chpasswd',
    'chgpasswd',
    'chage',
    'vipw',
    'vigr',
    'smbpasswd',
    'htpasswd-system',
    'kpasswd',
    'chsh',
    'chfn',
    'pwunconv',
    'grpunconv',
  ],
  (words, call) =>
    words.some((word) => /^(-S|--status|-l|--list)$/.test(word)) && call.name !== 'passwd'
      ? true
      : words.includes('-S'),
  (words, call) => [
    { kind: 'privilege', how: 'sudoers', what: `a password or login of ${person(words) || call.name}` },
  ],
  { allow: ['passwd -S', 'chage -l ann'], deny: ['passwd ann', 'echo "ann:pw" | chpasswd', 'chsh -s /bin/zsh'] },
);

const rights = lookOrChange(
  ['visudo'],
  (words) => words.some((word) => /^-[a-z]*c/.test(word)),
  () => [{ kind: 'privilege', how: 'sudoers', what: 'the sudoers file' }],
  { allow: ['visudo -c'], deny: ['visudo'] },
);

const capabilities: Program = {
  names: ['setcap'],
  lower: (call) => {
    const words = wordsOf(call);
    if (asksAbout(words)) return harmless(call.name);
    if (words.includes('-r')) return { effects: [system('settings', call, words)] };
    const given = words.find((word) => word.includes('cap_') || /^(all)?[=+]/.test(word)) ?? '';
    return {
      effects: [
        { kind: 'privilege', how: ROOT_CAPABILITY.test(given) ? 'setuid' : 'capability', what: words.join(' ') },
      ],
    };
  },
  examples: {
    allow: ['setcap --help'],
    deny: ['setcap cap_setuid+ep /usr/bin/python3'],
    unsettled: ['setcap cap_net_bind_service=+ep ./server'],
  },
};

/** Capabilities that are as good as root. */
const ROOT_CAPABILITY =
  /cap_(setuid|setgid|sys_admin|dac_override|dac_read_search|sys_ptrace|sys_module|chown|fowner|setfcap)|^all|^=/;

const directory = lookOrChange(
  [
    'dscl',
    'dseditgroup',
    'sysadminctl',
    'dsenableroot',
    'dscacheutil',
    'pwpolicy',
    'createhomedir',
    'ldapadd',
    'ldapmodify',
    'ldapdelete',
    'ldappasswd',
    'ldapsearch',
    'samba-tool',
    'net',
    'realm',
    'adcli',
    'kinit',
    'klist',
    'id-tool',
  ],
  (words, call) =>
    /^(ldapsearch|klist|dscacheutil)$/.test(call.name) ||
    (!words.some((word) => /^(ShadowHashData|dsAttrTypeNative:ShadowHashData)$/i.test(word)) &&
      words.some((word) =>
        /^-?(read|list|search|readall|readpl|checkmember|getaccountpolicies|secureTokenStatus|cat|ls)$/i.test(word),
      )),
  (words, call) => {
    if (words.some((word) => /ShadowHashData/i.test(word)))
      return [{ kind: 'secret.read', what: 'the password hash of an account', shown: true }];
    if (/^(kinit|net|realm|adcli)$/.test(call.name)) return [system('settings', call, words)];
    const deletes = words.some((word) => /delete/i.test(word)) || call.name === 'ldapdelete';
    return [
      deletes ? system('settings', call, words) : account(words),
      {
        kind: 'privilege',
        how: 'sudoers',
        what: `an account of the directory (${[call.name, ...words].join(' ').slice(0, 60)})`,
      },
    ];
  },
  {
    allow: ['dscl . -list /Users', 'dscl . -read /Users/ann UserShell', 'klist'],
    deny: [
      'dscl . -read /Users/ann ShadowHashData',
      'dscl . -create /Users/ann UniqueID 503',
      'sysadminctl -addUser ann -admin',
      'sysadminctl -deleteUser ann',
    ],
  },
);

export const accountPrograms: readonly Program[] = [users, removals, passwords, rights, capabilities, directory];
