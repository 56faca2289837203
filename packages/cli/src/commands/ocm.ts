import { type Command, InvalidArgumentError } from 'commander';
import { withExamples } from './shared-options.ts';

export interface OcmFlags {
  readonly dataDir: string;
  readonly clusters?: readonly string[];
}

export interface TokenFlags extends OcmFlags {
  readonly name: string;
  /** Seconds. */
  readonly ttl?: number;
  readonly refresh?: boolean;
}

export function registerOcm(program: Command): void {
  const group = program.command('ocm').description('who may use the OCM API of serve and operator');
  const token = group.command('token').description('tokens of the OCM API');
  const create = scoped(token.command('create'))
    .description('print an access token; the server need not run')
    .option('--name <account>', 'whose name it bears', 'admin')
    .option('--ttl <time>', 'how long it lasts, like 15m or 1h (default: 15m, with --refresh 10h)', secondsOf)
    .option('--refresh', 'print a refresh token instead, for a client that renews by itself')
    .action(async (flags: TokenFlags) => {
      const { createToken } = await import('../actions/ocm-access.ts');
      process.exitCode = createToken(flags);
    });
  withExamples(
    create,
    'pullpath ocm token create --data-dir .pullpath',
    'pullpath ocm token create --clusters ID --ttl 1h',
  );
  const account = group.command('account').description('service accounts of the OCM API');
  const createOne = scoped(account.command('create'))
    .description('make a service account; its id and secret are printed once, as JSON')
    .argument('<name>', 'its name')
    .action(async (name: string, flags: OcmFlags) => {
      const { createAccount } = await import('../actions/ocm-access.ts');
      process.exitCode = createAccount(name, flags);
    });
  withExamples(createOne, 'pullpath ocm account create terraform', 'pullpath ocm account create ci --clusters ID');
}

function scoped(command: Command): Command {
  return command
    .option('--data-dir <dir>', 'the directory of serve, or of operator', '.pullpath')
    .option('--clusters <ids>', 'for these clusters alone, separated by commas (default: all)', idsOf);
}

function idsOf(text: string): readonly string[] {
  const ids = text.split(',').map((id) => id.trim());
  if (ids.includes('')) throw new InvalidArgumentError('It must be ids of clusters, separated by commas.');
  return ids;
}

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
const longestSeconds = 30 * 86_400;

function secondsOf(text: string): number {
  const [, count = '', unit = 's'] = /^(\d{1,7})([smhd])?$/.exec(text) ?? [];
  const seconds = Number(count) * (units[unit] ?? 0);
  if (seconds > 0 && seconds <= longestSeconds) return seconds;
  throw new InvalidArgumentError('It must be a time like 90s, 15m or 1h, up to 30d.');
}
