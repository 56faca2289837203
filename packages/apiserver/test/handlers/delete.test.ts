import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TestApi, widget, widgetApi, widgets } from '../support/api.ts';

let api: TestApi;

beforeEach(async () => {
  api = await widgetApi();
  await api.request('POST', widgets, widget('a', { size: 3 }));
});
afterEach(() => api.close());

test('a deletion answers a Status that names what is gone', async () => {
  const { status, body } = await api.request('DELETE', `${widgets}/a`);
  expect(status).toBe(200);
  expect(body).toMatchObject({ status: 'Success', details: { name: 'a', group: 'example.dev', kind: 'widgets' } });
});

test('an object with finalizers waits for them, and ends with the last', async () => {
  await api.request('PATCH', `${widgets}/a`, { metadata: { finalizers: ['example.dev/x'] } });
  const { body } = await api.request('DELETE', `${widgets}/a`);
  expect(body.metadata).toMatchObject({ deletionTimestamp: '2026-01-02T03:04:05Z', deletionGracePeriodSeconds: 0 });
  const last = await api.request('PATCH', `${widgets}/a`, { metadata: { finalizers: null } });
  expect(last.body.metadata.finalizers).toBeUndefined();
  expect((await api.request('GET', `${widgets}/a`)).status).toBe(404);
});

test('preconditions are told with the kind, as the real server does', async () => {
  const { status, body } = await api.request('DELETE', `${widgets}/a`, { preconditions: { uid: 'x' } });
  expect(status).toBe(409);
  expect(body.message).toMatch(
    /^Operation cannot be fulfilled on Widget.example.dev "a": the UID in the precondition \(x\)/,
  );
});

test('a policy that is none is refused', async () => {
  const { body } = await api.request('DELETE', `${widgets}/a`, { propagationPolicy: 'Foo' });
  expect(body.message).toBe(
    'DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Unsupported value: "Foo": supported values: "Foreground", "Background", "Orphan", "nil"',
  );
});

test('a collection loses what the selector matches', async () => {
  await api.request('POST', widgets, { ...widget('b', { size: 1 }), metadata: { name: 'b', labels: { x: 'y' } } });
  const { body } = await api.request('DELETE', `${widgets}?labelSelector=x%3Dy`);
  expect(body.items.map(({ metadata }: { metadata: { name: string } }) => metadata.name)).toEqual(['b']);
  expect((await api.request('GET', widgets)).body.items).toHaveLength(1);
});
