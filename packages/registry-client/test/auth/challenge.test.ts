import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseChallenges } from '../../src/index.ts';

function read(header: string): unknown {
  return parseChallenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]);
}

test('the usual Bearer challenge gives realm, service and scope', () => {
  expect(
    read('Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:a/b:pull"'),
  ).toEqual([
    ['bearer', { realm: 'https://auth.docker.io/token', service: 'registry.docker.io', scope: 'repository:a/b:pull' }],
  ]);
});

test('several challenges in one header stay apart', () => {
  expect(read('Basic realm="a, b", Bearer realm="https://t/x", error=insufficient_scope')).toEqual([
    ['basic', { realm: 'a, b' }],
    ['bearer', { realm: 'https://t/x', error: 'insufficient_scope' }],
  ]);
});

test('quotes may be escaped, names and schemes may be in any case, spaces may stand around "="', () => {
  expect(read('BASIC Realm = "a \\"quoted\\" word" , charset="UTF-8"')).toEqual([
    ['basic', { realm: 'a "quoted" word', charset: 'UTF-8' }],
  ]);
});

test('a scheme without parameters and an unclosed quote are read as far as they go', () => {
  expect(read('Negotiate, Bearer realm="https://t')).toEqual([
    ['negotiate', {}],
    ['bearer', { realm: 'https://t' }],
  ]);
});

test('any text is read to an end', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('"', '\\', ',', '=', ' ', 'a', 'B', 'é') }),
      (text) => void parseChallenges(text),
    ),
  );
});
