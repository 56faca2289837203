import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '@pullpath/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

const pullpath = join(import.meta.dirname, '../../../pullpath');
const directory = mkdtempSync(join(tmpdir(), 'pullpath-serve-'));
const data = join(directory, 'data');
let server: Started;

beforeAll(async () => {
  // Ports that systems give to connections are taken by others while the server is stopped.
  const [port] = await freePorts(1);
  server = await start('--listen', `127.0.0.1:${port}`);
}, 60_000);

afterAll(() => {
  server.child.kill('SIGKILL');
  rmSync(directory, { recursive: true });
});

interface Started {
  readonly child: ChildProcess;
  /** The first line of its stdout. */
  readonly line: string;
  /** What it said on stderr so far. A pipe that nobody reads would stop the server when it is full. */
  readonly said: () => string;
}

/** Starts a server on the data directory. */
async function start(...flags: string[]): Promise<Started> {
  const child = spawn(pullpath, ['serve', '--data-dir', data, ...flags], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk;
  });
  const line = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
    child.once('close', (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
  });
  return { child, line, said: () => said };
}

function ended({ child }: { child: ChildProcess }, signal: NodeJS.Signals): Promise<number | null> {
  return new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill(signal);
  });
}

interface Answer {
  readonly status: number | undefined;
  readonly body: Record<string, unknown>;
}

/** One request with the admin's certificate of the kubeconfig. */
function ask(method: string, path: string, body?: object): Promise<Answer> {
  const { clusters, users } = JSON.parse(readFileSync(join(data, 'kubeconfig'), 'utf8'));
  const plain = (base64: string) => Buffer.from(base64, 'base64').toString();
  const options = {
    // A connection that is kept may be one that the server before a restart has just closed.
    agent: false,
    method,
    ca: plain(clusters[0].cluster['certificate-authority-data']),
    cert: plain(users[0].user['client-certificate-data']),
    key: plain(users[0].user['client-key-data']),
    headers: { 'content-type': 'application/json' },
  };
  return new Promise((resolve, reject) => {
    const sent = request(`${clusters[0].cluster.server}${path}`, options, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.once('end', () => resolve({ status: response.statusCode, body: JSON.parse(text) }));
    });
    sent.once('error', reject).end(body && JSON.stringify(body));
  });
}

const mirrors = '/apis/config.openshift.io/v1/imagetagmirrorsets';
const mirrorSet = (name: string) => ({
  apiVersion: 'config.openshift.io/v1',
  kind: 'ImageTagMirrorSet',
  metadata: { name },
  spec: { imageTagMirrors: [{ source: 'quay.io/a', mirrors: ['m.example.com/a'] }] },
});

function run(...args: string[]): { status: number | null; stderr: string } {
  return spawnSync(pullpath, args, { encoding: 'utf8' });
}

test('the line on stdout names the address and a kubeconfig that only its owner reads', () => {
  expect(server.line).toMatch(/^ready https:\/\/127\.0\.0\.1:\d+ kubeconfig .*\/data\/kubeconfig$/);
  expect(statSync(join(data, 'kubeconfig')).mode & 0o777).toBe(0o600);
});

test('mirror sets are stored, and refused where their schema refuses them', async () => {
  expect(await ask('POST', mirrors, mirrorSet('a'))).toMatchObject({ status: 201 });
  const wrong = { ...mirrorSet('b'), spec: { imageTagMirrors: [{ source: 'quay.io/a', mirrors: ['https://m'] }] } };
  expect(await ask('POST', mirrors, wrong)).toMatchObject({ status: 422, body: { reason: 'Invalid' } });
});

test('a second server on the directory and a restore into it are refused with exit code 3', () => {
  expect(run('serve', '--data-dir', data)).toMatchObject({ status: 3, stderr: expect.stringContaining('in use') });
  const file = join(directory, 'anything.db');
  writeFileSync(file, '');
  expect(run('restore', file, '--data-dir', data)).toMatchObject({
    status: 3,
    stderr: expect.stringContaining('in use'),
  });
});

test('a wrong address is a usage error', () => {
  expect(run('serve', '--data-dir', join(directory, 'x'), '--listen', 'nonsense')).toMatchObject({ status: 2 });
});

test('a stop is clean, the next start keeps port and state, and a backup of the running server restores', {
  timeout: 120_000,
}, async () => {
  const backup = join(directory, 'backup.db');
  expect(run('backup', backup, '--data-dir', data)).toMatchObject({ status: 0 });
  expect(await ask('DELETE', `${mirrors}/a`)).toMatchObject({ status: 200 });
  expect(await ended(server, 'SIGTERM'), server.said()).toBe(0);
  const { line } = server;
  server = await start();
  expect(server.line).toBe(line);
  expect(await ask('GET', `${mirrors}/a`)).toMatchObject({ status: 404 });
  expect(await ended(server, 'SIGINT'), server.said()).toBe(0);
  expect(run('restore', backup, '--data-dir', data)).toMatchObject({ status: 0 });
  server = await start();
  expect(await ask('GET', `${mirrors}/a`)).toMatchObject({ status: 200 });
});

test('a file that is no backup is refused and nothing is lost', () => {
  const file = join(directory, 'text.db');
  writeFileSync(file, 'not a database at all, but long enough to be looked at as one');
  const empty = join(directory, 'elsewhere');
  expect(run('restore', file, '--data-dir', empty)).toMatchObject({
    status: 3,
    stderr: expect.stringContaining('is no backup'),
  });
});
