import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isTargeting, isUnavailable, type NodeState, nextNodes } from '../../src/index.ts';

function node(name: string, state: Partial<NodeState> = {}): NodeState {
  const texts = { currentImage: '', desiredImage: '', reason: '', zone: '', createdAt: '2026-01-01T00:00:00Z' };
  return { name, currentConfig: 'old', desiredConfig: 'old', state: 'Done', ready: true, ...texts, ...state };
}

function namesOf({ next }: ReturnType<typeof nextNodes>): string {
  return next.map(({ name }) => name).join(' ');
}

const bounds = { target: 'new', limit: 1 };

test('as many nodes are told as may be out of work at once', () => {
  const nodes = [node('a'), node('b'), node('c')];
  expect(namesOf(nextNodes(nodes, { ...bounds, limit: 2 }))).toBe('a b');
});

test('a node that nobody has told anything waits its turn', () => {
  const fresh = { currentConfig: '', desiredConfig: '', state: '' };
  expect(namesOf(nextNodes([node('a', fresh), node('b', fresh)], bounds))).toBe('a');
});

test('a node that is on its way keeps the others waiting', () => {
  const nodes = [node('a', { desiredConfig: 'new', state: 'Working' }), node('b')];
  expect(nextNodes(nodes, bounds)).toEqual({ next: [] });
});

test('a paused pool tells nobody, and says so only while a node lacks the target', () => {
  expect(nextNodes([node('a')], { ...bounds, paused: true })).toEqual({ next: [], hold: 'paused' });
  expect(nextNodes([node('a')], { target: 'old', limit: 1, paused: true })).toEqual({ next: [] });
});

test('canaries go first and hold the others back', () => {
  const nodes = [node('a'), node('b'), node('c')];
  expect(namesOf(nextNodes(nodes, { ...bounds, limit: 3, canaries: 1 }))).toBe('a');
  const told = [node('a', { desiredConfig: 'new' }), node('b'), node('c')];
  expect(nextNodes(told, { ...bounds, limit: 3, canaries: 1 })).toEqual({ next: [], hold: 'canaries' });
});

test('as many failures as are allowed stop the rollout', () => {
  const failed = node('a', { desiredConfig: 'new', state: 'Degraded' });
  const nodes = [failed, node('b'), node('c')];
  expect(namesOf(nextNodes(nodes, { ...bounds, limit: 3, mostFailures: 2 }))).toBe('b c');
  expect(nextNodes(nodes, { ...bounds, limit: 3, mostFailures: 1 })).toEqual({ next: [], hold: 'failures' });
});

test('a node that was emptied for a configuration that failed is told the target though nothing else may be', () => {
  const stuck = node('a', { desiredConfig: 'bad', state: 'Degraded', ready: false });
  expect(namesOf(nextNodes([stuck, node('b')], bounds))).toBe('a');
});

test('a node whose drain never ends goes back to what it has', () => {
  const draining = node('a', { currentConfig: 'new', desiredConfig: 'bad', state: 'Working', ready: false });
  expect(namesOf(nextNodes([draining, node('b')], bounds))).toBe('a');
});

test('a node that an administrator has cordoned is not told', () => {
  expect(namesOf(nextNodes([node('a', { ready: false }), node('b')], { ...bounds, limit: 2 }))).toBe('b');
});

const anyNode = fc.record({
  currentConfig: fc.constantFrom('', 'old', 'new', 'bad'),
  desiredConfig: fc.constantFrom('', 'old', 'new', 'bad'),
  state: fc.constantFrom('', 'Done', 'Working', 'Rebooting', 'Degraded', 'Unreconcilable'),
  ready: fc.boolean(),
});

test('whatever state nodes are in, no step puts more of them out of work than the limit', () => {
  fc.assert(
    fc.property(fc.array(anyNode, { maxLength: 12 }), fc.integer({ min: 1, max: 5 }), (states, limit) => {
      const nodes = states.map((state, index) => node(`n${index}`, state));
      const { next } = nextNodes(nodes, { target: 'new', limit });
      expect(new Set(next).size).toBe(next.length);
      expect(next.some((it) => isTargeting(it, 'new'))).toBe(false);
      const isNew = ({ currentConfig, desiredConfig, state }: NodeState): boolean =>
        `${currentConfig}${desiredConfig}${state}` === '';
      const before = nodes.filter((it) => isUnavailable(it) && (!isNew(it) || !it.ready));
      const added = next.filter((it) => !before.some(({ name }) => name === it.name));
      if (added.length > 0) expect(before.length + added.length).toBeLessThanOrEqual(limit);
    }),
  );
});
