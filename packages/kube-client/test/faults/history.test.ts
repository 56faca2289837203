import { expect, test } from 'vitest';
import { briefly, configMap, follow, start } from '../start.ts';

const eventLine = (type: string, name: string, version: string, uid = `uid-${name}`): string =>
  `${JSON.stringify({ type, object: { metadata: { namespace: 'default', name, uid, resourceVersion: version } } })}\n`;

test('a storm of 410 is answered with lists that come slower and slower, and it ends in the right state', async () => {
  const started = await start();
  const { server, clock } = started;
  const { informer } = follow(started);
  await clock.until(() => server.objects.openWatches === 1);
  const expired = '{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"too old"}}\n';
  server.fail({ path: 'watch=true', times: 8, effect: { kind: 'answer', status: 200, body: expired } });
  server.objects.endWatches();
  server.put(configMap('a'));
  const before = clock.monotonic();
  await clock.until(() => informer.metrics().relists === 8 && server.objects.openWatches === 1);
  expect(clock.monotonic() - before).toBeGreaterThan(60_000);
  expect(informer.store.keys()).toEqual(['default/a']);
  expect(informer.metrics().lists).toBe(9);
});

test('410 as the status of the answer leads to a list as well', async () => {
  const started = await start();
  const { server, clock } = started;
  server.fail({
    path: 'watch=true',
    times: 1,
    effect: { kind: 'answer', status: 410, body: { kind: 'Status', code: 410 } },
  });
  const { informer } = follow(started);
  await clock.until(() => server.objects.openWatches === 1);
  expect(informer.metrics()).toMatchObject({ lists: 2, relists: 1 });
});

test('an event that comes twice is told once', async () => {
  const started = await start();
  const { server, clock } = started;
  const { changes, informer } = follow(started);
  await clock.until(() => server.objects.openWatches === 1);
  server.objects.inject(eventLine('ADDED', 'a', '100'));
  server.objects.inject(eventLine('ADDED', 'a', '100'));
  server.objects.inject(eventLine('ADDED', 'b', '101'));
  await clock.until(() => changes.length === 2);
  expect(briefly(changes)).toEqual(['added a', 'added b']);
  expect(informer.metrics()).toMatchObject({ events: 2, relists: 0 });
});

test('a watch that goes back in history is not believed: a list tells the truth', async () => {
  const started = await start();
  const { server, clock } = started;
  server.put(configMap('a'), { data: { key: 'new' } });
  const { changes, informer, reports } = follow(started);
  await clock.until(() => server.objects.openWatches === 1);
  server.objects.inject(eventLine('MODIFIED', 'a', '1', 'uid-2'));
  await clock.until(() => informer.metrics().relists === 1 && server.objects.openWatches === 1);
  expect(informer.store.get('default/a')?.data).toEqual({ key: 'new' });
  expect(briefly(changes)).toEqual(['added a']);
  expect(reports).toEqual(['watch configmaps: CodedError: a watch went back from version 2 to 1']);
});

test('a server whose history began anew, as after a restore, is followed', async () => {
  const started = await start();
  const { server, clock } = started;
  for (let index = 0; index < 20; index++) server.put(configMap('a'), { data: { key: `${index}` } });
  const { changes, informer } = follow(started);
  await clock.until(() => server.objects.openWatches === 1);
  server.objects.history.rewind(3);
  server.put(configMap('b'));
  await clock.until(() => informer.metrics().relists === 1 && server.objects.openWatches === 1);
  server.put(configMap('c'));
  await clock.until(() => changes.length === 3);
  expect(briefly(changes)).toEqual(['added a', 'added b', 'added c']);
  expect(informer.resourceVersion).toBe('5');
});

test('a server that says our version is in its future is listed anew', async () => {
  const started = await start();
  const { server, clock } = started;
  const details = { causes: [{ reason: 'ResourceVersionTooLarge' }] };
  const body = { kind: 'Status', code: 504, reason: 'Timeout', message: 'Too large resource version', details };
  server.fail({ path: 'watch=true', times: 1, effect: { kind: 'answer', status: 504, body } });
  const { informer } = follow(started);
  await clock.until(() => server.objects.openWatches === 1);
  expect(informer.metrics()).toMatchObject({ relists: 1 });
});

test.each([
  ['no JSON', 'oops\n'],
  ['no object', '[]\n'],
  ['an unknown type', eventLine('CHANGED', 'a', '9')],
  ['no version', '{"type":"ADDED","object":{"metadata":{"name":"a"}}}\n'],
  ['no name', '{"type":"ADDED","object":{"metadata":{"resourceVersion":"9"}}}\n'],
])('a line with %s costs a new watch, and a list only when it stays', async (_, line) => {
  const started = await start();
  const { server, clock } = started;
  const { informer, changes } = follow(started);
  await clock.until(() => server.objects.openWatches === 1);
  server.objects.inject(line);
  await clock.until(() => informer.metrics().watches === 2 && server.objects.openWatches === 1);
  expect(informer.metrics()).toMatchObject({ relists: 0 });
  server.fail({ path: 'watch=true', times: 2, effect: { kind: 'answer', status: 200, body: line } });
  server.objects.endWatches();
  await clock.until(() => informer.metrics().relists === 1 && server.objects.openWatches === 1);
  expect(changes).toEqual([]);
});

test.each([
  ['without a version', { metadata: {}, items: [] }],
  ['with items that are no objects', { metadata: { resourceVersion: '9' }, items: [null] }],
  ['with items without a name', { metadata: { resourceVersion: '9' }, items: [{ metadata: {} }] }],
  ['without items', { metadata: { resourceVersion: '9' } }],
])('a list %s is not taken', async (_, body) => {
  const started = await start();
  const { server, clock } = started;
  server.put(configMap('a'));
  server.fail({ path: 'limit=', times: 1, effect: { kind: 'answer', status: 200, body } });
  const { informer, changes } = follow(started);
  await clock.until(() => informer.isSynced);
  expect(briefly(changes)).toEqual(['added a']);
  expect(informer.metrics().failures).toBe(1);
});

test('jumps of the calendar change nothing', async () => {
  const started = await start();
  const { server, clock } = started;
  const { informer, changes } = follow(started);
  await clock.until(() => server.objects.openWatches === 1);
  clock.jump(365 * 86_400_000);
  clock.advance(60_000);
  clock.jump(-2 * 365 * 86_400_000);
  clock.advance(50_000);
  server.put(configMap('a'));
  await clock.until(() => changes.length === 1);
  expect(informer.metrics()).toMatchObject({ watches: 1, failures: 0 });
});
