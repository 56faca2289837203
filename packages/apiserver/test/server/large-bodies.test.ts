import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { clientOf } from '../crash/client.ts';
import { startServerProcess } from '../crash/server-process.ts';

test('a large answer does not spoil the large request that comes after it on the same connection', {
  timeout: 60_000,
}, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'pullpath-large-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const server = startServerProcess(directory);
  const client = clientOf((await server.ready) ?? '', directory);
  const path = '/api/v1/namespaces/default/configmaps/a?fieldManager=a';
  for (let round = 0; round < 100; round++) {
    const data = { text: `${round} ${'x'.repeat(200_000)}` };
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data };
    expect(await client.ask('PATCH', path, object)).toMatchObject({ body: { data } });
  }
  client.close();
  await server.kill();
});
