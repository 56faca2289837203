import { expect, test } from 'vitest';
import { loadManifests, validateObject } from '../../src/index.ts';

const faultsOf = (text: string) =>
  loadManifests([{ file: 'a.yaml', text }]).objects.flatMap((object) => validateObject(object));

test('a value of a Secret that is no base64 is a fault at its place, which never quotes it', () => {
  const faults = faultsOf('apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata:\n  a: aGk=\n  b: hunter2\n');
  expect(faults).toMatchObject([
    {
      code: 'field-invalid',
      message: 'data.b must be base64; a text as it is belongs in stringData',
      at: { start: { line: 6 } },
    },
  ]);
  expect(JSON.stringify(faults)).not.toContain('hunter2');
});

test.each(['""', 'aGVsbG8=', '|\n    aGVs\n    bG8=\n', 'QR=='])('%j is bytes for an API server', (value) => {
  expect(faultsOf(`apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata:\n  a: ${value}\n`)).toEqual([]);
});

test.each(['aGk', 'a GVsbG8=', '====', 'aG=k', 'aGk-', 'é==='])('%s is none', (value) => {
  expect(faultsOf(`apiVersion: v1\nkind: ConfigMap\nmetadata: {name: s}\nbinaryData:\n  a: ${value}\n`)).toMatchObject([
    { path: 'binaryData.a', message: 'binaryData.a must be base64; a text as it is belongs in data' },
  ]);
});
