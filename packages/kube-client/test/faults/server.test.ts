import { expect, test } from 'vitest';
import { briefly, configMap, follow, start } from '../start.ts';

test('a server that restarts is found again, and nothing that happened meanwhile is lost', async () => {
  const started = await start();
  const { server, clock } = started;
  const { changes, informer, reports } = follow(started);
  await clock.until(() => server.objects.openWatches === 1);
  await server.stop();
  server.put(configMap('a'));
  server.put(configMap('a'), { data: { key: '2' } });
  await clock.until(() => informer.metrics().failures >= 5);
  await server.start();
  await clock.until(() => changes.length === 2);
  expect(briefly(changes)).toEqual(['added a', 'updated a']);
  expect(informer.metrics()).toMatchObject({ lists: 1, relists: 0 });
  expect(reports.every((it) => it.startsWith('watch configmaps: CodedError: 127.0.0.1:'))).toBe(true);
});

test('a server that is not there at the start is waited for without end', async () => {
  const started = await start();
  const { server, clock } = started;
  await server.stop();
  server.put(configMap('a'));
  const { informer } = follow(started);
  await clock.until(() => informer.metrics().failures >= 20, { stepMs: 5_000 });
  await server.start();
  await clock.until(() => informer.isSynced, { stepMs: 5_000 });
  expect(informer.store.size).toBe(1);
});

test('attempts on a dead server come at longer and longer intervals, up to a minute', async () => {
  const started = await start();
  await started.server.stop();
  const { informer } = follow(started, { random: () => 1 });
  const times: number[] = [];
  while (times.length < 9) {
    await started.clock.until(() => informer.metrics().failures > times.length);
    times.push(started.clock.monotonic());
  }
  const gaps = times.slice(1).map((time, index) => Math.round((time - times[index]!) / 800) * 0.8);
  expect(gaps.map((gap) => Number(gap.toFixed(1)))).toEqual([1.6, 3.2, 6.4, 12.8, 25.6, 51.2, 60, 60]);
});

test('a half-open watch is noticed by its silence and taken up anew', async () => {
  const started = await start();
  const { server, clock } = started;
  server.fail({ path: 'watch=true', times: 1, effect: { kind: 'partial', bytes: 0, after: 'hang' } });
  const { changes, reports } = follow(started);
  await clock.until(() => server.objects.openWatches === 1);
  server.put(configMap('a'));
  await clock.until(() => changes.length === 1, { stepMs: 1_000 });
  expect(clock.monotonic()).toBeGreaterThanOrEqual(120_000);
  expect(clock.monotonic()).toBeLessThan(125_000);
  expect(reports).toEqual(['watch configmaps: CodedError: a watch of configmaps got nothing for 120000 ms']);
});

test('bookmarks keep a quiet watch alive', async () => {
  const started = await start();
  const { server, clock } = started;
  const { informer } = follow(started);
  await clock.until(() => server.objects.openWatches === 1);
  for (let minute = 1; minute <= 10; minute++) {
    clock.advance(60_000);
    server.put(`/api/v1/namespaces/default/secrets/s${minute}`);
    server.objects.bookmark();
    await clock.until(() => informer.metrics().bookmarks === minute);
  }
  expect(informer.metrics()).toMatchObject({ watches: 1, failures: 0 });
});

test('a list that never answers is left and asked again', async () => {
  const started = await start();
  const { server, clock } = started;
  server.fail({ path: 'limit=', times: 2, effect: { kind: 'hang' } });
  const { informer } = follow(started);
  await clock.until(() => informer.isSynced, { stepMs: 1_000 });
  expect(informer.metrics()).toMatchObject({ failures: 2, lists: 3 });
});

test('a list that is cut in the middle is asked again', async () => {
  const started = await start();
  const { server, clock } = started;
  server.put(configMap('a'));
  server.fail({ path: 'limit=', times: 3, effect: { kind: 'partial', bytes: 40, after: 'cut' } });
  const { informer, changes } = follow(started);
  await clock.until(() => informer.isSynced);
  expect(changes).toHaveLength(1);
});

test.each([0, 1, 10, 40, 90])('a line that is cut after %i bytes is asked for again and told once', async (bytes) => {
  const started = await start();
  const { server, clock } = started;
  server.fail({ path: 'watch=true', times: 3, effect: { kind: 'partial', bytes, after: 'cut' } });
  const { changes } = follow(started);
  server.put(configMap('a'));
  server.put(configMap('b'));
  await clock.until(() => changes.length >= 2 && server.objects.openWatches === 1);
  expect(briefly(changes)).toEqual(['added a', 'added b']);
});

test('a list that comes a few bytes at a time is read', async () => {
  const started = await start();
  const { server, clock } = started;
  for (let index = 0; index < 20; index++) server.put(configMap(`m${index}`));
  server.fail({ path: 'limit=', effect: { kind: 'drip', bytes: 3 } });
  const { informer } = follow(started);
  await clock.until(() => informer.isSynced);
  expect(informer.store.size).toBe(20);
});

test('a server that ends every watch at once is not asked without a pause', async () => {
  const started = await start();
  const { server, clock } = started;
  server.fail({ path: 'watch=true', effect: { kind: 'answer', status: 200, body: '' } });
  const { informer } = follow(started, { random: () => 0 });
  await clock.until(() => informer.metrics().watches >= 6);
  // 0.8 + 1.6 + 3.2 + 6.4 + 12.8 seconds lie between six of them.
  expect(clock.monotonic()).toBeGreaterThan(24_000);
});

test('429 on lists and watches is waited out for as long as the server asks', async () => {
  const started = await start();
  const { server, clock } = started;
  const body = { kind: 'Status', code: 429, message: 'busy', details: { retryAfterSeconds: 20 } };
  server.fail({ times: 3, effect: { kind: 'answer', status: 429, headers: { 'retry-after': '20' }, body } });
  const { informer } = follow(started);
  await clock.until(() => informer.isSynced);
  expect(clock.monotonic()).toBeGreaterThanOrEqual(60_000);
  expect(informer.metrics().failures).toBe(3);
});

test('a Retry-After of a year does not stop a reflector for more than two minutes', async () => {
  const started = await start();
  const { server, clock } = started;
  const headers = { 'retry-after': '31536000' };
  server.fail({ times: 1, effect: { kind: 'answer', status: 503, headers } });
  const { informer } = follow(started);
  await clock.until(() => informer.isSynced, { stepMs: 1_000 });
  expect(clock.monotonic()).toBeLessThan(125_000);
});

test('credentials that are refused for a while do not end a reflector', async () => {
  const started = await start();
  const { server, clock } = started;
  server.fail({
    effect: { kind: 'answer', status: 401, body: { kind: 'Status', code: 401, message: 'Unauthorized' } },
  });
  const { informer } = follow(started);
  await clock.until(() => informer.metrics().failures >= 4);
  server.heal();
  await clock.until(() => informer.isSynced);
});
