import { toCustomResourceDefinition, valueAt } from '@pullpath/api';
import { type ApplyObject, isNotFound } from '@pullpath/kube-client';
import type { ApiCluster } from '../../manager/api-cluster.ts';
import type { LiveObject } from '../../manager/live-object.ts';
import { customResourceDefinitions, discoveryPath, guestKinds } from './resources.ts';

const ensured = new WeakMap<ApiCluster, Promise<void>>();

/** Installs the definitions that the API of a hosted cluster lacks; looked at once for each connection to it. */
export async function ensureKinds(api: ApiCluster): Promise<void> {
  const known = ensured.get(api) ?? installMissing(api);
  ensured.set(api, known);
  try {
    await known;
  } catch (error) {
    ensured.delete(api);
    throw error;
  }
}

async function installMissing({ client }: ApiCluster): Promise<void> {
  const paths = [...new Set(guestKinds.map(discoveryPath))];
  const served = new Map(await Promise.all(paths.map(async (path) => [path, await pluralsAt(client, path)] as const)));
  const missing = guestKinds.filter((kind) => !served.get(discoveryPath(kind))?.has(kind.plural));
  for (const kind of missing) {
    const definition = toCustomResourceDefinition(kind) as unknown as ApplyObject<LiveObject>;
    await client.apply(customResourceDefinitions.resource, definition, { force: true });
  }
}

async function pluralsAt(client: ApiCluster['client'], path: string): Promise<ReadonlySet<unknown>> {
  try {
    const resources = valueAt(JSON.parse(await client.raw(path)), ['resources']);
    return new Set(Array.isArray(resources) ? resources.map((resource) => valueAt(resource, ['name'])) : []);
  } catch (error) {
    if (isNotFound(error)) return new Set();
    throw error;
  }
}
