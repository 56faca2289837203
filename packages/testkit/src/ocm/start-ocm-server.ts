import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kinds } from '@pullpath/api';
import { inProcess, openServer } from '@pullpath/apiserver';
import { KubeClient, type Resource, systemClock } from '@pullpath/kube-client';
import {
  createOcmService,
  createSigningKey,
  type HostedCluster,
  hostedClusters,
  issueAccessToken,
  kubeClusterStore,
  listenForOcm,
  readSigningKey,
} from '@pullpath/ocm-api';

/** An OCM API on a Kubernetes API of its own, without controllers: what a test puts there stays as it is. */
export interface TestOcmServer {
  readonly url: string;
  /** PEM of the authority that its certificate is from. */
  readonly authority: string;
  /** A token that may do everything. */
  readonly token: string;
  readonly client: KubeClient;
  /** Makes a HostedCluster in namespace `clusters`. */
  createCluster(cluster: ClusterSeed): Promise<void>;
  close(): Promise<void>;
}

export interface ClusterSeed {
  readonly id: string;
  readonly name: string;
  readonly ready: boolean;
  readonly annotations: Readonly<Record<string, string>>;
  readonly imageContentSources: readonly { readonly source: string; readonly mirrors: readonly string[] }[];
}

const namespaces: Resource = { group: '', version: 'v1', plural: 'namespaces', kind: 'Namespace', namespaced: false };

export async function startOcmServer(): Promise<TestOcmServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'pullpath-ocm-'));
  const report = (error: unknown): void => console.error(error);
  const served = kinds.filter(({ group }) => group === 'hypershift.openshift.io');
  const server = await openServer({ dataDir, host: '127.0.0.1', port: 0, kinds: served, report });
  const client = new KubeClient({ transport: inProcess(server.api) });
  await client.create(namespaces, { metadata: { name: 'clusters' } });
  const key = readSigningKey(createSigningKey());
  const accounts = { find: () => Promise.resolve(undefined) };
  const options = { store: kubeClusterStore(client), accounts, key, clock: systemClock, newId: randomUUID, report };
  const service = createOcmService(options);
  const listening = await listenForOcm(service, { host: '127.0.0.1', port: 0, ...server.identity.server });
  const terms = { now: Math.floor(Date.now() / 1000), lifetimeSeconds: 3600, id: randomUUID() };
  return {
    url: `https://127.0.0.1:${listening.port}`,
    authority: server.identity.authority.certificate,
    token: issueAccessToken(key, { username: 'tester' }, terms),
    client,
    createCluster: (cluster) => createCluster(client, cluster),
    close: async () => {
      await listening.close(0);
      service.pauses.stop();
      await server.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function createCluster(client: KubeClient, cluster: ClusterSeed): Promise<void> {
  const { id, name, ready, annotations, imageContentSources } = cluster;
  const release = { image: 'quay.io/openshift-release-dev/ocp-release:4.21.0-x86_64' };
  const spec = { clusterID: id, release, imageContentSources };
  const place = { namespace: 'clusters', name };
  await client.create<HostedCluster>(hostedClusters, { metadata: { ...place, annotations }, spec });
  if (!ready) return;
  const since = { reason: 'AsExpected', message: '', lastTransitionTime: '2024-01-01T00:00:00Z' };
  const status = { conditions: [{ type: 'Available', status: 'True', ...since }] };
  await client.patch(hostedClusters, place, 'merge', { status }, { subresource: 'status' });
}
