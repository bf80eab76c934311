// Turns the argv of programs that inspect and rewrite binaries and macOS property lists into effects; knows nothing of policy.
import { parseArgs } from '../../core/options.ts';
import type { Call, EffectDraft, Lowering, Program, Run } from '../../core/program.ts';
import { text as textOf } from '../../core/value.ts';
import { at, harmless, inspect, literal, mustBeKnown, opaque, reader, reads, wantsHelp, writes } from '../kit.ts';

function strip(call: Call): Lowering {
  if (wantsHelp(call.args)) return harmless(call.name);
  const parsed = parseArgs(call.args, {
    values: [
      '-o',
      '-R --remove-section',
      '-K --keep-symbol',
      '-N --strip-symbol',
      '-j --only-section',
      '-I --input-target',
      '-O --output-target',
      '-F --target',
      '--add-section',
      '--set-section-flags',
      '--redefine-sym',
      '--add-gnu-debuglink',
      '--dump-section',
      '--set-rpath',
      '--set-interpreter',
      '--replace-needed',
      '--add-needed',
      '--remove-needed',
      '--add-rpath',
      '-add_rpath',
      '-delete_rpath',
      '-id',
      '--update-section',
      '-B',
    ],
  });
  const objcopy = /objcopy$/.test(call.name);
  const outputs = parsed.all('-o');
  const targets = outputs.length > 0 ? outputs : objcopy ? parsed.operands.slice(-1) : parsed.operands;
  const prints = /^patchelf$/.test(call.name) && call.args.some((word) => /^--print-/.test(literal(word) ?? ''));
  return {
    effects: [
      ...reads(call, parsed.operands),
      ...(prints ? [] : writes(call, targets, 'edit')),
      ...(parsed.has('--dump-section') ? [opaque('a section is written to a file')] : []),
      ...mustBeKnown(parsed.dynamic, `an argument of ${call.name}`),
    ],
  };
}

function codesign(call: Call): Lowering {
  const shows = call.args.some((word) => /^(-d[vr]*|--display|-v+|--verify|-h)$/.test(literal(word) ?? ''));
  const signs = call.args.some((word) =>
    ['-s', '--sign', '--remove-signature', '-f', '--force'].includes(literal(word) ?? ''),
  );
  const files = call.args.filter((word) => !literal(word)?.startsWith('-'));
  return shows && !signs
    ? { effects: [...reads(call, files, 'names'), inspect('codesign')] }
    : { effects: [...writes(call, files.slice(-1), 'edit'), opaque('signing changes what the system trusts')] };
}

const DEFAULTS_READ = new Set(['read', 'read-type', 'domains', 'find', 'help', 'export']);

/** `defaults write DOMAIN KEY VALUE`: preferences of applications and of the system. */
function defaults(call: Call): Lowering {
  const words = call.args.filter(
    (word) => !['-currentHost', '-host', '-g', '-globalDomain', '-app'].includes(literal(word) ?? ''),
  );
  const verb = literal(words[0]) ?? '';
  const domain = literal(words[1]) ?? '';
  const key = literal(words[2]) ?? '';
  if (DEFAULTS_READ.has(verb))
    return {
      effects: [
        inspect(`defaults ${verb}`),
        ...(verb === 'export' && words[2]
          ? writes(
              call,
              [words[2]].filter((word) => literal(word) !== '-'),
            )
          : []),
      ],
      output: { taints: [] },
    };
  const persists = /^(Login|Logout)Hook$/.test(key) || /loginwindow$|loginitems/i.test(domain);
  const weakens =
    /LSQuarantine|Gatekeeper|com\.apple\.(LaunchServices|security|alf|SoftwareUpdate)|AllowSigned|globalstate/i.test(
      `${domain} ${key}`,
    );
  if (persists)
    return {
      effects: [
        { kind: 'persist', how: 'login-item', what: words[1]?.value ?? { kind: 'unknown', because: 'the domain' } },
      ],
    };
  if (weakens) return { effects: [{ kind: 'weaken', what: `${domain} ${key}`.trim() }] };
  return { effects: [{ kind: 'system', action: 'settings', what: `defaults ${verb} ${domain}`.trim() }] };
}

/** `plutil -p file`, `PlistBuddy -c 'Print' file`. */
function plist(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    flags: ['-p', '-lint', '-x', '-s', '-h', '-help', '-r', '-n'],
    values: ['-c', '-convert', '-o', '-e', '-extract', '-type', '-insert', '-replace', '-remove'],
    style: 'words',
  });
  const commands = parsed.all('-c').map(literal);
  const shows =
    call.name === 'plutil'
      ? parsed.has('-p', '-lint', '-type') || literal(parsed.value('-o')) === '-'
      : commands.length > 0 && commands.every((each) => /^\s*(Print|Help)\b/i.test(each ?? ''));
  const files = parsed.operands.slice(call.name === 'plutil' ? 0 : -1);
  const outputs = parsed.all('-o').filter((word) => literal(word) !== '-');
  return {
    effects: [
      ...reads(call, files),
      ...(shows ? [] : writes(call, outputs.length > 0 ? outputs : files, 'edit')),
      ...mustBeKnown(parsed.dynamic, `an argument of ${call.name}`),
      inspect(call.name),
    ],
  };
}

/** `ldd` lets the loader of the program work, which may be the program's own (ldd(1), "Security"). */
function ldd(call: Call): Lowering {
  const files = call.args.filter((word) => !literal(word)?.startsWith('-'));
  return { effects: [...reads(call, files, 'names'), inspect('ldd')], output: { taints: [] } };
}

const SQLITE_FLAGS =
  '-A -ascii -bail -batch -box -column -csv -echo -header -headers -noheader -help -html -interactive -json -line -list -markdown -memtrace -quote -readonly -safe -stats -table -tabs -unsafe-testing -version -deserialize -append -nofollow -zip'.split(
    ' ',
  );

function sqlite(call: Call): Lowering {
  const normal = call.args.map((word) => {
    const whole = literal(word);
    return whole?.startsWith('--') && whole.length > 2
      ? { ...word, value: { kind: 'known' as const, text: whole.slice(1) } }
      : word;
  });
  const parsed = parseArgs(normal, {
    flags: SQLITE_FLAGS,
    values: [
      '-cmd',
      '-init',
      '-separator',
      '-newline',
      '-nullvalue',
      '-mmap',
      '-lookaside',
      '-pagecache',
      '-maxsize',
      '-heap',
      '-vfs',
      '-mode',
      '-escape',
      '-pcachetrace',
    ],
    style: 'words',
  });
  const [database, ...statements] = parsed.operands;
  const readonly = parsed.has('-readonly');
  const target =
    database && literal(database) !== ':memory:' ? at(call, database) : { kind: 'known' as const, text: ':memory:' };
  const like = database ?? { span: call.invocation.span };
  const engine = {
    value: { kind: 'known' as const, text: 'sqlite' },
    taints: [],
    fields: 'one' as const,
    span: like.span,
  };
  const effects: EffectDraft[] = [
    ...reads(call, database && literal(database) !== ':memory:' ? [database] : []),
    inspect('sqlite3'),
  ];
  const runs: Run[] = [];
  const { stdin } = call;
  const script = stdin.from === 'file' && textOf(stdin.text) === undefined ? stdin.path : undefined;
  if (script !== undefined && statements.length === 0) {
    effects.push({ kind: 'db', engine: 'sqlite', action: 'write', target, statement: 'sqlite3 runs a file' });
    runs.push({
      kind: 'file',
      path: script,
      language: 'sql',
      args: [engine, { ...engine, value: target }],
      via: 'sqlite3 <',
    });
  }
  const fed =
    statements.length === 0 && script === undefined && stdin.from !== 'inherit'
      ? [{ value: call.stdin.text, taints: call.stdin.taints, fields: 'one' as const, span: call.invocation.span }]
      : [];
  for (const text of [...parsed.all('-cmd'), ...statements, ...fed])
    runs.push({ kind: 'code', language: 'sql', text, args: [engine, { ...engine, value: target }], via: 'sqlite3' });
  if (parsed.has('-init')) effects.push(opaque('the start-up file of sqlite3 is not read'));
  if (parsed.has('-A')) effects.push(...(readonly ? [] : [opaque('the archive commands of sqlite3 are not read')]));
  return {
    effects: [
      ...effects,
      ...mustBeKnown(
        parsed.dynamic.filter((word) => word !== database && !statements.includes(word)),
        'an option of sqlite3',
      ),
      ...parsed.unlisted.map((option) => opaque(`sqlite3 ${option.name} is not an option that is known`)),
    ],
    runs,
  };
}

export const binaryPrograms: readonly Program[] = [
  reader(
    [
      'nm',
      'objdump',
      'readelf',
      'otool',
      'size',
      'dwarfdump',
      'llvm-nm',
      'llvm-objdump',
      'llvm-readelf',
      'llvm-dwarfdump',
      'c++filt',
      'addr2line',
      'dumpbin',
      'checksec',
      'pahole',
      'bloaty',
      'wasm-objdump',
      'wasm2wat',
      'javap',
      'dyldinfo',
      'vtool',
      'gcov-dump',
      'atos',
    ],
    {
      values: [],
      style: 'words',
      examples: {
        allow: [
          'nm -D build/lib.so',
          'objdump -d a.out | head',
          'otool -L a.dylib',
          'readelf -h a.out',
          'c++filt _Z1f',
        ],
      },
    },
  ),
  {
    names: [
      'strip',
      'objcopy',
      'patchelf',
      'install_name_tool',
      'llvm-strip',
      'llvm-objcopy',
      'lipo',
      'upx',
      'chrpath',
    ],
    lower: strip,
    examples: {
      allow: ['strip build/a.out', 'objcopy -O binary a.out a.bin', 'patchelf --print-rpath a.out'],
      deny: ['strip ~/.local/bin/greenlight', 'strip /usr/bin/env', 'objcopy a.out /usr/bin/x'],
    },
  },
  { names: ['ldd', 'lddtree'], lower: ldd, examples: { allow: ['ldd build/a.out'] } },
  {
    names: ['codesign'],
    lower: codesign,
    examples: { allow: ['codesign -dv build/a.app'], unsettled: ['codesign -s - build/a.app'] },
  },
  {
    names: ['defaults'],
    lower: defaults,
    examples: {
      allow: ['defaults read com.apple.dock', 'defaults domains'],
      unsettled: ['defaults write com.apple.dock autohide -bool true'],
    },
  },
  {
    names: ['plutil', 'PlistBuddy'],
    lower: plist,
    examples: {
      allow: ['plutil -p a.plist', "PlistBuddy -c 'Print' a.plist", 'plutil -convert json -o - a.plist'],
      deny: ["PlistBuddy -c 'Add x' ~/Library/LaunchAgents/x.plist"],
    },
  },
  {
    names: ['sqlite3', 'sqlite', 'sqlcipher', 'sqldiff'],
    lower: sqlite,
    examples: {
      allow: [
        "sqlite3 app.db 'select 1'",
        'sqlite3 app.db .tables',
        'sqlite3 -readonly -json app.db "select * from a limit 3"',
        'sqlite3 --version',
        "echo '.schema' | sqlite3 app.db",
      ],
      deny: [
        "sqlite3 app.db '.shell rm -rf ~'",
        "sqlite3 app.db <<'EOF'\n.system rm -rf ~\nEOF",
        "sqlite3 app.db '.output /home/dev/.bashrc'",
      ],
      unsettled: ['sqlite3 -init x.sql app.db', "sqlite3 app.db '.load ./x'", 'sqlite3 app.db "$SQL"'],
    },
  },
];
