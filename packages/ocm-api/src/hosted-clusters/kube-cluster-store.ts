import {
  configMaps,
  isAlreadyExists,
  isNotFound,
  type KubeClient,
  type KubeObject,
  type Resource,
} from '@pullpath/kube-client';
import type { ClusterPatch, ClusterStore } from './cluster-store.ts';
import { clusterIdOf, type HostedCluster, hostedClusters, type NodePool, nodePools } from './objects.ts';

/** Where control planes and pools note which mirrors they have. */
export interface MirrorTrail {
  /** The ConfigMap that a control plane's nodes get their mirrors from. */
  configMap(cluster: HostedCluster): { readonly namespace: string; readonly name: string };
  /** Its annotation with the hash of the mirrors. */
  readonly hashAnnotation: string;
  /** The annotation of a NodePool with the hash of those that all its nodes have. */
  readonly poolAnnotation: string;
  /** The hash of no mirrors: then there is no ConfigMap. */
  readonly hashOfNone: string;
}

/** The store of a Kubernetes API: what it answers is what is there, nothing is kept but where a cluster was last seen. */
export function kubeClusterStore(client: KubeClient, trail?: MirrorTrail): ClusterStore {
  return new KubeClusterStore(client, trail);
}

const namespaces: Resource = { group: '', version: 'v1', plural: 'namespaces', kind: 'Namespace', namespaced: false };

class KubeClusterStore implements ClusterStore {
  readonly #client: KubeClient;
  readonly #trail: MirrorTrail | undefined;
  readonly #places = new Map<string, { readonly namespace: string | undefined; readonly name: string | undefined }>();

  constructor(client: KubeClient, trail: MirrorTrail | undefined) {
    this.#client = client;
    this.#trail = trail;
  }

  async list(): Promise<readonly HostedCluster[]> {
    const { items } = await this.#client.list(hostedClusters);
    this.#places.clear();
    for (const cluster of items) this.#places.set(clusterIdOf(cluster), placeOf(cluster));
    return items;
  }

  async find(id: string): Promise<HostedCluster | undefined> {
    const place = this.#places.get(id);
    const seen = place && (await unlessMissing(this.#client.get(hostedClusters, place)));
    if (seen && clusterIdOf(seen) === id) return seen;
    return (await this.list()).find((cluster) => clusterIdOf(cluster) === id);
  }

  async create(cluster: HostedCluster, nodePool: NodePool): Promise<HostedCluster> {
    const { namespace = '' } = cluster.metadata;
    await unlessThere(this.#client.create(namespaces, { metadata: { name: namespace } }));
    const created = await this.#client.create(hostedClusters, cluster);
    // One that is left of a cluster with this name is taken.
    await unlessThere(this.#client.create(nodePools, nodePool));
    return created;
  }

  async patch(cluster: HostedCluster, { annotations, spec }: ClusterPatch): Promise<HostedCluster> {
    const { resourceVersion } = cluster.metadata;
    const metadata = { resourceVersion, ...(annotations === undefined ? {} : { annotations }) };
    const patch = { metadata, ...(spec === undefined ? {} : { spec }) };
    return this.#client.patch(hostedClusters, placeOf(cluster), 'merge', patch);
  }

  async delete(cluster: HostedCluster): Promise<void> {
    for (const pool of await this.nodePools(cluster))
      await unlessMissing(this.#client.delete(nodePools, placeOf(pool)));
    await unlessMissing(this.#client.delete(hostedClusters, placeOf(cluster)));
  }

  async nodePools({ metadata: { namespace, name } }: HostedCluster): Promise<readonly NodePool[]> {
    const { items } = await this.#client.list(nodePools, { namespace });
    return items.filter(({ spec }) => spec?.clusterName === name);
  }

  async carriedMirrors(cluster: HostedCluster): Promise<string | undefined> {
    if (!this.#trail) return undefined;
    const found = await unlessMissing(this.#client.get(configMaps, this.#trail.configMap(cluster)));
    return found ? found.metadata.annotations?.[this.#trail.hashAnnotation] : this.#trail.hashOfNone;
  }

  mirrorsOfNodes({ metadata }: NodePool): string | undefined {
    return this.#trail && metadata.annotations?.[this.#trail.poolAnnotation];
  }

  async configMap({ metadata }: HostedCluster, name: string): Promise<Readonly<Record<string, string>> | undefined> {
    const found = await unlessMissing(this.#client.get(configMaps, { namespace: metadata.namespace, name }));
    return found?.data;
  }

  async saveConfigMap(cluster: HostedCluster, name: string, data: Readonly<Record<string, string>>): Promise<void> {
    const { namespace } = cluster.metadata;
    const metadata = { namespace, name, ownerReferences: [ownerOf(cluster)] };
    await this.#client.apply(configMaps, { metadata, data }, { force: true });
  }
}

function placeOf({ metadata: { namespace, name } }: KubeObject): {
  namespace: string | undefined;
  name: string | undefined;
} {
  return { namespace, name };
}

function ownerOf({ metadata: { name = '', uid = '' } }: HostedCluster) {
  return { apiVersion: 'hypershift.openshift.io/v1beta1', kind: 'HostedCluster', name, uid };
}

async function unlessThere(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!isAlreadyExists(error)) throw error;
  }
}

async function unlessMissing<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
