import { expect, onTestFinished, test } from 'vitest';
import { startKubeServer, type TestKubeServer } from '../../src/index.ts';

async function start(): Promise<TestKubeServer> {
  const server = await startKubeServer();
  onTestFinished(async () => server.close());
  return server;
}

const path = '/api/v1/namespaces/n/configmaps';

test('a watch from an old version brings what was missed, one from a forgotten version a 410', async () => {
  const server = await start();
  const { revision } = server.objects.history;
  server.put(`${path}/a`);
  server.objects.history.compact();
  server.put(`${path}/b`);
  const answer = await fetch(`${server.url}${path}?watch=true&resourceVersion=${revision}`);
  expect(answer.status).toBe(200);
  expect(JSON.parse(await answer.text())).toMatchObject({ type: 'ERROR', object: { code: 410 } });
  const stream = await fetch(`${server.url}${path}?watch=true&resourceVersion=${revision + 1}`);
  const chunk = await stream.body?.getReader().read();
  expect(JSON.parse(new TextDecoder().decode(chunk?.value))).toMatchObject({
    type: 'ADDED',
    object: { metadata: { name: 'b' } },
  });
});

test('a fault happens as often as it was asked for, and the newest first', async () => {
  const server = await start();
  server.fail({ effect: { kind: 'answer', status: 500 } });
  server.fail({ times: 1, effect: { kind: 'answer', status: 429 } });
  const statuses = [await fetch(`${server.url}${path}`), await fetch(`${server.url}${path}`)].map(
    ({ status }) => status,
  );
  server.heal();
  expect([...statuses, (await fetch(`${server.url}${path}`)).status]).toEqual([429, 500, 200]);
});

test('an answer can be cut where it hurts', async () => {
  const server = await start();
  server.put(`${path}/a`);
  server.fail({ effect: { kind: 'partial', bytes: 10, after: 'cut' } });
  const answer = await fetch(`${server.url}${path}`);
  await expect(answer.text()).rejects.toThrow();
});

test('a server that stopped is found at the same address, with its objects', async () => {
  const server = await start();
  server.put(`${path}/a`);
  await server.stop();
  await expect(fetch(`${server.url}${path}`)).rejects.toThrow();
  await server.start();
  expect(await (await fetch(`${server.url}${path}/a`)).json()).toMatchObject({ metadata: { name: 'a' } });
});
