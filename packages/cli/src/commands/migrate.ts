import type { Command } from 'commander';
import { outputOption, withExamples } from './shared-options.ts';

export interface MigrateFlags {
  readonly destDir?: string;
  readonly output?: string;
}

export function registerMigrate(program: Command): void {
  const migrate = program.command('migrate').description('convert deprecated mirror resources');
  const icsp = migrate
    .command('icsp')
    .description('ImageContentSourcePolicy to ImageDigestMirrorSet, proven to give the same node files')
    .argument('<path...>', 'files, directories (recursive), - for stdin')
    .option('--dest-dir <dir>', 'write one file per input here instead of stdout')
    .addOption(outputOption('yaml', 'json'))
    .action(async (paths: string[], flags: MigrateFlags) => {
      const { migrateIcspFiles } = await import('../actions/migrate.ts');
      process.exitCode = await migrateIcspFiles(paths, flags);
    });
  withExamples(icsp, 'pullpath migrate icsp icsp.yaml', 'pullpath migrate icsp old/ --dest-dir new/');
  const sources = migrate
    .command('content-sources')
    .description('imageContentSources and NodePool tag mirrors to today’s form')
    .argument('<path...>', 'files, directories (recursive), - for stdin')
    .option('--dest-dir <dir>', 'write the results here instead of stdout')
    .addOption(outputOption('yaml', 'json'))
    .action(async (paths: string[], flags: MigrateFlags) => {
      const { migrateContentSourceFiles } = await import('../actions/migrate.ts');
      process.exitCode = await migrateContentSourceFiles(paths, flags);
    });
  withExamples(
    sources,
    'pullpath migrate content-sources hosted-cluster.yaml',
    'pullpath migrate content-sources install-config.yaml',
  );
}
