import { valueAt } from '@pullpath/api';
import { CodedError } from '@pullpath/diagnostics';
import { isNotFound, type KubeClient, type KubeObject, type Place, type Resource } from '@pullpath/kube-client';
import { connect, foreignConnection } from '@pullpath/kube-client/node';

const hostedClusters: Resource = {
  group: 'hypershift.openshift.io',
  version: 'v1beta1',
  plural: 'hostedclusters',
  kind: 'HostedCluster',
  namespaced: true,
};
const secrets: Resource = { group: '', version: 'v1', plural: 'secrets', kind: 'Secret', namespaced: true };

/** Runs work with a client of a hosted cluster's API, by its administrator's kubeconfig on the management cluster. */
export async function inHostedCluster<T>(
  client: KubeClient,
  cluster: string,
  work: (guest: KubeClient) => Promise<T>,
): Promise<T> {
  const { namespace, name = '' } = (await hostedClusterNamed(client, cluster)).metadata;
  const secret = await getObject(client, secrets, { namespace, name: `${name}-admin-kubeconfig` });
  const kubeconfig = Buffer.from(String(valueAt(secret, ['data', 'kubeconfig'])), 'base64').toString();
  const guest = connect(await foreignConnection(kubeconfig), { userAgent: 'pullpath', deadlineMs: 30_000 });
  try {
    return await work(guest);
  } finally {
    await guest.close();
  }
}

/** The HostedCluster that a user means by `namespace/name`, or by a name that there is once. Rejects with `cluster-not-found`. */
export async function hostedClusterNamed(client: KubeClient, wanted: string): Promise<KubeObject> {
  const { items } = await client.list(hostedClusters);
  const found = items.filter(
    ({ metadata: { namespace, name } }) => wanted === name || wanted === `${namespace}/${name}`,
  );
  const [only] = found;
  if (only && found.length === 1) return only;
  const what = only ? 'several HostedClusters are' : 'no HostedCluster is';
  throw new CodedError('cluster-not-found', `${what} called ${wanted}`, { hint: 'name it as NAMESPACE/NAME' });
}

/** An object of an API server. Rejects with `object-not-found`, which names it. */
export async function getObject(client: KubeClient, of: Resource, place: Place): Promise<KubeObject> {
  try {
    return await client.get(of, place);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    const name = place.namespace === undefined ? place.name : `${place.namespace}/${place.name}`;
    throw new CodedError('object-not-found', `there is no ${of.kind} ${name}`, { cause: error });
  }
}
