import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TestApi, widget, widgetApi, widgets } from '../support/api.ts';

let api: TestApi;

beforeEach(async () => {
  api = await widgetApi();
});
afterEach(() => api.close());

test('a created object has its defaults, identity and no status', async () => {
  const { status, body } = await api.request('POST', widgets, widget('a', { size: 3 }, { status: { replicas: 3 } }));
  expect(status).toBe(201);
  expect(body.spec).toEqual({ size: 3, color: 'red' });
  expect(body.status).toBeUndefined();
  expect(body.metadata).toMatchObject({
    name: 'a',
    namespace: 'default',
    generation: 1,
    creationTimestamp: '2026-01-02T03:04:05Z',
  });
});

test('unknown fields are dropped and told in a warning', async () => {
  const { headers, body } = await api.request('POST', widgets, widget('a', { size: 3, zz: 1 }));
  expect(headers['warning']).toEqual(['299 - "unknown field \\"spec.zz\\""']);
  expect(body.spec.zz).toBeUndefined();
});

test('strict validation refuses repeated and unknown fields, metadata first', async () => {
  const text =
    '{"apiVersion":"example.dev/v1","kind":"Widget","metadata":{"name":"b","foo":1},"spec":{"size":3,"size":4,"zz":1},"bar":1}';
  const { status, body } = await api.request('POST', `${widgets}?fieldValidation=Strict`, text);
  expect(status).toBe(400);
  expect(body.message).toBe(
    'Widget in version "v1" cannot be handled as a Widget: strict decoding error: duplicate field "spec.size", unknown field "metadata.foo", unknown field "bar", unknown field "spec.zz"',
  );
});

test('a dry run answers as if it wrote, and writes nothing', async () => {
  const { status } = await api.request('POST', `${widgets}?dryRun=All`, widget('a', { size: 3 }));
  expect(status).toBe(201);
  expect((await api.request('GET', `${widgets}/a`)).status).toBe(404);
});

test('a name that is taken is refused after the object is judged', async () => {
  await api.request('POST', widgets, widget('a', { size: 3 }));
  expect((await api.request('POST', widgets, widget('a', { size: 3 }))).body.reason).toBe('AlreadyExists');
  expect((await api.request('POST', widgets, widget('a', { size: 30 }))).body.reason).toBe('Invalid');
});

test('a generated name that is taken is generated again', async () => {
  const numbers = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.9, 0.9, 0.9, 0.9, 0.9];
  const other = await widgetApi({ random: () => numbers.shift() ?? 0.5 });
  const body = { ...widget('', { size: 1 }), metadata: { generateName: 'w-' } };
  expect((await other.request('POST', widgets, body)).body.metadata.name).toBe('w-bbbbb');
  expect((await other.request('POST', widgets, body)).body.metadata.name).toBe('w-77777');
  other.close();
});

test.each([
  ['{"a":', 'unexpected end of JSON input ({"a":)'],
  ['{"a":1,}', `invalid character '}' looking for beginning of object key string ({"a":1,})`],
  ['{"a":tru}', `invalid character '}' in literal true (expecting 'e') ({"a":tru})`],
  ['', 'unexpected end of JSON input (<empty>)'],
  ['x', `invalid character 'x' looking for beginning of value (78)`],
])('a body that is no JSON is refused in the words of Go: %s', async (text, why) => {
  const { status, body } = await api.request('POST', widgets, text);
  expect(status).toBe(400);
  expect(body.message).toBe(
    `the object provided is unrecognized (must be of type Widget): couldn't get version/kind; json parse error: ${why}`,
  );
});

test('nesting beyond the limit is refused before it is parsed', async () => {
  const { status, body } = await api.request('POST', widgets, `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`);
  expect(status).toBe(400);
  expect(body.message).toContain('exceeded max depth');
});

test('members named like parts of a prototype are plain data', async () => {
  const text =
    '{"apiVersion":"example.dev/v1","kind":"Widget","metadata":{"name":"p","labels":{"__proto__":"x","constructor":"y"}},"spec":{"size":1,"__proto__":{"z":1}}}';
  const { status, headers } = await api.request('POST', widgets, text);
  expect(status).toBe(422);
  expect(headers['warning']).toBeUndefined();
  expect(({} as Record<string, unknown>)['z']).toBeUndefined();
});

test('another media type is refused with the list of those that are read', async () => {
  const { status, body } = await api.request('POST', widgets, '{}', { 'content-type': 'text/plain' });
  expect(status).toBe(415);
  expect(body.message).toContain('accepted media types include: application/json, application/yaml');
});

test('a YAML body is read', async () => {
  const text = 'apiVersion: example.dev/v1\nkind: Widget\nmetadata: {name: w}\nspec: {size: 2}\n';
  const { body } = await api.request('POST', widgets, text, { 'content-type': 'application/yaml' });
  expect(body.spec.size).toBe(2);
});

test('a replacement must say which version of a custom resource it replaces', async () => {
  const { body: created } = await api.request('POST', widgets, widget('a', { size: 3 }));
  const without = await api.request('PUT', `${widgets}/a`, widget('a', { size: 5 }));
  expect(without.body.message).toBe(
    'widgets.example.dev "a" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update',
  );
  const replaced = await api.request('PUT', `${widgets}/a`, { ...created, spec: { size: 5 } });
  expect(replaced.body.metadata.generation).toBe(2);
  expect((await api.request('PUT', `${widgets}/a`, { ...created, spec: { size: 6 } })).body.reason).toBe('Conflict');
});

test('a write of the status leaves the spec, and the other way round', async () => {
  await api.request('POST', widgets, widget('a', { size: 3 }));
  const { body } = await api.request('PATCH', `${widgets}/a/status`, { status: { replicas: 2 }, spec: { size: 9 } });
  expect(body).toMatchObject({ spec: { size: 3 }, status: { replicas: 2 }, metadata: { generation: 1 } });
  const spec = await api.request('PATCH', `${widgets}/a`, { status: { replicas: 5 }, spec: { size: 4 } });
  expect(spec.body).toMatchObject({ spec: { size: 4 }, status: { replicas: 2 }, metadata: { generation: 2 } });
});

test('a change of nothing writes nothing', async () => {
  const { body: created } = await api.request('POST', widgets, widget('a', { size: 3 }));
  const { body } = await api.request('PATCH', `${widgets}/a`, { spec: { size: 3 } });
  expect(body.metadata.resourceVersion).toBe(created.metadata.resourceVersion);
});
