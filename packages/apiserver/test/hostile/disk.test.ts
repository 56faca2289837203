import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { type Client, clientOf } from '../crash/client.ts';
import { type ServerProcess, startServerProcess } from '../crash/server-process.ts';

const secrets = '/api/v1/namespaces/default/secrets';
const secret = Buffer.from('hunter2 '.repeat(20_000)).toString('base64');

function newDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'pullpath-disk-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** A file system of its own, where this user may have one. */
function smallDisk(size: string): string | undefined {
  const directory = newDirectory();
  if (!mount('-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', directory)) return undefined;
  onTestFinished(() => void spawnSync('umount', [directory]));
  return directory;
}

function mount(...args: string[]): boolean {
  return spawnSync('mount', args).status === 0;
}

async function started(directory: string, limit?: string): Promise<{ server: ServerProcess; client: Client }> {
  const server = startServerProcess(directory, limit);
  const url = await server.ready;
  if (url === undefined) throw new Error(server.said());
  const client = clientOf(url, directory);
  onTestFinished(async () => {
    client.close();
    await server.kill();
  });
  return { server, client };
}

const put = (client: Client, name: string) =>
  client.ask('POST', secrets, { apiVersion: 'v1', kind: 'Secret', metadata: { name }, data: { key: secret } });

/** Writes until it is refused; how many were taken, and the refusal. */
async function fill(client: Client): Promise<{ taken: number; refusal: { status: number; body: unknown } }> {
  for (let taken = 0; taken < 1000; taken++) {
    const answer = await put(client, `s${taken}`);
    if (answer.status !== 201) return { taken, refusal: answer };
  }
  throw new Error('the disk does not get full');
}

/** The names of the Secrets that a watch told of so far. */
async function follow(client: Client): Promise<string[]> {
  const names: string[] = [];
  const stream = await client.open(`${secrets}?watch=true&resourceVersion=0`);
  createInterface({ input: stream })
    .on('error', () => undefined)
    .on('line', (line) => {
      names.push(JSON.parse(line).object.metadata.name);
    });
  return names;
}

function expectRefusal({ status, body }: { status: number; body: unknown }): void {
  expect({ status, body }).toMatchObject({ status: 507 });
  expect(body).toMatchObject({
    kind: 'Status',
    reason: 'InsufficientStorage',
    message: expect.stringContaining('state.db'),
  });
}

async function expectReads(client: Client, taken: number, names: readonly string[]): Promise<void> {
  expect((await client.ask('GET', secrets)).body.items).toHaveLength(taken);
  expect((await client.ask('GET', `${secrets}/s0`)).status).toBe(200);
  await expect.poll(() => names.length).toBe(taken);
}

test('a file that may not grow refuses writes with a Status; reads and watches go on, and a start finds everything', {
  timeout: 60_000,
}, async () => {
  const directory = newDirectory();
  const { server, client } = await started(directory, 'ulimit -f 16384');
  const names = await follow(client);
  const { taken, refusal } = await fill(client);
  expectRefusal(refusal);
  expect(taken).toBeGreaterThan(5);
  await expectReads(client, taken, names);
  expectRefusal(await put(client, 'again'));
  expect(server.said()).not.toContain('hunter2');
  expect(server.said()).not.toContain(secret.slice(0, 100));
  await server.kill();
  const again = await started(directory);
  expect((await again.client.ask('GET', secrets)).body.items).toHaveLength(taken);
  expect((await put(again.client, 'more')).status).toBe(201);
});

test('a full disk refuses writes with a Status, and takes them again when it has room', {
  timeout: 60_000,
}, async (context) => {
  const directory = smallDisk('12m');
  if (directory === undefined) return context.skip('this user may not mount a tmpfs');
  const { server, client } = await started(directory);
  const names = await follow(client);
  const { taken, refusal } = await fill(client);
  expectRefusal(refusal);
  await expectReads(client, taken, names);
  expect(mount('-o', 'remount,size=64m', directory)).toBe(true);
  expect((await put(client, 'after')).status).toBe(201);
  await expect.poll(() => names.at(-1)).toBe('after');
  await server.kill();
  const again = await started(directory);
  expect((await again.client.ask('GET', secrets)).body.items).toHaveLength(taken + 1);
});

test('a read-only disk is named by the start that it refuses', { timeout: 60_000 }, async (context) => {
  const directory = smallDisk('64m');
  if (directory === undefined) return context.skip('this user may not mount a tmpfs');
  const { server } = await started(directory);
  await server.kill();
  expect(mount('-o', 'remount,ro', directory)).toBe(true);
  const refused = startServerProcess(directory);
  expect(await refused.ready).toBeUndefined();
  expect(refused.said()).toMatch(/store-unusable|server-files/);
  expect(refused.said()).toContain(directory);
});
