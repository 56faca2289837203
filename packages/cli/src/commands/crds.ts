import type { Command } from 'commander';
import { outputOption, withExamples } from './shared-options.ts';

export function registerCrds(program: Command): void {
  const command = program
    .command('crds')
    .description('CustomResourceDefinitions of the kinds that pullpath knows')
    .argument('[kind...]', 'only these (kind, plural or short name)')
    .addOption(outputOption('yaml', 'json').default('yaml'))
    .action(async (names: string[], flags: { output: string }) => {
      const { crds } = await import('../actions/crds.ts');
      process.exitCode = crds(names, flags);
    });
  withExamples(command, 'pullpath crds | kubectl apply --server-side -f -', 'pullpath crds idms itms');
}
