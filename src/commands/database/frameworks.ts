// Describes the command lines of web frameworks (rails, rake, django, flask, artisan, mix ecto): their database tasks and the rest.
import type { Word } from '../../core/invocation.ts';
import { parseArgs } from '../../core/options.ts';
import type { Call, Language, Lowering, Program } from '../../core/program.ts';
import { known } from '../../core/value.ts';
import { asksHelp } from '../cloud/grammar.ts';
import { loadsFromElsewhere } from '../elsewhere.ts';
import { harmless, inspect, literal, opaque } from '../kit.ts';
import { carried } from '../toolchain/carried.ts';
import { stageOf } from './connection.ts';
import { frameworkMigration } from './migrations.ts';

interface Framework {
  readonly names: readonly string[];
  readonly looks: RegExp;
  /** Run the project's own code. */
  readonly project: RegExp;
  readonly migrates: RegExp;
  readonly resets: RegExp;
  readonly serves: RegExp;
  readonly publishes?: RegExp;
  readonly grants?: RegExp;
  /** Where later installs come from. */
  readonly sources?: RegExp;
  readonly installs?: RegExp;
  readonly runsCode?: {
    readonly command: RegExp;
    readonly language: Language;
    readonly option?: string;
  };
  readonly language: string;
  readonly stage?: string;
  readonly examples: Program['examples'];
}

const FRAMEWORKS: readonly Framework[] = [
  {
    names: ['rails', 'rake'],
    publishes: /^(release(:.*)?|gem:release)$/,
    looks:
      /^(routes|stats|notes|about|middleware|--tasks|-T|-P|--version|-v|db:(migrate:status|version|abort_if_pending_migrations)|initializers|time:zones(:.*)?|zeitwerk:check|credentials:diff|--help|-h|--dry-run|-n|secret|unused_routes)$/,
    project:
      /^(test(:.*)?|spec(:.*)?|g|generate|d|destroy|new|assets:(precompile|clobber|clean)|tmp:.*|log:clear|javascript:.*|css:.*|tailwindcss:.*|rubocop|default|build|yard|doc|clean|clobber|app:.*|yarn:install|i18n.*|lint|ci|features?|cucumber|standard(:.*)?|compile|docs?|t|plugin|devcontainer|stimulus:.*|turbo:.*|coverage|check|install)$/,
    migrates:
      /^db:(migrate(:(up|down|redo))?|seed(:replant)?|schema:load|structure:load|prepare|setup|create(:all)?|forward|schema:cache:(dump|clear)|fixtures:load|environment:set|encryption:init|test:prepare|schema:dump|structure:dump|migrate:with_data|seed:.*|sessions:.*)$|^data:migrate/,
    resets:
      /^db:(drop(:.*)?|reset(:.*)?|rollback(:.*)?|purge(:.*)?|truncate_all|migrate:reset|system:change|clobber|_.*)$/,
    serves: /^(s|server)$/,
    runsCode: { command: /^(runner|r)$/, language: 'ruby' },
    language: 'ruby',
    stage: '--environment',
    examples: {
      allow: [
        'rails routes',
        'rails test',
        'RAILS_ENV=test rails db:prepare',
        'rails db:migrate RAILS_ENV=test',
        'rails g model Order total:integer',
        'rake -T',
        'rails db:migrate:status',
        'bin/rails server',
      ],
      deny: [
        'RAILS_ENV=production rails db:migrate',
        'RAILS_ENV=production rake db:drop',
        "RAILS_ENV=production rails runner 'Order.delete_all'",
        'rails db:migrate -e production',
        'rake release',
        'RAILS_ENV=production DISABLE_DATABASE_ENVIRONMENT_CHECK=1 bin/rails db:reset',
      ],
      unsettled: [
        'rails db:migrate',
        'rails db:drop',
        'rails console',
        'rake some:unknown_task',
        'rails credentials:edit',
        'rails new shop -m https://example.com/t.rb',
      ],
    },
  },
  {
    names: ['manage.py', 'django-admin'],
    looks:
      /^(check|showmigrations|diffsettings|sqlmigrate|inspectdb|version|help|--version|--help|show_urls|findstatic|sqlflush|sqlsequencereset|print_settings|list_model_info|validate_templates|dumpdata|graph_models|optimizemigration|spectacular)$/,
    project:
      /^(test|makemigrations|startapp|startproject|collectstatic|compilemessages|makemessages|squashmigrations|compilescss|tailwind|pytest|compress|compilejsi18n|rebuild_index|build)$/,
    migrates:
      /^(migrate|loaddata|createcachetable|createsuperuser|changepassword|remove_stale_contenttypes|clearsessions|update_index|syncdb|seed|populate.*|import.*)$/,
    resets: /^(flush|reset_db|sqlflush|drop_test_database|reset_schema|delete_squashed_migrations|sqlclear)$/,
    serves: /^(runserver|runserver_plus|testserver|livereload)$/,
    runsCode: { command: /^(shell|shell_plus)$/, language: 'python', option: '--command -c' },
    language: 'python',
    stage: '--settings',
    examples: {
      allow: [
        './manage.py test',
        'django-admin startapp shop',
        './manage.py makemigrations',
        './manage.py runserver 8001',
        './manage.py showmigrations',
        './manage.py migrate --plan',
        './manage.py dbshell --help',
        './manage.py migrate --settings=shop.settings.test',
      ],
      deny: [
        './manage.py migrate --settings=shop.settings.production',
        'DJANGO_SETTINGS_MODULE=shop.settings.prod ./manage.py flush --noinput',
      ],
      unsettled: [
        './manage.py migrate',
        './manage.py flush',
        './manage.py dbshell',
        './manage.py unknown_thing',
        './manage.py check --pythonpath /opt/x',
      ],
    },
  },
  {
    names: ['flask'],
    looks: /^(routes|--version|--help|db:(history|current|heads|show|branches|check|edit))$/,
    project: /^(translate|compile|test|db:(init|revision|migrate|merge|list-templates))$/,
    migrates: /^(db:(upgrade|stamp)|init-db|seed)$/,
    resets: /^(db:downgrade|drop-db)$/,
    serves: /^run$/,
    language: 'python',
    stage: '--app',
    examples: {
      allow: ['flask routes', 'flask run --port 5001', 'flask db migrate -m orders', 'flask db current'],
      deny: ['FLASK_ENV=production flask db upgrade'],
      unsettled: ['flask db upgrade', 'flask shell', 'flask custom'],
    },
  },
  {
    names: ['artisan'],
    looks:
      /^(list|about|route:list|migrate:status|env|--version|-V|--help|help|db:show|db:table|model:show|event:list|schedule:list|config:show|queue:failed|channel:list)$/,
    project:
      /^(test|make:.*|optimize(:.*)?|config:(cache|clear)|route:(cache|clear)|view:(cache|clear)|cache:clear|vendor:publish|storage:link|stub:publish|package:discover|ide-helper:.*|dusk|pint|lang:publish|event:(cache|clear)|clear-compiled|install:.*|key:generate|schema:dump|queue:(restart|table)|breeze:.*|livewire:.*|filament:.*)$/,
    migrates: /^(migrate|migrate:install|db:seed|tenants:migrate|passport:install)$/,
    resets: /^(migrate:(fresh|refresh|reset|rollback)|db:wipe|queue:(flush|clear|prune.*)|model:prune)$/,
    serves: /^(serve|queue:(work|listen)|schedule:work|horizon|octane:start|reverb:start)$/,
    language: 'php',
    stage: '--env',
    examples: {
      allow: [
        'artisan migrate --pretend',
        'artisan route:list',
        'artisan make:model Order',
        'artisan test',
        'artisan migrate --env=testing',
      ],
      deny: ['artisan migrate --env=production --force', 'APP_ENV=production artisan db:wipe'],
      unsettled: ['artisan migrate', 'artisan migrate:fresh --seed', 'artisan tinker', 'artisan down'],
    },
  },
  {
    names: ['console'],
    looks:
      /^(list|about|help|--version|-V|--help|debug:.*|lint:.*|router:match|doctrine:(migrations:(status|list|current|latest|up-to-date)|schema:validate|mapping:info))$/,
    // Symfony's own commands and the project's; those of Doctrine are told apart below.
    project: /^(?!doctrine:)[a-z][\w-]*(:[\w-]+)*$|^doctrine:migrations:(generate|diff|dump-schema)$/,
    migrates: /^doctrine:(migrations:migrate|migrations:version|schema:(update|create)|database:create|fixtures:load)$/,
    resets: /^doctrine:((mongodb:)?schema:drop|database:drop|migrations:(rollup|execute)|cache:clear-.*)$/,
    serves: /^server:(run|start)$/,
    language: 'php',
    stage: '--env',
    examples: {
      allow: ['bin/console debug:router', 'php bin/console cache:clear', 'bin/console doctrine:migrations:status'],
      deny: ['bin/console doctrine:database:drop --force --env=prod'],
      unsettled: [
        'php bin/console doctrine:database:drop --force',
        'bin/console doctrine:migrations:migrate',
        'bin/console doctrine:query:sql "select 1"',
      ],
    },
  },
];

/** Elixir's tasks are named like the others' commands. */
const MIX: Framework = {
  names: ['mix'],
  looks:
    /^(help|--version|-v|--help|hex\.(info|outdated|search|audit)|deps\.tree|deps|phx\.routes|ecto\.migrations|xref|app\.tree|profile\..*)$/,
  project:
    /^(compile(\..*)?|test(\..*)?|format|credo(\..*)?|dialyzer|deps\.(get|compile|clean|unlock|update)|phx\.(gen\..*|digest(\.clean)?)|ecto\.(gen\..*|dump)|docs|assets\..*|clean|sobelow|coveralls(\..*)?|check|lint|release(\.init)?|new|gettext\..*|run|loadpaths|esbuild(\..*)?|tailwind(\..*)?|precommit)$/,
  migrates: /^ecto\.(migrate|create|setup|load)$/,
  resets: /^ecto\.(drop|reset|rollback)$/,
  serves: /^(phx\.server)$/,
  publishes: /^hex\.(publish|retire)$/,
  grants: /^hex\.(owner|organization)$/,
  sources: /^hex\.(repo|mirror|config)$/,
  installs: /^(archive|escript)\.install$/,
  language: 'elixir',
  examples: {
    allow: [
      'mix test',
      'mix do deps.get + compile --force',
      'mix do deps.get, test',
      'mix hex.publish --dry-run',
      'mix hex.owner list shop',
      'mix format',
      'mix ecto.migrations',
      'MIX_ENV=test mix ecto.migrate',
      'mix deps.get',
    ],
    deny: [
      'MIX_ENV=prod mix ecto.migrate',
      'mix hex.publish',
      'mix do test, hex.publish --yes',
      'mix hex.owner add shop ann@shop.example',
      'mix hex.repo add other https://hex.example.com',
      'mix archive.install https://example.com/x.ez',
    ],
    unsettled: [
      "mix run -e 'File.rm_rf!(x)'",
      'mix do cmd rm -rf x',
      'mix do $TASK',
      'mix ecto.migrate',
      'mix ecto.drop',
      'mix archive.install hex phx_new',
    ],
  },
};

const spelledOf = (words: readonly Word[], joins: boolean): readonly (string | undefined)[] => {
  const spelled = words.map(literal);
  return joins && spelled[0] === 'db' ? [`db:${spelled[1] ?? ''}`] : spelled;
};

const ADDRESS = /^https?:\/\//;

/** What a task does with packages: publishes them, says who may, from where they come, or installs one for the user. */
function lowerPackages(call: Call, framework: Framework, task: string, rest: readonly Word[]): Lowering | undefined {
  const what = `${call.name} ${task}`;
  const words = rest.map(literal);
  if (framework.publishes?.test(task))
    return call.args.some((word) => literal(word) === '--dry-run')
      ? harmless(`${what} --dry-run`)
      : { effects: [{ kind: 'pkg.publish', manager: call.name, what: task }] };
  if (framework.grants?.test(task))
    return words[0] === 'list'
      ? harmless(what)
      : { effects: [{ kind: 'grant', what, to: rest.at(-1)?.value ?? known('') }] };
  if (framework.sources?.test(task)) {
    const address = rest.find((word) => ADDRESS.test(literal(word) ?? ''));
    if (address === undefined) return words[0] === 'list' ? harmless(what) : undefined;
    return {
      effects: [{ kind: 'pkg.configure', manager: call.name, key: 'repo', value: address.value, global: true }],
    };
  }
  if (!framework.installs?.test(task)) return undefined;
  const far = words[0] === 'github' || words[0] === 'git';
  return {
    effects: [
      {
        kind: 'pkg.install',
        manager: call.name,
        names: rest.map((word) => word.value),
        source: far ? 'git' : words.some((word) => ADDRESS.test(word ?? '')) ? 'url' : 'registry',
        global: true,
      },
    ],
  };
}

function lower(call: Call, framework: Framework): Lowering {
  if (framework.names[0] !== 'mix' && asksHelp(call.args)) return harmless(`${call.name} help`);
  const option = framework.runsCode?.option;
  const parsed = parseArgs(call.args, {
    values: [
      '--pythonpath',
      ...(framework.names.includes('rails') ? ['--template -m'] : []),
      ...(framework.stage ? [framework.stage === '--environment' ? '--environment -e' : framework.stage] : []),
      ...(option ? [option] : []),
      ...(call.name === 'rake' ? ['-f --rakefile', '-r --require', '-e_ --execute', '-I'] : []),
    ],
    flags: ['--trace', '--force', '--seed', '--noinput', '--no-input'],
  });
  const stages = [
    ...parsed.all(framework.stage ?? '--no-stage'),
    ...parsed.operands.filter((word) => /^(RAILS_ENV|RACK_ENV)=/.test(literal(word) ?? '')),
  ];
  const tasks = parsed.operands.filter((word) => !/^[A-Z_]+=/.test(literal(word) ?? ''));
  const ruby = framework.language === 'ruby';
  if (call.name === 'rake' && parsed.has('-f', '-r', '-e_', '-I'))
    return { effects: [opaque('rake is given code from elsewhere')] };
  const loaded = loadsFromElsewhere(call, [
    ...parsed.all(framework.stage ?? '--no-stage', '--pythonpath', '--template'),
    ...parsed.operands.flatMap((word) =>
      /^LOCATION=/.test(literal(word) ?? '') ? [{ ...word, value: known((literal(word) ?? '').slice(9)) }] : [],
    ),
  ]);
  if (loaded.length > 0) return { effects: loaded };
  if (parsed.unlisted.some((each) => framework.looks.test(each.name)) && tasks.length === 0)
    return harmless(`${call.name} help`);
  const [first] = spelledOf(tasks, framework.names.includes('flask'));
  if (first === undefined)
    return tasks.length === 0 && ruby && call.args.length === 0
      ? { effects: [{ kind: 'code.run', origin: 'project', language: 'ruby', what: known(call.name), taints: [] }] }
      : { effects: [opaque(`the ${call.name} command is not known`)] };
  if (
    parsed.unlisted.some((each) => ['--pretend', '--plan', '--check'].includes(each.name)) &&
    framework.migrates.test(first)
  )
    return harmless(`${call.name} ${first} without effect`);
  if (framework.runsCode?.command.test(first)) {
    const text = option ? parsed.value(option.split(' ')[0] ?? '') : tasks[1];
    const production = stageOf(call, stages) === 'production';
    if (production || text === undefined)
      return {
        effects: [
          opaque(`${call.name} ${first} runs code with the application's data`),
          ...(production
            ? [
                {
                  kind: 'db' as const,
                  engine: call.name,
                  action: 'write' as const,
                  target: known('production'),
                  statement: `${call.name} ${first}`,
                  production: true,
                },
              ]
            : []),
        ],
      };
    return {
      effects: [inspect(`${call.name} ${first}`)],
      runs: [{ kind: 'code', language: framework.runsCode.language, text, via: `${call.name} ${first}` }],
    };
  }
  const packages = lowerPackages(call, framework, first, tasks.slice(1));
  if (packages) return packages;
  if (framework.serves.test(first))
    return { effects: [{ kind: 'net.listen', what: 'server', address: known('localhost') }] };
  // rake and rails run every task that is named; the others have one command.
  const each =
    ruby && !/^(g|generate|d|destroy|new|test|plugin|t|routes)$/.test(first)
      ? tasks.map((word) => (literal(word) ?? '?').replace(/\[.*\]$/, ''))
      : [first];
  return {
    effects: each.map((task) => {
      if (/^migrate$/.test(task) && call.args.some((word) => /^--(plan|check)$/.test(literal(word) ?? '')))
        return inspect(`${call.name} ${task}`);
      if (framework.resets.test(task)) return frameworkMigration(call, 'reset', `${call.name} ${task}`, stages);
      if (framework.migrates.test(task)) return frameworkMigration(call, 'migrate', `${call.name} ${task}`, stages);
      if (framework.looks.test(task)) return inspect(`${call.name} ${task}`);
      if (framework.project.test(task))
        return {
          kind: 'code.run',
          origin: 'project',
          language: framework.language,
          what: known(`${call.name} ${task}`),
          taints: [],
        };
      return opaque(`what the task ${task} of ${call.name} does is not known`);
    }),
  };
}

/** `mix do deps.get + test`: one task after the other, parted by a plus or, in older projects, a comma. */
function tasksOf(call: Call): Lowering {
  const [first, ...words] = call.args;
  const runs: Word[][] = [[]];
  for (const word of words) {
    const plain = literal(word) ?? '';
    if (plain !== '+' && plain !== ',') runs.at(-1)?.push({ ...word, value: known(plain.replace(/,$/, '')) });
    if (/^[+,]$|,$/.test(plain)) runs.push([]);
  }
  const unclear = words.filter((word) => literal(word) === undefined);
  if (first === undefined || unclear.length > 0) return { effects: [opaque('what the tasks of mix do is not known')] };
  const mix: Word = { ...first, value: known('mix') };
  return {
    effects: [inspect('mix do')],
    runs: runs.filter((task) => task.length > 0).map((task) => ({ kind: 'argv', argv: [mix, ...task], via: 'mix do' })),
  };
}

export const frameworkPrograms: readonly Program[] = [...FRAMEWORKS, MIX].map((framework) => ({
  names: framework.names,
  lower: (call) =>
    framework === MIX && literal(call.args[0]) === 'do' ? tasksOf(call) : carried(call, lower(call, framework)),
  examples: framework.examples,
}));
