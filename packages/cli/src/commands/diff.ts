import type { Command } from 'commander';
import type { ChangeFlags } from './plan.ts';
import { addLiveOptions, addScopeOptions, outputOption, withExamples } from './shared-options.ts';

export function registerDiff(program: Command): void {
  const command = program
    .command('diff')
    .description('compare two sets of manifests: rules by meaning, node files by line')
    .option('--from <path...>', 'manifests as they are now (default: what an API server holds)')
    .requiredOption('--to <path...>', 'manifests as they will be')
    .addOption(outputOption('text', 'json', 'yaml'))
    .action(async (flags: ChangeFlags) => {
      const { diff } = await import('../actions/diff.ts');
      process.exitCode = await diff(flags);
    });
  addScopeOptions(command);
  addLiveOptions(command);
  withExamples(
    command,
    'pullpath diff --from live/ --to proposed/',
    'pullpath diff --from live/ --to - < proposed.yaml',
  );
}
