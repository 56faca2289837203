import { CodedError } from '@pullpath/diagnostics';
import { pathFault } from '../config/path.ts';

/** Where the files of a node lie. */
export interface NodeRoot {
  /** Directory that is `/` on the node. */
  readonly directory: string;
  /** Whether a write counts only once it is on the disk. Off for machines that are thrown away. */
  readonly durable: boolean;
  /** Whether files get the owner that is asked for, which takes root. */
  readonly owners: boolean;
}

/** The root of a real node, or of a directory that stands for one. */
export function openRoot(directory: string, durable = true): NodeRoot {
  return { directory, durable, owners: process.getuid?.() === 0 };
}

/** Throws `node-path-refused` for a path that no MachineConfig may name. */
export function checkPath(path: string): void {
  const fault = pathFault(path);
  if (fault !== undefined) throw refused(path, fault);
}

export function refused(path: string, why: string, cause?: unknown): CodedError {
  const hint = 'only plain files below plain directories are written; nothing is followed';
  return new CodedError('node-path-refused', `${path} is not touched: ${why}`, {
    hint,
    ...(cause === undefined ? {} : { cause }),
  });
}
