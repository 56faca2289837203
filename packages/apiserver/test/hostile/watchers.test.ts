import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type ClientHttp2Session, type ClientHttp2Stream, connect } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type Client, clientOf } from '../crash/client.ts';
import { adminOf, type ServerProcess, startServerProcess } from '../crash/server-process.ts';

const directory = mkdtempSync(join(tmpdir(), 'pullpath-watchers-'));
const configMaps = '/api/v1/namespaces/default/configmaps';
let server: ServerProcess;
let client: Client;
let url = '';

beforeAll(async () => {
  server = startServerProcess(directory);
  url = (await server.ready) ?? '';
  client = clientOf(url, directory);
});
afterAll(async () => {
  client.close();
  await server.kill();
  rmSync(directory, { recursive: true, force: true });
  expect(server.said()).toBe('');
});

async function session(): Promise<ClientHttp2Session> {
  const opened = connect(url, adminOf(directory));
  onTestFinished(() => opened.destroy());
  await once(opened, 'connect');
  return opened;
}

const put = (name: string, text: string) =>
  client.ask('PATCH', `${configMaps}/${name}?fieldManager=a&force=true`, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name },
    data: { text },
  });

function watch(on: ClientHttp2Session): ClientHttp2Stream {
  return on.request({ ':path': `${configMaps}?watch=true&resourceVersion=0` }).on('error', () => undefined);
}

test.runIf(process.platform === 'linux')(
  'ten thousand watches get every change, the next one is told to wait, and memory stays bounded',
  { timeout: 120_000 },
  async () => {
    const before = server.memory();
    let events = 0;
    for (let count = 0; count < 40; count++) {
      const opened = await session();
      const streams = Array.from({ length: 250 }, () => watch(opened));
      for (const stream of streams)
        stream.on('data', (chunk: Buffer) => (events += chunk.toString().split('"type":"ADDED"').length - 1));
      await Promise.all(streams.map((stream) => once(stream, 'response')));
    }
    const { status, body } = await client.ask('GET', `${configMaps}?watch=true`);
    expect([status, body.reason]).toEqual([429, 'TooManyRequests']);
    const start = performance.now();
    expect((await put('one', 'text')).status).toBe(201);
    expect(performance.now() - start).toBeLessThan(60_000);
    // Each also begins with the certificates of the cluster: nothing else is in this namespace.
    await expect.poll(() => events, { timeout: 30_000 }).toBe(10_000);
    expect(server.memory() - before).toBeLessThan(500);
  },
);

test.runIf(process.platform === 'linux')(
  'watches that nobody reads are cut off, and cost the others nothing',
  { timeout: 120_000 },
  async () => {
    const deaf = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const stream = await client.open(`${configMaps}?watch=true&resourceVersion=0`);
        stream.pause().on('error', () => undefined);
        return stream;
      }),
    );
    const good = await client.open(`${configMaps}?watch=true&resourceVersion=0`);
    let seen = 0;
    good.on('data', (chunk: Buffer) => {
      seen += chunk.toString().split('"type":"MODIFIED"').length - 1;
    });
    await put('big', 'first');
    const before = server.memory();
    for (let round = 0; round < 60; round++) {
      expect((await put('big', `${round}${'x'.repeat(800_000)}`)).status).toBe(200);
      await expect.poll(() => seen, { timeout: 10_000, interval: 5 }).toBe(round + 1);
    }
    expect(server.memory() - before).toBeLessThan(400);
    const read = await Promise.all(
      deaf.map(async (stream) => {
        let bytes = 0;
        stream.on('data', (chunk: Buffer) => (bytes += chunk.length));
        await new Promise((resolve) => stream.once('close', resolve).resume());
        return bytes;
      }),
    );
    expect(Math.max(...read)).toBeLessThan(60 * 800_000);
    good.on('error', () => undefined).destroy();
  },
);

test.runIf(process.platform === 'linux')(
  'large lists that nobody reads do not pile up',
  { timeout: 120_000 },
  async () => {
    for (let index = 0; index < 20; index++) await put(`large-${index}`, 'x'.repeat(900_000));
    const before = server.memory();
    const unread = await Promise.all(Array.from({ length: 30 }, () => client.open(configMaps)));
    expect((await client.ask('GET', `${configMaps}/one`)).status).toBe(200);
    const grown = server.memory() - before;
    for (const answer of unread) answer.on('error', () => undefined).destroy();
    expect(grown).toBeLessThan(900);
  },
);
