// Describes heroku by its grammar of topics and verbs, and what it runs on its machines.
import { parseArgs } from '../../core/options.ts';
import type { Call, Lowering } from '../../core/program.ts';
import { known } from '../../core/value.ts';
import { runsHosted } from '../database/hosted.ts';
import { literal } from '../kit.ts';
import type { Command, Grammar } from './grammar.ts';

/** `heroku pg:psql -c STATEMENT`. */
function runsQuery(command: Command, call: Call): Lowering | undefined {
  if (!/^(pg:)?psql$/.test(command.path[0] ?? '')) return undefined;
  const statement = parseArgs(call.args, { values: ['-c --command', '-a --app', '-r --remote'] }).value('-c');
  return statement && runsHosted(statement, 'postgres', 'heroku', 'heroku pg:psql');
}

/** `heroku run COMMAND`: the words after its own options are one line for the shell of a new dyno. */
function runsThere(command: Command, call: Call): Lowering | undefined {
  if (!/^(run|run:detached|run:inside)$/.test(command.path[0] ?? '')) return undefined;
  const at = call.args.findIndex((word) => literal(word) === command.path[0]);
  const parsed = parseArgs(call.args.slice(at + 1), {
    style: 'posix',
    flags: ['-x --exit-code', '--no-tty', '--no-notify', '--no-launcher'],
    values: ['-a --app', '-r --remote', '-s --size', '-e --env', '--type'],
  });
  const [first] = parsed.operands;
  const words = parsed.operands.map(literal);
  if (first === undefined || words.some((word) => word === undefined)) return undefined;
  return {
    effects: [
      { kind: 'cloud', provider: 'heroku', service: '', operation: 'run', action: 'exec', target: first.value },
    ],
    runs: [
      {
        kind: 'shell',
        text: { ...first, value: known(words.join(' ')), fields: 'one' },
        via: 'heroku run',
        place: { kind: 'remote', name: 'heroku' },
      },
    ],
  };
}

export const heroku: Grammar = {
  names: ['heroku'],
  provider: 'heroku',
  options: {
    flags: ['--json -j', '--verbose', '--all'],
    values: ['--app -a', '--remote -r', '--team -t', '--confirm -c', '--num -n', '--command'],
    abbreviations: false,
  },
  commands: {
    local: 'local | local:start | local:run | help | version | autocomplete | which | commands',
    read: `apps | apps:info | info | apps:list | list | ps | ps:type | logs | releases | releases:info | status | addons | addons:info | addons:list | domains | domains:info | pg:info | pg | pg:ps |
      pg:locks | pg:diagnose | pg:outliers | pg:bloat | pg:backups | pg:backups:info | redis:info | whoami | auth:whoami | regions | stack | buildpacks | access | pipelines | pipelines:info |
      pipelines:list | pipelines:diff | features | labs | certs | notifications | maintenance | drains | keys | teams | members | orgs | ci | ci:info | ci:list | spaces  | open | dashboard | ps:wait`,
    secret:
      'config | config:get | auth:token | pg:credentials:url | redis:credentials | pg:credentials | pg:backups:url | authorizations:create | apps:join',
    login: 'login | logout | auth:login | auth:logout | container:login',
    exec: 'run | run:detached | run:inside | ps:exec | pg:psql | psql | redis:cli | ps:forward | ps:socks | console | ps:copy | pg:connection-pooling | pg:pull',
    update: `git:remote | config:set | config:unset | config:edit | ps:scale | ps:restart | ps:stop | ps:resize | restart | scale | addons:create | addons:attach | addons:upgrade | addons:detach | domains:add | maintenance:on |
      maintenance:off | buildpacks:set | buildpacks:add | buildpacks:remove | stack:set | features:enable | features:disable | labs:enable | labs:disable | pg:backups:capture | pg:promote | pg:upgrade | apps:rename | pg:kill |
      pg:killall | drains:add | git:clone | pipelines:add | pipelines:create | pipelines:remove | pipelines:setup | certs:add | certs:update | certs:auto | plugins | plugins:install | update | webhooks`,
    grant:
      'access:add | access:update | members:add | members:set | keys:add | apps:transfer | pipelines:transfer | teams:create | authorizations',
    create: 'apps:create | create',
    delete:
      'domains:remove | domains:clear | drains:remove | keys:remove | members:remove | access:remove | certs:remove | pg:backups:delete | pipelines:destroy',
    destroy:
      'pg:copy | apps:destroy | destroy | apps:delete | addons:destroy | pg:reset | pg:backups:restore | pg:push | redis:destroy | spaces:destroy | keys:clear | repo:reset | repo:purge_cache',
    deploy:
      'container:push | container:release | pipelines:promote | releases:rollback | rollback | builds:create | builds | git:deploy | ci:run',
  },
  special: (command, call) => runsThere(command, call) ?? runsQuery(command, call),
  examples: {
    allow: [
      'heroku apps',
      'heroku logs --tail -a shop',
      'heroku pg:info -a shop',
      'heroku local web',
      'heroku releases -a shop',
    ],
    deny: [
      'heroku apps:destroy --app shop --confirm shop',
      'heroku pg:reset -a shop --confirm shop',
      'heroku config -a shop',
      'heroku container:release web -a shop',
      'heroku access:add x@example.com -a shop',
      'heroku run -a shop rails db:drop',
      'heroku pipelines:promote -a shop-staging',
      'heroku pg:psql -a shop -c "truncate orders"',
    ],
    unsettled: ['heroku run bash -a shop', 'heroku ps:scale web=2', 'heroku config:set A=b', 'heroku nosuch:thing'],
  },
};
