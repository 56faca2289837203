import { existsSync, mkdirSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { CodedError } from '@pullpath/diagnostics';
import type { NodeFile } from '@pullpath/pull-config';
import { fileUnwritable, temporaryName } from './write-whole.ts';

/**
 * Writes a node's files below `directory`, each one whole or not at all: all lie beside their targets, on the disk, before
 * the first takes its place, so that a full disk or a crash while they are written changes nothing. What else lies there is
 * left alone; `onWritten` hears of each. Throws `CodedError` when a path would leave the directory or cannot be written.
 */
export async function writeTree(
  directory: string,
  files: readonly NodeFile[],
  onWritten: (path: string) => void,
): Promise<void> {
  const placed = files.map((file): PlacedFile => ({ ...file, target: inside(directory, file.path) }));
  const folders = foldersOf(resolve(directory), placed);
  try {
    for (const folder of folders) orUnwritable(folder, () => mkdirSync(folder, { recursive: true }));
    await several(placed, writeBeside);
    for (const file of placed) {
      orUnwritable(file.target, () => renameSync(temporaryOf(file), linkEnd(file.target)));
      onWritten(file.target);
    }
  } finally {
    for (const temporary of placed.map(temporaryOf)) if (existsSync(temporary)) rmSync(temporary);
  }
  await several(folders, syncFolder);
}

interface PlacedFile extends NodeFile {
  readonly target: string;
}

function inside(directory: string, path: string): string {
  const target = resolve(join(directory, path));
  if (!relative(resolve(directory), target).startsWith('..')) return target;
  throw new CodedError('path-outside', `${path} would be written outside ${directory}`);
}

/** Every folder from the root to a file: a new one is a new name in the one above it. */
function foldersOf(root: string, files: readonly PlacedFile[]): readonly string[] {
  const folders = new Set([root]);
  for (const { target } of files) {
    for (let folder = dirname(target); !folders.has(folder); folder = dirname(folder)) folders.add(folder);
  }
  return [...folders];
}

// Through a symbolic link the file behind it is replaced, not the link.
function linkEnd(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}

function temporaryOf({ target }: PlacedFile): string {
  return temporaryName(linkEnd(target));
}

async function writeBeside(file: PlacedFile): Promise<void> {
  try {
    const handle = await open(temporaryOf(file), 'w', file.mode);
    try {
      // Not left to the umask: the bits are part of what a node gets.
      await handle.chmod(file.mode);
      await handle.writeFile(file.contents);
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (cause) {
    throw fileUnwritable(file.target, cause);
  }
}

// A new name is on the disk once its folder is.
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch (cause) {
    throw fileUnwritable(folder, cause);
  }
}

function orUnwritable(path: string, work: () => void): void {
  try {
    work();
  } catch (cause) {
    throw fileUnwritable(path, cause);
  }
}

// The disk serves several flushes in the time of one.
const atOnce = 32;

/** Works on all items, some at once; after the first failure no other is begun, and it is thrown when all have ended. */
async function several<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const failures: unknown[] = [];
  const worker = async (): Promise<void> => {
    for (const item of left) {
      if (failures.length > 0) return;
      await work(item).catch((cause: unknown) => failures.push(cause));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  if (failures.length > 0) throw failures[0];
}
