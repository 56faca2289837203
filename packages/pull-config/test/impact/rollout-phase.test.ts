import { expect, test } from 'vitest';
import { rolloutPhase } from '../../src/index.ts';

const prefix = 'machineconfiguration.openshift.io';

function nodeWith(annotations: Record<string, string>, spec: object = {}) {
  const named = Object.entries(annotations).map(([key, value]) => [
    key.includes('/') ? key : `${prefix}/${key}`,
    value,
  ]);
  return { apiVersion: 'v1', kind: 'Node', metadata: { name: 'a', annotations: Object.fromEntries(named) }, spec };
}

const cordoned = { unschedulable: true };
const told = { currentConfig: 'old', desiredConfig: 'new', state: 'Working' };
const emptied = { ...told, desiredDrain: 'drain-new', lastAppliedDrain: 'drain-new' };
const ours = { 'pullpath.dev/cordoned-before': 'false' };

test.each([
  ['Pending', { currentConfig: 'old', desiredConfig: 'old', state: 'Done' }, {}],
  ['Pending', { ...told, state: 'Done' }, {}],
  ['Pending', { ...told, desiredDrain: 'drain-new' }, {}],
  ['Cordoned', { ...told, desiredDrain: 'drain-new' }, cordoned],
  ['Draining', { ...told, ...ours, desiredDrain: 'drain-new' }, cordoned],
  ['Applying', { ...emptied, 'pullpath.dev/step': 'Applying' }, cordoned],
  ['Applying', told, {}],
  ['Reloading', { ...told, 'pullpath.dev/step': 'Reloading' }, {}],
  ['Rebooting', { ...emptied, state: 'Rebooting', 'pullpath.dev/step': 'Rebooting' }, cordoned],
  ['Verifying', { ...emptied, 'pullpath.dev/step': 'Verifying' }, cordoned],
  ['Verifying', { ...told, desiredDrain: 'uncordon-new', lastAppliedDrain: 'drain-new' }, cordoned],
  ['Uncordoned', { ...told, desiredDrain: 'uncordon-new', lastAppliedDrain: 'uncordon-new' }, {}],
  ['Done', { currentConfig: 'new', desiredConfig: 'new', state: 'Done' }, {}],
  ['Degraded', { ...told, state: 'Degraded' }, {}],
])('%s by %j %j', (phase, annotations, spec) => {
  expect(rolloutPhase(nodeWith(annotations as Record<string, string>, spec), 'new')).toBe(phase);
});
