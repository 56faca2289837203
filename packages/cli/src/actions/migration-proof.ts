import { fromObject } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { compareNodeFiles, type IcspMigration } from '@pullpath/pull-config';

/** The proof that a migration leaves node files alone, in one sentence for stderr. */
export interface MigrationProof {
  readonly sentence: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Renders a worker's files from the old and from the new objects and compares them byte for byte. */
export function proveSameFiles({ migrated, files }: IcspMigration): MigrationProof {
  if (migrated.length === 0) return { sentence: '', diagnostics: [] };
  const after = files.flatMap(({ objects }) => objects.map((object) => fromObject(object)));
  const { equal, changes, diagnostics } = compareNodeFiles(migrated, after, { pool: 'worker' });
  if (equal)
    return {
      sentence: 'proof: the rendered node files are equal before and after; no node is drained or restarted\n',
      diagnostics: [],
    };
  if (diagnostics.length > 0) return { sentence: 'no proof: these policies render no node files\n', diagnostics };
  return { sentence: `the node files differ: ${changes.map(({ path }) => path).join(', ')}\n`, diagnostics: [] };
}
