import { startKubeServer } from '@pullpath/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { configMaps, fetchTransport, KubeClient } from '../../src/index.ts';
import { configMap } from '../start.ts';

async function start() {
  const server = await startKubeServer();
  onTestFinished(async () => server.close());
  const transport = fetchTransport({ server: server.url, headers: { authorization: 'Bearer t' } });
  return { server, client: new KubeClient({ transport }) };
}

test('the client works over fetch, with its own headers', async () => {
  const { server, client } = await start();
  server.put(configMap('a'));
  expect((await client.list(configMaps)).items).toHaveLength(1);
  expect(server.requests[0]?.headers.authorization).toBe('Bearer t');
});

test('a watch over fetch streams, and ends when its reader leaves', async () => {
  const { server, client } = await start();
  server.put(configMap('a'));
  for await (const event of client.watch(configMaps)) {
    expect(event.type).toBe('ADDED');
    break;
  }
  await expect.poll(() => server.objects.openWatches, { timeout: 10_000 }).toBe(0);
});

test('a server that is not there is unreachable, a call that is given up is cancelled', async () => {
  const { server, client } = await start();
  await server.stop();
  await expect(client.create(configMaps, { metadata: { namespace: 'n', name: 'a' } })).rejects.toMatchObject({
    code: 'kube-unreachable',
  });
  await expect(client.list(configMaps, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: 'kube-cancelled',
  });
});
