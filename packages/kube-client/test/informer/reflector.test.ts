import { expect, test } from 'vitest';
import { briefly, configMap, follow, start } from '../start.ts';

test('what exists is listed, and what happens then is told in order', async () => {
  const started = await start();
  started.server.put(configMap('a'));
  const { informer, changes } = follow(started);
  await started.clock.until(() => informer.isSynced && started.server.objects.openWatches === 1);
  started.server.put(configMap('b'));
  started.server.put(configMap('a'), { data: { key: '2' } });
  started.server.remove(configMap('b'));
  await started.clock.until(() => changes.length === 4);
  expect(briefly(changes)).toEqual(['added a', 'added b', 'updated a', 'deleted b']);
  expect(changes[2]).toMatchObject({ old: { metadata: { name: 'a' } }, object: { data: { key: '2' } } });
});

test('a watch that ends goes on where it ended, without a list', async () => {
  const started = await start();
  const { informer, changes } = follow(started);
  await started.clock.until(() => started.server.objects.openWatches === 1);
  started.clock.advance(2_000);
  started.server.objects.endWatches();
  started.server.put(configMap('a'));
  await started.clock.until(() => changes.length === 1);
  expect(informer.metrics()).toMatchObject({ lists: 1, watches: 2, relists: 0 });
});

test('a bookmark moves the place from which a watch goes on', async () => {
  const started = await start();
  const { informer } = follow(started);
  await started.clock.until(() => started.server.objects.openWatches === 1);
  started.server.put('/api/v1/namespaces/default/secrets/other');
  const { history } = started.server.objects;
  started.server.objects.bookmark();
  await started.clock.until(() => informer.metrics().bookmarks === 1);
  expect(informer.resourceVersion).toBe(String(history.revision));
  history.compact();
  started.server.objects.endWatches();
  await started.clock.until(() => informer.metrics().watches === 2);
  await started.clock.until(() => started.server.objects.openWatches === 1);
  expect(informer.metrics()).toMatchObject({ lists: 1, relists: 0 });
});

test('watches ask for bookmarks and for an end between five and ten minutes', async () => {
  const started = await start();
  follow(started, { random: () => 0.5 });
  await started.clock.until(() => started.server.objects.openWatches === 1);
  const watch = started.server.requests.find(({ path }) => path.includes('watch=true'));
  expect(watch?.path).toContain('allowWatchBookmarks=true');
  expect(watch?.path).toContain('timeoutSeconds=450');
});

test('history that is gone leads to a new list, and only what differs is told', async () => {
  const started = await start();
  started.server.put(configMap('a'));
  started.server.put(configMap('b'));
  const { informer, changes } = follow(started);
  await started.clock.until(() => started.server.objects.openWatches === 1);
  changes.length = 0;
  started.server.fail({ path: 'watch=true', times: 1, effect: { kind: 'cut' } });
  started.server.objects.endWatches();
  await started.clock.until(() => started.server.objects.openWatches === 0);
  started.server.remove(configMap('a'));
  started.server.put(configMap('c'));
  started.server.objects.history.compact();
  await started.clock.until(() => changes.length === 2);
  expect(briefly(changes)).toEqual(['deleted a', 'added c']);
  expect(changes[0]).toMatchObject({ finalStateUnknown: true });
  expect(informer.metrics()).toMatchObject({ relists: 1 });
});

test('objects are kept without managedFields', async () => {
  const started = await start();
  started.server.put(configMap('a'), { metadata: { managedFields: [{ manager: 'm' }] } });
  const { informer } = follow(started);
  await started.clock.until(() => informer.isSynced);
  expect(informer.store.get('default/a')?.metadata).not.toHaveProperty('managedFields');
});

test('resyncs deliver everything again', async () => {
  const started = await start();
  started.server.put(configMap('a'));
  const { changes } = follow(started, { resyncMs: 60_000 });
  await started.clock.until(() => changes.length === 2, { stepMs: 1_000 });
  expect(changes[1]).toMatchObject({ type: 'updated', cause: 'resync' });
});

test('an informer that is stopped leaves no timer and no watch', async () => {
  const started = await start();
  const { informer, stop } = follow(started);
  await started.clock.until(() => started.server.objects.openWatches === 1);
  stop();
  await started.clock.until(() => started.server.objects.openWatches === 0);
  expect(started.clock.timers).toBe(0);
  expect(await informer.synced(AbortSignal.abort())).toBe(true);
});
