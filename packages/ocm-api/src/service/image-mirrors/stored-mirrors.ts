import type { HostedCluster, MirrorEntry } from '../../hosted-clusters/objects.ts';
import type { MirrorType } from '../../model/image-mirror.ts';
import { changeTimeOf } from './change-time.ts';
import { derivedId } from './derived-id.ts';
import { type MirrorRecord, mirrorRecordsOf } from './mirror-records.ts';

/** A mirror of a HostedCluster: an entry of its spec with what the API knows of it. */
export interface StoredMirror {
  readonly id: string;
  readonly type: MirrorType;
  readonly source: string;
  readonly mirrors: readonly string[];
  readonly creation_timestamp: string;
  readonly last_update_timestamp: string;
  /** The entry itself. */
  readonly entry: MirrorEntry;
}

/** Fields of a HostedCluster that hold mirrors, by the type of the API. */
export const mirrorFields = { digest: 'imageContentSources', tag: 'imageTagMirrorSet' } as const;

/**
 * The mirrors of a HostedCluster, whoever made them, in the order of its fields; those of type `tag` where they are offered.
 * An entry that the API did not make has an id that follows from its source, and the times of the object.
 */
export function storedMirrorsOf(cluster: HostedCluster, tagMirrors: boolean): readonly StoredMirror[] {
  const records = mirrorRecordsOf(cluster);
  const types: readonly MirrorType[] = tagMirrors ? ['digest', 'tag'] : ['digest'];
  return types.flatMap((type) => storedOfType(cluster, type, records));
}

function storedOfType(cluster: HostedCluster, type: MirrorType, records: readonly MirrorRecord[]): StoredMirror[] {
  const seen = new Map<string, number>();
  return (cluster.spec?.[mirrorFields[type]] ?? []).map((entry) => {
    const occurrence = seen.get(entry.source) ?? 0;
    seen.set(entry.source, occurrence + 1);
    const record = occurrence === 0 ? recordFor(records, type, entry.source) : undefined;
    return stored(cluster, type, entry, record, occurrence);
  });
}

function recordFor(records: readonly MirrorRecord[], type: MirrorType, source: string): MirrorRecord | undefined {
  return records.find((record) => record.type === type && record.source === source);
}

function stored(
  cluster: HostedCluster,
  type: MirrorType,
  entry: MirrorEntry,
  record: MirrorRecord | undefined,
  occurrence: number,
): StoredMirror {
  const { source, mirrors = [] } = entry;
  const id = record?.id ?? derivedId(cluster.metadata.uid ?? '', type, source, occurrence);
  return { id, type, source, mirrors, entry, ...timesOf(cluster, type, mirrors, record) };
}

function timesOf(
  cluster: HostedCluster,
  type: MirrorType,
  mirrors: readonly string[],
  record: MirrorRecord | undefined,
): Pick<StoredMirror, 'creation_timestamp' | 'last_update_timestamp'> {
  const changed = changeTimeOf(cluster, mirrorFields[type]);
  if (!record)
    return { creation_timestamp: cluster.metadata.creationTimestamp ?? changed, last_update_timestamp: changed };
  const { creation_timestamp, last_update_timestamp } = record;
  const isOurs = record.mirrors === undefined || sameTexts(record.mirrors, mirrors);
  const last = isOurs || changed < last_update_timestamp ? last_update_timestamp : changed;
  return { creation_timestamp, last_update_timestamp: last };
}

function sameTexts(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, at) => text === other[at]);
}
