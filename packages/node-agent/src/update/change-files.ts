import type { FileRecord } from '../config/node-file.ts';
import { recordOf } from '../config/node-file.ts';
import { removeIfEmpty } from '../root/directories.ts';
import { readFile, removeFile, removeLeftover, replaceFile } from '../root/files.ts';
import type { LocalState, Update } from '../root/local-state.ts';
import type { NodeRoot } from '../root/node-root.ts';
import { keptFile } from '../root/state-store.ts';
import { originalOf } from './plan-update.ts';

/** Puts the files of a change in place. May be repeated: what is there already is not written again. */
export function applyFiles(root: NodeRoot, local: LocalState, update: Update): void {
  const wanted = new Set(update.files.map(({ path }) => path));
  for (const record of update.files) place(root, record.path, record);
  for (const { path } of local.files) if (!wanted.has(path)) place(root, path, originalOf(local, path));
}

/** Puts the files of before a change back. May be repeated. */
export function undoFiles(root: NodeRoot, local: LocalState, update: Update): void {
  const before = new Map(local.files.map((record) => [record.path, record]));
  for (const record of local.files) place(root, record.path, record);
  for (const { path } of update.files) if (!before.has(path)) place(root, path, originalOf(local, path));
}

/** Has the file of a record at a path, or none. */
export function place(root: NodeRoot, path: string, record: FileRecord | undefined): void {
  removeLeftover(root, path);
  if (!record) removeFile(root, path);
  else if (!isInPlace(root, record)) replaceFile(root, keptFile(root, record));
}

export function isInPlace(root: NodeRoot, record: FileRecord): boolean {
  const there = readFile(root, record.path);
  return there !== undefined && isSameRecord(recordOf(there), record, root.owners);
}

/** Removes directories of ours that hold nothing any more; gives those that stay. */
export function removeEmptyDirectories(root: NodeRoot, directories: readonly string[]): void {
  for (const directory of directories.toReversed()) removeIfEmpty(root, directory);
}

function isSameRecord(one: FileRecord, other: FileRecord, owners: boolean): boolean {
  const isSameOwner = one.owner?.uid === other.owner?.uid && one.owner?.gid === other.owner?.gid;
  return one.sha256 === other.sha256 && one.mode === other.mode && (!owners || isSameOwner);
}
