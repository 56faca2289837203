import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { fetchIgnition } from '../../src/simulation/fetch-ignition.ts';
import { readUserData } from '../../src/simulation/user-data.ts';
import { startIgnitionEndpoint } from './ignition-endpoint.ts';

const signal = AbortSignal.timeout(30_000);

test('user data leads to an address, with headers and authorities', async () => {
  const { userData } = await startIgnitionEndpoint({});
  expect(readUserData(userData)).toEqual({
    url: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+\/ignition$/),
    headers: { Authorization: 'Bearer dG9rZW4=', NodePool: 'clusters/pool-a', TargetConfigVersionHash: 'abcd1234' },
    authorities: [expect.stringContaining('BEGIN CERTIFICATE')],
  });
});

test('user data may replace instead of merge', () => {
  const ignition = { version: '3.2.0', config: { replace: { source: 'https://example.com/ignition' } } };
  expect(readUserData(JSON.stringify({ ignition })).url).toBe('https://example.com/ignition');
});

test.each([
  ['no JSON', '{', 'it is no JSON'],
  ['nothing to merge', '{"ignition":{"version":"3.2.0"}}', 'names no configuration'],
  [
    'an authority from elsewhere',
    JSON.stringify({
      ignition: {
        config: { merge: [{ source: 'https://example.com' }] },
        security: { tls: { certificateAuthorities: [{ source: 'https://example.com/ca' }] } },
      },
    }),
    'lie elsewhere',
  ],
])('user data with %s cannot be booted from', (_, text, reason) => {
  expect(() => readUserData(text)).toThrow(reason);
});

test('the answer may be packed', async () => {
  const endpoint = await startIgnitionEndpoint({});
  endpoint.answer = { status: 200, body: gzipSync('{"ignition":{"version":"3.2.0"}}') };
  expect(await fetchIgnition(readUserData(endpoint.userData), signal)).toEqual({ ignition: { version: '3.2.0' } });
});

test('a refusal and an answer that is no JSON are told with the address, and without the token', async () => {
  const endpoint = await startIgnitionEndpoint({});
  const source = readUserData(endpoint.userData);
  endpoint.answer = { status: 401, body: 'dG9rZW4=' };
  await expect(fetchIgnition(source, signal)).rejects.toMatchObject({
    code: 'ignition-unavailable',
    message: `${source.url} gives no configuration: it answers 401`,
  });
  endpoint.answer = { status: 200, body: 'dG9rZW4=' };
  await expect(fetchIgnition(source, signal)).rejects.toThrow('its answer is no JSON');
});

test('an endpoint with a certificate of someone else gets no token', async () => {
  const endpoint = await startIgnitionEndpoint({});
  const { authorities: _, ...source } = readUserData(endpoint.userData);
  await expect(fetchIgnition({ ...source, authorities: [] }, signal)).rejects.toMatchObject({
    code: 'ignition-unavailable',
  });
  expect(endpoint.requests).toEqual([]);
});
