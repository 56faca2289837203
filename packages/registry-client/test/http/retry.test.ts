import { expect, test } from 'vitest';
import { retryAfter } from '../../src/http/retry.ts';

test.each([
  [undefined, undefined],
  ['0', 0],
  ['7', 7_000],
  ['Tue, 24 Nov 2026 10:00:30 GMT', 30_000],
  ['Tue, 24 Nov 2026 09:00:00 GMT', 0],
  ['soon', undefined],
  ['-1', undefined],
  ['', undefined],
])('Retry-After %s on a server whose clock says ten is %s milliseconds', (value, wait) => {
  expect(retryAfter(value, 'Tue, 24 Nov 2026 10:00:00 GMT')).toBe(wait);
});
