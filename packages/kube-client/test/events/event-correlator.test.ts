import { fakeClock } from '@pullpath/testkit';
import { expect, test } from 'vitest';
import { EventCorrelator } from '../../src/events/event-correlator.ts';
import { Recent } from '../../src/events/recent.ts';

test('what is remembered does not grow beyond its bound', () => {
  const recent = new Recent<number>(3);
  for (let index = 0; index < 10; index++) recent.set(`key-${index}`, index);
  recent.set('key-7', 70);
  recent.set('key-10', 10);
  expect(recent.size).toBe(3);
  expect([recent.get('key-7'), recent.get('key-8')]).toEqual([70, undefined]);
});

test('messages are combined only while they come close together', () => {
  const clock = fakeClock();
  const correlator = new EventCorrelator(clock);
  const messages = Array.from({ length: 12 }, (_, index) => {
    clock.advance(600_001);
    return correlator.correlate({ name: 'n' }, { type: 'Normal', reason: 'R', message: `m${index}` })?.notice.message;
  });
  expect(messages.every((message) => message?.startsWith('m'))).toBe(true);
});

test('a message is cut to what an event may hold', () => {
  const event = new EventCorrelator(fakeClock()).correlate(
    { name: 'n' },
    { type: 'Normal', reason: 'R', message: 'x'.repeat(5_000) },
  );
  expect(event?.notice.message).toHaveLength(1_024);
});
