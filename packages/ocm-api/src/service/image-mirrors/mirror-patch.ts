import type { ClusterPatch } from '../../hosted-clusters/cluster-store.ts';
import { annotations } from '../annotations.ts';
import type { MirrorLists } from './mirror-changes.ts';
import { mirrorFields } from './stored-mirrors.ts';

/** The patch that makes mirrors of a HostedCluster what they shall be. No mirrors at all are no field at all. */
export function mirrorPatch({ lists, records }: MirrorLists): ClusterPatch {
  const spec = (['digest', 'tag'] as const).flatMap((type) => {
    const list = lists[type];
    return list === undefined ? [] : [[mirrorFields[type], list.length === 0 ? null : list] as const];
  });
  return {
    annotations: { [annotations.imageMirrors]: records.length === 0 ? null : JSON.stringify(records) },
    spec: Object.fromEntries(spec),
  };
}
