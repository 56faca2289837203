import {
  closeSync,
  existsSync,
  fchmodSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { CodedError } from '@pullpath/diagnostics';
import type { NodeFile } from '@pullpath/pull-config';

/**
 * Writes a node's files below `directory`: each one whole or not at all (temporary file, fsync, rename). What else lies
 * there is left alone; `onWritten` hears of each. Throws `CodedError` when a path would leave the directory or cannot be
 * written.
 */
export function writeTree(directory: string, files: readonly NodeFile[], onWritten: (path: string) => void): void {
  const targets = files.map((file) => ({ ...file, target: inside(directory, file.path) }));
  for (const { target, mode, contents } of targets) {
    writeWhole(target, contents, mode);
    onWritten(target);
  }
}

function inside(directory: string, path: string): string {
  const target = resolve(join(directory, path));
  if (!relative(resolve(directory), target).startsWith('..')) return target;
  throw new CodedError('path-outside', `${path} would be written outside ${directory}`);
}

/** Replaces one file atomically; its permission bits are exactly `mode`, or `keep` those that it has. */
export function writeWhole(path: string, contents: string, mode: number | 'keep'): void {
  // Through a symbolic link the file behind it is replaced, not the link.
  const target = existsSync(path) ? realpathSync(path) : path;
  const temporary = `${target}.pullpath-${process.pid}`;
  try {
    mkdirSync(dirname(target), { recursive: true });
    const bits = mode === 'keep' ? statSync(target).mode & 0o777 : mode;
    const handle = openSync(temporary, 'w', bits);
    try {
      // Not left to the umask: the bits are part of what a node gets.
      fchmodSync(handle, bits);
      writeAll(handle, Buffer.from(contents));
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, target);
  } catch (cause) {
    if (existsSync(temporary)) rmSync(temporary);
    throw new CodedError('file-unwritable', `cannot write ${target}: ${(cause as Error).message}`, {
      hint: 'check that the directory exists, is writable and has room',
      cause,
    });
  }
}

function writeAll(handle: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(handle, bytes, written);
}
