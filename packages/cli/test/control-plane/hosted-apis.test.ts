import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kinds } from '@pullpath/api';
import { inProcess, type OpenServer, openServer } from '@pullpath/apiserver';
import { KubeClient, type KubeObject, type Resource } from '@pullpath/kube-client';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { hostedApis } from '../../src/control-plane/hosted-apis.ts';
import { startControlPlane } from '../../src/control-plane/start.ts';
import { isStored } from '../../src/input/kind-named.ts';

const planes: Resource = {
  group: 'hypershift.openshift.io',
  version: 'v1beta1',
  plural: 'hostedcontrolplanes',
  kind: 'HostedControlPlane',
  namespaced: true,
};
const namespaces: Resource = { group: '', version: 'v1', plural: 'namespaces', kind: 'Namespace', namespaced: false };
const secrets: Resource = { group: '', version: 'v1', plural: 'secrets', kind: 'Secret', namespaced: true };

let server: OpenServer;
let client: KubeClient;

beforeEach(async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'pullpath-hosted-'));
  const failures: unknown[] = [];
  const report = (error: unknown): void => void failures.push(error);
  server = await openServer({ dataDir, host: '127.0.0.1', port: 0, kinds: kinds.filter(isStored), report });
  client = new KubeClient({ transport: inProcess(server.api) });
  const stop = new AbortController();
  const { ended } = startControlPlane(
    {
      client,
      connect: () => Promise.reject(new Error('not asked for')),
      definitions: [hostedApis(server)],
      settings: {},
      instance: 'test',
      log: { info: () => undefined, report: () => undefined },
    },
    stop.signal,
  );
  onTestFinished(async () => {
    stop.abort();
    await ended;
    await server.close();
    rmSync(dataDir, { recursive: true });
    expect(failures).toEqual([]);
  });
});

async function createPlane(): Promise<KubeObject> {
  await client.create(namespaces, { metadata: { name: 'clusters-a' } });
  const spec = { releaseImage: 'quay.io/r:4.21.0-x86_64', pullSecret: { name: 'p' }, platform: { type: 'None' } };
  const plane = { metadata: { namespace: 'clusters-a', name: 'a' }, spec } as KubeObject;
  return client.create(planes, plane, { fieldValidation: 'Ignore' });
}

const secret = { namespace: 'clusters-a', name: 'admin-kubeconfig' };

test('a HostedControlPlane gets an API of its own and the Secret that reaches it', async () => {
  await createPlane();
  const found = await vi.waitFor(() => client.get(secrets, secret), 5_000);
  const { data } = found as KubeObject & { data: Record<string, string> };
  expect(Buffer.from(data['kubeconfig'] ?? '', 'base64').toString()).toContain(`${server.url}/clusters/clusters-a`);
  const guest = new KubeClient({ transport: inProcess(server.api, { cluster: 'clusters-a' }) });
  expect(await guest.get(namespaces, { name: 'default' })).toBeDefined();
});

test('its API goes with it', async () => {
  await createPlane();
  await vi.waitFor(() => client.get(secrets, secret), 5_000);
  await client.delete(planes, { namespace: 'clusters-a', name: 'a' });
  await vi.waitFor(async () => {
    await expect(client.get(planes, { namespace: 'clusters-a', name: 'a' })).rejects.toMatchObject({
      status: { code: 404 },
    });
  }, 5_000);
  expect(server.api.clusterNames()).toEqual(['root']);
});
