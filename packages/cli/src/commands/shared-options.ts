import { type Command, InvalidArgumentError, Option } from 'commander';

/** What `addScopeOptions` yields: for whom node files are made, and the release they are made for. */
export interface ScopeFlags {
  readonly pool?: string;
  readonly hostedCluster?: string;
  readonly cluster?: string;
  readonly nodePool?: string;
  readonly releaseImage?: string;
}

export function addScopeOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--pool <name>', 'MachineConfigPool (default: worker)').conflicts(['hostedCluster', 'nodePool']),
    )
    .option('--hosted-cluster <ns/name>', 'HostedCluster; together with --node-pool')
    .addOption(
      new Option('--cluster <ns/name>', 'HostedCluster; --pool then names its NodePool').conflicts('hostedCluster'),
    )
    .option('--node-pool <name>', 'NodePool of the HostedCluster')
    .option('--release-image <ref>', 'release image (default: the ClusterVersion, or the HostedCluster)');
}

/** What `addLiveOptions` yields: which API server is asked where no manifests are given. */
export function addLiveOptions(command: Command): Command {
  return command
    .option('--kubeconfig <file>', 'the API server (default: KUBECONFIG, .pullpath/kubeconfig, ~/.kube/config)')
    .option('--context <name>', 'context of the kubeconfig');
}

export const manifestPaths: readonly [flags: string, description: string] = [
  '-f, --filename <path...>',
  'manifests: files, directories (recursive), - for stdin',
];

export function runtimeOption(choices: readonly string[]): Option {
  return new Option('--runtime <runtime>', 'whose files').choices([...choices]).default('crio');
}

export function outputOption(...formats: string[]): Option {
  return new Option('-o, --output <format>', 'output format').choices(formats);
}

/** How a program that runs for long writes its lines. */
export function logFormatOption(): Option {
  return new Option('--log-format <format>', 'lines on stderr').choices(['text', 'json']).default('text');
}

/** Yields seconds, more than zero. */
export function timeoutOption(): Option {
  return new Option('--timeout <seconds>', 'deadline of the probes').default(10).argParser(secondsOf);
}

const longestTimeout = 86_400;

function secondsOf(text: string): number {
  const seconds = Number(text);
  if (seconds > 0 && seconds <= longestTimeout) return seconds;
  throw new InvalidArgumentError(`It must be a number of seconds up to ${longestTimeout}.`);
}

/** Two examples stand before everything else in the help. */
export function withExamples(command: Command, ...examples: readonly [string, string]): Command {
  return command.addHelpText('before', `Examples:\n${examples.map((line) => `  ${line}\n`).join('')}`);
}
