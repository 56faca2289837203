import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProcess, openServer } from '@pullpath/apiserver';
import { expect, onTestFinished, test } from 'vitest';
import { configMaps, Informer, KubeClient } from '../src/index.ts';

async function start() {
  const dataDir = mkdtempSync(join(tmpdir(), 'pullpath-in-process-'));
  const report = (error: unknown): void => {
    throw error;
  };
  const server = await openServer({ dataDir, host: '127.0.0.1', port: 0, kinds: [], report });
  onTestFinished(async () => {
    await server.close();
    rmSync(dataDir, { recursive: true });
  });
  return server;
}

test('a client in the process of the server reads, writes and watches as over a connection', async () => {
  const { api } = await start();
  const client = new KubeClient({ transport: inProcess(api) });
  const stop = new AbortController();
  const informer = new Informer({ client, resource: configMaps, report: () => undefined });
  const ended = informer.run(stop.signal);
  const seen = Promise.withResolvers<string>();
  informer.store.onChange(({ object }) => {
    if (object.metadata.name === 'one') seen.resolve(object.data?.['a'] ?? '');
  });
  await informer.synced(stop.signal);
  await client.create(configMaps, { metadata: { namespace: 'default', name: 'one' }, data: { a: 'é' } });
  expect(await seen.promise).toBe('é');
  stop.abort();
  await ended;
});

test('each logical cluster is another API', async () => {
  const server = await start();
  await server.addCluster('guest');
  const guest = new KubeClient({ transport: inProcess(server.api, { cluster: 'guest' }) });
  await guest.create(configMaps, { metadata: { namespace: 'default', name: 'one' } });
  const root = new KubeClient({ transport: inProcess(server.api) });
  await expect(root.get(configMaps, { namespace: 'default', name: 'one' })).rejects.toMatchObject({
    status: { code: 404 },
  });
});
