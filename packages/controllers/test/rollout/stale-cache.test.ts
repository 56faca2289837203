import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProcess, openServer } from '@pullpath/apiserver';
import { KubeClient, type Transport } from '@pullpath/kube-client';
import { isTargeting, readNodeState } from '@pullpath/pull-config';
import { expect, onTestFinished, test } from 'vitest';
import { ApiCluster } from '../../src/index.ts';
import { Membership } from '../../src/openshift/machine-config-pool/membership.ts';
import { rollOut } from '../../src/openshift/machine-config-pool/roll-out.ts';
import { nodes } from '../../src/resources.ts';
import { eventually } from '../support/control-plane.ts';
import { putNode } from '../support/pools.ts';

const pool = {
  apiVersion: 'machineconfiguration.openshift.io/v1',
  kind: 'MachineConfigPool',
  metadata: { name: 'worker' },
  spec: { configuration: { name: 'new' }, maxUnavailable: 3 },
};

/** A transport whose watches never tell that a node was told anything. */
function deafTransport(transport: Transport): Transport {
  return {
    ...transport,
    async send(request) {
      const response = await transport.send(request);
      return request.path.includes('watch=') ? { ...response, body: withoutTold(response.body) } : response;
    },
  };
}

async function* withoutTold(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) if (!new TextDecoder().decode(chunk).includes('desiredConfig')) yield chunk;
}

test('nodes that were told a moment ago count, though the cache does not know of it', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'pullpath-stale-'));
  const report = (error: unknown): void => {
    throw error;
  };
  const server = await openServer({ dataDir, host: '127.0.0.1', port: 0, kinds: [], report });
  const admin = new KubeClient({ transport: inProcess(server.api) });
  const client = new KubeClient({ transport: deafTransport(inProcess(server.api)) });
  const api = new ApiCluster({ name: '', client, component: 'test', instance: 'test', report });
  const membership = new Membership(api);
  const ending = new AbortController();
  const ended = api.run(ending.signal);
  onTestFinished(async () => {
    ending.abort();
    await ended;
    await server.close();
    rmSync(dataDir, { recursive: true });
  });
  const zone = (name: string) => ({ 'topology.kubernetes.io/zone': name });
  const setReady = async (name: string, ready: string) => {
    const status = { conditions: [{ type: 'Ready', status: ready }] };
    await admin.patch(nodes.resource, { name }, 'merge', { status }, { subresource: 'status' });
  };
  await putNode(admin, 'a', zone('two'));
  for (const name of ['b', 'c']) {
    await putNode(admin, name, zone('one'));
    await setReady(name, 'False');
  }
  const isReady = (name: string): boolean => {
    const node = api.watch(nodes).store.get(name);
    return node !== undefined && readNodeState(node as never).ready;
  };
  await eventually(async () => isReady('a') && !isReady('c'));
  await rollOut(api, pool, membership.nodesOf('worker'));
  for (const name of ['b', 'c']) await setReady(name, 'True');
  await putNode(admin, 'd', zone('one'));
  await eventually(async () => ['b', 'c', 'd'].every(isReady));
  await rollOut(api, pool, membership.nodesOf('worker'));
  const { items } = await admin.list(nodes.resource);
  const told = items.filter((node) => isTargeting(readNodeState(node as never), 'new'));
  expect(told.map(({ metadata }) => metadata.name)).toEqual(['a', 'b', 'c']);
});
