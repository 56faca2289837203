import { keyOf, objectKey, type ReconcileResult } from '@pullpath/kube-client';
import { controlPlaneNamespace } from '@pullpath/pull-config';
import type { LiveObject } from '../../manager/live-object.ts';
import { textAt } from '../read-object.ts';
import type { Environment } from './reconcile.ts';
import { removeTagMirrorRecord } from './tag-mirror-record.ts';

/** Keeps a HostedCluster until what was made for it has gone. */
export const finalizer = 'hypershift.openshift.io/finalizer';

/** NodePools first, then the record, then the control plane with its namespace; the user's ConfigMaps are not touched. */
export async function cleanUp(environment: Environment, cluster: LiveObject): Promise<ReconcileResult> {
  const { views } = environment;
  if (!cluster.metadata.finalizers?.includes(finalizer)) return {};
  const pools = views.nodePools.byIndex('cluster', keyOf(cluster));
  for (const pool of pools) if (pool.metadata.deletionTimestamp === undefined) await views.nodePools.remove(pool);
  if (pools.length > 0) return lookAgain;
  await removeTagMirrorRecord(environment, keyOf(cluster), cluster.metadata.name);
  if (!(await removeControlPlane(environment, cluster))) return lookAgain;
  const finalizers = cluster.metadata.finalizers.filter((name) => name !== finalizer);
  await views.hostedClusters.patchMetadata(cluster, { finalizers });
  const { namespace } = cluster.metadata;
  environment.slots.released(objectKey(textAt(cluster, ['spec', 'imageMirrorConfigRef', 'name']), namespace));
  return {};
}

/** Objects of a HostedCluster that is not there any more: it went while no operator ran. */
export async function removeOrphans(
  environment: Environment,
  { namespace = '', name }: { readonly namespace?: string | undefined; readonly name: string },
): Promise<ReconcileResult> {
  await removeTagMirrorRecord(environment, objectKey(name, namespace), name);
  return {};
}

const lookAgain: ReconcileResult = { requeueAfterMs: 1_000 };

/** True when it has gone. */
async function removeControlPlane({ views }: Environment, cluster: LiveObject): Promise<boolean> {
  const name = controlPlaneNamespace({ ...cluster.metadata, namespace: cluster.metadata.namespace ?? '' });
  for (const plane of views.controlPlanes.byIndex('namespace', name))
    if (plane.metadata.deletionTimestamp === undefined) await views.controlPlanes.remove(plane);
  const namespace = views.namespaces.get(name);
  if (!namespace) return true;
  if (namespace.metadata.deletionTimestamp === undefined) await views.namespaces.remove(namespace);
  return views.namespaces.get(name) === undefined;
}
