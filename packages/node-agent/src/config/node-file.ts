import { Buffer, isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { NodeFile } from '@pullpath/pull-config';

/** Numbers of a user and a group. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** A file on a node with its bytes; the rules of mirrors are text, but a MachineConfig may carry anything. */
export interface NodeFileBytes {
  readonly path: string;
  /** Permission bits, e.g. 0o644. */
  readonly mode: number;
  readonly contents: Buffer;
  /** Root unless set. */
  readonly owner?: Owner | undefined;
}

/** A file by what identifies its contents. */
export interface FileRecord {
  readonly path: string;
  readonly mode: number;
  /** Hex. */
  readonly sha256: string;
  readonly owner?: Owner | undefined;
}

export function recordOf({ path, mode, contents, owner }: NodeFileBytes): FileRecord {
  return { path, mode, sha256: sha256(contents), ...(owner ? { owner } : {}) };
}

export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** As the pure rooms take a file. What is no text stands as base64, so that two such files compare as different. */
export function asText({ path, mode, contents }: NodeFileBytes): NodeFile {
  return { path, mode, contents: isUtf8(contents) ? contents.toString() : `base64:${contents.toString('base64')}` };
}

export function fromText({ path, mode, contents }: NodeFile): NodeFileBytes {
  return { path, mode, contents: Buffer.from(contents) };
}
