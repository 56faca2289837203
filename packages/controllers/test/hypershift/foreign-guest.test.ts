import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProcess, openServer } from '@pullpath/apiserver';
import { KubeClient } from '@pullpath/kube-client';
import { expect, onTestFinished, test } from 'vitest';
import { guest } from '../../src/hypershift/guest/index.ts';
import { customResourceDefinitions } from '../../src/hypershift/guest/resources.ts';
import { hostedCluster } from '../../src/hypershift/hosted-cluster/index.ts';
import { hostedClusters } from '../../src/hypershift/resources.ts';
import { adminKubeconfigs } from '../../src/manager/guests.ts';
import { digestMirrorSets, namespaces } from '../../src/resources.ts';
import { eventually, find, startControlPlane } from '../support/control-plane.ts';
import { put, putHostedCluster, putNamespace } from '../support/fixtures.ts';
import { conditionOf } from '../support/fleet.ts';

/** Another API server, which knows no kind of ours. */
async function startOther(): Promise<{ client: KubeClient; writer: KubeClient; close: () => Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'pullpath-controllers-'));
  const server = await openServer({ dataDir, host: '127.0.0.1', port: 0, kinds: [], report: () => undefined });
  const as = { commonName: 'system:hosted-cluster-config', organizations: ['system:masters'] };
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  return {
    client: new KubeClient({ transport: inProcess(server.api) }),
    writer: new KubeClient({ transport: inProcess(server.api, { as }) }),
    close: async () => server.close(),
  };
}

test('a hosted cluster that knows no mirror objects learns them, and one that goes away is told of', async () => {
  const other = await startOther();
  const dead = new KubeClient({
    transport: { send: () => Promise.reject(new Error('connection refused')), close: () => Promise.resolve() },
  });
  const plane = await startControlPlane({
    definitions: [hostedCluster, guest],
    guestApis: false,
    connect: (kubeconfig) => (kubeconfig === 'other' ? other.writer : dead),
  });
  const client = plane.client();
  await putNamespace(client, 'clusters');
  const imageContentSources = [{ source: 'quay.io', mirrors: ['mirror.example.com/quay'] }];
  await putHostedCluster(client, { imageContentSources });
  await eventually(async () => find(client, namespaces, { name: 'clusters-my-cluster' }));
  const secret = (text: string) => ({
    metadata: { namespace: 'clusters-my-cluster', name: 'admin-kubeconfig' },
    data: { kubeconfig: Buffer.from(text).toString('base64') },
  });
  await put(client, adminKubeconfigs as never, secret('other'));
  await eventually(async () =>
    find(other.client, customResourceDefinitions, { name: 'machineconfigs.machineconfiguration.openshift.io' }),
  );
  const mirrors = await eventually(async () => find(other.client, digestMirrorSets, { name: 'cluster' }));
  expect(mirrors.spec).toEqual({ imageDigestMirrors: imageContentSources });
  await put(client, adminKubeconfigs as never, secret('dead'));
  await eventually(async () => {
    const cluster = await find(client, hostedClusters, { namespace: 'clusters', name: 'my-cluster' });
    const available = conditionOf(cluster, 'Available');
    return (
      available?.['status'] === 'False' && available['message'] === 'the API of the hosted cluster does not answer'
    );
  });
  await plane.stop();
  await other.close();
}, 60_000);
