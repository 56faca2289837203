import type { Command } from 'commander';
import { withExamples } from './shared-options.ts';

export function registerPullSecret(program: Command): void {
  const group = program.command('pull-secret').description('work with pull secrets');
  const merge = group
    .command('merge')
    .description('merge pull secrets; later files win, conflicts are named')
    .argument('<file...>', 'JSON pull secrets or Secret manifests, - for stdin')
    .option('--out <file>', 'write here, readable by the owner only, instead of stdout')
    .action(async (files: string[], flags: { out?: string }) => {
      const { mergePullSecretFiles } = await import('../actions/pull-secret.ts');
      process.exitCode = await mergePullSecretFiles(files, flags);
    });
  withExamples(
    merge,
    'pullpath pull-secret merge redhat.json mirror.json --out merged.json',
    'pullpath pull-secret merge a.json b.json > merged.json',
  );
}
