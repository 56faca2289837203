import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decodeMessage } from '../../src/protobuf/decode-message.ts';
import { decodeProtobuf } from '../../src/protobuf/decode-object.ts';
import { encodeProtobuf } from '../../src/protobuf/encode-object.ts';
import { readWire } from '../../src/protobuf/wire.ts';
import { apiRequest, type TestApi, widgetApi, widgets } from '../support/api.ts';

type Json = Readonly<Record<string, unknown>>;

const metadata = {
  name: 'a',
  namespace: 'default',
  uid: 'u-1',
  resourceVersion: '7',
  generation: 2,
  creationTimestamp: '2026-01-02T03:04:05Z',
  labels: { b: '2', a: '1' },
  ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: 'n', uid: 'u-2', controller: false }],
  managedFields: [
    { manager: 'm', operation: 'Apply', fieldsV1: { 'f:data': { '.': {} } }, time: '2026-01-02T03:04:05Z' },
  ],
};

const objects: readonly Json[] = [
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata,
    data: { a: 'b', empty: '' },
    binaryData: { c: 'AP8=' },
    immutable: true,
  },
  { apiVersion: 'v1', kind: 'Secret', metadata, type: 'Opaque', data: { key: 'c2VjcmV0' } },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      replicas: 0,
      selector: { matchLabels: { a: 'b' } },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: 1 } },
      template: {
        metadata: { labels: { a: 'b' } },
        spec: {
          containers: [
            {
              name: 'c',
              image: 'i',
              resources: { limits: { memory: '1Gi' }, requests: { cpu: '100m' } },
              ports: [{ containerPort: 80 }],
              livenessProbe: { httpGet: { path: '/', port: 'http' }, periodSeconds: -1 },
            },
          ],
          volumes: [
            { name: 'v', emptyDir: {} },
            { name: 'w', configMap: { name: 'x', optional: false } },
          ],
        },
      },
    },
    status: {},
  },
  {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata,
    spec: { holderIdentity: 'me', leaseDurationSeconds: 15, renewTime: '2026-01-02T03:04:05.678901Z' },
  },
];

describe('what is written is read back', () => {
  test.each(objects.map((object) => [object['kind'], object] as const))('%s', (_kind, object) => {
    expect(decodeProtobuf(encodeProtobuf(object) ?? Buffer.alloc(0))).toMatchObject(object);
  });

  test('numbers below zero and beyond 32 bits keep their value', () => {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', generation: 2 ** 40 } };
    expect(decodeProtobuf(encodeProtobuf(object) ?? Buffer.alloc(0))).toMatchObject(object);
  });

  test('a kind without a message has no bytes', () => {
    expect(encodeProtobuf({ apiVersion: 'example.com/v1', kind: 'Widget' })).toBeUndefined();
  });
});

describe('clients that read nothing but protobuf', () => {
  let api: TestApi;
  beforeEach(async () => {
    api = await widgetApi();
    for (const name of ['a', 'b']) {
      await api.request('POST', configMaps, {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name },
        data: { name },
      });
    }
  });
  afterEach(() => api.close());

  const configMaps = '/api/v1/namespaces/default/configmaps';
  const protobuf = 'application/vnd.kubernetes.protobuf';

  async function ask(
    path: string,
    accept: string = protobuf,
  ): Promise<{ type: unknown; status: number; bytes: Buffer }> {
    const { status, headers, body } = await api.server.handle(apiRequest('GET', path, undefined, { accept }));
    const chunks: Buffer[] = Buffer.isBuffer(body) ? [body] : [];
    if (!Buffer.isBuffer(body)) for await (const chunk of body) chunks.push(chunk as Buffer);
    return { status, type: headers['content-type'], bytes: Buffer.concat(chunks) };
  }

  /** The message inside magic bytes and `runtime.Unknown`. */
  function rawOf(bytes: Buffer): Buffer {
    return Buffer.from((readWire(bytes.subarray(4)).find(({ number }) => number === 2)?.value ?? '') as Buffer);
  }

  test('get an object', async () => {
    const { type, bytes } = await ask(`${configMaps}/a`);
    expect(type).toBe(protobuf);
    expect(decodeProtobuf(bytes)).toMatchObject({ kind: 'ConfigMap', metadata: { name: 'a' }, data: { name: 'a' } });
  });

  test('get a list with its metadata', async () => {
    const fields = readWire(rawOf((await ask(`${configMaps}?limit=1`)).bytes));
    expect(decodeMessage('meta.ListMeta', fields[0]?.value as Buffer)).toMatchObject({ remainingItemCount: 1 });
    expect(decodeMessage('core.ConfigMap', fields[1]?.value as Buffer)).toMatchObject({ data: { name: 'a' } });
    expect(fields).toHaveLength(2);
  });

  test('get refusals as a Status', async () => {
    const { status, type, bytes } = await ask(`${configMaps}/none`);
    expect([status, type]).toEqual([404, protobuf]);
    expect(decodeMessage('meta.Status', rawOf(bytes))).toMatchObject({
      code: 404,
      reason: 'NotFound',
      details: { name: 'none', kind: 'configmaps' },
    });
  });

  test('watch frames, each with its length', async () => {
    const { type, bytes } = await ask(`${configMaps}?watch=true&timeoutSeconds=1`);
    expect(type).toBe(`${protobuf};stream=watch`);
    const frames: unknown[] = [];
    for (let at = 0; at < bytes.length; at += 4 + bytes.readUInt32BE(at)) {
      const [event, object] = readWire(bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at)));
      const raw = readWire(object?.value as Buffer)[0]?.value as Buffer;
      frames.push([String(event?.value), decodeProtobuf(raw)['data']]);
    }
    expect(frames).toEqual([
      ['ADDED', { name: 'a' }],
      ['ADDED', { name: 'b' }],
    ]);
  });

  test('get JSON where they read that too', async () => {
    expect((await ask(`${configMaps}/a`, `${protobuf},application/json`)).type).toBe('application/json');
  });

  test('get no custom resources', async () => {
    expect(await ask(widgets)).toMatchObject({ status: 406, type: 'application/json' });
  });
});
