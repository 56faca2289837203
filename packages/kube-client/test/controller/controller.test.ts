import { expect, onTestFinished, test } from 'vitest';
import { Controller, KubeError, keysOf, type Reconcile, type Source } from '../../src/index.ts';
import { aborted } from '../../src/time/clock.ts';
import { configMap, follow, type Started, start } from '../start.ts';

interface Running {
  readonly controller: Controller;
  readonly reports: string[];
  readonly stop: () => Promise<void>;
}

function run(started: Started, sources: readonly Source[], reconcile: Reconcile, timeoutMs = 60_000): Running {
  const reports: string[] = [];
  const report = (error: unknown, doing: string): void => void reports.push(`${doing}: ${String(error)}`);
  const limits = { first: 1_000, longest: 60_000, perSecond: 10, burst: 100 };
  const controller = new Controller({
    sources,
    reconcile,
    report,
    clock: started.clock,
    workers: 3,
    timeoutMs,
    limits,
  });
  const abort = new AbortController();
  const ended = controller.run(abort.signal);
  const stop = async (): Promise<void> => {
    abort.abort();
    await ended;
  };
  onTestFinished(stop);
  return { controller, reports, stop };
}

test('every object is reconciled once the first list is in, and again when it changes', async () => {
  const started = await start();
  started.server.put(configMap('a'));
  started.server.put(configMap('b'));
  const { informer } = follow(started);
  const seen: string[] = [];
  const { reports } = run(started, [keysOf(informer)], async (key) => {
    expect(informer.isSynced).toBe(true);
    seen.push(`${key} ${informer.store.get(key)?.data?.['v'] ?? ''}`);
  });
  await started.clock.until(() => seen.length === 2 && started.server.objects.openWatches === 1);
  started.server.put(configMap('a'), { data: { v: '2' } });
  await started.clock.until(() => seen.length === 3);
  expect(seen).toEqual(['default/a ', 'default/b ', 'default/a 2']);
  expect(reports).toEqual([]);
});

test('a failure is reported and tried again, later and later, until it succeeds', async () => {
  const started = await start();
  started.server.put(configMap('a'));
  const { informer } = follow(started);
  const times: number[] = [];
  const { controller, reports } = run(started, [keysOf(informer)], async () => {
    times.push(started.clock.monotonic());
    if (times.length < 5) throw new Error('not yet');
  });
  await started.clock.until(() => times.length === 5);
  expect(times.slice(1).map((time, index) => time - times[index]!)).toEqual([1_000, 2_000, 4_000, 8_000]);
  expect(reports).toHaveLength(4);
  expect(reports[0]).toBe('reconcile default/a: Error: not yet');
  await started.clock.until(() => controller.metrics().reconcile.success === 1);
  expect(controller.queue.failures('default/a')).toBe(0);
});

test('a time that the server names goes before the growing delays', async () => {
  const started = await start();
  started.server.put(configMap('a'));
  const { informer } = follow(started);
  const times: number[] = [];
  run(started, [keysOf(informer)], async () => {
    times.push(started.clock.monotonic());
    if (times.length === 1) throw new KubeError('kube-status', 'busy', { retryAfterMs: 17_000 });
  });
  await started.clock.until(() => times.length === 2);
  expect(times[1]! - times[0]!).toBe(17_000);
});

test('a key comes back after the time that its reconciler asks for', async () => {
  const started = await start();
  started.server.put(configMap('a'));
  const { informer } = follow(started);
  const times: number[] = [];
  run(started, [keysOf(informer)], async () => {
    times.push(started.clock.monotonic());
    return { requeueAfterMs: 30_000 };
  });
  await started.clock.until(() => times.length === 3);
  expect(times[2]! - times[1]!).toBe(30_000);
});

test('keys of other objects than the changed one can be fed', async () => {
  const started = await start();
  started.server.put(configMap('a'), { metadata: { labels: { cluster: 'one' } } });
  const { informer } = follow(started);
  const seen: string[] = [];
  const source = keysOf(informer, ({ object }) => [object.metadata.labels?.['cluster'] ?? '']);
  run(started, [source], async (key) => void seen.push(key));
  await started.clock.until(() => seen.length === 1);
  expect(seen).toEqual(['one']);
});

test('a reconciler that takes too long sees its signal and is reported, and its key is with nobody else', async () => {
  const started = await start();
  started.server.put(configMap('a'));
  const { informer } = follow(started);
  let active = 0;
  let calls = 0;
  const reconcile: Reconcile = async (_, signal) => {
    calls++;
    expect(++active).toBe(1);
    if (calls === 1) await aborted(signal);
    active--;
  };
  const { reports } = run(started, [keysOf(informer)], reconcile, 5_000);
  await started.clock.until(() => calls === 1 && started.server.objects.openWatches === 1);
  started.server.put(configMap('a'), { data: { v: '2' } });
  await started.clock.until(() => calls === 2);
  expect(reports).toEqual(['reconcile default/a: Error: not done after 5000 ms']);
});

test('stopping waits for the keys at work and leaves nothing behind', async () => {
  const started = await start();
  started.server.put(configMap('a'));
  const { informer, stop } = follow(started);
  let ended = false;
  const running = run(started, [keysOf(informer)], async (_, signal) => {
    await aborted(signal);
    await new Promise((resolve) => setImmediate(resolve));
    ended = true;
  });
  await started.clock.until(() => running.controller.metrics().queue.processing === 1);
  await running.stop();
  expect(ended).toBe(true);
  stop();
  await started.clock.until(() => started.server.objects.openWatches === 0);
  expect(started.clock.timers).toBe(0);
});
