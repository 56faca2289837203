import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kinds, valueAt } from '@pullpath/api';
import { inProcess, type OpenServer, openServer } from '@pullpath/apiserver';
import { ApiCluster, type ControllerDefinition, controllers, Guests, runControllers } from '@pullpath/controllers';
import { Informer, KubeClient, type KubeObject, type Resource, systemClock } from '@pullpath/kube-client';

/** A fleet on an embedded server in this process, with the controllers that move mirrors to it. */
export interface Fleet {
  /** Writes the mirror ConfigMap that every cluster names. */
  put(mirror: string): Promise<void>;
  /** Resolves when every cluster's status and guest have what `put` wrote. */
  arrived(): Promise<void>;
  /** Requests that changed something, since the last call. */
  writes(): number;
  stop(): Promise<void>;
}

const configMaps: Resource = { group: '', version: 'v1', plural: 'configmaps', kind: 'ConfigMap', namespaced: true };
const namespaces: Resource = { group: '', version: 'v1', plural: 'namespaces', kind: 'Namespace', namespaced: false };
const secrets: Resource = { group: '', version: 'v1', plural: 'secrets', kind: 'Secret', namespaced: true };
const hostedClusters: Resource = {
  group: 'hypershift.openshift.io',
  version: 'v1beta1',
  plural: 'hostedclusters',
  kind: 'HostedCluster',
  namespaced: true,
};
const digestMirrorSets: Resource = {
  group: 'config.openshift.io',
  version: 'v1',
  plural: 'imagedigestmirrorsets',
  kind: 'ImageDigestMirrorSet',
  namespaced: false,
};

/** Starts a fleet of so many clusters and waits until nothing is to be done any more. */
export async function startFleet(count: number): Promise<Fleet> {
  const dataDir = mkdtempSync(join(tmpdir(), 'pullpath-bench-'));
  const report = (error: unknown): void => console.error(error);
  const stored = kinds.filter(({ group }) => group.endsWith('openshift.io') && group !== 'mirror.openshift.io');
  const server = await openServer({ dataDir, host: '127.0.0.1', port: 0, kinds: stored, report });
  const stop = new AbortController();
  const counted = { writes: 0 };
  const { ended, client } = run(server, counted, stop.signal, report);
  const statuses = new Informer({ client, resource: hostedClusters, report });
  const watching = statuses.run(stop.signal);
  const wanted = { mirror: '', hash: '' };
  await client.apply(namespaces, { metadata: { name: 'clusters' } });
  const fleet: Fleet = {
    async put(mirror) {
      wanted.mirror = mirror;
      wanted.hash = hashesOf(statuses)[0] ?? '';
      await client.apply(configMaps, configMap(mirror));
    },
    async arrived() {
      while (!(await hasArrived(server, statuses, count, wanted))) await new Promise((next) => setTimeout(next, 20));
    },
    writes: () => {
      const { writes } = counted;
      counted.writes = 0;
      return writes;
    },
    async stop() {
      stop.abort();
      await Promise.all([ended, watching]);
      await server.close();
      rmSync(dataDir, { recursive: true });
    },
  };
  await fleet.put('first.example.com/quay');
  for (let index = 0; index < count; index++) await client.apply(hostedClusters, hostedCluster(index));
  await fleet.arrived();
  return fleet;
}

function run(server: OpenServer, counted: { writes: number }, signal: AbortSignal, report: (error: unknown) => void) {
  const clientOf = (cluster?: string): KubeClient => {
    const as = { commonName: 'system:hosted-cluster-config', organizations: ['system:masters'] };
    const transport = inProcess(server.api, cluster === undefined ? {} : { cluster, as });
    const send: typeof transport.send = (request) => {
      if (request.method !== 'GET') counted.writes++;
      return transport.send(request);
    };
    return new KubeClient({ transport: { ...transport, send } });
  };
  const common = { component: 'bench', instance: 'bench', report };
  const client = clientOf();
  const management = new ApiCluster({ ...common, name: '', client });
  const guests = new Guests({ ...common, management, connect: (name) => Promise.resolve(clientOf(name)) });
  const context = { management, guests, clock: systemClock, report, settings: {} };
  const chosen: readonly ControllerDefinition[] = controllers.filter(({ name }) =>
    ['hosted-cluster', 'guest', 'node-pool'].includes(name),
  );
  giveApis(server, client, signal, report);
  return { client, ...runControllers(chosen, context, signal) };
}

/** Each control plane gets its logical cluster; what leads to it is only its name. */
function giveApis(server: OpenServer, client: KubeClient, signal: AbortSignal, report: (error: unknown) => void): void {
  const resource = { ...hostedClusters, plural: 'hostedcontrolplanes', kind: 'HostedControlPlane' };
  const planes = new Informer({ client, resource, report });
  planes.store.onChange(({ type, object: { metadata } }) => {
    if (type !== 'added') return;
    const { namespace = '' } = metadata;
    const data = { kubeconfig: Buffer.from(namespace).toString('base64') };
    const secret = { metadata: { namespace, name: 'admin-kubeconfig' }, data };
    server
      .addCluster(namespace)
      .then(() => client.apply(secrets, secret))
      .catch(report);
  });
  void planes.run(signal);
}

function configMap(mirror: string): KubeObject & { readonly metadata: { readonly name: string } } {
  const rule = (kind: string, field: string): string =>
    `apiVersion: config.openshift.io/v1\nkind: ${kind}\nmetadata:\n  name: fleet\nspec:\n  ${field}:\n  - source: quay.io\n    mirrors: [${mirror}]\n`;
  const data = {
    'idms.yaml': rule('ImageDigestMirrorSet', 'imageDigestMirrors'),
    'itms.yaml': rule('ImageTagMirrorSet', 'imageTagMirrors'),
  };
  return { metadata: { namespace: 'clusters', name: 'fleet' }, data } as never;
}

function hostedCluster(index: number): KubeObject & { readonly metadata: { readonly name: string } } {
  const spec = {
    release: { image: 'quay.io/openshift-release-dev/ocp-release:4.21.0-x86_64' },
    pullSecret: { name: 'pull-secret' },
    imageMirrorConfigRef: { name: 'fleet' },
  };
  return { metadata: { namespace: 'clusters', name: `c${index}` }, spec } as never;
}

function hashesOf(statuses: Informer<KubeObject>): string[] {
  return statuses.store.list().map((object) => {
    const hash = valueAt(object, ['status', 'imageMirrorConfig', 'hash']);
    return typeof hash === 'string' ? hash : '';
  });
}

async function hasArrived(
  server: OpenServer,
  statuses: Informer<KubeObject>,
  count: number,
  wanted: { readonly mirror: string; readonly hash: string },
): Promise<boolean> {
  const hashes = hashesOf(statuses);
  if (hashes.length < count || hashes.some((hash) => hash === '' || hash === wanted.hash)) return false;
  for (let index = 0; index < count; index++) {
    const cluster = `clusters-c${index}`;
    if (!server.api.clusterNames().includes(cluster)) return false;
    const client = new KubeClient({ transport: inProcess(server.api, { cluster }) });
    const { items } = await client.list(digestMirrorSets);
    if (valueAt(items[0], ['spec', 'imageDigestMirrors', 0, 'mirrors', 0]) !== wanted.mirror) return false;
  }
  return true;
}
