import { expect, test } from 'vitest';
import { decodeProtobuf } from '../../src/protobuf/decode-object.ts';

const magic = Buffer.from('k8s\0');

/** Writes a length-delimited field. */
function run(number: number, ...content: (string | Buffer)[]): Buffer {
  const bytes = Buffer.concat(content.map((part) => Buffer.from(part)));
  return Buffer.concat([varint((number << 3) | 2), varint(bytes.length), bytes]);
}

function integer(number: number, value: number | bigint): Buffer {
  return Buffer.concat([varint(number << 3), varint(value)]);
}

function varint(value: number | bigint): Buffer {
  const bytes: number[] = [];
  for (let left = BigInt.asUintN(64, BigInt(value)); ; left >>= 7n) {
    if (left < 0x80n) return Buffer.from([...bytes, Number(left)]);
    bytes.push(Number(left & 0x7fn) | 0x80);
  }
}

function body(apiVersion: string, kind: string, ...message: Buffer[]): Buffer {
  return Buffer.concat([magic, run(1, run(1, apiVersion), run(2, kind)), run(2, ...message)]);
}

test('a config map is what its JSON would be', () => {
  const entry = run(2, run(1, 'key'), run(2, 'text'));
  const bytes = run(3, run(1, 'raw'), run(2, Buffer.from([0, 255])));
  const metadata = run(1, run(1, 'a'), run(2, ''), integer(7, 0), run(8));
  expect(decodeProtobuf(body('v1', 'ConfigMap', metadata, entry, bytes, integer(4, 0)))).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a' },
    data: { key: 'text' },
    binaryData: { raw: 'AP8=' },
    immutable: false,
  });
});

test('times, counts below zero and fields that nobody knows are read', () => {
  const spec = run(2, run(1, 'me'), integer(2, -3), run(4, integer(1, 1_577_836_800), integer(2, 123_456_789)));
  const unknown = [run(99, 'x'), integer(98, 5), Buffer.from([((97 << 3) & 0x7f) | 0x80 | 5, 6, 1, 2, 3, 4])];
  expect(decodeProtobuf(body('coordination.k8s.io/v1', 'Lease', spec, ...unknown))).toMatchObject({
    spec: { holderIdentity: 'me', leaseDurationSeconds: -3, renewTime: '2020-01-01T00:00:00.123456Z' },
  });
});

test('a count or percentage is the one that is meant', () => {
  const budget = (value: Buffer) => decodeProtobuf(body('policy/v1', 'PodDisruptionBudget', run(2, run(1, value))));
  expect(budget(Buffer.concat([integer(1, 0), integer(2, 0)]))).toMatchObject({ spec: { minAvailable: 0 } });
  expect(budget(Buffer.concat([integer(1, 1), run(3, '50%')]))).toMatchObject({ spec: { minAvailable: '50%' } });
});

test('inlined messages of the wire stand in their parent', () => {
  const volume = run(1, run(1, 'v'), run(2, run(2)));
  expect(decodeProtobuf(body('v1', 'Pod', run(2, volume)))).toMatchObject({
    spec: { volumes: [{ name: 'v', emptyDir: {} }] },
  });
});

test('a key of a map that is the name of a prototype is a key', () => {
  const entry = run(2, run(1, '__proto__'), run(2, 'x'));
  expect(Object.keys(decodeProtobuf(body('v1', 'ConfigMap', entry))['data'] as object)).toEqual(['__proto__']);
});

test.each([
  ['no magic', Buffer.from('{"kind":"ConfigMap"}'), 'does not appear to be a protobuf message'],
  ['a cut field', body('v1', 'ConfigMap', run(1, run(1, 'a'))).subarray(0, -1), 'unexpected EOF'],
  ['an endless number', Buffer.concat([magic, Buffer.alloc(12, 0xff)]), 'integer overflow'],
  ['a number where text belongs', body('v1', 'ConfigMap', integer(1, 5)), 'wrong wire type'],
  ['a kind that nobody knows', body('v1', '__proto__'), 'no kind "__proto__" is registered for version "v1"'],
  ['a version that nobody knows', body('constructor', 'Pod'), 'no kind "Pod" is registered for version "constructor"'],
])('%s is refused', (_what, bytes, complaint) => {
  expect(() => decodeProtobuf(bytes)).toThrow(complaint);
});

test('every cut of a body is refused or read, never a crash', () => {
  const whole = body('v1', 'Pod', run(1, run(1, 'p')), run(2, run(1, run(1, 'v'), run(2, run(2)))));
  for (let length = 0; length < whole.length; length++) {
    try {
      decodeProtobuf(whole.subarray(0, length));
    } catch (error) {
      expect(error).toHaveProperty('status.code', 400);
    }
  }
});
