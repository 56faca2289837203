import { expect, test } from 'vitest';
import { type Condition, isConditionTrue, microTime, rfc3339, setCondition, summarize } from '../../src/index.ts';

const at = Date.UTC(2030, 0, 1);
const ready = { type: 'Ready', status: 'True', reason: 'AsExpected', message: '' } as const;

test('a new condition has the time of now', () => {
  expect(setCondition([], ready, at)).toEqual([{ ...ready, lastTransitionTime: '2030-01-01T00:00:00Z' }]);
});

test('the time changes with the status and with nothing else', () => {
  const one = setCondition([], ready, at);
  const two = setCondition(one, { ...ready, reason: 'Other', observedGeneration: 2 }, at + 5_000);
  expect(two[0]).toMatchObject({ reason: 'Other', observedGeneration: 2, lastTransitionTime: '2030-01-01T00:00:00Z' });
  const three = setCondition(two, { ...ready, status: 'False' }, at + 5_000);
  expect(three[0]?.lastTransitionTime).toBe('2030-01-01T00:00:05Z');
});

test('what does not differ comes back as the same list', () => {
  const one = setCondition([], ready, at);
  expect(setCondition(one, { ...ready }, at + 9_000)).toBe(one);
});

test('other conditions keep their place', () => {
  const list: Condition[] = ['A', 'Ready', 'B'].map((type) => ({ ...ready, type, lastTransitionTime: rfc3339(at) }));
  expect(setCondition(list, { ...ready, status: 'Unknown' }, at).map(({ type }) => type)).toEqual(['A', 'Ready', 'B']);
});

test('a summary is as good as the worst of its parts', () => {
  const list: Condition[] = [
    { ...ready, type: 'A', lastTransitionTime: rfc3339(at) },
    { ...ready, type: 'B', status: 'Unknown', reason: 'Waiting', message: 'w', lastTransitionTime: rfc3339(at) },
    { ...ready, type: 'C', status: 'False', reason: 'Broken', message: 'b', lastTransitionTime: rfc3339(at) },
  ];
  expect(summarize(list, 'Available', ['A', 'B', 'C'], 3)).toEqual({
    type: 'Available',
    status: 'False',
    reason: 'Broken',
    message: 'b',
    observedGeneration: 3,
  });
  expect(summarize(list, 'Available', ['A', 'B']).reason).toBe('Waiting');
  expect(summarize(list, 'Available', ['A']).status).toBe('True');
  expect(summarize(list, 'Available', ['A', 'Missing'])).toMatchObject({ status: 'Unknown', reason: 'NotReported' });
});

test('a condition that is missing is not true', () => {
  expect(isConditionTrue([], 'Ready')).toBe(false);
});

test('times are written as Kubernetes writes them', () => {
  expect([rfc3339(at + 123), microTime(at + 123)]).toEqual(['2030-01-01T00:00:00Z', '2030-01-01T00:00:00.123000Z']);
});
