import type { Command } from 'commander';
import { outputOption } from './shared-options.ts';

export function registerVersion(program: Command): void {
  program
    .command('version')
    .description('version of pullpath and of its runtime')
    .addOption(outputOption('text', 'json'))
    .action(async (flags: { output?: string }) => {
      const { version } = await import('../actions/version.ts');
      process.exitCode = version(flags);
    });
}
