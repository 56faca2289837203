import { type Command, Option } from 'commander';
import { withExamples } from './shared-options.ts';

export interface LintFlags {
  readonly fix?: boolean;
  readonly format: string;
  readonly releaseImage?: string;
}

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
    .option('--release-image <ref>', 'release image (default: the ClusterVersion, or the HostedCluster)')
    .action(async (paths: string[], flags: LintFlags) => {
      const { lint } = await import('../actions/lint.ts');
      process.exitCode = await lint(paths, flags);
    });
  withExamples(command, 'pullpath lint manifests/', 'pullpath lint --fix mirrors.yaml');
}
