import type { HostedCluster, MirrorEntry } from '../../hosted-clusters/objects.ts';
import type { MirrorType } from '../../model/image-mirror.ts';
import { badRequest, conflict } from '../refusal.ts';
import { laterThan } from '../timestamp.ts';
import { type MirrorRecord, mirrorRecordsOf } from './mirror-records.ts';
import { mirrorFields, type StoredMirror, storedMirrorsOf } from './stored-mirrors.ts';

/** The mirrors of a cluster after a change; a list that is not there stays as it is. */
export interface MirrorLists {
  readonly lists: Readonly<Partial<Record<MirrorType, readonly MirrorEntry[]>>>;
  readonly records: readonly MirrorRecord[];
}

export interface NewMirror {
  readonly id: string;
  readonly type: MirrorType;
  readonly source: string;
  readonly mirrors: readonly string[];
}

/** Adds a mirror at the end. Throws a 409 where its source is taken. `now`: RFC 3339. */
export function addMirror(cluster: HostedCluster, clusterId: string, mirror: NewMirror, now: string): MirrorLists {
  const { type, source, mirrors } = mirror;
  const entries = entriesOf(cluster, type);
  if (entries.some((entry) => entry.source === source)) throw taken(source, clusterId);
  const record = { ...mirror, creation_timestamp: now, last_update_timestamp: now };
  return {
    lists: { [type]: [...entries, { source, mirrors }] },
    records: [...liveRecords(cluster, type, source), record],
  };
}

export interface MirrorChange {
  readonly type: MirrorType;
  readonly source: string | undefined;
  readonly mirrors: readonly string[];
}

/** Replaces mirrors in their place; another type moves them to its list. Throws a 400 for another source, a 409 for one that is taken. */
export function changeMirror(
  cluster: HostedCluster,
  clusterId: string,
  stored: StoredMirror,
  { type, source = stored.source, mirrors }: MirrorChange,
  now: string,
): MirrorLists {
  if (source !== stored.source)
    throw badRequest("Attribute 'source' is immutable: delete the mirror and create another");
  const entry = { ...stored.entry, mirrors };
  const record = {
    id: stored.id,
    type,
    source,
    mirrors,
    creation_timestamp: stored.creation_timestamp,
    last_update_timestamp: laterThan(stored.last_update_timestamp, now),
  };
  const records = [...liveRecords(cluster, stored.type, source), record];
  if (type === stored.type)
    return { lists: { [type]: entriesOf(cluster, type).map((it) => (it === stored.entry ? entry : it)) }, records };
  const target = entriesOf(cluster, type);
  if (target.some((it) => it.source === source)) throw taken(source, clusterId);
  return { lists: { [stored.type]: without(cluster, stored), [type]: [...target, { source, mirrors }] }, records };
}

/** Removes a mirror. */
export function removeMirror(cluster: HostedCluster, stored: StoredMirror): MirrorLists {
  return {
    lists: { [stored.type]: without(cluster, stored) },
    records: liveRecords(cluster, stored.type, stored.source),
  };
}

function without(cluster: HostedCluster, { type, entry }: StoredMirror): readonly MirrorEntry[] {
  return entriesOf(cluster, type).filter((it) => it !== entry);
}

function entriesOf(cluster: HostedCluster, type: MirrorType): readonly MirrorEntry[] {
  return cluster.spec?.[mirrorFields[type]] ?? [];
}

// Records of entries that someone else removed are dropped on the way.
function liveRecords(cluster: HostedCluster, type: MirrorType, source: string): readonly MirrorRecord[] {
  const live = new Set(storedMirrorsOf(cluster, true).map(({ id }) => id));
  return mirrorRecordsOf(cluster).filter(
    (record) => live.has(record.id) && !(record.type === type && record.source === source),
  );
}

function taken(source: string, clusterId: string): Error {
  return conflict(`Image mirror with source '${source}' already exists for cluster '${clusterId}'`);
}
