import { valueAt } from '@pullpath/api';
import { type Clock, type Condition, keyOf, objectKey } from '@pullpath/kube-client';
import type { ApiCluster } from '../manager/api-cluster.ts';
import type { LiveObject } from '../manager/live-object.ts';
import { configMaps } from '../resources.ts';
import { hostedClusters } from './resources.ts';

/** How far mirrors have come in a fleet (hypershift 2.7), for metrics. */
export interface FleetState {
  /** Every HostedCluster whose mirrors were judged, by namespace and name. */
  readonly clusters: readonly {
    readonly namespace: string;
    readonly name: string;
    readonly valid: boolean;
    /** Of the mirrors in force; empty for none. */
    readonly hash: string;
  }[];
  /** Seconds from a change of a ConfigMap until a HostedCluster that names it has taken it, one of each. */
  readonly fanout: Histogram;
}

export interface Histogram {
  /** Upper bounds in seconds, ascending, with how many were at most that. */
  readonly buckets: readonly (readonly [bound: number, count: number])[];
  readonly count: number;
  readonly sum: number;
}

const bounds = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/** Watches the fleet from now on; what it gives reads the state of the moment. */
export function watchFleet(management: ApiCluster, clock: Clock): () => FleetState {
  const clusters = management.watch(hostedClusters).store;
  const changed = new Map<string, { readonly version: string; readonly at: number }>();
  const seconds: number[] = bounds.map(() => 0);
  const total = { count: 0, sum: 0 };
  management.watch(configMaps).store.onChange(({ type, object, cause }) => {
    const key = keyOf(object);
    if (type === 'deleted') changed.delete(key);
    else if (cause === 'watch' && clusters.byIndex('mirrorConfig', key).length > 0)
      changed.set(key, { version: object.metadata.resourceVersion ?? '', at: clock.monotonic() });
  });
  clusters.onChange((change) => {
    const began = takenNow(change.type === 'updated' ? change.old : undefined, change.object, changed);
    if (began === undefined) return;
    const took = (clock.monotonic() - began) / 1000;
    total.count++;
    total.sum += took;
    for (const [index, bound] of bounds.entries()) if (took <= bound) seconds[index] = (seconds[index] ?? 0) + 1;
  });
  return () => ({
    clusters: clusters.list().flatMap(stateOf).sort(byName),
    fanout: { buckets: bounds.map((bound, index) => [bound, seconds[index] ?? 0] as const), ...total },
  });
}

/** When the change began that this HostedCluster says, for the first time, to have taken. */
function takenNow(
  old: LiveObject | undefined,
  cluster: LiveObject,
  changed: ReadonlyMap<string, { readonly version: string; readonly at: number }>,
): number | undefined {
  const version = appliedVersion(cluster);
  const name = valueAt(cluster, ['status', 'imageMirrorConfig', 'configMapName']);
  if (version === undefined || typeof name !== 'string' || (old && appliedVersion(old) === version)) return undefined;
  const change = changed.get(objectKey(name, cluster.metadata.namespace));
  return change?.version === version ? change.at : undefined;
}

function appliedVersion(cluster: LiveObject): unknown {
  return valueAt(cluster, ['status', 'imageMirrorConfig', 'appliedResourceVersion']);
}

function stateOf(cluster: LiveObject): FleetState['clusters'] {
  const conditions = valueAt(cluster, ['status', 'conditions']);
  const judged = (Array.isArray(conditions) ? (conditions as readonly Condition[]) : []).find(
    ({ type }) => type === 'ValidImageMirrorConfig',
  );
  if (!judged) return [];
  const { namespace = '', name } = cluster.metadata;
  const hash = valueAt(cluster, ['status', 'imageMirrorConfig', 'hash']);
  return [{ namespace, name, valid: judged.status === 'True', hash: typeof hash === 'string' ? hash : '' }];
}

function byName(one: FleetState['clusters'][number], other: FleetState['clusters'][number]): number {
  const [left, right] = [objectKey(one.name, one.namespace), objectKey(other.name, other.namespace)];
  return left < right ? -1 : Number(left > right);
}
