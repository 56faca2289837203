import { type FaultyProxy, startFaultyProxy, type TestKubeServer } from '@pullpath/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { configMaps, type KubeClient } from '../../src/index.ts';
import { clientOf, configMap, start } from '../start.ts';

const where = { namespace: 'default', name: 'a' };

async function behindProxy(): Promise<{ server: TestKubeServer; proxy: FaultyProxy; client: KubeClient }> {
  const { server } = await start();
  const proxy = await startFaultyProxy(Number(new URL(server.url).port));
  onTestFinished(async () => proxy.close());
  server.put(configMap('a'));
  return { server, proxy, client: clientOf(`http://127.0.0.1:${proxy.port}`, { attemptMs: 150 }) };
}

// A connection serves the next request from the next turn of the event loop on.
async function connectionIsFree(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}

test('a kept connection that is half open costs a read one attempt', async () => {
  const { proxy, client } = await behindProxy();
  await client.get(configMaps, where);
  await connectionIsFree();
  proxy.spoil('stall', 0);
  expect((await client.get(configMaps, where)).metadata.name).toBe('a');
});

test('a kept connection that is half open fails one write and is not used for the next', async () => {
  const { proxy, client } = await behindProxy();
  await client.get(configMaps, where);
  await connectionIsFree();
  proxy.spoil('stall', 0);
  const write = async (): Promise<unknown> => client.patch(configMaps, where, 'merge', { data: { key: '1' } });
  await expect(write()).rejects.toMatchObject({ code: 'kube-timeout' });
  expect(await write()).toMatchObject({ data: { key: '1' } });
});

test('connections that are cut again and again do not pile up', async () => {
  const { server, proxy, client } = await behindProxy();
  for (let round = 0; round < 30; round++) {
    await client.get(configMaps, where);
    proxy.spoil(round % 2 === 0 ? 'cut' : 'stall', 0);
  }
  await client.get(configMaps, where);
  expect(server.connections).toBeLessThanOrEqual(3);
  expect(client.limit.state).toEqual({ allowed: 32, active: 0, waiting: 0 });
});
