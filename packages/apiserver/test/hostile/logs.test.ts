import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { clientOf } from '../crash/client.ts';
import { startServerProcess } from '../crash/server-process.ts';

const secrets = '/api/v1/namespaces/default/secrets';
const value = Buffer.from('hunter2').toString('base64');

test('no log line holds a token or what is in a Secret, whatever goes wrong with it', { timeout: 60_000 }, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'pullpath-logs-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  // Writes fail for lack of room, so that the server has something to log.
  const server = startServerProcess(directory, 'ulimit -f 3000');
  const url = (await server.ready) ?? '';
  const client = clientOf(url, directory);
  const secret = (name: string, more: object) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name }, ...more });
  await client.ask('POST', secrets, secret('a', { data: { key: value } }));
  await client.ask('POST', secrets, secret('b', { data: { key: 'hunter2!' } }));
  await client.ask('POST', secrets, secret('c', { stringData: { key: ['hunter2'] } }));
  await client.ask('POST', secrets, secret('d', { data: { key: value }, type: 'kubernetes.io/dockerconfigjson' }));
  await client.ask('PATCH', `${secrets}/a?fieldManager=other`, secret('a', { data: { key: 'aHVudGVyMg==' } }));
  const token = await client.ask('POST', '/api/v1/namespaces/default/serviceaccounts/default/token', {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: {},
  });
  const padding = Buffer.alloc(700_000, 'hunter2').toString('base64');
  const statuses: number[] = [];
  for (let index = 0; index < 20; index++)
    statuses.push((await client.ask('POST', secrets, secret(`e${index}`, { data: { key: padding } }))).status);
  expect(statuses).toContain(507);
  client.close();
  await server.kill();
  expect(server.said()).not.toBe('');
  for (const hidden of ['hunter2', value, padding.slice(0, 60), String(token.body.status?.token ?? 'hunter2')])
    expect(server.said()).not.toContain(hidden);
});
