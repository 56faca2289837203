import { expect, test } from 'vitest';
import { configMaps } from '../../src/index.ts';
import { configMap, start } from '../start.ts';

const where = { namespace: 'default', name: 'a' };
const busy = (headers: Record<string, string> = {}) =>
  ({ kind: 'answer', status: 429, headers, body: { kind: 'Status', code: 429, message: 'busy' } }) as const;

test('Retry-After is waited for, whatever the verb', async () => {
  const { client, server, clock } = await start();
  server.fail({ times: 2, effect: busy({ 'retry-after': '5' }) });
  let done = false;
  const call = client.create(configMaps, { metadata: where }).finally(() => {
    done = true;
  });
  await clock.until(() => done);
  expect((await call).metadata.name).toBe('a');
  expect(clock.monotonic()).toBeGreaterThanOrEqual(10_000);
  expect(clock.monotonic()).toBeLessThan(12_000);
});

test('a Retry-After beyond the deadline is the end of the call, at once', async () => {
  const { client, server, clock } = await start();
  server.fail({ effect: busy({ 'retry-after': '3600' }) });
  await expect(client.get(configMaps, where)).rejects.toMatchObject({ retryAfterMs: 3_600_000 });
  expect(clock.monotonic()).toBe(0);
});

test('a read without an answer is repeated, a write is not', async () => {
  const { client, server, clock } = await start();
  server.put(configMap('a'));
  server.fail({ times: 2, effect: { kind: 'cut' } });
  let done = false;
  const read = client.get(configMaps, where).finally(() => {
    done = true;
  });
  await clock.until(() => done);
  expect((await read).metadata.name).toBe('a');
  server.fail({ times: 1, effect: { kind: 'cut', carriedOut: true } });
  await expect(client.patch(configMaps, where, 'merge', {})).rejects.toMatchObject({ code: 'kube-unreachable' });
});

test('a server that does not answer is left at the deadline', async () => {
  const { client, server, clock } = await start();
  server.fail({ effect: { kind: 'hang' } });
  let failure: unknown;
  void client.get(configMaps, where).catch((error: unknown) => {
    failure = error;
  });
  await clock.until(() => failure !== undefined, { stepMs: 1_000 });
  expect(failure).toMatchObject({ code: 'kube-timeout' });
  expect(clock.monotonic()).toBeLessThanOrEqual(61_000);
  expect(clock.timers).toBe(0);
});

test('an answer that takes long but keeps coming is read to its end', async () => {
  const { client, server, clock } = await start({}, { attemptMs: 1_000 });
  server.put(configMap('a'), { data: { key: 'x'.repeat(2_000) } });
  server.fail({ effect: { kind: 'drip', bytes: 7 } });
  let done = false;
  const read = client.get(configMaps, where).finally(() => {
    done = true;
  });
  await clock.until(() => done, { stepMs: 50 });
  expect((await read).data?.['key']).toHaveLength(2_000);
});

test('requests in flight are halved by a server that is overloaded, and come back', async () => {
  const { client, server, clock } = await start();
  server.put(configMap('a'));
  server.fail({ times: 20, effect: busy({ 'retry-after': '1' }) });
  let done = 0;
  for (let index = 0; index < 64; index++) void client.get(configMaps, where).then(() => done++);
  await clock.until(() => done === 64);
  expect(client.limit.state).toMatchObject({ active: 0, waiting: 0 });
  expect(client.limit.state.allowed).toBeLessThanOrEqual(16);
  const { allowed } = client.limit.state;
  for (let index = 0; index < 100; index++) await client.get(configMaps, where);
  expect(client.limit.state.allowed).toBe(allowed + 1);
});

test('no more requests are in flight than allowed', async () => {
  const { client, server } = await start();
  server.fail({ effect: { kind: 'hang' } });
  const controller = new AbortController();
  const calls = Array.from({ length: 40 }, async () =>
    client.get(configMaps, where, { signal: controller.signal }).catch(() => undefined),
  );
  expect(client.limit.state).toMatchObject({ active: 32, waiting: 8 });
  controller.abort();
  await Promise.all(calls);
  expect(client.limit.state).toMatchObject({ active: 0, waiting: 0 });
});
