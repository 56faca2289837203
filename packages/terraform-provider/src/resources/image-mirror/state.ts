import type { ImageMirror } from '@pullpath/ocm-api/client';
import { stateTimestamp } from '../../provider/timestamp.ts';
import { type ObjectValue, textAt, textsOf, unknown, type Value } from '../../wire/values.ts';

/** The attributes of a mirror that operations use. */
export interface MirrorState {
  readonly clusterId: string;
  readonly id: string;
  readonly type: string;
  readonly source: string;
  readonly mirrors: readonly string[];
}

export function mirrorState(state: ObjectValue): MirrorState {
  return {
    clusterId: textAt(state, 'cluster_id'),
    id: textAt(state, 'id'),
    type: textAt(state, 'type'),
    source: textAt(state, 'source'),
    mirrors: textsOf(state['mirrors']),
  };
}

/** The state after a read: everything but the cluster comes from the answer. */
export function stateRead(before: ObjectValue, mirror: ImageMirror): ObjectValue {
  return {
    ...before,
    type: mirror.type,
    source: mirror.source,
    mirrors: mirror.mirrors,
    creation_timestamp: stateTimestamp(mirror.creation_timestamp) ?? null,
    last_update_timestamp: stateTimestamp(mirror.last_update_timestamp) ?? null,
  };
}

/**
 * The state after a write: what was planned, with the times of the answer. Times that an old server leaves out are those
 * of before, or null; the published provider leaves them unknown, which core refuses.
 */
export function stateWritten(
  planned: ObjectValue,
  mirror: ImageMirror,
  before: ObjectValue | undefined,
  published: boolean,
): ObjectValue {
  const time = (name: string, given: string | undefined): Value =>
    stateTimestamp(given) ?? (published ? unknown : (before?.[name] ?? null));
  return {
    ...planned,
    id: before?.['id'] ?? mirror.id,
    creation_timestamp: time('creation_timestamp', mirror.creation_timestamp),
    last_update_timestamp: time('last_update_timestamp', mirror.last_update_timestamp),
  };
}
