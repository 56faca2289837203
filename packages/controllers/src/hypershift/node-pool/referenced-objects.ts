import { valueAt } from '@pullpath/api';
import { isNotFound, type KubeClient, type Resource } from '@pullpath/kube-client';
import { hashSimple } from '@pullpath/pull-config';
import { type LiveObject, withKind } from '../../manager/live-object.ts';
import { configMaps } from '../../resources.ts';
import type { Surroundings } from './surroundings.ts';

/** Objects that a HostedCluster gives its nodes by name, and hashes of their content. */
export interface ReferencedObjects {
  readonly objects: readonly LiveObject[];
  readonly pullSecretHash: string;
  readonly trustBundleHash: string;
}

const secrets: Resource<LiveObject> = { group: '', version: 'v1', plural: 'secrets', kind: 'Secret', namespaced: true };

/** Reads pull secret, trust bundle and trusted CAs. Only their names decide a rollout, so they are read when one is made. */
export async function referencedObjects(client: KubeClient, { cluster }: Surroundings): Promise<ReferencedObjects> {
  const { namespace } = cluster.metadata;
  const find = async (resource: Resource<LiveObject>, ...path: readonly string[]): Promise<LiveObject | undefined> => {
    const name = valueAt(cluster, ['spec', ...path, 'name']);
    return typeof name === 'string' && name !== '' ? getOrNothing(client, resource, { namespace, name }) : undefined;
  };
  const [pullSecret, bundle, trusted] = await Promise.all([
    find(secrets, 'pullSecret'),
    find(configMaps.resource, 'additionalTrustBundle'),
    find(configMaps.resource, 'configuration', 'image', 'additionalTrustedCA'),
  ]);
  return {
    objects: [pullSecret, bundle, trusted].filter((object) => object !== undefined),
    pullSecretHash: hashOf(pullSecret),
    trustBundleHash: hashOf(bundle),
  };
}

async function getOrNothing(
  client: KubeClient,
  resource: Resource<LiveObject>,
  place: { readonly namespace: string | undefined; readonly name: string },
): Promise<LiveObject | undefined> {
  try {
    return withKind(resource, await client.get(resource, place));
  } catch (error) {
    // The files that it would add are missing then, and a diagnostic says so.
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

function hashOf(object: LiveObject | undefined): string {
  return object ? hashSimple(JSON.stringify(object['data'] ?? {})) : '';
}
