// Turns argv of keychains and password stores into effects; knows nothing of policy.
import type { EffectDraft, Lowering, Program } from '../../core/program.ts';
import { known } from '../../core/value.ts';
import { harmless, inspect, literal, opaque } from '../kit.ts';

const shown = (what: string): Lowering => ({
  effects: [{ kind: 'secret.read', what, shown: true }],
  output: { taints: [{ label: 'secret', from: what }] },
});
const changes = (what: string): Lowering => ({ effects: [{ kind: 'system', action: 'settings', what }] });

const SECURITY_READS =
  /^(help|list-keychains|default-keychain|login-keychain|find-identity|show-keychain-info|list-smartcards|error|verify-cert|policies|cms|leaks|translocate-policy-check|dump-trust-settings|requirement-evaluate)$/;

const security: Program = {
  names: ['security'],
  lower: (call) => {
    const words = call.args.map((word) => literal(word));
    const verb = words.find((word) => word !== undefined && !word.startsWith('-'));
    if (verb === undefined) return { effects: [opaque('what security does is not known')] };
    const sets = words.some((word) => word === '-s' || word === '-d');
    if (SECURITY_READS.test(verb))
      return sets && /-keychains?$/.test(verb)
        ? changes(`the keychain list`)
        : harmless('the keychain', { taints: [] });
    if (/^find-(generic|internet)-password$/.test(verb))
      return words.some((word) => /^-[a-z]*[wg]/.test(word ?? ''))
        ? shown('a password of the keychain')
        : {
            effects: [{ kind: 'secret.read', what: 'an entry of the keychain', shown: false }],
            output: { taints: [] },
          };
    if (/^(dump-keychain|export|export-smartcard)$/.test(verb)) return shown('the keychain');
    if (verb === 'find-certificate')
      return {
        effects: [{ kind: 'secret.read', what: 'certificates of the keychain', shown: false }],
        output: { taints: [] },
      };
    if (
      /^(add-trusted-cert|trust-settings-import|authorizationdb|remove-trusted-cert|user-trust-settings-enable)$/.test(
        verb,
      )
    )
      return { effects: [{ kind: 'weaken', what: 'which certificates or rights this machine trusts' }] };
    if (
      /^(unlock-keychain|set-key-partition-list|set-keychain-settings|create-keychain|add-generic-password|add-internet-password|add-certificates|import|lock-keychain|set-keychain-password|install-mds|delete-(keychain|certificate|identity|generic-password|internet-password))$/.test(
        verb,
      )
    )
      return changes(`the keychain (${verb})`);
    return { effects: [opaque(`security ${verb} is not read`)] };
  },
  examples: {
    allow: ['security find-identity -p codesigning', 'security list-keychains', 'security help'],
    deny: [
      'security find-generic-password -s github -w',
      'security dump-keychain -d',
      'security add-trusted-cert -d -r trustRoot ca.pem',
    ],
    unsettled: [
      'security find-certificate -a',
      'security delete-keychain build.keychain',
      'security import cert.p12 -k build.keychain',
    ],
  },
};

/** Stores whose verbs are few. `show` prints, `list` names. */
function store(
  names: readonly string[],
  reading: RegExp,
  naming: RegExp,
  what: string,
  examples: Program['examples'],
): Program {
  return {
    names,
    lower: (call) => {
      const words = call.args.map((word) => literal(word) ?? '');
      const verb = words.find((word) => !word.startsWith('-')) ?? words[0] ?? '';
      if (naming.test(verb)) return harmless(what, { taints: [] });
      return reading.test(verb) || words.some((word) => word.startsWith('-') && reading.test(word))
        ? shown(what)
        : changes(`${what} (${verb})`);
    },
    examples,
  };
}

const stores: readonly Program[] = [
  store(
    ['secret-tool', 'kwallet-query', 'kwallet-cli', 'keyring', 'gnome-keyring'],
    /^(lookup|search|get|-r|--read-password)$/,
    /^(--help|--version|-h)$/,
    'the desktop keyring',
    {
      allow: ['secret-tool --help'],
      deny: ['kwallet-query -r github kdewallet', 'secret-tool lookup service github', 'keyring get github ann'],
      unsettled: ['keyring set github ann'],
    },
  ),
  store(
    ['pass'],
    /^(?!(insert|add|edit|generate|rm|remove|delete|mv|cp|git|init|import|sync)$)/,
    /^(ls|list|find|search|help|version|--help|--version|)$/,
    'the password store',
    {
      allow: ['pass ls', 'pass version'],
      deny: ['pass show work/github', 'pass mail'],
    },
  ),
  store(
    ['kpcli', 'nordpass', 'bitwarden'],
    /^(show|export|clip|get|ls|search|attachment-export|code)$/,
    /^(--help|--version|-h|help|status|diceware|generate)$/,
    'a password manager',
    {
      allow: ['kpcli --help'],
      deny: ['kpcli show mail', 'nordpass get github'],
    },
  ),
];

/** Reads passwords out of the desktop: dialogs that look like the system's own. */
const askpass: Program = {
  names: ['ssh-askpass', 'ksshaskpass', 'pinentry', 'pinentry-mac', 'systemd-ask-password'],
  lower: (call) => {
    const effects: EffectDraft[] = [{ kind: 'secret.read', what: `a password typed into ${call.name}`, shown: true }];
    return call.args.some((word) => literal(word) === '--version')
      ? { effects: [inspect(call.name)] }
      : { effects, output: { text: known(''), taints: [{ label: 'secret', from: 'a typed password' }] } };
  },
  examples: { allow: ['pinentry --version'], deny: ['systemd-ask-password "Password:"'] },
};

export const keychainPrograms: readonly Program[] = [security, ...stores, askpass];
