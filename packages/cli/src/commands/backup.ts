import type { Command } from 'commander';
import { withExamples } from './shared-options.ts';

export function registerBackup(program: Command): void {
  const backup = program
    .command('backup')
    .description('copy the state of a server, running or not, into a file')
    .argument('<file>', 'the copy; must not exist')
    .option('--data-dir <dir>', 'data directory of the server', '.pullpath')
    .action(async (file: string, { dataDir }: { dataDir: string }) => {
      const { backupTo } = await import('../actions/backup.ts');
      process.exitCode = await backupTo(file, dataDir);
    });
  withExamples(
    backup,
    'pullpath backup state-monday.db',
    'pullpath backup --data-dir /var/lib/pullpath /backup/state.db',
  );
  const restore = program
    .command('restore')
    .description('put a backup in the place of the state of a stopped server')
    .argument('<file>', 'a file that "pullpath backup" wrote')
    .option('--data-dir <dir>', 'data directory of the server', '.pullpath')
    .action(async (file: string, { dataDir }: { dataDir: string }) => {
      const { restoreFrom } = await import('../actions/backup.ts');
      process.exitCode = restoreFrom(file, dataDir);
    });
  withExamples(
    restore,
    'pullpath restore state-monday.db',
    'pullpath restore /backup/state.db --data-dir /var/lib/pullpath',
  );
}
