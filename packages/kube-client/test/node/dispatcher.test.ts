import { expect, test } from 'vitest';
import { exceptions } from '../../src/node/dispatcher.ts';

test.each([
  ['10.0.0.0/8,.svc', 'https://10.1.2.3:6443', true],
  ['10.0.0.0/8', 'https://11.1.2.3', false],
  ['fd00::/8', 'https://[fd12::1]:6443', true],
  ['10.0.0.0/99, 10.0.0.0/', 'https://10.1.2.3', false],
  ['', 'https://10.1.2.3', false],
])('with NO_PROXY %j the server %s is reached directly: %j', (value, server, direct) => {
  const { hostname } = new URL(server);
  const list = exceptions({ NO_PROXY: value }, new URL(server)).split(',');
  expect(list.includes(hostname.replace(/^\[|\]$/g, ''))).toBe(direct);
  expect(list).toContain('localhost');
});
