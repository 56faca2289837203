import { CodedError } from '@pullpath/diagnostics';
import type { FileRecord } from '../config/node-file.ts';
import { recordOf } from '../config/node-file.ts';
import { readFile, stampOf } from '../root/files.ts';
import type { NodeRoot } from '../root/node-root.ts';
import { isInPlace } from '../update/change-files.ts';

/** A file of ours that is not as we wrote it. */
export interface Drift {
  readonly path: string;
  /** `replaced`: something that is no plain file lies there, or on the way to it. */
  readonly what: 'edited' | 'mode changed' | 'deleted' | 'replaced';
}

/** Files that were in order when their stamp was taken, by path. */
export type Stamps = Map<string, string>;

/** Looks at every file of ours; one whose stamp is the same as when it was last in order is not read again. */
export function findDrift(root: NodeRoot, files: readonly FileRecord[], stamps: Stamps): Drift[] {
  return files.flatMap((record) => {
    const stamp = `${stampOf(root, record.path)} ${record.sha256} ${record.mode}`;
    if (stamps.get(record.path) === stamp) return [];
    const what = driftOf(root, record);
    if (what === undefined) stamps.set(record.path, stamp);
    else stamps.delete(record.path);
    return what === undefined ? [] : [{ path: record.path, what }];
  });
}

function driftOf(root: NodeRoot, record: FileRecord): Drift['what'] | undefined {
  try {
    const there = readFile(root, record.path);
    if (!there) return 'deleted';
    if (recordOf(there).sha256 !== record.sha256) return 'edited';
    return isInPlace(root, record) ? undefined : 'mode changed';
  } catch (error) {
    if (error instanceof CodedError) return 'replaced';
    throw error;
  }
}
