import { expect, test } from 'vitest';
import { configMap, follow, start } from '../start.ts';

const lists = (paths: readonly { readonly path: string }[]): number =>
  paths.filter(({ path }) => path.includes('limit=')).length;

test('a server that offers watch-list is not asked for a list', async () => {
  const started = await start({ watchList: 'serve' });
  started.server.put(configMap('a'));
  const { informer, changes } = follow(started, { watchList: true });
  await started.clock.until(() => informer.isSynced);
  expect(lists(started.server.requests)).toBe(0);
  started.server.put(configMap('b'));
  await started.clock.until(() => changes.length === 2);
});

test('a refusal of watch-list leads to a list, for good', async () => {
  const started = await start({ watchList: 'refuse' });
  started.server.put(configMap('a'));
  const { informer } = follow(started, { watchList: true });
  await started.clock.until(() => started.server.objects.openWatches === 1);
  expect(informer.store.size).toBe(1);
  started.server.objects.history.compact();
  started.server.fail({ path: 'watch=true', times: 1, effect: { kind: 'answer', status: 410 } });
  started.server.objects.endWatches();
  await started.clock.until(() => informer.metrics().relists === 1 && started.server.objects.openWatches === 1);
  expect(started.server.requests.filter(({ path }) => path.includes('sendInitialEvents'))).toHaveLength(1);
});

test('a server that ignores watch-list is noticed by its silence', async () => {
  const started = await start({ watchList: 'ignore' });
  started.server.put(configMap('a'));
  const { informer } = follow(started, { watchList: true });
  await started.clock.until(() => informer.isSynced);
  expect(started.clock.monotonic()).toBeGreaterThanOrEqual(10_000);
  expect(started.clock.monotonic()).toBeLessThan(15_000);
  expect(informer.store.size).toBe(1);
  expect(lists(started.server.requests)).toBe(1);
});

test('a server that is too old is not asked', async () => {
  const started = await start({ minor: '33+' });
  const { informer } = follow(started, { watchList: true });
  await started.clock.until(() => informer.isSynced);
  expect(started.server.requests.some(({ path }) => path.includes('sendInitialEvents'))).toBe(false);
});

test('a watch-list that is cut in the middle is begun anew and gives no half state', async () => {
  const started = await start();
  for (const name of ['a', 'b', 'c']) started.server.put(configMap(name));
  started.server.fail({ path: 'sendInitialEvents', times: 1, effect: { kind: 'partial', bytes: 300, after: 'cut' } });
  const { informer, changes } = follow(started, { watchList: true });
  await started.clock.until(() => informer.isSynced);
  expect(changes).toHaveLength(3);
});
