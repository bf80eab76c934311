// Describes the tools of smart contracts: what builds and tests here, and what reaches a chain that others use.
import { parseArgs } from '../../core/options.ts';
import { type Call, defineProgram, type Lowering, type Program } from '../../core/program.ts';
import { known } from '../../core/value.ts';
import { isLocalAddress, namesProduction } from '../cloud/verbs.ts';
import { harmless, literal, opaque } from '../kit.ts';
import { entries } from '../table.ts';
import { runsProject } from './kit.ts';

const SPEC = {
  values: entries(
    '--network | --rpc-url --fork-url | --private-key | --config | --account | --from | --tags | --match-test --mt | --match-contract --mc | --match-path --mp | --verifier | --etherscan-api-key | --root | --mnemonic | --ledger | --sender | --value',
  ),
  flags: entries(
    '--broadcast | --resume | --verify | --legacy | --slow | --multi | --help -h | --version -V | -vvv -vv -v | --gas-report',
  ),
  abbreviations: false,
};
const LOCAL_NETWORK = /^(hardhat|localhost|local|development|dev|anvil|ganache|test|localnet)$/;
const LOOKS =
  /^(help|version|console|accounts|networks|vars|check|tree|inspect|config|remappings|selectors|bind|geiger|doc|cache|storage|call|balance|block|receipt|tx|logs|code|nonce|chain-id|gas-price|abi-encode|abi-decode|sig|keccak|to-wei|from-wei|to-hex|to-dec|4byte|interface|age|estimate|--to-ascii)$/;
const BUILDS =
  /^(build|compile|test|coverage|clean|fmt|flatten|snapshot|node|size-contracts|gas-reporter|typechain|lint|init|run|script)$/;
const SENDS =
  /^(deploy|verify|create|verify-contract|ignition|publish|send|mktx|migrate|etherscan-verify|export|upgrade)$/;
const WALLET = /^(wallet|keys|keystore)$/;

function lower(call: Call): Lowering {
  const parsed = parseArgs(call.args, SPEC);
  const verb = literal(parsed.operands[0]);
  if (parsed.has('--help', '--version') || call.args.length === 0) return harmless(`${call.name} help`);
  if (verb === undefined) return { effects: [opaque(`what ${call.name} does is not known`)] };
  if (WALLET.test(verb)) return { effects: [opaque(`${call.name} ${verb} handles private keys`)] };
  const network = literal(parsed.value('--network'));
  const node = literal(parsed.value('--rpc-url')) ?? literal(call.env('ETH_RPC_URL'));
  const named = parsed.value('--network', '--rpc-url') ?? call.env('ETH_RPC_URL');
  const local =
    (network !== undefined && LOCAL_NETWORK.test(network)) ||
    (node !== undefined && (LOCAL_NETWORK.test(node) || isLocalAddress(node)));
  // forge tries a script out unless it is told to broadcast; hardhat and cast act on the network they are given.
  const acts = SENDS.test(verb) || parsed.has('--broadcast', '--resume') || (verb === 'run' && named !== undefined);
  if (acts && !local && (named !== undefined || verb === 'send' || parsed.has('--broadcast')))
    return {
      effects: [
        {
          kind: 'deploy',
          platform: call.name,
          environment:
            /^main|mainnet/.test(`${network} ${node}`) || namesProduction(`${network}`) ? 'production' : 'unknown',
          what: `${call.name} ${verb}`,
        },
        { kind: 'code.run', origin: 'project', language: 'project', what: known(`${call.name} ${verb}`), taints: [] },
      ],
    };
  if (LOOKS.test(verb)) return harmless(`${call.name} ${verb}`);
  if (BUILDS.test(verb) || SENDS.test(verb)) return { effects: [runsProject(`${call.name} ${verb}`, call)] };
  if (/^(install|update|remove)$/.test(verb))
    return {
      effects: [
        {
          kind: 'pkg.install',
          manager: call.name,
          names: parsed.operands.slice(1).map((word) => word.value),
          source: parsed.operands.length > 1 && verb === 'install' ? 'git' : 'manifest',
          global: false,
          ...(verb === 'remove' ? { remove: true } : {}),
        },
      ],
    };
  return call.name === 'hardhat'
    ? { effects: [runsProject(`hardhat ${verb}`, call)] }
    : { effects: [opaque(`what ${call.name} ${verb} does is not known`)] };
}

export const chainPrograms: readonly Program[] = [
  defineProgram({
    names: ['hardhat', 'forge', 'cast'],
    lower,
    examples: {
      allow: [
        'npx hardhat test',
        'hardhat run scripts/deploy.ts --network localhost',
        'forge test -vvv --match-test testFoo',
        'forge build',
        'forge script script/Deploy.s.sol --rpc-url http://localhost:8545 --broadcast',
        'cast balance 0x1',
      ],
      deny: ['npx hardhat run scripts/deploy.ts --network mainnet'],
      unsettled: [
        'hardhat run scripts/deploy.ts --network sepolia',
        'forge script script/Deploy.s.sol --rpc-url https://rpc.example --broadcast',
        'cast send 0x1 "f()"',
        'cast wallet new',
        'forge install someone/lib',
      ],
    },
  }),
];
