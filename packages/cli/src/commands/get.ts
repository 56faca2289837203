import type { Command } from 'commander';
import { addLiveOptions, outputOption, withExamples } from './shared-options.ts';

export interface GetFlags {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly cluster?: string;
  readonly namespace?: string;
  readonly output: 'text' | 'json' | 'yaml';
}

export function registerGet(program: Command): void {
  const command = addLiveOptions(
    program.command('get <kind> [name]').description('objects of an API server, in the columns that it shows'),
  )
    .option('-n, --namespace <name>', 'where to look (default: every namespace)')
    .option('--cluster <ns/name>', 'ask the API of a HostedCluster')
    .addOption(outputOption('text', 'json', 'yaml').default('text'))
    .action(async (kind: string, name: string | undefined, flags: GetFlags) => {
      const { get } = await import('../actions/get.ts');
      process.exitCode = await get(kind, name, flags);
    });
  withExamples(command, 'pullpath get idms', 'pullpath get nodes --cluster clusters/my-cluster');
}
