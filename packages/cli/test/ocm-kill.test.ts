import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  connectOcm,
  createCluster,
  createImageMirror,
  getCluster,
  listImageMirrors,
  type OcmClient,
  OcmError,
} from '@pullpath/ocm-api/client';
import { seeded } from '@pullpath/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { launcher, pullpath } from './run-cli.ts';

const kills = 6;
const parallel = 4;

interface Running {
  readonly child: ChildProcess;
  readonly url: string;
}

async function start(data: string): Promise<Running> {
  const args = ['serve', '--data-dir', data, '--workers', '0', '--ocm-listen', '127.0.0.1:0'];
  const child = spawn(launcher, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  let text = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const [, found] = /^ocm (\S+) /m.exec(text) ?? [];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return { child, url };
}

function connect(data: string, url: string): OcmClient {
  const token = pullpath(['ocm', 'token', 'create', '--data-dir', data, '--ttl', '1h']).stdout.trim();
  return connectOcm({ url, tokens: [token], trustedCas: readFileSync(join(data, 'ca.crt'), 'utf8') });
}

test('killed in the middle of writes, the server keeps what it answered for, once and whole', {
  timeout: 240_000,
}, async () => {
  const data = mkdtempSync(join(tmpdir(), 'pullpath-ocm-kill-'));
  onTestFinished(() => rmSync(data, { recursive: true, force: true, maxRetries: 5 }));
  const random = seeded(20_261_124);
  let server = await start(data);
  onTestFinished(() => void server.child.kill('SIGKILL'));
  const client = connect(data, server.url);
  onTestFinished(() => client.close());
  const { id } = await createCluster(client, { name: 'killed', nodes: { compute: 0 } });
  await expect.poll(async () => (await getCluster(client, id)).state, { timeout: 20_000 }).toBe('ready');
  const answered = new Set<string>();
  for (let round = 0; round < kills; round++) {
    await writeUntilKilled(server, client, id, { round, answered, afterMs: 20 + random.below(200) });
    server = await start(data);
    const sources = (await listImageMirrors(client, id)).map(({ source }) => source);
    expect(new Set(sources).size).toBe(sources.length);
    expect(sources).toEqual(expect.arrayContaining([...answered]));
  }
  expect(answered.size).toBeGreaterThan(0);
});

interface Round {
  readonly round: number;
  readonly answered: Set<string>;
  readonly afterMs: number;
}

async function writeUntilKilled(
  { child }: Running,
  client: OcmClient,
  id: string,
  { round, answered, afterMs }: Round,
): Promise<void> {
  const dead = new Promise((resolve) => child.once('exit', resolve));
  setTimeout(() => child.kill('SIGKILL'), afterMs);
  let count = 0;
  const writer = async (): Promise<void> => {
    while (child.exitCode === null && child.signalCode === null && count < 30) {
      const source = `s.io/${round}-${count++}`;
      await createImageMirror(client, id, { source, mirrors: ['m.io/x'] }).then(
        () => answered.add(source),
        (error: unknown) => expect(error).toBeInstanceOf(OcmError),
      );
    }
  };
  await Promise.all([dead, ...Array.from({ length: parallel }, writer)]);
}
