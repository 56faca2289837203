import { mkdtempSync, rmSync, statSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:http2';
import { type RequestOptions, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenServer, openServer } from '../../src/index.ts';
import { type Identity, loadIdentity } from '../../src/server/identity-files.ts';

let directory: string;
let server: OpenServer;
let identity: Identity;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'pullpath-listen-'));
  server = await openServer({
    dataDir: directory,
    host: '127.0.0.1',
    port: 0,
    kinds: [],
    report: (error) => console.error(error),
  });
  identity = await loadIdentity(directory, '127.0.0.1', new Date());
});

afterAll(async () => {
  await server.close();
  rmSync(directory, { recursive: true, force: true });
});

const admin = () => ({ ca: identity.authority.certificate, cert: identity.admin.certificate, key: identity.admin.key });

function send(path: string, options: RequestOptions = {}, body = ''): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(`${server.url}${path}`, { ...admin(), ...options }, (response: IncomingMessage) => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.on('error', reject).end(body);
  });
}

test('the administrator is known by the certificate of the kubeconfig, others are refused', async () => {
  expect((await send('/version')).status).toBe(200);
  expect((await send('/version', { cert: undefined, key: undefined })).status).toBe(401);
});

test('a Host header that names another machine is refused', async () => {
  expect((await send('/version', { servername: 'localhost', headers: { host: 'evil.example.com' } })).status).toBe(403);
  expect((await send('/version', { servername: 'localhost', headers: { host: 'localhost' } })).status).toBe(200);
});

test('a path that is not canonical is refused', async () => {
  expect((await send('/api/v1/namespaces/a%2f..%2fb')).status).toBe(400);
  expect((await send('/api/v1/%ff')).status).toBe(400);
});

test('a body beyond the limit gets a Status', async () => {
  const headers = { 'content-type': 'application/json' };
  const { status, text } = await send('/api/v1/namespaces', { method: 'POST', headers }, 'a'.repeat(4_000_000));
  expect(status).toBe(413);
  expect(JSON.parse(text)).toMatchObject({ reason: 'RequestEntityTooLarge' });
});

test('HTTP/2 carries requests and watches on one connection', async () => {
  const client = connect(server.url, admin());
  const read = (path: string) =>
    new Promise<string>((resolve, reject) => {
      const stream = client.request({ ':path': path });
      let text = '';
      stream.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      stream.on('end', () => resolve(text)).on('error', reject);
    });
  const [version, events] = await Promise.all([
    read('/version'),
    read('/api/v1/namespaces?watch=true&timeoutSeconds=1'),
  ]);
  expect(JSON.parse(version)).toMatchObject({ major: '1' });
  expect(events.split('\n').filter((line) => line.includes('"ADDED"'))).toHaveLength(4);
  client.close();
});

test('keys and the kubeconfig are for their owner alone', () => {
  for (const file of ['kubeconfig', 'pki/ca.key', 'pki/admin.key', 'pki/service-account.key']) {
    expect(statSync(join(directory, file)).mode & 0o777).toBe(0o600);
  }
});

test('certificates are kept, and cover the addresses of this machine', async () => {
  const again = await loadIdentity(directory, '127.0.0.1', new Date());
  expect(again).toEqual(identity);
  const later = await loadIdentity(directory, '127.0.0.1', new Date(Date.now() + 340 * 24 * 3600 * 1000));
  expect(later.authority).toEqual(identity.authority);
  expect(later.server.certificate).not.toBe(identity.server.certificate);
});

test('a stopped server ends its watches, and the next one has the same port', async () => {
  const own = mkdtempSync(join(tmpdir(), 'pullpath-again-'));
  const options = {
    dataDir: own,
    host: '127.0.0.1',
    port: 0,
    kinds: [],
    report: (error: unknown) => console.error(error),
  };
  const first = await openServer(options);
  const url = first.url;
  const { authority, admin: client } = await loadIdentity(own, '127.0.0.1', new Date());
  const ended = new Promise((resolve, reject) => {
    const tls = { ca: authority.certificate, cert: client.certificate, key: client.key };
    request(`${url}/api/v1/namespaces?watch=true`, tls, (response) =>
      response.once('data', () => void first.close()).on('end', resolve),
    )
      .on('error', reject)
      .end();
  });
  await ended;
  await first.close();
  const second = await openServer(options);
  expect(second.url).toBe(url);
  await second.close();
  rmSync(own, { recursive: true, force: true });
});
