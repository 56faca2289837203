import { expect, test } from 'vitest';
import { mergePatch } from '../../src/manager/merge-patch.ts';

test('equal values need no patch, whatever the order of members', () => {
  expect(mergePatch({ a: 1, b: { c: [1, 2] } }, { b: { c: [1, 2] }, a: 1 })).toBeUndefined();
  expect(mergePatch({ a: 1 }, { a: 1, b: undefined, c: null })).toBeUndefined();
});

test('what differs is set, what is gone is null, at every depth', () => {
  expect(
    mergePatch({ desired: { image: 'a', version: '1' }, kept: true }, { desired: { image: 'b' }, kept: true }),
  ).toEqual({
    desired: { image: 'b', version: null },
  });
});

test('lists are replaced as a whole', () => {
  expect(mergePatch({ list: [{ a: 1, b: 2 }] }, { list: [{ a: 1 }] })).toEqual({ list: [{ a: 1 }] });
});
