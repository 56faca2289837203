import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TestApi, widget, widgetApi, widgets } from '../support/api.ts';

let api: TestApi;

beforeEach(async () => {
  api = await widgetApi();
  for (const name of ['a', 'b', 'c'])
    await api.request('POST', widgets, widget(name, { size: 1, color: name === 'b' ? 'blue' : 'red' }));
});
afterEach(() => api.close());

const table = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' };
const names = (body: { items: { metadata: { name: string } }[] }) => body.items.map(({ metadata }) => metadata.name);

test('pages of a list are one state of the past, whatever happens between them', async () => {
  const first = (await api.request('GET', `${widgets}?limit=2`)).body;
  expect(names(first)).toEqual(['a', 'b']);
  expect(first.metadata.remainingItemCount).toBe(1);
  await api.request('DELETE', `${widgets}/c`);
  const second = (await api.request('GET', `${widgets}?limit=2&continue=${first.metadata.continue}`)).body;
  expect(names(second)).toEqual(['c']);
  expect(second.metadata.resourceVersion).toBe(first.metadata.resourceVersion);
});

test('a selectable field selects', async () => {
  expect(names((await api.request('GET', `${widgets}?fieldSelector=spec.color%3Dblue`)).body)).toEqual(['b']);
  const { body } = await api.request('GET', `${widgets}?fieldSelector=spec.size%3D1`);
  expect(body.message).toBe('field label not supported: spec.size');
});

test.each([
  [
    '?resourceVersionMatch=Exact',
    422,
    'resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
  ],
  ['?sendInitialEvents=true', 422, 'sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list'],
  [
    '?watch=true&sendInitialEvents=true',
    422,
    'resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
  ],
  ['?resourceVersion=abc', 400, 'strconv.ParseUint: parsing "abc": invalid syntax'],
  ['?limit=abc', 400, 'strconv.ParseInt: parsing "abc": invalid syntax'],
  ['?resourceVersion=999999', 504, 'Too large resource version: 999999'],
  ['?continue=abc', 400, 'invalid continue token'],
])('list options that cannot be are refused: %s', async (query, status, message) => {
  const answer = await api.request('GET', `${widgets}${query}`);
  expect(answer.status).toBe(status);
  expect(answer.body.message).toContain(message);
});

test('a table has the declared columns and the metadata of its objects', async () => {
  await api.request('PATCH', `${widgets}/a/status`, { status: { conditions: [{ type: 'Ready', status: 'True' }] } });
  const { body } = await api.request('GET', widgets, undefined, table);
  expect(body.columnDefinitions.map(({ name }: { name: string }) => name)).toEqual(['Name', 'Size', 'Ready']);
  expect(body.rows[0].cells).toEqual(['a', 1, 'True']);
  expect(body.rows[1].cells).toEqual(['b', 1, null]);
  expect(body.rows[0].object).toMatchObject({ kind: 'PartialObjectMetadata', metadata: { name: 'a' } });
});

test('a client that reads nothing that is served gets the list of what is', async () => {
  const { status, body } = await api.request('GET', `${widgets}/a`, undefined, { accept: 'application/x-foo' });
  expect(status).toBe(406);
  expect(body.message).toBe(
    'only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf',
  );
});

test('YAML has sorted keys and quotes what would be read as something else', async () => {
  const { body } = await api.request('GET', `${widgets}/a`, undefined, { accept: 'application/yaml' });
  expect(body).toContain(
    'apiVersion: example.dev/v1\nkind: Widget\nmetadata:\n  creationTimestamp: "2026-01-02T03:04:05Z"\n',
  );
  expect(body).toContain('spec:\n  color: red\n  size: 1\n');
});

test('a watch starts with what there is and ends by itself', async () => {
  const events = await api.watch(`${widgets}?watch=true&timeoutSeconds=1`);
  expect(events.map(({ type }) => type)).toEqual(['ADDED', 'ADDED', 'ADDED']);
});

test('a watch-list ends its first objects with an annotated bookmark', async () => {
  const query =
    'watch=true&timeoutSeconds=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true';
  const events = await api.watch(`${widgets}?${query}`);
  expect(events[3]).toMatchObject({
    type: 'BOOKMARK',
    object: { kind: 'Widget', metadata: { annotations: { 'k8s.io/initial-events-end': 'true' } } },
  });
});

test('a watch of tables names its columns once', async () => {
  const [first, second] = await api.watch(`${widgets}?watch=true&timeoutSeconds=1`, table);
  expect(first).toMatchObject({ object: { kind: 'Table', columnDefinitions: [{ name: 'Name' }, {}, {}] } });
  expect(second).toMatchObject({ object: { kind: 'Table', columnDefinitions: null } });
});

test('an unknown resource of a custom group is outside the API, one of a built-in group is a Status', async () => {
  expect((await api.request('GET', '/apis/example.dev/v1/foos')).body).toBe('404 page not found\n');
  expect((await api.request('GET', '/api/v1/foos')).body).toMatchObject({
    reason: 'NotFound',
    message: 'the server could not find the requested resource',
  });
});
