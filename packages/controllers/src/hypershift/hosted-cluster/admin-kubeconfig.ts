import { objectKey } from '@pullpath/kube-client';
import { marks } from '@pullpath/pull-config';
import { adminKubeconfigSecret } from '../../manager/guests.ts';
import type { LiveObject } from '../../manager/live-object.ts';
import { ownerReference } from '../../manager/owner.ts';
import type { Environment } from './reconcile.ts';

/** The Secret that users take the kubeconfig of a hosted cluster from. */
export function adminKubeconfigName({ metadata }: LiveObject): string {
  return `${metadata.name}-admin-kubeconfig`;
}

/** Copies the kubeconfig of the hosted cluster to its user, as the one key `kubeconfig`. Gives why there is none. */
export async function ensureAdminKubeconfig(
  { views }: Environment,
  cluster: LiveObject,
  namespace: string,
): Promise<string | undefined> {
  const kubeconfig = (
    views.adminKubeconfigs.get(objectKey(adminKubeconfigSecret, namespace))?.['data'] as
      | Readonly<Record<string, string>>
      | undefined
  )?.['kubeconfig'];
  if (kubeconfig === undefined)
    return `the API of the hosted cluster is not known yet: there is no Secret ${adminKubeconfigSecret} in namespace ${namespace}`;
  await views.secrets.ensure({
    metadata: {
      namespace: cluster.metadata.namespace ?? '',
      name: adminKubeconfigName(cluster),
      labels: { [marks.managed]: 'true' },
      ownerReferences: [ownerReference(cluster)],
    },
    type: 'Opaque',
    data: { kubeconfig },
  });
  return undefined;
}
