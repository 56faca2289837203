import { valueAt } from '@pullpath/api';
import { keyOf, objectKey } from '@pullpath/kube-client';
import { controlPlaneNamespace, type MirrorCandidate, marks, mirrorCopyName } from '@pullpath/pull-config';
import type { LiveObject } from '../../manager/live-object.ts';
import { textAt } from '../read-object.ts';
import type { ManagementViews } from '../views.ts';
import { pendingNodePools } from './pending-node-pools.ts';

/**
 * How many HostedClusters roll out one revision of a mirror ConfigMap at once, where its annotation bounds it (hypershift
 * 2.9). A cluster holds its slot until the nodes of all its NodePools have the mirrors, so a revision that breaks nodes
 * stops after that many. What is written tells who holds one; what is admitted and not written yet is remembered.
 */
export class RolloutSlots {
  readonly #views: ManagementViews;
  readonly #wake: (keys: readonly string[]) => void;
  readonly #reserved = new Map<string, string>();
  /** Clusters that wait, by the key of their ConfigMap. */
  readonly #waiting = new Map<string, Set<string>>();

  constructor(views: ManagementViews, wake: (keys: readonly string[]) => void) {
    this.#views = views;
    this.#wake = wake;
  }

  /** Whether a cluster may take the revision now. One that may not is told when a slot may have become free. */
  admits(cluster: LiveObject, { configMap, namespace, name }: MirrorCandidate): boolean {
    const limit = limitOf(configMap?.object.metadata.annotations?.[marks.rolloutMaxConcurrent]);
    const source = objectKey(name, namespace);
    const key = keyOf(cluster);
    this.#waiting.get(source)?.delete(key);
    if (limit === undefined) return true;
    const revision = `${source}@${textAt(configMap?.object, ['metadata', 'resourceVersion'])}`;
    const rolling = this.#rolling(source, revision);
    rolling.delete(key);
    const isFree = rolling.size < limit;
    if (isFree) this.#reserved.set(key, revision);
    else this.#waitingFor(source).add(key);
    return isFree;
  }

  /** Everything is written: from now on that says whether the cluster rolls out. */
  taken(cluster: LiveObject): void {
    this.#reserved.delete(keyOf(cluster));
  }

  /** A cluster is done, or gone: the next ones of its ConfigMap may ask again. */
  released(source: string, limit = 1): void {
    const waiting = [...(this.#waiting.get(source) ?? [])].sort();
    this.#wake(waiting.slice(0, Math.max(limit, 1)));
  }

  #waitingFor(source: string): Set<string> {
    const waiting = this.#waiting.get(source) ?? new Set<string>();
    this.#waiting.set(source, waiting);
    return waiting;
  }

  #rolling(source: string, revision: string): Set<string> {
    const reserved = [...this.#reserved].filter(([, of]) => of === revision).map(([key]) => key);
    const writing = this.#views.hostedClusters
      .byIndex('mirrorConfig', source)
      .filter((cluster) => this.#rolls(cluster, revision))
      .map(keyOf);
    return new Set([...reserved, ...writing]);
  }

  // The status is written last: until it names the copy, the cluster is in the middle of taking it.
  #rolls(cluster: LiveObject, revision: string): boolean {
    const namespace = controlPlaneNamespace({ ...cluster.metadata, namespace: cluster.metadata.namespace ?? '' });
    const annotations = this.#views.configMaps.get(objectKey(mirrorCopyName, namespace))?.metadata.annotations ?? {};
    if (`${annotations[marks.mirrorSource]}@${annotations[marks.mirrorSourceVersion]}` !== revision) return false;
    const told = valueAt(cluster, ['status', 'imageMirrorConfig', 'hash']);
    return told !== annotations[marks.mirrorHash] || pendingNodePools(this.#views, cluster, namespace).length > 0;
  }
}

function limitOf(annotation: string | undefined): number | undefined {
  const limit = Number(annotation);
  return annotation !== undefined && Number.isInteger(limit) && limit > 0 ? limit : undefined;
}
