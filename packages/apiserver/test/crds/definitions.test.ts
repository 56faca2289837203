import { afterEach, beforeEach, expect, test } from 'vitest';
import { definitions, type TestApi, testApi, widget, widgetDefinition, widgets } from '../support/api.ts';

let api: TestApi;

beforeEach(async () => {
  api = await testApi();
});
afterEach(() => api.close());

type Json = Record<string, unknown>;

const spec = widgetDefinition['spec'] as Json;
const [version] = spec['versions'] as Json[];

const named = (changes: Json): Json => ({ ...widgetDefinition, spec: { ...spec, ...changes } });
const withSchema = (openAPIV3Schema: Json): Json =>
  named({
    versions: [
      { ...version, subresources: {}, additionalPrinterColumns: [], selectableFields: [], schema: { openAPIV3Schema } },
    ],
  });

/** Lets what the server does by itself happen. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

test('a kind is usable as soon as its definition is answered', async () => {
  await api.request('POST', definitions, widgetDefinition);
  expect((await api.request('POST', widgets, widget('a', { size: 1 }))).status).toBe(201);
  expect((await api.request('GET', '/apis/example.dev/v1')).body.resources.map((each: Json) => each['name'])).toEqual([
    'widgets',
    'widgets/status',
    'widgets/scale',
  ]);
});

test('a definition is established, with its names accepted and defaults filled in', async () => {
  const { body: created } = await api.request('POST', definitions, widgetDefinition);
  expect(created.spec.names).toMatchObject({ singular: 'widget', listKind: 'WidgetList' });
  expect(created.spec.conversion).toEqual({ strategy: 'None' });
  await settled();
  const { body } = await api.request('GET', `${definitions}/widgets.example.dev`);
  expect(body.status.conditions).toMatchObject([
    { type: 'NamesAccepted', status: 'True', reason: 'NoConflicts' },
    { type: 'Established', status: 'True', reason: 'InitialNamesAccepted' },
  ]);
  expect(body.status).toMatchObject({
    storedVersions: ['v1'],
    acceptedNames: { plural: 'widgets', shortNames: ['wd'] },
  });
});

test('names that another kind of the group has keep a definition from being served until they are free', async () => {
  await api.request('POST', definitions, widgetDefinition);
  await settled();
  const other = {
    ...named({ names: { plural: 'gadgets', kind: 'Widget' } }),
    metadata: { name: 'gadgets.example.dev' },
  };
  await api.request('POST', definitions, other);
  await settled();
  const { body } = await api.request('GET', `${definitions}/gadgets.example.dev`);
  expect(body.status.conditions[0]).toMatchObject({
    type: 'NamesAccepted',
    status: 'False',
    reason: 'ListKindConflict',
    message: '"WidgetList" is already in use',
  });
  expect(body.status.acceptedNames).toEqual({ plural: 'gadgets', kind: '' });
  const gadgets = '/apis/example.dev/v1/namespaces/default/gadgets';
  expect((await api.request('GET', gadgets)).status).toBe(404);
  await api.request('DELETE', `${definitions}/widgets.example.dev`);
  await settled();
  expect((await api.request('GET', gadgets)).status).toBe(200);
});

test('deleting a definition deletes its objects, and waits for those that have finalizers', async () => {
  await api.request('POST', definitions, widgetDefinition);
  await settled();
  await api.request('POST', widgets, widget('a', { size: 1 }));
  await api.request('POST', widgets, {
    ...widget('b', { size: 1 }),
    metadata: { name: 'b', finalizers: ['example.dev/x'] },
  });
  await api.request('DELETE', `${definitions}/widgets.example.dev`);
  await settled();
  const refused = await api.request('POST', widgets, widget('c', { size: 1 }));
  expect(refused.body.message).toContain('create not allowed while custom resource definition is terminating');
  expect((await api.request('GET', widgets)).body.items).toHaveLength(1);
  await api.request('PATCH', `${widgets}/b`, { metadata: { finalizers: null } });
  await settled();
  expect((await api.request('GET', `${definitions}/widgets.example.dev`)).status).toBe(404);
  expect((await api.request('GET', widgets)).status).toBe(404);
});

test('objects that are older than a default show it', async () => {
  await api.request('POST', definitions, widgetDefinition);
  await api.request('POST', widgets, widget('a', { size: 1 }));
  await settled();
  const { body: live } = await api.request('GET', `${definitions}/widgets.example.dev`);
  live.spec.versions[0].schema.openAPIV3Schema.properties.spec.properties.shape = { type: 'string', default: 'round' };
  await api.request('PUT', `${definitions}/widgets.example.dev`, live);
  expect((await api.request('GET', `${widgets}/a`)).body.spec.shape).toBe('round');
  expect((await api.request('GET', widgets)).body.items[0].spec.shape).toBe('round');
});

test('every served version reads the same objects under its own name', async () => {
  const second = { ...version, name: 'v2', storage: false, additionalPrinterColumns: [], selectableFields: [] };
  await api.request('POST', definitions, named({ versions: [version, second] }));
  await api.request('POST', widgets, widget('a', { size: 1 }));
  const { body } = await api.request('GET', '/apis/example.dev/v2/namespaces/default/widgets/a');
  expect(body).toMatchObject({ apiVersion: 'example.dev/v2', spec: { size: 1 } });
  expect((await api.request('GET', '/apis/example.dev')).body.preferredVersion.version).toBe('v2');
});

test.each([
  ['no type at the root', {}, 'spec.validation.openAPIV3Schema.type: Required value: must not be empty at the root'],
  [
    'a field without a type',
    { type: 'object', properties: { a: {} } },
    'spec.validation.openAPIV3Schema.properties[a].type: Required value: must not be empty for specified object fields',
  ],
  [
    'a list without items',
    { type: 'object', properties: { a: { type: 'array' } } },
    'spec.validation.openAPIV3Schema.properties[a].items: Required value: must be specified',
  ],
  [
    'a set of granular maps',
    {
      type: 'object',
      properties: { a: { type: 'array', items: { type: 'object' }, 'x-kubernetes-list-type': 'set' } },
    },
    'spec.validation.openAPIV3Schema.properties[a].items.x-kubernetes-map-type: Invalid value: null: must be atomic as item of a list with x-kubernetes-list-type=set',
  ],
  [
    'a default of another type',
    { type: 'object', properties: { a: { type: 'string', default: 1 } } },
    'spec.validation.openAPIV3Schema.properties[a].default: Invalid value: "integer":  in body must be of type string: "integer"',
  ],
  [
    'a pattern that is no regular expression',
    { type: 'object', properties: { a: { type: 'string', pattern: '[' } } },
    'spec.validation.openAPIV3Schema.properties[a].pattern: Invalid value: "[": must be a valid regular expression, but isn\'t: error parsing regexp: missing closing ]: `[`',
  ],
  [
    'a description inside anyOf',
    { type: 'object', properties: { a: { type: 'string', anyOf: [{ description: 'x' }] } } },
    'spec.validation.openAPIV3Schema.properties[a].anyOf[0].description: Forbidden: must be empty to be structural',
  ],
])('a schema that is not structural is refused: %s', async (_title, schema, fault) => {
  const { status, body } = await api.request('POST', definitions, withSchema(schema));
  expect(status).toBe(422);
  expect(body.message).toBe(`CustomResourceDefinition.apiextensions.k8s.io "widgets.example.dev" is invalid: ${fault}`);
});

test('the name of a definition follows from its names', async () => {
  const { body } = await api.request('POST', definitions, { ...widgetDefinition, metadata: { name: 'x.example.dev' } });
  expect(body.message).toContain(
    'metadata.name: Invalid value: "x.example.dev": must be spec.names.plural+"."+spec.group',
  );
});

test('a schema keeps its author’s unknown keywords out', async () => {
  const { headers } = await api.request(
    'POST',
    definitions,
    withSchema({ type: 'object', properties: { a: { type: 'string', foo: 1 } } }),
  );
  expect(headers['warning']).toEqual([
    '299 - "unknown field \\"spec.versions[0].schema.openAPIV3Schema.properties.a.foo\\""',
  ]);
});
