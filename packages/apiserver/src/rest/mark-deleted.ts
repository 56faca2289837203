import type { ResourceDefinition } from '../resources/resource.ts';
import type { StoredObject } from '../store/record.ts';
import { metadataOf, timestamp, withMetadata } from './metadata.ts';
import type { DeleteOptions } from './write.ts';

/** The object as a deletion leaves it: marked, with the finalizers and the grace that were asked for. */
export function markDeleted(
  resource: ResourceDefinition,
  object: StoredObject,
  { propagation, gracePeriodSeconds }: DeleteOptions,
  now: Date,
): StoredObject {
  const { finalizers = [], deletionTimestamp, deletionGracePeriodSeconds, generation } = metadataOf(object);
  const others = finalizers.filter((name) => name !== 'foregroundDeletion' && name !== 'orphan');
  const asked = propagation === 'Foreground' ? ['foregroundDeletion'] : propagation === 'Orphan' ? ['orphan'] : [];
  // A later deletion cannot weaken what an earlier one asked for, nor lengthen the grace that it gave.
  const wanted = deletionTimestamp ? finalizers : [...others, ...asked];
  const grace = Math.min(
    resource.strategy.gracePeriodSeconds?.(object, gracePeriodSeconds) ?? 0,
    deletionTimestamp ? (deletionGracePeriodSeconds ?? 0) : Number.POSITIVE_INFINITY,
  );
  const unchanged = deletionTimestamp !== undefined && grace === (deletionGracePeriodSeconds ?? 0);
  const marked = withMetadata(object, {
    finalizers: wanted.length > 0 ? wanted : undefined,
    deletionTimestamp: unchanged ? deletionTimestamp : timestamp(new Date(now.getTime() + grace * 1000)),
    deletionGracePeriodSeconds: grace,
    generation: deletionTimestamp || generation === undefined ? generation : generation + 1,
  });
  return resource.strategy.beginDeletion?.(marked) ?? marked;
}

/** Whether nothing keeps a deleted object any longer. */
export function isFinished({ strategy }: ResourceDefinition, object: StoredObject): boolean {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0, finalizers = [] } = metadataOf(object);
  if (deletionTimestamp === undefined || finalizers.length > 0 || deletionGracePeriodSeconds > 0) return false;
  return !strategy.isRetained?.(object);
}
