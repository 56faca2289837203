import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareResourceVersions, configMaps, keyOf, leases, objectKey, splitKey } from '../../src/index.ts';
import { collectionPath, objectPath } from '../../src/objects/resource.ts';

test('paths follow group, scope and subresource', () => {
  expect(collectionPath(configMaps)).toBe('/api/v1/configmaps');
  expect(collectionPath(leases, 'n')).toBe('/apis/coordination.k8s.io/v1/namespaces/n/leases');
  expect(objectPath({ ...leases, namespaced: false }, { name: 'a:b', subresource: 'status' })).toBe(
    '/apis/coordination.k8s.io/v1/leases/a%3Ab/status',
  );
});

test('an object of a namespace is not looked for without it', () => {
  expect(() => objectPath(configMaps, { name: 'a' })).toThrow('need a namespace');
});

test('keys are read as they are made', () => {
  expect(splitKey(objectKey('a', 'n'))).toEqual({ namespace: 'n', name: 'a' });
  expect(splitKey(keyOf({ metadata: { name: 'a' } }))).toEqual({ namespace: undefined, name: 'a' });
});

test('decimal versions are ordered as numbers of any length', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10n ** 30n }), fc.bigInt({ min: 1n, max: 10n ** 30n }), (one, other) => {
      const order = compareResourceVersions(String(one), String(other))!;
      expect(Math.sign(order)).toBe(one < other ? -1 : one > other ? 1 : 0);
    }),
  );
});

test.each(['', 'abc', '01', '1.5', '-1', '1 '])('the version %j has no place in an order', (version) => {
  expect(compareResourceVersions(version, '5')).toBeUndefined();
});
