import { closeSync, constants, fsyncSync, lstatSync, mkdirSync, openSync, rmdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type NodeRoot, refused } from './node-root.ts';

/** Whether the directory of a node's file is there, all of plain directories. Throws `node-path-refused` for a link on the way. */
export function hasDirectory(root: NodeRoot, path: string): boolean {
  return ancestors(path).every((parent) => isDirectory(root, parent, path));
}

/** Makes what is missing of the directories of a file. Gives those made, the outermost first. */
export function makeDirectories(root: NodeRoot, path: string): string[] {
  const missing = missingDirectories(root, path);
  for (const parent of missing) {
    mkdirSync(join(root.directory, parent), { mode: 0o755 });
    syncDirectory(root, dirname(join(root.directory, parent)));
  }
  return missing;
}

/** The directories that a file would need and that are not there, the outermost first. Throws `node-path-refused` likewise. */
export function missingDirectories(root: NodeRoot, path: string): string[] {
  return ancestors(path).filter((parent) => !isDirectory(root, parent, path));
}

/** Removes a directory of a node when nothing is in it. */
export function removeIfEmpty(root: NodeRoot, path: string): void {
  try {
    rmdirSync(join(root.directory, path));
    syncDirectory(root, dirname(join(root.directory, path)));
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(codeOf(error))) throw error;
  }
}

/** Has the names in a directory on the disk. */
export function syncDirectory({ durable }: NodeRoot, directory: string): void {
  if (!durable) return;
  const descriptor = openSync(directory, constants.O_RDONLY);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** `/etc/containers/policy.json` gives `/etc` and `/etc/containers`. */
function ancestors(path: string): string[] {
  const segments = path.split('/').slice(1, -1);
  return segments.map((_, index) => `/${segments.slice(0, index + 1).join('/')}`);
}

function isDirectory(root: NodeRoot, parent: string, path: string): boolean {
  const entry = lstatSync(join(root.directory, parent), { throwIfNoEntry: false });
  if (!entry) return false;
  if (entry.isSymbolicLink()) throw refused(path, `${parent} is a symbolic link`);
  if (!entry.isDirectory()) throw refused(path, `${parent} is no directory`);
  return true;
}
