import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TestApi, widgetApi } from '../support/api.ts';

let api: TestApi;

beforeEach(async () => {
  api = await widgetApi();
});
afterEach(() => api.close());

const documentOf = async (name: string) => {
  const { body } = await api.request('GET', '/openapi/v3');
  const { serverRelativeURL } = JSON.parse(body).paths[name];
  return api.request('GET', serverRelativeURL);
};

test('every version has a document under a URL with its hash', async () => {
  const { status, headers, body } = await documentOf('apis/example.dev/v1');
  expect(status).toBe(200);
  expect(headers['cache-control']).toBe('public, immutable');
  expect(body.openapi).toBe('3.0.0');
});

test('patches advertise field validation, which kubectl looks for', async () => {
  for (const [name, path] of [
    ['apis/example.dev/v1', '/apis/example.dev/v1/namespaces/{namespace}/widgets/{name}'],
    ['api/v1', '/api/v1/namespaces/{name}'],
  ] as const) {
    const { patch } = (await documentOf(name)).body.paths[path];
    expect(patch.parameters.map((each: { name: string }) => each.name)).toContain('fieldValidation');
    expect(patch['x-kubernetes-group-version-kind'].version).toBe('v1');
  }
});

test('the component of a kind is its author’s schema with metadata by reference', async () => {
  const { body } = await documentOf('apis/example.dev/v1');
  const component = body.components.schemas['dev.example.v1.Widget'];
  expect(component['x-kubernetes-group-version-kind']).toEqual([
    { group: 'example.dev', kind: 'Widget', version: 'v1' },
  ]);
  expect(component.properties.metadata.allOf).toEqual([
    { $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta' },
  ]);
  expect(component.properties.spec.properties.color).toEqual({ type: 'string', enum: ['red', 'blue'], default: 'red' });
});

test('a document is not sent again to who has it', async () => {
  const first = await api.request('GET', '/openapi/v3/api/v1');
  const again = await api.request('GET', '/openapi/v3/api/v1', undefined, {
    'if-none-match': String(first.headers['etag']),
  });
  expect(again.status).toBe(304);
});

test('an old hash leads to the newest document', async () => {
  const { status, headers } = await api.request('GET', '/openapi/v3/api/v1?hash=OLD');
  expect(status).toBe(301);
  expect(headers['location']).toMatch(/^\/openapi\/v3\/api\/v1\?hash=[0-9A-F]{128}$/);
});

test('old kubectl gets a small protobuf document of version 2', async () => {
  const accept = 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf';
  const { headers, body } = await api.request('GET', '/openapi/v2', undefined, { accept });
  expect(headers['content-type']).toBe('application/com.github.proto-openapi.spec.v2.v1.0+protobuf');
  expect(body).toContain('Kubernetes');
});
