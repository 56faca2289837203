import { expect, test } from 'vitest';
import type { ControllerDefinition } from '../../src/index.ts';
import { selectControllers } from '../../src/index.ts';

const definitions = ['a', 'b', 'c'].map(
  (name): ControllerDefinition => ({
    name,
    description: name,
    setup: () => {
      throw new Error('not set up here');
    },
  }),
);

function selected(selection: string): string {
  return selectControllers(definitions, selection)
    .map(({ name }) => name)
    .join('');
}

test.each([
  ['', 'abc'],
  ['*', 'abc'],
  ['c,a', 'ac'],
  ['-b', 'ac'],
  ['*,-b', 'ac'],
  ['a,-b', 'a'],
  [' a , b ', 'ab'],
])('%j selects %s', (selection, names) => {
  expect(selected(selection)).toBe(names);
});

test('unknown names are told together with those there are', () => {
  expect(() => selected('x,-y')).toThrow(
    expect.objectContaining({
      code: 'unknown-controller',
      message: 'there is no controller "x", "y"',
      hint: 'there are a, b, c',
    }),
  );
});
