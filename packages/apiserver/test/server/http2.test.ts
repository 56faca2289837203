import { mkdtempSync, rmSync } from 'node:fs';
import { type ClientHttp2Session, type ClientHttp2Stream, connect } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type OpenServer, openServer } from '../../src/index.ts';
import { loadIdentity } from '../../src/server/identity-files.ts';

let directory: string;
let server: OpenServer;
let client: ClientHttp2Session;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'pullpath-h2-'));
  server = await openServer({
    dataDir: directory,
    host: '127.0.0.1',
    port: 0,
    kinds: [],
    report: (error) => console.error(error),
  });
  const { authority, admin } = await loadIdentity(directory, '127.0.0.1', new Date());
  client = connect(server.url, { ca: authority.certificate, cert: admin.certificate, key: admin.key });
});

afterEach(async () => {
  client.destroy();
  await server.close();
  rmSync(directory, { recursive: true, force: true });
});

const configMaps = '/api/v1/namespaces/default/configmaps';

function ask(path: string, body?: string): ClientHttp2Stream {
  const method = body === undefined ? 'GET' : 'POST';
  return client.request({ ':path': path, ':method': method, 'content-type': 'application/json' }).end(body);
}

async function textOf(stream: ClientHttp2Stream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function configMap(name: string, size = 1): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { text: 'x'.repeat(size) } });
}

/** Resolves with the first data of a stream. */
function first(stream: ClientHttp2Stream): Promise<string> {
  return new Promise((resolve, reject) => {
    stream.once('data', (chunk: Buffer) => resolve(chunk.toString())).once('error', reject);
  });
}

test('a hundred watches and their writes share one connection', async () => {
  const watches = Array.from({ length: 100 }, () => ask(`${configMaps}?watch=true`));
  const events = watches.map(first);
  await Promise.all(watches.map((watch) => new Promise((resolve) => watch.once('response', resolve))));
  expect(JSON.parse(await textOf(ask(configMaps, configMap('a')))).metadata.name).toBe('a');
  for (const event of await Promise.all(events)) expect(event).toContain('"name":"a"');
});

test('a stream that nobody reads holds up no other', async () => {
  const unread = ask(`${configMaps}?watch=true`);
  await new Promise((resolve) => unread.once('response', resolve));
  unread.pause();
  // More than the window of a stream.
  for (const name of ['a', 'b', 'c', 'd']) await textOf(ask(configMaps, configMap(name, 200_000)));
  expect(JSON.parse(await textOf(ask(`${configMaps}/d`))).metadata.name).toBe('d');
});

test('a server that stops says so, and ends its watches', async () => {
  const watch = ask(`${configMaps}?watch=true`);
  await new Promise((resolve) => watch.once('response', resolve));
  const goaway = new Promise((resolve) => client.once('goaway', resolve));
  const ended = textOf(watch);
  await server.close();
  expect(await goaway).toBe(0);
  expect(await ended).toBe('');
});
