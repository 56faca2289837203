import { expect, test } from 'vitest';
import { proxyFor, proxyFromEnvironment } from '../../src/index.ts';

const env = { HTTPS_PROXY: 'http://proxy.corp:3128', http_proxy: 'plain.corp:8080' };

function proxy(url: string, except = ''): string | undefined {
  return proxyFor(proxyFromEnvironment({ ...env, NO_PROXY: except }), new URL(url));
}

test('the scheme of the registry chooses the proxy, a proxy without scheme is http', () => {
  expect(proxy('https://quay.io/v2/')).toBe('http://proxy.corp:3128');
  expect(proxy('http://quay.io/v2/')).toBe('http://plain.corp:8080');
});

test('the loopback interface is always asked directly', () => {
  for (const host of ['localhost', '127.0.0.1', '127.1.2.3', '[::1]'])
    expect(proxy(`https://${host}:5000/`)).toBeUndefined();
});

test.each([
  ['quay.io', 'quay.io', true],
  ['quay.io', 'cdn.quay.io', true],
  ['.quay.io', 'quay.io', false],
  ['.quay.io', 'cdn.quay.io', true],
  ['*.quay.io', 'cdn.quay.io', true],
  ['uay.io', 'quay.io', false],
  ['QUAY.io ', 'quay.io', true],
  ['*', 'quay.io', true],
  ['10.0.0.0/8', '10.1.2.3', true],
  ['10.0.0.0/8', '11.1.2.3', false],
  ['10.0.0.0/99', '10.1.2.3', false],
  ['fd00::/8', '[fd00::1]', true],
  ['10.1.2.3', '10.1.2.3', true],
  ['quay.io:443', 'quay.io', true],
  ['quay.io:8443', 'quay.io', false],
  [',,', 'quay.io', false],
])('NO_PROXY=%s and host %s: asked directly is %s', (except, host, direct) => {
  expect(proxy(`https://${host}/v2/`, except) === undefined).toBe(direct);
});
