import { expect, test } from 'vitest';
import { compileJsonPath } from '../../src/crds/json-path.ts';

const object = {
  spec: { 'a.b': 1, list: [{ n: 'x' }, { n: 'y' }, { n: 'z' }] },
  status: {
    conditions: [
      { type: 'Ready', status: 'True', age: 3 },
      { type: 'Old', status: 'False', age: 9 },
    ],
  },
};

test.each([
  ['.spec.list[0].n', ['x']],
  ['.spec.list[-1].n', ['z']],
  ['.spec.list[1:].n', ['y', 'z']],
  ['.spec.list[*].n', ['x', 'y', 'z']],
  ["['spec']['a.b']", [1]],
  ['.status.conditions[?(@.type=="Ready")].status', ['True']],
  ["$.status.conditions[?(@.type == 'Old')].age", [9]],
  ['.status.conditions[?(@.age>=4)].type', ['Old']],
  ['.status.conditions[?(@.nope)].type', []],
  ['..n', ['x', 'y', 'z']],
  ['.spec.nope.more', []],
  ['.constructor', []],
])('%s finds %j', (path, found) => {
  expect(compileJsonPath(path)(object)).toEqual(found);
});

test.each(['.a[', '.a[?(@.b==)]', '.a[x]', '.', "['a", '.a[?(@.b==1]'])('%s is no path, or finds the whole', (path) => {
  if (path === '.') expect(compileJsonPath(path)(1)).toEqual([1]);
  else expect(() => compileJsonPath(path)).toThrow(SyntaxError);
});
