import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type OrderEdge, topoSort } from '../../src/index.ts';

test('edges of two lists are woven into one order', () => {
  expect(
    topoSort([
      ['b', 'c'],
      ['c', 'src'],
      ['a', 'b'],
      ['b', 'src'],
    ]),
  ).toEqual({
    order: ['a', 'b', 'c', 'src'],
    contradicted: [],
  });
});

test('nodes that no edge orders come by bytes, not in the order given', () => {
  expect(
    topoSort([
      ['m2', 'src'],
      ['m1', 'src'],
    ]).order,
  ).toEqual(['m1', 'm2', 'src']);
});

test('nodes that become free together are appended as a batch', () => {
  expect(
    topoSort([
      ['a', 'z'],
      ['a', 'y'],
      ['b', 'c'],
    ]).order,
  ).toEqual(['a', 'b', 'y', 'z', 'c']);
});

test('a loop is broken at its smallest node, which is told', () => {
  expect(
    topoSort([
      ['b', 'a'],
      ['a', 'b'],
    ]),
  ).toEqual({ order: ['a', 'b'], contradicted: ['a'] });
});

test('an edge to itself is a loop', () => {
  expect(topoSort([['a', 'a']])).toEqual({ order: ['a'], contradicted: ['a'] });
});

test('every node comes once, whatever the edges are', () => {
  fc.assert(
    fc.property(edges, (given) => {
      expect([...topoSort(given).order].sort()).toEqual([...new Set(given.flat())].sort());
    }),
  );
});

test('every edge holds when nothing is contradicted', () => {
  fc.assert(
    fc.property(edges, (given) => {
      const { order, contradicted } = topoSort(given);
      fc.pre(contradicted.length === 0);
      for (const [from, to] of given) expect(order.indexOf(from)).toBeLessThan(order.indexOf(to));
    }),
  );
});

test('the order of the edges does not matter', () => {
  fc.assert(
    fc.property(edges, (given) => {
      expect(topoSort([...given].reverse())).toEqual(topoSort(given));
    }),
  );
});

const node = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const edges: fc.Arbitrary<OrderEdge[]> = fc.array(fc.tuple(node, node), { maxLength: 9 });
