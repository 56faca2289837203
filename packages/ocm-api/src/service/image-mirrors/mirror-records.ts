import type { HostedCluster } from '../../hosted-clusters/objects.ts';
import { annotationOf, annotations } from '../annotations.ts';

/** What the API keeps of a mirror beside the HostedCluster's own fields. */
export interface MirrorRecord {
  readonly id: string;
  readonly type: string;
  readonly source: string;
  /** The mirrors as the API last wrote them: others are someone else's edit. */
  readonly mirrors?: readonly string[];
  readonly creation_timestamp: string;
  readonly last_update_timestamp: string;
}

/** The records of a cluster; what cannot be read is left out. */
export function mirrorRecordsOf(cluster: HostedCluster): readonly MirrorRecord[] {
  const list = annotationOf(cluster, annotations.imageMirrors);
  return Array.isArray(list) ? list.filter(isRecord) : [];
}

const texts = ['id', 'type', 'source', 'creation_timestamp', 'last_update_timestamp'] as const;

function isRecord(value: unknown): value is MirrorRecord {
  return (
    typeof value === 'object' && value !== null && texts.every((name) => typeof Reflect.get(value, name) === 'string')
  );
}
