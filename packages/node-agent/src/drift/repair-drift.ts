import { CodedError } from '@pullpath/diagnostics';
import type { LocalState } from '../root/local-state.ts';
import type { NodeRoot } from '../root/node-root.ts';
import { place } from '../update/change-files.ts';
import type { Drift } from './find-drift.ts';

/** What became of files that were not as we wrote them. */
export interface Repair {
  readonly repaired: readonly Drift[];
  readonly left: readonly { readonly drift: Drift; readonly reason: string }[];
}

/** Writes files of ours again. One that something else than a plain file has taken the place of is left. */
export function repairDrift(root: NodeRoot, { files }: LocalState, found: readonly Drift[]): Repair {
  const repaired: Drift[] = [];
  const left: { drift: Drift; reason: string }[] = [];
  for (const drift of found) {
    const reason = repairFault(() => {
      place(
        root,
        drift.path,
        files.find(({ path }) => path === drift.path),
      );
    });
    if (reason === undefined) repaired.push(drift);
    else left.push({ drift, reason });
  }
  return { repaired, left };
}

function repairFault(repair: () => void): string | undefined {
  try {
    repair();
    return undefined;
  } catch (error) {
    if (error instanceof CodedError) return error.message;
    if (error instanceof Error && 'code' in error) return error.message;
    throw error;
  }
}
