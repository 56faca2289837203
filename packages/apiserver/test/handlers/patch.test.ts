import { afterEach, beforeEach, expect, test } from 'vitest';
import { ApiError } from '../../src/index.ts';
import { type TestApi, testApi, widget, widgetApi, widgets } from '../support/api.ts';

let api: TestApi;

beforeEach(async () => {
  api = await widgetApi();
  await api.request('POST', widgets, widget('a', { size: 3 }));
});
afterEach(() => api.close());

const json = { 'content-type': 'application/json-patch+json' };
const apply = { 'content-type': 'application/apply-patch+yaml' };

test('a JSON patch changes what it names', async () => {
  const { body } = await api.request('PATCH', `${widgets}/a`, '[{"op":"replace","path":"/spec/size","value":5}]', json);
  expect(body.spec.size).toBe(5);
});

test('a JSON patch whose test fails is refused without a reason of its own', async () => {
  const { status, body } = await api.request(
    'PATCH',
    `${widgets}/a`,
    '[{"op":"test","path":"/spec/size","value":9}]',
    json,
  );
  expect(status).toBe(422);
  expect(body).toMatchObject({
    reason: 'Invalid',
    message: 'the server rejected our request due to an error in our request',
  });
});

test('a strategic merge patch of a custom resource is refused with the formats that are read', async () => {
  const { status, body } = await api.request('PATCH', `${widgets}/a`, '{}', {
    'content-type': 'application/strategic-merge-patch+json',
  });
  expect(status).toBe(415);
  expect(body.message).toMatch(
    /application\/json-patch\+json, application\/merge-patch\+json, application\/apply-patch\+yaml$/,
  );
});

test('who may patch and not create applies to what is there alone', async () => {
  const refused = new ApiError(403, 'Forbidden', 'may not create', {});
  const limited = await testApi({
    authorize: (_user, { method }) => {
      if (method === 'POST') throw refused;
    },
  });
  const path = '/api/v1/namespaces/default/configmaps/a?fieldManager=m';
  const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };
  expect(await limited.request('PATCH', path, configMap, apply)).toMatchObject({ status: 403 });
  expect(await limited.request('GET', '/api/v1/namespaces/default/configmaps/a')).toMatchObject({ status: 404 });
  limited.close();
});

test('server-side apply creates what is not there, and owns it', async () => {
  const { status, body } = await api.request('PATCH', `${widgets}/n?fieldManager=m`, widget('n', { size: 6 }), apply);
  expect(status).toBe(201);
  expect(body.metadata.managedFields).toMatchObject([
    { manager: 'm', operation: 'Apply', fieldsV1: { 'f:spec': { 'f:size': {} } } },
  ]);
});

test('an apply that takes a field from another manager conflicts unless it is forced', async () => {
  const refused = await api.request('PATCH', `${widgets}/a?fieldManager=m`, widget('a', { size: 6 }), apply);
  expect(refused.body).toMatchObject({
    code: 409,
    details: { causes: [{ reason: 'FieldManagerConflict', field: '.spec.size' }] },
  });
  const forced = await api.request('PATCH', `${widgets}/a?fieldManager=m&force=true`, widget('a', { size: 6 }), apply);
  expect(forced.body.spec.size).toBe(6);
});

test.each([
  ['apply without a manager', '', apply, 'fieldManager: Required value: is required for apply patch'],
  ['force without apply', '?force=true', {}, 'force: Forbidden: may not be specified for non-apply patch'],
  ['a dry run that is none', '?dryRun=Foo', {}, 'dryRun: Unsupported value: ["Foo"]: supported values: "All"'],
])('options that do not fit are refused: %s', async (_title, query, headers, fault) => {
  const { status, body } = await api.request('PATCH', `${widgets}/a${query}`, '{}', headers);
  expect(status).toBe(422);
  expect(body.message).toBe(`PatchOptions.meta.k8s.io "" is invalid: ${fault}`);
});

test('what the server set once cannot be changed', async () => {
  const { body } = await api.request('PATCH', `${widgets}/a`, { metadata: { uid: 'x' } });
  expect(body.message).toBe('Widget.example.dev "a" is invalid: metadata.uid: Invalid value: "x": field is immutable');
});

test('strict validation of a patch judges the patched object', async () => {
  const { status, body } = await api.request('PATCH', `${widgets}/a?fieldValidation=Strict`, { spec: { zz: 1 } });
  expect(status).toBe(422);
  expect(body.message).toMatch(
    /^ "" is invalid: patch: Invalid value: .*: strict decoding error: unknown field "spec.zz"$/,
  );
});

test('scaling changes the replicas that the definition names', async () => {
  const { body } = await api.request('PATCH', `${widgets}/a/scale`, { spec: { replicas: 4 } });
  expect(body).toMatchObject({ kind: 'Scale', spec: { replicas: 4 }, status: { replicas: 0 } });
  expect((await api.request('GET', `${widgets}/a`)).body.spec.replicas).toBe(4);
});
