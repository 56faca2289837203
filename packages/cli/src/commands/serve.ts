import type { Command } from 'commander';
import { logFormatOption, withExamples } from './shared-options.ts';

export interface ServeFlags {
  readonly dataDir: string;
  readonly listen: string;
  readonly logFormat: 'text' | 'json';
}

export function registerServe(program: Command): void {
  const command = program
    .command('serve')
    .description('a Kubernetes API for mirror resources, in one process and one file')
    .option('--data-dir <dir>', 'where state, certificates and the admin kubeconfig live', '.pullpath')
    .option(
      '--listen <address>',
      'host:port, or a port on 127.0.0.1; port 0 takes the one of last time, or any',
      '127.0.0.1:0',
    )
    .addOption(logFormatOption())
    .action(async (flags: ServeFlags) => {
      const { serve } = await import('../actions/serve.ts');
      process.exitCode = await serve(flags);
    });
  withExamples(command, 'pullpath serve', 'kubectl --kubeconfig .pullpath/kubeconfig get imagetagmirrorsets');
}
