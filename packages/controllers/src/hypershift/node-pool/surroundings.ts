import { keyOf, objectKey } from '@pullpath/kube-client';
import { controlPlaneNamespace, marks, mirrorCopyName, type NodePoolObjects } from '@pullpath/pull-config';
import type { LiveObject } from '../../manager/live-object.ts';
import { located } from '../../manager/located.ts';
import type { Watched } from '../../manager/watched.ts';
import { machineConfigs, nodes } from '../../resources.ts';
import { textAt } from '../read-object.ts';
import { configMapKeys } from '../resources.ts';
import type { ManagementViews } from '../views.ts';

/** What is looked at in the hosted clusters of NodePools. */
export const poolCollections: readonly Watched[] = [nodes, machineConfigs];

/** A NodePool with the cluster that it belongs to. */
export interface Surroundings {
  readonly pool: LiveObject;
  readonly cluster: LiveObject;
  readonly plane: LiveObject;
  /** Of the control plane. */
  readonly namespace: string;
  readonly copy: LiveObject | undefined;
  readonly coreConfigs: readonly LiveObject[];
  /** ConfigMaps that the pool names, as far as they exist. */
  readonly configMaps: readonly LiveObject[];
}

/** The cluster of a NodePool and its control plane; undefined as long as either is not there. */
export function surroundingsOf(views: ManagementViews, pool: LiveObject): Surroundings | undefined {
  const key = objectKey(textAt(pool, ['spec', 'clusterName']), pool.metadata.namespace);
  const cluster = views.hostedClusters.get(key);
  if (!cluster) return undefined;
  const namespace = controlPlaneNamespace({ ...cluster.metadata, namespace: cluster.metadata.namespace ?? '' });
  const [plane] = views.controlPlanes.byIndex('namespace', namespace);
  if (!plane) return undefined;
  const configMap = (name: string): LiveObject | undefined => views.configMaps.get(objectKey(name, namespace));
  return {
    pool,
    cluster,
    plane,
    namespace,
    copy: configMap(mirrorCopyName),
    coreConfigs: coreNames.flatMap((name) => configMap(name) ?? []).filter(isCore),
    configMaps: configMapKeys(pool).flatMap((each) => views.configMaps.get(each) ?? []),
  };
}

const coreNames = ['ignition-config-fips', 'ignition-config-worker-ssh', 'ignition-config-40-image-content-source'];

function isCore({ metadata }: LiveObject): boolean {
  return metadata.labels?.[marks.coreConfig] === 'true';
}

/** The same as pure functions take it. */
export function nodePoolObjects(surroundings: Surroundings, others: readonly LiveObject[] = []): NodePoolObjects {
  const { pool, cluster, plane, copy, coreConfigs, configMaps } = surroundings;
  return {
    hostedCluster: located(cluster),
    controlPlane: located(plane),
    nodePool: located(pool),
    copy: copy && located(copy),
    coreConfigs: coreConfigs.map(located),
    configMaps: configMaps.map(located),
    others: others.map(located),
  };
}

/** Equal for surroundings that give the same content. */
export function fingerprint({ pool, cluster, plane, copy, coreConfigs, configMaps }: Surroundings): string {
  const bySpec = [pool, cluster, plane].map(({ metadata: { uid, generation } }) => `${uid}:${generation}`);
  const byVersion = [copy, ...coreConfigs, ...configMaps].map(
    (object) => object && `${keyOf(object)}:${object.metadata.uid}:${object.metadata.resourceVersion}`,
  );
  return [...bySpec, ...byVersion].join(' ');
}
