import { type Command, Option } from 'commander';

/** What `addScopeOptions` yields: for whom node files are made, and the release they are made for. */
export interface ScopeFlags {
  readonly pool?: string;
  readonly hostedCluster?: string;
  readonly nodePool?: string;
  readonly releaseImage?: string;
}

export function addScopeOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--pool <name>', 'MachineConfigPool (default: worker)').conflicts(['hostedCluster', 'nodePool']),
    )
    .option('--hosted-cluster <ns/name>', 'HostedCluster; together with --node-pool')
    .option('--node-pool <name>', 'NodePool of the HostedCluster')
    .option('--release-image <ref>', 'release image (default: the ClusterVersion, or the HostedCluster)');
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

/** Two examples stand before everything else in the help. */
export function withExamples(command: Command, ...examples: readonly [string, string]): Command {
  return command.addHelpText('before', `Examples:\n${examples.map((line) => `  ${line}\n`).join('')}`);
}
