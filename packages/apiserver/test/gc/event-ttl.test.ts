import { expect, test } from 'vitest';
import { isExpired } from '../../src/gc/event-ttl.ts';

const now = new Date('2026-01-01T12:00:00Z');

test.each([
  [{ metadata: { creationTimestamp: '2026-01-01T11:30:00Z' } }, false],
  [{ metadata: { creationTimestamp: '2026-01-01T10:59:59Z' } }, true],
  [{ metadata: { creationTimestamp: '2026-01-01T09:00:00Z' }, lastTimestamp: '2026-01-01T11:30:00Z' }, false],
  [
    {
      metadata: { creationTimestamp: '2026-01-01T09:00:00Z' },
      series: { lastObservedTime: '2026-01-01T11:59:00.000000Z' },
    },
    false,
  ],
  [{ metadata: { creationTimestamp: '2026-01-01T09:00:00Z' }, lastTimestamp: '2020-01-01T00:00:00Z' }, true],
  [{ metadata: {}, lastTimestamp: 'nonsense' }, true],
])('the event %o is old: %s', (event, expired) => {
  expect(isExpired(event, now)).toBe(expired);
});
