import { expect, test } from 'vitest';
import { loadManifests } from '../../../src/index.ts';

function read(text: string): unknown {
  const { objects } = loadManifests([{ file: 'f.yaml', text: `apiVersion: v1\nkind: A\nv: ${text}\n` }]);
  return objects[0]?.object['v'];
}

test.each<[string, unknown]>([
  ['yes', true],
  ['Off', false],
  ['y', true],
  ['yES', 'yES'],
  ['"yes"', 'yes'],
  ['~', null],
  ['', null],
  ['0644', 420],
  ['0o17', 15],
  ['0O17', 15],
  ['08', 8],
  ['0x1F', 31],
  ['0b101', 5],
  ['-0b11', -3],
  ['1_000', 1000],
  ['_1', '_1'],
  ['+12', 12],
  ['1e3', 1000],
  ['.5', 0.5],
  ['1.', 1],
  ['1e400', '1e400'],
  ['0x', '0x'],
  ['1:30', '1:30'],
  ['2020-01-01', '2020-01-01'],
  ['9007199254740991', 9007199254740991],
  ['18446744073709551616', 18446744073709552000],
  ['!!str 3', '3'],
  ['!!int "3"', 3],
  ['!!float 3', 3],
  ['! 3', '3'],
  ['!!binary aGk=', 'hi'],
])('the value %s is read as kubectl reads it', (text, value) => {
  expect(read(text)).toEqual(value);
});

test.each([
  ['1', '1'],
  ['on', 'true'],
  ['4.10', '4.1'],
  ['1e10', '1e+10'],
  ['1234567', '1234567'],
  ['123456.0', '123456'],
  ['1234567.0', '1.234567e+06'],
  ['0.00001', '1e-05'],
  ['.inf', '.inf'],
  ['9007199254740993', '9007199254740993'],
])('the key %s is named %s, as kubectl names it', (key, name) => {
  expect(read(`{${key}: x}`)).toEqual({ [name]: 'x' });
});

test('a merge key overwrites what stands before it, the first of several merged maps wins', () => {
  expect(read('{a: 1, <<: [{a: 2, b: 2}, {b: 3, c: 3}], c: 4}')).toEqual({ a: 2, b: 2, c: 4 });
});
