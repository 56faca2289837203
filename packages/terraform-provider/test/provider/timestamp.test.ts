import { expect, test } from 'vitest';
import { stateTimestamp } from '../../src/provider/timestamp.ts';

test.each([
  ['2024-01-01T00:00:00Z', '2024-01-01T00:00:00Z'],
  ['2024-01-01T05:30:00.98+05:30', '2024-01-01T05:30:00Z'],
  ['2024-01-01T05:30:00.123456789Z', '2024-01-01T05:30:00Z'],
  ['', undefined],
  ['soon', undefined],
  [undefined, undefined],
])('%s is kept as %s', (given, kept) => {
  expect(stateTimestamp(given)).toBe(kept);
});
