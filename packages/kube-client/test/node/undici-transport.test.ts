import { createAuthority, startKubeServer } from '@pullpath/testkit';
import { expect, onTestFinished, test, vi } from 'vitest';
import { configMaps } from '../../src/index.ts';
import { connect, type KubeConnection, loadConnection, staticConnection } from '../../src/node/index.ts';
import { configMap, start } from '../start.ts';

const authority = createAuthority();

test('certificates that are replaced are used for the next request, without a new client', async () => {
  const server = await startKubeServer({ tls: authority.issue(['127.0.0.1']) });
  onTestFinished(async () => server.close());
  let ca: string | undefined;
  const connection: KubeConnection = {
    ...staticConnection({ server: server.url }),
    credentials: async () => ({ headers: {}, tls: { ca } }),
  };
  const client = connect(connection, { deadlineMs: 5_000 });
  onTestFinished(async () => client.close());
  await expect(client.list(configMaps)).rejects.toMatchObject({ code: 'kube-tls' });
  ca = authority.certificate;
  expect((await client.list(configMaps)).items).toEqual([]);
});

test('connections are kept between requests', async () => {
  const { server, client } = await start();
  for (let index = 0; index < 20; index++) await client.list(configMaps);
  expect(server.connections).toBeLessThanOrEqual(2);
});

test('a reader that leaves a watch ends its connection', async () => {
  const { server, client } = await start();
  server.put(configMap('a'));
  for await (const event of client.watch(configMaps)) {
    expect(event.type).toBe('ADDED');
    break;
  }
  await expect.poll(() => server.objects.openWatches, { timeout: 10_000 }).toBe(0);
});

test('a refused credential is renewed once, and a second refusal is the answer', async () => {
  const { server } = await start();
  let renewals = 0;
  const connection = { ...staticConnection({ server: server.url, token: 't' }), renew: () => void renewals++ };
  const client = connect(connection);
  onTestFinished(async () => client.close());
  server.fail({
    effect: { kind: 'answer', status: 401, body: { kind: 'Status', code: 401, message: 'Unauthorized' } },
  });
  await expect(client.list(configMaps)).rejects.toMatchObject({ message: 'Unauthorized' });
  expect([renewals, server.requests.length]).toEqual([1, 2]);
});

test('a pod finds its server in the environment', async () => {
  const env = { HOME: '/nonexistent', KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443' };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  expect((await loadConnection({ env })).server.href).toBe('https://[fd00::1]/');
});
