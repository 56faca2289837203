import { closeSync, copyFileSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CodedError } from '@pullpath/diagnostics';
import { stateFault } from '../store/database.ts';
import { Store } from '../store/store.ts';

/** Opens the store of a server: Secrets sealed, the past of leases and events in memory only. Throws as `Store.open`. */
export function openServerStore(directory: string): Store {
  return Store.open({
    directory,
    isSecret: (collection) => collection.endsWith('//secrets'),
    // What changes all the time, and matters only now.
    isVolatile: (collection) => collection.endsWith('/coordination.k8s.io/leases') || collection.endsWith('//events'),
  });
}

/**
 * Puts a backup in the place of a directory's store, damaged or not; the old one is kept beside it as
 * `state.db.before-restore`. Throws `CodedError`: `store-in-use` while a server runs there, `backup-unusable`.
 */
export function restoreStore(backup: string, directory: string): void {
  const target = join(directory, 'state.db');
  refuseRunning(directory);
  checkBackup(backup);
  copyDurably(backup, `${target}.restored`);
  // The log of the old file must not be replayed into the new one; it stays with its own.
  for (const suffix of ['-wal', '']) {
    rmSync(`${target}.before-restore${suffix}`, { force: true });
    if (existsSync(`${target}${suffix}`)) renameSync(`${target}${suffix}`, `${target}.before-restore${suffix}`);
  }
  renameSync(`${target}.restored`, target);
}

function checkBackup(backup: string): void {
  const fault = existsSync(backup) ? stateFault(backup) : 'there is no such file';
  if (fault === undefined) return;
  throw new CodedError('backup-unusable', `${backup} is no backup: ${fault}`, {
    hint: 'name a file that "pullpath backup" wrote',
  });
}

// A store that does not open because it is damaged is what a restore is for.
function refuseRunning(directory: string): void {
  try {
    openServerStore(directory).close();
  } catch (error) {
    if (error instanceof CodedError && error.code === 'store-in-use') throw error;
  }
}

function copyDurably(from: string, to: string): void {
  copyFileSync(from, to);
  const handle = openSync(to, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
