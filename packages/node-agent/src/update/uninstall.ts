import { CodedError } from '@pullpath/diagnostics';
import { type FileRecord, recordOf } from '../config/node-file.ts';
import { readFile } from '../root/files.ts';
import type { LocalState } from '../root/local-state.ts';
import type { NodeRoot } from '../root/node-root.ts';
import { place, removeEmptyDirectories } from './change-files.ts';

/** What became of the files of an agent that leaves. */
export interface Uninstalled {
  /** Paths that are again as they were before the agent. */
  readonly restored: readonly string[];
  /** Paths that someone has changed since; they are that one's now and stay. */
  readonly left: readonly string[];
}

/** Gives back what an agent wrote on a node: what lay there comes back, what is ours goes, what someone edited stays. */
export function giveBackFiles(root: NodeRoot, local: LocalState): Uninstalled {
  const own = ownRecords(local);
  const restored = [...own.keys()].filter((path) => isOurs(root, path, own.get(path) ?? []));
  const before = new Map(local.originals.map(({ path, record }) => [path, record]));
  for (const path of restored) place(root, path, before.get(path));
  removeEmptyDirectories(root, local.directories);
  return { restored, left: [...own.keys()].filter((path) => !restored.includes(path)) };
}

/** What we wrote at each path: of a change that was cut off there may be the old or the new. */
function ownRecords({ files, update }: LocalState): Map<string, FileRecord[]> {
  const records = new Map<string, FileRecord[]>();
  for (const record of [...files, ...(update?.files ?? [])])
    records.set(record.path, [...(records.get(record.path) ?? []), record]);
  return records;
}

function isOurs(root: NodeRoot, path: string, records: readonly FileRecord[]): boolean {
  try {
    const there = readFile(root, path);
    return there === undefined || records.some(({ sha256 }) => sha256 === recordOf(there).sha256);
  } catch (error) {
    // Something that is no plain file has taken its place.
    if (error instanceof CodedError) return false;
    throw error;
  }
}
