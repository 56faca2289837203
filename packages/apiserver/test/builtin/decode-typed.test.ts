import { expect, test } from 'vitest';
import { decodeTyped } from '../../src/builtin/decode-typed.ts';
import { quantityText } from '../../src/builtin/scalars/quantity.ts';

const configMap = { version: 'v1', kind: 'ConfigMap', message: 'core.ConfigMap' };
const pod = { version: 'v1', kind: 'Pod', message: 'core.Pod' };
const lease = { version: 'v1', kind: 'Lease', message: 'coordination.Lease' };

test('zero values that Go leaves out are gone', () => {
  const object = { metadata: { name: 'a', labels: {}, generation: 0 }, data: {}, immutable: false };
  expect(decodeTyped(configMap, object)).toEqual({ metadata: { name: 'a' }, immutable: false });
});

test('structs and lists that Go always writes are there', () => {
  const decoded = decodeTyped(pod, { metadata: {}, spec: { containers: [{ name: 'a' }] } });
  expect(decoded).toEqual({
    metadata: {},
    spec: { containers: [{ name: 'a', resources: {} }] },
    status: {},
  });
  expect(decodeTyped(pod, {})).toEqual({ metadata: {}, spec: { containers: null }, status: {} });
});

test('members of inlined structs stand in their parent', () => {
  const spec = { containers: [], volumes: [{ name: 'v', emptyDir: {} }] };
  expect(decodeTyped(pod, { spec })).toMatchObject({ spec: { volumes: [{ name: 'v', emptyDir: {} }] } });
});

test('fields that no type has are dropped', () => {
  expect(decodeTyped(configMap, { metadata: { zz: 1 }, dat: {} })).toEqual({ metadata: {} });
});

test('keys that are names of prototypes are keys like any other', () => {
  const data = JSON.parse('{"__proto__": "a", "constructor": "b"}');
  const decoded = decodeTyped(configMap, { data });
  expect(Object.entries(decoded['data'] as object)).toEqual([
    ['__proto__', 'a'],
    ['constructor', 'b'],
  ]);
  expect(({} as Record<string, unknown>)['a']).toBeUndefined();
});

test.each([
  [configMap, { data: { a: 1 } }, 'json: cannot unmarshal number into Go struct field ConfigMap.data of type string'],
  [
    configMap,
    { data: [] },
    'json: cannot unmarshal array into Go struct field ConfigMap.data of type map[string]string',
  ],
  [
    configMap,
    { metadata: { labels: { a: true } } },
    'json: cannot unmarshal bool into Go struct field ObjectMeta.metadata.labels of type string',
  ],
  [
    pod,
    { spec: { containers: { name: 'a' } } },
    'json: cannot unmarshal object into Go struct field PodSpec.spec.containers of type []v1.Container',
  ],
  [
    pod,
    { spec: { containers: [{ name: 1 }] } },
    'json: cannot unmarshal number into Go struct field Container.spec.containers.name of type string',
  ],
  [
    pod,
    { spec: { priority: 1.5 } },
    'json: cannot unmarshal number 1.5 into Go struct field PodSpec.spec.priority of type int32',
  ],
  [
    pod,
    { spec: { priority: 2 ** 31 } },
    'json: cannot unmarshal number 2147483648 into Go struct field PodSpec.spec.priority of type int32',
  ],
  [configMap, { binaryData: { a: '!!' } }, 'illegal base64 data at input byte 0'],
  [configMap, { binaryData: { a: 'AAA' } }, 'illegal base64 data at input byte 0'],
  [configMap, { binaryData: { a: 'AAAA=' } }, 'illegal base64 data at input byte 4'],
  [
    lease,
    { spec: { renewTime: '2020-01-01T00:00:00Z' } },
    'parsing time "2020-01-01T00:00:00Z" as "2006-01-02T15:04:05.000000Z07:00": cannot parse "Z" as ".000000"',
  ],
  [
    configMap,
    { metadata: { creationTimestamp: 'x' } },
    'parsing time "x" as "2006-01-02T15:04:05Z07:00": cannot parse "x" as "2006"',
  ],
])('%o refuses %o', (kind, object, complaint) => {
  const message = `${kind.kind} in version "v1" cannot be handled as a ${kind.kind}: ${complaint}`;
  expect(() => decodeTyped(kind, object)).toThrow(message);
});

test('times lose their zone, micro times keep six decimals', () => {
  const object = {
    metadata: { creationTimestamp: '2020-01-01T02:00:00.5+02:00' },
    spec: { renewTime: '2020-01-01T02:00:00.123456+02:00' },
  };
  expect(decodeTyped(lease, object)).toEqual({
    metadata: { creationTimestamp: '2020-01-01T00:00:00Z' },
    spec: { renewTime: '2020-01-01T00:00:00.123456Z' },
  });
});

test.each([
  ['1000m', '1'],
  ['0.1', '100m'],
  [0.5, '500m'],
  ['1024Ki', '1Mi'],
  ['1.5Gi', '1536Mi'],
  ['512', '512'],
  ['1000', '1k'],
  ['1e3', '1e3'],
  ['100Mi', '100Mi'],
  ['0.5Ki', '512'],
  ['0', '0'],
  ['0.0000000001', '1n'],
  ['-1000m', '-1'],
])('the quantity %s is %s', (given, canonical) => {
  expect(quantityText(given)).toBe(canonical);
});
