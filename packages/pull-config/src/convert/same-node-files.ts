import type { LocatedObject } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { diffNodeFiles, type FileChange } from '../impact/changed-files.ts';
import { poolState } from '../impact/planned-pool.ts';
import type { Dialect, Scope } from '../model.ts';

/** Whether two sets of objects give nodes the same files. */
export interface NodeFilesComparison {
  /** True when both sides render and no file differs. */
  readonly equal: boolean;
  readonly changes: readonly FileChange[];
  /** Why a side does not render; the side before first. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The proof behind a migration: collects, compiles and renders the objects before and after for one scope and compares
 * the files. Give the other objects of the cluster on both sides, so that conflicts with them show too.
 */
export function compareNodeFiles(
  before: readonly LocatedObject[],
  after: readonly LocatedObject[],
  scope: Scope,
  dialect: Dialect = '4.19',
): NodeFilesComparison {
  const sides = [before, after].map((objects) => poolState(objects, scope, { dialect }));
  const [old, now] = sides.map(({ value }) => value);
  const diagnostics = sides.flatMap((side) => (side.value ? [] : side.diagnostics));
  if (!old || !now) return { equal: false, changes: [], diagnostics };
  const changes = diffNodeFiles(old.files, now.files);
  return { equal: changes.length === 0, changes, diagnostics };
}
