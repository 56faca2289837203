import { valueAt } from '@pullpath/api';
import { type Condition, type KubeClient, type ReconcileResult, setCondition } from '@pullpath/kube-client';
import type { LiveObject } from '../../manager/live-object.ts';
import { configMaps } from '../../resources.ts';
import type { Environment } from './reconcile.ts';

const againMs = 10_000;

/** Says on a cluster that ConfigMaps cannot be read, in the words of the server. What its nodes have stays as it is. */
export async function tellUnreadable({ context, views }: Environment, cluster: LiveObject): Promise<ReconcileResult> {
  const name = valueAt(cluster, ['spec', 'imageMirrorConfigRef', 'name']);
  const reason = await whyNot(context.management.client);
  if (reason === undefined || typeof name !== 'string' || name === '') return { requeueAfterMs: againMs };
  const message = `ConfigMap ${cluster.metadata.namespace}/${name} cannot be read: ${reason}; what is in force stays`;
  const found = { type: 'ValidImageMirrorConfig', status: 'False', reason: 'ConfigMapNotFound', message } as const;
  const conditions = valueAt(cluster, ['status', 'conditions']);
  const known: readonly Condition[] = Array.isArray(conditions) ? conditions : [];
  await views.hostedClusters.patchStatus(cluster, { conditions: setCondition(known, found, context.clock.now()) });
  return { requeueAfterMs: againMs };
}

async function whyNot(client: KubeClient): Promise<string | undefined> {
  try {
    await client.list(configMaps.resource, { pageSize: 1, namespace: 'default' });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
