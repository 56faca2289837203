import { expect, onTestFinished, test } from 'vitest';
import { EventRecorder, type EventRecorderOptions, type KubeEvent, type KubeObject } from '../../src/index.ts';
import { type Started, start } from '../start.ts';

const node: KubeObject = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1', uid: 'u1' } };
const pod: KubeObject = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'apps', uid: 'u2' } };
const notice = { type: 'Normal', reason: 'Drained', message: 'all pods have left' } as const;

function record({ client, clock }: Started, options: Partial<EventRecorderOptions> = {}) {
  const reports: string[] = [];
  const report = (error: unknown, doing: string): void => void reports.push(`${doing}: ${String(error)}`);
  const recorder = new EventRecorder({
    client,
    clock,
    report,
    component: 'rollout',
    instance: 'pod-1',
    random: () => 0,
    ...options,
  });
  const controller = new AbortController();
  const ended = recorder.run(controller.signal);
  onTestFinished(async () => {
    controller.abort();
    await ended;
  });
  return { recorder, reports };
}

const eventsOf = ({ server }: Started): KubeEvent[] =>
  server.objects.history.list((path) => path.includes('/events//')) as unknown as KubeEvent[];

test('an event is written where kubectl describe finds it', async () => {
  const started = await start();
  const { recorder } = record(started);
  recorder.record(pod, notice);
  await started.clock.until(() => recorder.metrics().written === 1);
  expect(eventsOf(started)).toMatchObject([
    {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { namespace: 'apps' },
      involvedObject: { apiVersion: 'v1', kind: 'Pod', name: 'p', namespace: 'apps', uid: 'u2' },
      ...notice,
      count: 1,
      firstTimestamp: '2030-01-01T00:00:00Z',
      lastTimestamp: '2030-01-01T00:00:00Z',
      source: { component: 'rollout' },
      reportingComponent: 'rollout',
      reportingInstance: 'pod-1',
    },
  ]);
});

test('events of objects without a namespace lie in default', async () => {
  const started = await start();
  const { recorder } = record(started);
  recorder.record(node, notice);
  await started.clock.until(() => recorder.metrics().written === 1);
  expect(eventsOf(started)[0]?.metadata.namespace).toBe('default');
});

test('the same event again raises its count', async () => {
  const started = await start();
  const { recorder } = record(started);
  for (let count = 1; count <= 3; count++) {
    recorder.record(node, notice);
    await started.clock.until(() => recorder.metrics().written === count);
    started.clock.advance(60_000);
  }
  expect(eventsOf(started)).toMatchObject([
    { count: 3, firstTimestamp: '2030-01-01T00:00:00Z', lastTimestamp: '2030-01-01T00:02:00Z' },
  ]);
});

test('many messages for one reason become one event', async () => {
  const started = await start();
  const { recorder } = record(started);
  for (let index = 1; index <= 20; index++) recorder.record(node, { ...notice, message: `pod ${index} left` });
  await started.clock.until(() => recorder.metrics().pending === 0);
  const events = eventsOf(started);
  expect(events).toHaveLength(11);
  expect(events.find(({ count }) => count === 10)?.message).toBe('(combined from similar events): pod 20 left');
});

test('an object with too many events gets one in five minutes', async () => {
  const started = await start();
  const { recorder } = record(started);
  for (let index = 0; index < 40; index++) recorder.record(node, notice);
  expect(recorder.metrics()).toMatchObject({ suppressed: 15 });
  started.clock.advance(300_000);
  recorder.record(node, notice);
  recorder.record(node, notice);
  expect(recorder.metrics()).toMatchObject({ suppressed: 16 });
  await started.clock.until(() => recorder.metrics().pending === 0);
  expect(eventsOf(started)).toMatchObject([{ count: 41 }]);
});

test('an event that has expired on the server is written anew', async () => {
  const started = await start();
  const { recorder } = record(started);
  recorder.record(pod, notice);
  await started.clock.until(() => recorder.metrics().written === 1);
  started.server.remove(`/api/v1/namespaces/apps/events/${eventsOf(started)[0]?.metadata.name}`);
  started.clock.advance(10_000);
  recorder.record(pod, notice);
  await started.clock.until(() => recorder.metrics().written === 2);
  expect(eventsOf(started)).toMatchObject([{ count: 2 }]);
});

test('events wait for a server that is away, without growing beyond their bound', async () => {
  const started = await start();
  await started.server.stop();
  const { recorder, reports } = record(started, { mostPending: 5 });
  for (let index = 0; index < 9; index++) recorder.record({ ...node, metadata: { name: `n${index}` } }, notice);
  await started.clock.until(() => reports.length >= 3);
  expect(recorder.metrics()).toMatchObject({ pending: 5, dropped: 4 });
  await started.server.start();
  await started.clock.until(() => recorder.metrics().pending === 0);
  expect(eventsOf(started)).toHaveLength(5);
});

test('an event that the server refuses is dropped and spares the next', async () => {
  const started = await start();
  const { recorder, reports } = record(started);
  const body = { kind: 'Status', code: 403, message: 'namespace is being terminated' };
  started.server.fail({ times: 1, effect: { kind: 'answer', status: 403, body } });
  recorder.record(pod, notice);
  recorder.record(node, notice);
  await started.clock.until(() => recorder.metrics().pending === 0);
  expect(recorder.metrics()).toMatchObject({ written: 1, dropped: 1 });
  expect(reports).toEqual(['write event Drained: CodedError: namespace is being terminated']);
});
