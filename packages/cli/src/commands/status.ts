import type { Command } from 'commander';
import { addLiveOptions, outputOption, withExamples } from './shared-options.ts';

export interface StatusFlags {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly cluster?: string;
  readonly watch?: boolean;
  readonly verbose?: boolean;
  readonly output: 'text' | 'json' | 'yaml';
}

export function registerStatus(program: Command): void {
  const command = addLiveOptions(
    program.command('status').description('pools, their nodes and where each is on its way, files that have drifted'),
  )
    .option('--cluster <ns/name>', 'the NodePools of a HostedCluster (default: the pools of the management cluster)')
    .option('-w, --watch', 'go on until Ctrl-C, with every change')
    .option('-v, --verbose', 'every node')
    .addOption(outputOption('text', 'json', 'yaml').default('text'))
    .action(async (flags: StatusFlags) => {
      const { status } = await import('../actions/status.ts');
      process.exitCode = await status(flags);
    });
  withExamples(command, 'pullpath status --watch', 'pullpath status --cluster clusters/my-cluster -o json');
}
