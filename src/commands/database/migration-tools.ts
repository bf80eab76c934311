// Owns the table of schema migration tools: which subcommands look, which change a database, and how that is named. Holds no code.
import type { OptionSpec } from '../../core/options.ts';
import type { Program } from '../../core/program.ts';
import { entries } from '../table.ts';

export interface Tool {
  readonly names: readonly string[];
  /** Command prefixes, longest first by the reader. `looks` write at most project files. */
  readonly looks: string;
  /** Change a database that is by design the developer's own. */
  readonly dev?: string;
  /** Meant for shared databases. */
  readonly ships?: string;
  readonly migrates?: string;
  readonly resets?: string;
  readonly runs?: string;
  readonly urls?: readonly string[];
  /** Names of database kinds that may stand before the connection and the command. */
  readonly drivers?: RegExp;
  readonly stages?: readonly string[];
  /** Options whose value is code that is run. */
  readonly carries?: readonly string[];
  readonly options?: OptionSpec;
  readonly examples: Program['examples'];
}

export const TOOLS: readonly Tool[] = [
  {
    names: ['prisma'],
    looks:
      'generate | validate | format | version | init | studio | migrate diff | migrate status | debug | platform status | telemetry | dev ls | db pull',
    dev: 'migrate dev',
    ships: 'migrate deploy | migrate resolve',
    migrates: 'db push',
    resets: 'migrate reset',
    runs: 'db seed | db execute',
    urls: ['--url'],
    options: {
      flags: entries(
        '--accept-data-loss | --force-reset | --force -f | --skip-generate | --skip-seed | --create-only | --watch | --no-engine | --preview-feature | --stdin | --script | --exit-code | --print | --no-hints | --version -v',
      ),
      values: entries(
        '--schema | --name -n | --config | --generator | --url | --file | --from-migrations | --to-schema-datamodel | --from-schema-datamodel | --to-migrations | --shadow-database-url | --applied | --rolled-back | --port -p | --browser -b | --datasource-provider',
      ),
    },
    examples: {
      allow: [
        'prisma generate',
        'prisma migrate dev --name add_orders',
        'prisma validate',
        'prisma migrate status',
        'prisma studio',
      ],
      deny: [
        'prisma migrate deploy',
        { command: 'DATABASE_URL=postgres://u@db.example.com/shop prisma db push', cwd: '/home/dev/project' },
      ],
      unsettled: ['prisma migrate reset --force', 'prisma db push', 'prisma db execute --file x.sql'],
    },
  },
  {
    names: ['drizzle-kit'],
    looks: 'generate | check | introspect | pull | studio | up | export',
    migrates: 'migrate | push',
    resets: 'drop',
    examples: {
      allow: ['drizzle-kit generate', 'drizzle-kit studio'],
      unsettled: ['drizzle-kit push', 'drizzle-kit migrate'],
    },
  },
  {
    names: ['knex'],
    looks: 'migrate:make | migrate:list | migrate:status | migrate:currentVersion | seed:make | init',
    migrates: 'migrate:latest | migrate:up | migrate:down | seed:run | migrate:unlock',
    resets: 'migrate:rollback',
    stages: ['--env'],
    options: {
      values: entries('--env | --knexfile | --cwd | --client | --connection'),
      flags: entries('--esm | --debug | --all'),
    },
    examples: {
      allow: ['knex migrate:list', 'knex migrate:latest --env test'],
      deny: ['knex migrate:latest --env production'],
      unsettled: ['knex migrate:latest', 'knex migrate:rollback --all', 'knex migrate:list --knexfile /opt/x.js'],
    },
  },
  {
    names: ['sequelize', 'sequelize-cli'],
    looks:
      'init | migration:generate | model:generate | seed:generate | db:migrate:status | model:create | migration:create',
    migrates: 'db:migrate | db:seed | db:seed:all | db:create | db:migrate:schema:timestamps:add',
    resets: 'db:drop | db:migrate:undo | db:migrate:undo:all | db:seed:undo | db:seed:undo:all',
    stages: ['--env'],
    urls: ['--url'],
    options: { values: entries('--env | --url | --config | --migrations-path | --name | --to') },
    examples: {
      allow: ['sequelize db:migrate:status'],
      deny: ['sequelize db:migrate --env production'],
      unsettled: ['sequelize db:drop', 'sequelize db:migrate'],
    },
  },
  {
    names: ['typeorm', 'typeorm-ts-node-commonjs', 'typeorm-ts-node-esm', 'mikro-orm'],
    looks:
      'migration:create | migration:generate | migration:show | entity:create | subscriber:create | init | version | migration:list | migration:pending | debug | migration:check',
    migrates:
      'migration:run | migration:up | migration:down | schema:sync | schema:update | schema:create | seeder:run | query | cache:clear',
    resets: 'migration:revert | schema:drop | schema:fresh | database:fresh | migration:fresh',
    options: { values: entries('--dataSource -d | --name -n | --config') },
    examples: {
      allow: ['typeorm migration:show -d src/data-source.ts'],
      unsettled: ['typeorm migration:run -d src/data-source.ts', 'typeorm schema:drop -d src/data-source.ts'],
    },
  },
  {
    names: ['alembic'],
    looks:
      'revision | history | current | heads | show | branches | check | init | list_templates | merge | edit | --version',
    migrates: 'upgrade | stamp | ensure_version',
    resets: 'downgrade',
    stages: ['--name', '-x'],
    options: {
      flags: entries('--sql | --verbose -v | --autogenerate | --raiseerr'),
      values: entries('--config -c | --name -n | -x | --message -m | --rev-id'),
    },
    examples: {
      allow: ['alembic current', 'alembic revision --autogenerate -m "orders"', 'alembic history'],
      deny: ['alembic -x env=production upgrade head', 'alembic -n prod upgrade head'],
      unsettled: ['alembic upgrade head', 'alembic downgrade base'],
    },
  },
  {
    names: ['flyway'],
    looks: 'info | validate | check | version | help | -v | -help | list-engines',
    migrates: 'migrate | baseline | repair | undo | deploy',
    resets: 'clean',
    urls: ['-url'],
    stages: ['-environment', '-configFiles'],
    options: {
      style: 'words',
      optional: entries(
        '-url | -user | -password | -locations | -schemas | -environment | -configFiles | -target | -outOfOrder',
      ),
    },
    examples: {
      allow: ['flyway info', 'flyway validate'],
      deny: ['flyway -url=jdbc:postgresql://db.example.com/shop migrate', 'flyway -environment=production migrate'],
      unsettled: ['flyway migrate', 'flyway clean'],
    },
  },
  {
    names: ['liquibase'],
    looks:
      'status | validate | history | diff | diff-changelog | update-sql | updateSQL | snapshot | generate-changelog | rollback-sql | list-locks | init | checks | unexpected-change-sets | db-doc | future-rollback-sql',
    migrates:
      'update | update-count | update-to-tag | tag | mark-next-changeset-ran | changelog-sync | release-locks | clear-checksums | execute-sql | deploy',
    resets: 'drop-all | dropAll | rollback | rollback-count | rollback-to-date',
    urls: ['--url'],
    stages: ['--defaults-file'],
    options: {
      values: entries(
        '--url | --username | --password | --changelog-file --changeLogFile | --defaults-file --defaultsFile | --contexts | --classpath | --driver',
      ),
    },
    examples: {
      allow: ['liquibase status', 'liquibase update-sql'],
      deny: ['liquibase --url=jdbc:postgresql://db.example.com/shop drop-all'],
      unsettled: ['liquibase update', 'liquibase drop-all'],
    },
  },
  {
    names: ['dbmate'],
    looks: 'new | status | dump | wait | --version',
    migrates: 'up | migrate | load | create',
    resets: 'drop | rollback | down',
    urls: ['--url'],
    stages: ['--env'],
    options: { values: entries('--url -u | --env -e | --env-file | --migrations-dir -d | --schema-file -s') },
    examples: {
      allow: ['dbmate status', 'dbmate new add_orders'],
      deny: ['dbmate --url postgres://u@db.example.com/shop up'],
      unsettled: ['dbmate up', 'dbmate drop'],
    },
  },
  {
    names: ['atlas'],
    looks:
      'migrate diff | migrate lint | migrate status | migrate validate | migrate hash | migrate new | schema inspect | schema diff | schema fmt | schema validate | version | schema plan',
    migrates: 'migrate apply | schema apply | migrate set | migrate push',
    resets: 'schema clean | migrate down',
    urls: ['--url'],
    stages: ['--env'],
    options: {
      flags: entries('--dry-run | --auto-approve'),
      values: entries('--url -u | --env | --dir | --to | --dev-url | --config -c'),
    },
    examples: {
      allow: ['atlas migrate lint --env local', 'atlas schema inspect -u sqlite://app.db'],
      deny: ['atlas schema apply -u postgres://u@db.example.com/shop --auto-approve', 'atlas migrate apply --env prod'],
      unsettled: ['atlas migrate apply --env local'],
    },
  },
  {
    names: ['sqlx', 'diesel', 'sea-orm-cli', 'refinery', 'cornucopia'],
    looks:
      'migrate add | migrate info | prepare | migration generate | migration list | migration pending | print-schema | setup --help | generate | migrate status | migrate init | migrate generate | completions | database url',
    migrates:
      'migrate run | migrate | migration run | database create | database setup | setup | migrate up | migrate down',
    resets:
      'database drop | database reset | migrate revert | migration redo | migration revert | migrate fresh | migrate refresh | migrate reset',
    urls: ['--database-url'],
    options: { values: entries('--database-url -D -u | --source | --migration-dir | --config-file | --database') },
    examples: {
      allow: ['sqlx migrate add orders', 'diesel print-schema', 'sqlx prepare'],
      deny: ['sqlx database drop -D postgres://u@db.example.com/shop'],
      unsettled: ['sqlx migrate run', 'diesel database reset'],
    },
  },
  {
    names: ['migrate', 'golang-migrate', 'tern', 'sql-migrate'],
    looks: 'version | create | status | new | init',
    migrates: 'up | goto | force | migrate | redo',
    resets: 'down | drop',
    urls: ['-database'],
    stages: ['-env'],
    options: {
      style: 'words',
      flags: ['-verbose', '-all', '-f'],
      values: [
        '-database --database',
        '-path --path',
        '-source --source',
        '-env --env',
        '-ext',
        '-dir',
        '-lock-timeout',
      ],
    },
    examples: {
      allow: ['migrate version', 'migrate create -ext sql -dir db orders'],
      deny: [
        'migrate -path db -database postgres://db.example.com/shop drop -f',
        'migrate -path db -database "$DB" down -all',
      ],
      unsettled: ['migrate up', 'migrate drop -f'],
    },
  },
  {
    names: ['goose-migrate'],
    looks: 'status | version | create | fix | validate',
    migrates: 'up | up-by-one | up-to',
    resets: 'down | down-to | redo | reset',
    drivers: /^(postgres|pgx|mysql|mssql|sqlite3|tidb|clickhouse|vertica|ydb|turso|redshift|duckdb|spanner)$/,
    stages: ['-env'],
    options: {
      style: 'words',
      flags: entries('-v | -s | -allow-missing | -no-versioning | -h'),
      values: entries(
        '-dir --dir | -table --table | -env --env | -timeout --timeout | -certfile | -ssl-cert | -ssl-key',
      ),
    },
    examples: {
      allow: ['goose-migrate -dir db sqlite3 ./dev.db up', 'goose-migrate status'],
      deny: [
        'goose-migrate -dir db postgres "host=db.example.com dbname=shop" up',
        'goose-migrate -dir db postgres "$DB" reset',
      ],
      unsettled: ['goose-migrate up'],
    },
  },
  {
    names: ['wp'],
    looks:
      'plugin list | plugin status | plugin get | theme list | theme status | core version | core check-update | core verify-checksums | option get | option list | post list | post get | user list | user get | db size | db tables | db check | db prefix | cache type | cron event list | cli info | cli version | --info | site list | rewrite list | role list | cap list | menu list | term list | taxonomy list | comment list | media list | config path | post-type list | scaffold | i18n',
    migrates:
      'core update-db | search-replace | db import | plugin update | core update | theme update | option update | db optimize | db repair | core install | db create',
    resets: 'db reset | db drop | db clean | site empty | site delete | post delete | user delete | option delete',
    runs: 'eval | eval-file | shell | db query | db cli | package install | plugin install | theme install',
    urls: ['--ssh'],
    stages: ['--ssh', '--url', '--path'],
    carries: ['--exec', '--require'],
    options: {
      flags: entries('--yes | --allow-root | --force | --all | --skip-plugins | --skip-themes | --quiet | --network'),
      values: entries(
        '--ssh | --url | --path | --format | --fields | --field | --status | --user | --http | --exec | --require',
      ),
    },
    examples: {
      allow: ['wp plugin list', 'wp core version'],
      deny: ['wp db reset --yes --ssh=deploy@shop.example/var/www', 'wp @prod site empty --yes'],
      unsettled: ['wp db reset --yes', 'wp plugin list --exec="x();"', 'wp eval "x();"', 'wp frob'],
    },
  },
  {
    names: ['drush'],
    looks:
      'status | st | pm:list | pml | watchdog:show | ws | core:requirements | version | updatedb:status | updbst | config:status | cst | config:get | cget | site:alias | sa | user:information | uinf | sql:conf --help | role:list | cache:rebuild | cr | list',
    migrates:
      'updatedb | updb | config:import | cim | deploy | pm:install | en | pm:uninstall | pmu | config:set | cset | site:install | si | sql:sync | sqlsync',
    resets: 'sql:drop | sql-drop | sql:create | sql-create | entity:delete | edel',
    runs: 'php:eval | ev | php:script | scr | sql:query | sqlq | sql:cli | sqlc',
    stages: ['--uri'],
    carries: ['--include', '--config'],
    options: {
      flags: entries('--yes -y | --no -n | --verbose -v'),
      values: entries('--uri -l | --root -r | --format | --include | --config'),
    },
    examples: {
      allow: ['drush status', 'drush cr'],
      deny: ['drush @prod sql:drop -y'],
      unsettled: ['drush sql-drop -y', 'drush cim -y', 'drush frob'],
    },
  },
  {
    names: ['doctrine', 'phinx', 'phinx.phar'],
    looks:
      'status | create | list | orm:info | migrations:status | migrations:generate | migrations:diff | orm:validate-schema | test',
    migrates: 'migrate | seed:run | migrations:migrate | orm:schema-tool:update',
    resets: 'rollback | orm:schema-tool:drop | migrations:execute',
    stages: ['--environment'],
    options: { values: entries('--environment -e | --configuration -c | --target -t') },
    examples: {
      allow: ['phinx status'],
      deny: ['phinx migrate -e production'],
      unsettled: ['phinx migrate -e development', 'phinx rollback'],
    },
  },
];
