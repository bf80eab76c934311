// Turns argv of programs that hold or make keys (gpg, age, ssh-keygen, ssh-add) into effects; knows nothing of policy.
import { type OptionSpec, parseArgs } from '../../core/options.ts';
import type { EffectDraft, Lowering, Program } from '../../core/program.ts';
import { known, text } from '../../core/value.ts';
import { at, harmless, here, inspect, literal, mustBeKnown, opaque, reads, writes } from '../kit.ts';

const GPG: OptionSpec = {
  flags:
    '-k --list-keys --list-public-keys|-K --list-secret-keys|--list-signatures --list-sigs|--check-signatures --check-sigs|--fingerprint|--list-packets|--verify|-s --sign|--clear-sign --clearsign|-b --detach-sign|-e --encrypt|-c --symmetric|-d --decrypt|--import|--fast-import|--export|--export-secret-keys|--export-secret-subkeys|--export-ssh-key|--export-ownertrust|--import-ownertrust|--delete-keys --delete-key|--delete-secret-keys --delete-secret-key|--delete-secret-and-public-keys|--gen-key --generate-key|--full-generate-key --full-gen-key|--quick-generate-key --quick-gen-key|--quick-add-key|--edit-key|--sign-key|--lsign-key|--send-keys|--receive-keys --recv-keys|--refresh-keys|--search-keys|--locate-keys|--fetch-keys|--show-keys|--dearmor|--enarmor|--card-status|--version|-h --help|--gpgconf-list|--update-trustdb|--check-trustdb|-a --armor|--batch|--yes|--no|-q --quiet|-v --verbose|-t --textmode|--no-tty|--no-default-keyring|--no-options|--with-colons|--with-fingerprint|--with-keygrip|--keyid-format-long|--always-trust|--no-auto-key-locate|--print-md|--multifile|-n --dry-run|--list-config|--server|--gen-revoke --generate-revocation|--with-subkey-fingerprint|--no-symkey-cache|--no-use-agent|--use-agent|--no-permission-warning|--allow-secret-key-import|--auto-key-retrieve'.split(
      '|',
    ),
  values:
    '-o --output|-r --recipient|-u --local-user|-R --hidden-recipient|--default-key|--homedir|--keyring|--secret-keyring|--primary-keyring|--options|--passphrase|--passphrase-file|--passphrase-fd|--pinentry-mode|--trust-model|--keyserver|--keyserver-options|--keyid-format|--cipher-algo|--digest-algo|--compress-algo|--status-fd|--status-file|--logger-fd|--log-file|--command-fd|--command-file|--photo-viewer|--agent-program|--dirmngr-program|--exec-path|--import-options|--export-options|--list-options|--verify-options|--set-filename|--recipient-file|--s2k-mode|--s2k-count|--s2k-digest-algo|--s2k-cipher-algo|--tofu-policy|--compliance|-z|--load-extension|--display-charset|--charset|--debug-level|--no-groups'.split(
      '|',
    ),
};

const gpg: Program = {
  names: ['gpg', 'gpg2', 'gpgv', 'gpgconf', 'gpg-connect-agent', 'gpg-agent'],
  lower: (call): Lowering => {
    if (/^gpg-|^gpgconf$/.test(call.name))
      return call.args.some((word) =>
        /^(--(list-|version|help|check-)|killagent|KILLAGENT|RELOADAGENT|reloadagent|--kill|--launch)/.test(
          literal(word) ?? '',
        ),
      )
        ? harmless(call.name)
        : { effects: [opaque(`${call.name} is not read`)] };
    const parsed = parseArgs(call.args, GPG);
    const effects: EffectDraft[] = mustBeKnown(parsed.dynamic, 'an option of gpg');
    for (const { word, name } of parsed.unlisted) effects.push(opaque(`gpg ${name} is not read`, word.span));
    for (const name of [
      '--options',
      '--photo-viewer',
      '--agent-program',
      '--dirmngr-program',
      '--exec-path',
      '--load-extension',
      '--command-file',
      '--server',
      '--edit-key',
    ])
      if (parsed.has(name)) effects.push(opaque(`gpg ${name} is not read`));
    const ring: EffectDraft = { kind: 'system', action: 'settings', what: 'the PGP keyring' };
    if (parsed.has('--export-secret-keys', '--export-secret-subkeys'))
      return {
        effects: [...effects, { kind: 'secret.read', what: 'private PGP keys', shown: true }],
        output: { taints: [{ label: 'secret', from: 'private PGP keys' }] },
      };
    if (parsed.has('--delete-keys', '--delete-secret-keys', '--delete-secret-and-public-keys'))
      effects.push({
        kind: 'fs.delete',
        path: here(call, `${call.context.home}/.gnupg/private-keys-v1.d`),
        recursive: false,
      });
    if (
      parsed.has(
        '--import',
        '--fast-import',
        '--gen-key',
        '--full-generate-key',
        '--quick-generate-key',
        '--quick-add-key',
        '--sign-key',
        '--lsign-key',
        '--import-ownertrust',
        '--receive-keys',
        '--refresh-keys',
        '--fetch-keys',
      )
    )
      effects.push(ring);
    if (parsed.has('--receive-keys', '--refresh-keys', '--fetch-keys', '--search-keys', '--locate-keys'))
      effects.push({ kind: 'net.fetch', url: parsed.value('--keyserver')?.value ?? known('keys.openpgp.org') });
    if (parsed.has('--send-keys'))
      effects.push({
        kind: 'net.send',
        to: parsed.value('--keyserver')?.value ?? known('keys.openpgp.org'),
        channel: 'body',
        taints: [],
      });
    effects.push(
      ...reads(call, [...parsed.all('--passphrase-file'), ...parsed.all('--keyring')], 'names'),
      ...writes(call, [...parsed.all('-o'), ...parsed.all('--log-file'), ...parsed.all('--status-file')]),
    );
    const listing = parsed.has(
      '-k',
      '-K',
      '--list-signatures',
      '--check-signatures',
      '--fingerprint',
      '--list-packets',
      '--verify',
      '--show-keys',
      '--version',
      '--card-status',
      '--export',
      '--export-ssh-key',
      '-b',
      '--list-config',
    );
    if (!listing)
      effects.push(
        ...reads(
          call,
          parsed.operands.filter(
            (word) =>
              !parsed.has('--receive-keys', '--send-keys', '--search-keys') && /[./]/.test(literal(word) ?? '.'),
          ),
          parsed.has('-d') ? 'content' : 'copy',
        ),
      );
    if (!listing && !parsed.has('-o') && parsed.has('-e', '-c', '-s', '-b') && parsed.operands[0])
      effects.push(
        ...parsed.operands.map(
          (word): EffectDraft => ({
            kind: 'fs.write',
            path: at(call, { ...word, value: known(`${text(word.value) ?? 'x'}.gpg`) }),
            how: 'overwrite',
          }),
        ),
      );
    if (parsed.has('-c')) effects.push(opaque('data is locked under a passphrase'));
    if (effects.length === 0) effects.push(inspect('gpg'));
    if (parsed.has('-d'))
      return {
        effects: [...effects, { kind: 'secret.read', what: 'an encrypted file', shown: false }],
        output: { taints: [{ label: 'secret', from: 'a decrypted file' }] },
      };
    return parsed.has('-e', '-c', '-s') ? { effects } : { effects, output: { taints: [] } };
  },
  examples: {
    allow: ['gpg --list-keys', 'gpg --version', 'gpg --verify app.tgz.asc app.tgz', 'gpg --dearmor -o tmp/key.gpg'],
    deny: ['gpg --export-secret-keys -a', 'gpg --export-secret-keys ann@shop.example > /tmp/k.asc'],
    unsettled: [
      'gpg -c notes.txt',
      'gpg --import key.asc',
      'gpg -d vault.gpg',
      'gpg --send-keys 0xABCDEF01',
      'gpg --edit-key ann',
    ],
  },
};

const age: Program = {
  names: ['age', 'rage', 'age-keygen'],
  lower: (call) => {
    const parsed = parseArgs(call.args, {
      flags: [
        '-e --encrypt',
        '-d --decrypt',
        '-p --passphrase',
        '-a --armor',
        '--version',
        '-h --help',
        '-i --in-place',
        '-y',
        '-r --rotate',
      ],
      values: [
        '-o --output',
        '--recipient',
        '-R --recipients-file',
        '-j',
        '--age',
        '--kms',
        '--pgp',
        '--input-type',
        '--output-type',
        '--config',
        '--extract',
        '--set',
      ],
    });
    if (parsed.has('--version', '-h')) return harmless(call.name);
    const decrypts = parsed.has('-d');
    const effects: EffectDraft[] = [
      ...mustBeKnown(parsed.dynamic, `an option of ${call.name}`),
      ...writes(call, parsed.all('-o')),
    ];
    if (decrypts)
      effects.push({
        kind: 'secret.read',
        what: 'an encrypted file',
        shown: false,
      });
    else if (call.name !== 'age-keygen') effects.push(...reads(call, parsed.operands, 'copy'));
    if (effects.length === 0) effects.push(inspect(call.name));
    return decrypts ? { effects, output: { taints: [{ label: 'secret', from: 'a decrypted file' }] } } : { effects };
  },
  examples: {
    allow: ['age --version', 'age -r age1qx -o tmp/x.age notes.txt', 'age-keygen -o tmp/key.txt'],
    unsettled: ['age -d -i key.txt vault.age'],
  },
};

const sshKeygen: Program = {
  names: ['ssh-keygen'],
  lower: (call) => {
    const parsed = parseArgs(call.args, {
      flags: [
        '-A',
        '-B',
        '-c',
        '-e',
        '-E',
        '-g',
        '-H',
        '-h',
        '-i',
        '-K',
        '-k',
        '-L',
        '-l',
        '-p',
        '-q',
        '-U',
        '-u',
        '-v',
        '-y',
      ],
      values: [
        '-a',
        '-b',
        '-C',
        '-D',
        '-F',
        '-f',
        '-I',
        '-J',
        '-j',
        '-M',
        '-m',
        '-N',
        '-n',
        '-O',
        '-P',
        '-R',
        '-r',
        '-s',
        '-t',
        '-V',
        '-w',
        '-Y',
        '-Z',
        '-z',
      ],
    });
    if (parsed.has('-D', '-w', '-M')) return { effects: [opaque('ssh-keygen loads a library')] };
    const file = parsed.value('-f');
    const path = file ? at(call, file) : here(call, `${call.context.home}/.ssh/id_ed25519`);
    if (parsed.has('-l', '-B', '-L', '-F', '-r')) return harmless('ssh-keygen', { taints: [] });
    if (parsed.has('-y')) return { effects: [{ kind: 'fs.read', path, use: 'names' }], output: { taints: [] } };
    if (parsed.has('-Y'))
      return {
        effects:
          literal(parsed.value('-Y')) === 'sign'
            ? [opaque('a signature with a private key')]
            : [inspect('a signature')],
      };
    if (parsed.has('-R'))
      return {
        effects: [
          { kind: 'fs.write', path: file ? path : here(call, `${call.context.home}/.ssh/known_hosts`), how: 'edit' },
        ],
      };
    if (parsed.has('-e', '-i')) return { effects: [{ kind: 'fs.read', path, use: 'names' }] };
    return {
      effects: [
        ...mustBeKnown(parsed.dynamic, 'an option of ssh-keygen'),
        { kind: 'fs.write', path, how: parsed.has('-p') ? 'edit' : 'create' },
      ],
    };
  },
  examples: {
    allow: [
      'ssh-keygen -lf ~/.ssh/id_rsa.pub',
      'ssh-keygen -F github.com',
      "ssh-keygen -t ed25519 -f tmp/test_key -N ''",
    ],
    deny: ['ssh-keygen -t ed25519 -C work'],
    unsettled: ['ssh-keygen -D ./x.so'],
  },
};

const agent: Program = {
  names: ['ssh-add'],
  lower: (call) =>
    call.args.some((word) => /^-[lL]$/.test(literal(word) ?? ''))
      ? harmless('ssh-add', { taints: [] })
      : call.args.some((word) => /^-[sS]$/.test(literal(word) ?? ''))
        ? { effects: [opaque('ssh-add loads a library')] }
        : { effects: [{ kind: 'secret.read', what: 'a private key, into the agent', shown: false }] },
  examples: { allow: ['ssh-add -l'], unsettled: ['ssh-add ~/.ssh/work', 'ssh-add -D'] },
};

const copyId: Program = {
  names: ['ssh-copy-id'],
  lower: (call) => ({
    effects: [{ kind: 'persist', how: 'ssh-key', what: call.args.at(-1)?.value ?? known('a machine') }],
  }),
  examples: { deny: ['ssh-copy-id ann@build-host'] },
};

export const keyPrograms: readonly Program[] = [gpg, age, sshKeygen, agent, copyId];
