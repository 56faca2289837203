import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTarget, type Target } from './target.ts';

let target: Target;

beforeAll(async () => {
  target = await startTarget();
});
afterAll(async () => {
  expect(target.reports).toEqual([]);
  await target.close();
});

const host = 'Host: 127.0.0.1\r\n';
const last = 'Connection: close\r\n\r\n';

test.each([
  ['no HTTP', 'hello\r\n\r\n', 400],
  ['a method that is none', `FLY /api HTTP/1.1\r\n${host}${last}`, 400],
  ['a header without a colon', `GET /api HTTP/1.1\r\n${host}nonsense\r\n${last}`, 400],
  ['a header with a control character', `GET /api HTTP/1.1\r\n${host}a: b\x01c\r\n${last}`, 400],
  ['two lengths', `POST /api/v1/namespaces HTTP/1.1\r\n${host}Content-Length: 1\r\nContent-Length: 2\r\n${last}x`, 400],
  [
    'a length and chunks',
    `POST /api/v1/namespaces HTTP/1.1\r\n${host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n${last}0\r\n\r\n`,
    400,
  ],
  ['a negative length', `POST /api/v1/namespaces HTTP/1.1\r\n${host}Content-Length: -1\r\n${last}`, 400],
  [
    'chunks that are none',
    `POST /api/v1/namespaces HTTP/1.1\r\n${host}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n${last}zz\r\n`,
    400,
  ],
  ['headers beyond the limit', `GET /api HTTP/1.1\r\n${host}a: ${'x'.repeat(100_000)}\r\n${last}`, 431],
  ['a path beyond the limit', `GET /api?labelSelector=${'a,'.repeat(50_000)} HTTP/1.1\r\n${host}${last}`, 431],
  ['no Host at all', `GET /api HTTP/1.1\r\n${last}`, 400],
])('%s is answered with a Status', async (_, bytes, code) => {
  const answer = await target.raw(bytes);
  expect(answer.split(' ')[1]).toBe(String(code));
  expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4))).toMatchObject({
    kind: 'Status',
    status: 'Failure',
    code,
  });
});

test.each([
  '/api/v1/namespaces/../../secrets',
  '/api/v1/namespaces/%2e%2e/secrets',
  '/api/v1/namespaces/default%2fsecrets',
  '/api/v1/namespaces/default/secrets/a%00b',
  '/api/v1//namespaces//default',
  '/api/v1/namespaces/default/secrets/%252e%252e',
  '/api/v1/namespaces/default/configmaps/__proto__',
  '/clusters/%2e%2e/api',
  '/clusters/__proto__/api/v1/namespaces',
  '/clusters/constructor/api',
  '/apis/__proto__/v1/constructor',
  '/api/v1/namespaces/default/constructor/a',
  '/api/v1/watch/%ff%fe',
  '/api/v1/namespaces/default/configmaps/a/status/b/c/d/e',
  'http://evil.example.com/api/v1/secrets',
  '*',
])('the path %s finds nothing, and says so', async (path) => {
  const answer = await target.raw(`GET ${path} HTTP/1.1\r\n${host}${last}`);
  expect(Number(answer.split(' ')[1])).toSatisfy((status: number) => status >= 400 && status < 500);
});

test('who sends nothing, or a little at a time, is sent away, and others are served meanwhile', {
  timeout: 60_000,
}, async () => {
  const silent = await target.socket();
  const slow = await target.socket();
  slow.write('GET /api HTTP/1.1\r\n');
  const dripping = setInterval(() => slow.write('x'), 1_000);
  expect((await target.client.ask('GET', '/api/v1/namespaces/default')).status).toBe(200);
  await new Promise((resolve) => slow.once('close', resolve));
  clearInterval(dripping);
  silent.destroy();
});

test('what is no TLS is hung up on', async () => {
  const { connect } = await import('node:net');
  const plain = connect(Number(new URL(target.server.url).port), '127.0.0.1');
  plain.on('error', () => undefined);
  plain.write('GET /api HTTP/1.1\r\n\r\n');
  await once(plain, 'close');
  expect((await target.client.ask('GET', '/api/v1/namespaces/default')).status).toBe(200);
});
