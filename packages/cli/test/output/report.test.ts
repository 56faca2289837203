import { afterEach, expect, test, vi } from 'vitest';
import { wantsColor } from '../../src/output/report.ts';

afterEach(() => vi.unstubAllEnvs());

test('a terminal gets colour', () => {
  vi.stubEnv('NO_COLOR', '');
  vi.stubEnv('TERM', 'xterm');
  expect(wantsColor({ isTTY: true })).toBe(true);
});

test('NO_COLOR takes it away, whatever its value', () => {
  vi.stubEnv('TERM', 'xterm');
  vi.stubEnv('NO_COLOR', '0');
  expect(wantsColor({ isTTY: true })).toBe(false);
});

test('a dumb terminal gets none', () => {
  vi.stubEnv('NO_COLOR', '');
  vi.stubEnv('TERM', 'dumb');
  expect(wantsColor({ isTTY: true })).toBe(false);
});

test('a pipe gets none', () => {
  vi.stubEnv('NO_COLOR', '');
  expect(wantsColor({})).toBe(false);
});
