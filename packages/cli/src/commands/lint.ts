import { type Command, Option } from 'commander';
import { withExamples } from './shared-options.ts';

export function registerLint(program: Command): void {
  const command = program
    .command('lint')
    .description('find what is wrong, or will surprise, in mirror manifests')
    .argument('<path...>', 'files, directories (recursive), - for stdin')
    .option('--fix', 'apply the safe repairs to the files')
    .addOption(
      new Option('--format <format>', 'how problems are written')
        .choices(['pretty', 'json', 'sarif', 'junit', 'github'])
        .default('pretty'),
    )
    .action(async (paths: string[], flags: { fix?: boolean; format: string }) => {
      const { lint } = await import('../actions/lint.ts');
      process.exitCode = await lint(paths, flags);
    });
  withExamples(command, 'pullpath lint manifests/', 'pullpath lint --fix mirrors.yaml');
}
