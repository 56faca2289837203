import { Buffer } from 'node:buffer';
import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  readSync,
  renameSync,
  type Stats,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { largestFile } from '../config/contents.ts';
import type { NodeFileBytes } from '../config/node-file.ts';
import { codeOf, hasDirectory, makeDirectories, syncDirectory } from './directories.ts';
import { checkPath, type NodeRoot, refused } from './node-root.ts';

/** The file at a path of the node; undefined when there is none. Throws `node-path-refused` for anything but a plain file. */
export function readFile(root: NodeRoot, path: string): NodeFileBytes | undefined {
  checkPath(path);
  return readPlain(root, path);
}

/** The same for the agent's own records, which no MachineConfig may name. */
export function readPlain(root: NodeRoot, path: string): NodeFileBytes | undefined {
  if (!hasDirectory(root, path)) return undefined;
  const descriptor = openPlain(join(root.directory, path), path);
  if (descriptor === undefined) return undefined;
  try {
    const { size, mode, uid, gid } = plainStat(descriptor, path);
    const contents = readWhole(descriptor, size);
    const owner = root.owners && (uid !== 0 || gid !== 0) ? { uid, gid } : undefined;
    return { path, mode: mode & 0o7777, contents, ...(owner ? { owner } : {}) };
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Puts a file in the place of the one at its path, whole: a reader sees the old or the new one, whatever happens. Gives the
 * directories that it had to make. Throws `node-path-refused` where something else than a plain file lies.
 */
export function replaceFile(root: NodeRoot, file: NodeFileBytes): string[] {
  checkPath(file.path);
  return replacePlain(root, file);
}

/** The same for the agent's own records, which no MachineConfig may name. */
export function replacePlain(root: NodeRoot, file: NodeFileBytes): string[] {
  const real = join(root.directory, file.path);
  const made = makeDirectories(root, file.path);
  const there = lstatSync(real, { throwIfNoEntry: false });
  if (there && !there.isFile()) throw refused(file.path, 'something else than a plain file lies there');
  const temporary = temporaryPath(real);
  removePath(temporary);
  try {
    writeNew(root, temporary, file);
    renameSync(temporary, real);
  } catch (error) {
    removePath(temporary);
    throw error;
  }
  syncDirectory(root, dirname(real));
  return made;
}

/** Removes a file. One that is gone already is no fault. */
export function removeFile(root: NodeRoot, path: string): void {
  checkPath(path);
  removePlain(root, path);
}

/** The same for the agent's own records. */
export function removePlain(root: NodeRoot, path: string): void {
  const real = join(root.directory, path);
  if (!hasDirectory(root, path)) return;
  const there = lstatSync(real, { throwIfNoEntry: false });
  if (!there) return;
  if (!there.isFile()) throw refused(path, 'something else than a plain file lies there');
  removePath(real);
  syncDirectory(root, dirname(real));
}

/** Removes what a writer that died may have left beside a file. */
export function removeLeftover(root: NodeRoot, path: string): void {
  if (hasDirectory(root, path)) removePath(temporaryPath(join(root.directory, path)));
}

/** Cheap identity of a file as it lies there, to see whether it was touched. Empty when there is none. */
export function stampOf(root: NodeRoot, path: string): string {
  const there = lstatSync(join(root.directory, path), { throwIfNoEntry: false, bigint: true });
  return there ? [there.ino, there.size, there.mode, there.mtimeNs, there.ctimeNs].join(' ') : '';
}

// No program that reads a directory of configuration takes a name that begins with a dot and ends like this.
function temporaryPath(real: string): string {
  return join(dirname(real), `.${basename(real)}.pullpath-new`);
}

function openPlain(real: string, path: string): number | undefined {
  try {
    return openSync(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    if (codeOf(error) === 'ELOOP') throw refused(path, 'it is a symbolic link', error);
    if (codeOf(error) === 'ENXIO') throw refused(path, 'it is no plain file', error);
    throw error;
  }
}

function plainStat(descriptor: number, path: string): Stats {
  const stat = fstatSync(descriptor);
  if (!stat.isFile()) throw refused(path, 'it is no plain file');
  if (stat.size > largestFile) throw refused(path, `it is larger than ${largestFile} bytes`);
  return stat;
}

function readWhole(descriptor: number, size: number): Buffer {
  const contents = Buffer.alloc(size);
  let length = 0;
  for (let read = -1; read !== 0 && length < size; length += read)
    read = readSync(descriptor, contents, length, size - length, length);
  return contents.subarray(0, length);
}

function writeNew(root: NodeRoot, real: string, { contents, mode, owner = rootOwner }: NodeFileBytes): void {
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  const descriptor = openSync(real, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  try {
    for (let at = 0; at < contents.length; ) at += writeSync(descriptor, contents, at);
    if (root.owners) fchownSync(descriptor, owner.uid, owner.gid);
    // After the owner: a change of owner clears some bits.
    fchmodSync(descriptor, mode);
    if (root.durable) fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

const rootOwner = { uid: 0, gid: 0 };

function removePath(real: string): void {
  try {
    unlinkSync(real);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}
