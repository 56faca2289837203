import { expect, test } from 'vitest';
import { rolloutMarks, undoRollout } from '../../src/rollout/index.ts';

const group = 'machineconfiguration.openshift.io/v1';

function pool(spec: string, status: string, annotations: Record<string, string> = {}) {
  return {
    apiVersion: group,
    kind: 'MachineConfigPool',
    metadata: { name: 'worker', annotations },
    spec: { configuration: { name: spec } },
    status: { configuration: { name: status } },
  };
}

function config(name: string, creationTimestamp: string) {
  return { apiVersion: group, kind: 'MachineConfig', metadata: { name, creationTimestamp } };
}

const configs = [
  config('one', '2026-01-01T00:00:00Z'),
  config('two', '2026-01-02T00:00:00Z'),
  config('three', '2026-01-03T00:00:00Z'),
];

function pinned({ patch }: ReturnType<typeof undoRollout>): unknown {
  const { annotations } = patch['metadata'] as { annotations: Record<string, unknown> };
  return [annotations[rolloutMarks.pinned], annotations[rolloutMarks.pinnedOver]];
}

test('in the middle of a rollout it goes back to what all nodes had', () => {
  expect(pinned(undoRollout(pool('three', 'one'), configs))).toEqual(['one', 'three']);
});

test('after a rollout it goes back to the configuration before', () => {
  expect(pinned(undoRollout(pool('three', 'three'), configs))).toEqual(['two', 'three']);
});

test('going back twice goes back further', () => {
  const annotations = { [rolloutMarks.pinned]: 'two', [rolloutMarks.pinnedOver]: 'three' };
  expect(pinned(undoRollout(pool('two', 'two', annotations), configs))).toEqual(['one', 'three']);
});

test('it goes back to the configuration that is named', () => {
  expect(pinned(undoRollout(pool('three', 'three'), configs, 'one'))).toEqual(['one', 'three']);
});

test('where there is nothing to go back to, it says what there is', () => {
  expect(() => undoRollout(pool('one', 'one'), configs.slice(0, 1))).toThrow(
    expect.objectContaining({ code: 'nothing-to-undo', hint: 'the rules have not changed yet' }),
  );
  expect(() => undoRollout(pool('three', 'three'), configs, 'four')).toThrow(
    expect.objectContaining({ code: 'nothing-to-undo', hint: 'there are one, two' }),
  );
});
