import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type ConfigMap, configMaps, Informer, keyOf } from '../../src/index.ts';
import { connect, loadConnection } from '../../src/node/index.ts';
import { startEmbedded } from './embedded.ts';
import { clientSuite } from './suite.ts';

const newDirectory = (): string => mkdtempSync(join(tmpdir(), 'pullpath-client-suite-'));

clientSuite(async () => {
  const directory = newDirectory();
  const server = await startEmbedded(directory);
  const stop = async (): Promise<void> => {
    await server.stop();
    rmSync(directory, { recursive: true });
  };
  return { ...server, stop };
});

test('an informer goes on where it was when the server comes back on its directory', async () => {
  const directory = newDirectory();
  onTestFinished(() => rmSync(directory, { recursive: true }));
  let server = await startEmbedded(directory);
  const client = connect(await loadConnection({ path: server.kubeconfig }));
  const backoff = { first: 20, longest: 100, resetAfter: 1_000 };
  const informer = new Informer<ConfigMap>({
    client,
    namespace: 'default',
    resource: configMaps,
    backoff,
    report: () => undefined,
  });
  const changes: string[] = [];
  informer.store.onChange((change) => void changes.push(`${change.type} ${keyOf(change.object)} ${change.cause}`));
  const stop = new AbortController();
  const ended = informer.run(stop.signal);
  const write = async (name: string): Promise<unknown> =>
    client.apply(configMaps, { metadata: { namespace: 'default', name } });

  await write('a');
  await expect.poll(() => changes.length, { timeout: 10_000 }).toBe(1);
  for (const name of ['b', 'c', 'd']) {
    await server.stop();
    server = await startEmbedded(directory);
    await write(name);
    await expect.poll(() => changes.at(-1), { timeout: 10_000 }).toContain(`added default/${name} `);
  }
  expect(changes).toHaveLength(4);
  stop.abort();
  await ended;
  await client.close();
  await server.stop();
});
