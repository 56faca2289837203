import { expect, test } from 'vitest';
import { ignitionAnswer, type TokenPayload } from '../../../src/hypershift/index.ts';

const known: TokenPayload = { nodePool: 'clusters/a', isExpired: false, payload: '{}' };
const ask = (
  authorization: string | undefined,
  found: TokenPayload | undefined = known,
  path = '/ignition',
  method = 'GET',
) => ignitionAnswer({ method, path, headers: { authorization } }, (token) => (token === 'secret' ? found : undefined));
const bearer = `Bearer ${btoa('secret')}`;

test('a token that is known gets its payload', () => {
  expect(ask(bearer)).toMatchObject({ status: 200, body: '{}', headers: { 'content-type': 'application/json' } });
});

test.each([
  ['no header', undefined, 401],
  ['another scheme', 'Basic abc', 401],
  ['no base64', 'Bearer ???', 401],
  ['another token', `Bearer ${btoa('other')}`, 511],
] as const)('%s is refused', (_, authorization, status) => {
  expect(ask(authorization).status).toBe(status);
});

test('an expired token, and one without a payload yet, are those that Ignition tries again', () => {
  expect(ask(bearer, { ...known, isExpired: true }).status).toBe(511);
  expect(ask(bearer, { ...known, payload: undefined }).status).toBe(511);
});

test('other paths and methods are not there', () => {
  expect(ask(bearer, known, '/').status).toBe(404);
  expect(ask(bearer, known, '/ignition', 'POST').status).toBe(405);
  expect(ask(undefined, known, '/healthz').status).toBe(200);
});
