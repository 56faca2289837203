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
import { dirname } from 'node:path';
import { CodedError } from '@pullpath/diagnostics';

/** Replaces one file atomically; its permission bits are exactly `mode`, or `keep` those that it has. */
export function writeWhole(path: string, contents: string, mode: number | 'keep'): void {
  // Through a symbolic link the file behind it is replaced, not the link.
  const target = existsSync(path) ? realpathSync(path) : path;
  const temporary = temporaryName(target);
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
    throw fileUnwritable(target, cause);
  }
}

/** Where a file lies until it takes the place of `target`: beside it, so that one rename does that. */
export function temporaryName(target: string): string {
  return `${target}.pullpath-${process.pid}`;
}

/** The failure to write a file. */
export function fileUnwritable(target: string, cause: unknown): CodedError {
  return new CodedError('file-unwritable', `cannot write ${target}: ${(cause as Error).message}`, {
    hint: 'check that the directory exists, is writable and has room',
    cause,
  });
}

function writeAll(handle: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(handle, bytes, written);
}
