import { expect, test } from 'vitest';
import { emptyState, type LocalState } from '../../src/root/local-state.ts';
import type { AgentView } from '../../src/steps/annotations.ts';
import { nextStep, type Observed } from '../../src/steps/next-step.ts';

const silent: AgentView = {
  currentConfig: '',
  desiredConfig: '',
  state: '',
  reason: '',
  desiredDrain: '',
  lastAppliedDrain: '',
  step: '',
  drift: '',
  unapplied: '',
};

const done = { currentConfig: 'a', desiredConfig: 'a', state: 'Done' };
const update = { config: 'b', files: [], actions: [], phase: 'applying' } as const;

function step(view: Partial<AgentView>, local: Partial<LocalState> = {}, more: Partial<Observed> = {}): unknown {
  return nextStep({ view: { ...silent, ...view }, local: { ...emptyState, ...local }, bootId: '1', ...more });
}

test('a node that nobody told anything rests', () => {
  expect(step({})).toEqual({ do: 'rest' });
});

test('a node that has what it should have rests', () => {
  expect(step(done, { config: 'a' })).toEqual({ do: 'rest' });
});

test('an agent without memory takes over what the machine booted with', () => {
  expect(step({ ...done, desiredConfig: 'b' })).toEqual({ do: 'adopt', config: 'a' });
});

test('a change is decided first, then the node is said to work', () => {
  const view = { ...done, desiredConfig: 'b' };
  expect(step(view, { config: 'a' })).toEqual({ do: 'decide', config: 'b' });
  const decided = { config: 'b', drain: false };
  expect(step(view, { config: 'a' }, { decided })).toEqual({
    do: 'say',
    report: { state: 'Working', reason: '', step: 'Applying' },
  });
  expect(step({ ...view, state: 'Working', step: 'Applying' }, { config: 'a' }, { decided })).toEqual({ do: 'begin' });
});

test('a decision for what is no longer wanted is made anew', () => {
  const decided = { config: 'b', drain: false };
  expect(step({ ...done, desiredConfig: 'c' }, { config: 'a' }, { decided })).toEqual({ do: 'decide', config: 'c' });
});

test('a change that needs an empty node asks for it and waits until it is', () => {
  const decided = { config: 'b', drain: true };
  const local = { config: 'a' };
  const view = { ...done, desiredConfig: 'b', lastAppliedDrain: 'uncordon-a' };
  expect(step(view, local, { decided })).toMatchObject({ do: 'say', report: { desiredDrain: 'drain-b' } });
  const asked = { ...view, state: 'Working', desiredDrain: 'drain-b' };
  expect(step(asked, local, { decided })).toEqual({ do: 'rest' });
  expect(step({ ...asked, lastAppliedDrain: 'drain-b' }, local, { decided })).toEqual({ do: 'begin' });
});

test('after a drain the node takes pods again before it is done', () => {
  const view = {
    currentConfig: 'a',
    desiredConfig: 'b',
    state: 'Working',
    desiredDrain: 'drain-b',
    lastAppliedDrain: 'drain-b',
  };
  const local = { config: 'b' };
  expect(step(view, local)).toMatchObject({ do: 'say', report: { desiredDrain: 'uncordon-b' } });
  const asked = { ...view, desiredDrain: 'uncordon-b' };
  expect(step(asked, local)).toEqual({ do: 'rest' });
  expect(step({ ...asked, lastAppliedDrain: 'uncordon-b' }, local)).toMatchObject({
    do: 'say',
    report: { currentConfig: 'b', state: 'Done' },
  });
});

test('without a drain nobody is asked to uncordon', () => {
  expect(step({ currentConfig: 'a', desiredConfig: 'b', state: 'Working' }, { config: 'b' })).toMatchObject({
    do: 'say',
    report: { state: 'Done', currentConfig: 'b' },
  });
});

test('the way back to what the node still has needs no change, only the uncordon', () => {
  const view = {
    currentConfig: 'a',
    desiredConfig: 'a',
    state: 'Working',
    desiredDrain: 'drain-b',
    lastAppliedDrain: 'drain-b',
  };
  expect(step(view, { config: 'a' })).toMatchObject({ do: 'say', report: { desiredDrain: 'uncordon-a' } });
});

test('a change that was cut off goes on, also while the API is silent', () => {
  expect(step({ ...done, desiredConfig: 'b' }, { config: 'a', update })).toEqual({ do: 'go-on' });
  expect(step({}, { config: 'a', update })).toEqual({ do: 'go-on' });
});

test('a change that is no longer wanted is undone', () => {
  expect(step({ ...done, desiredConfig: 'c' }, { config: 'a', update })).toEqual({
    do: 'undo',
    reason: 'superseded by c',
  });
});

test('a reboot is over when the boot is another one', () => {
  const booting = { config: 'a', update: { ...update, phase: 'booting', bootId: '1' } as const };
  expect(step({ ...done, desiredConfig: 'b' }, booting)).toEqual({ do: 'reboot' });
  expect(step({ ...done, desiredConfig: 'b' }, booting, { bootId: '2' })).toEqual({ do: 'verify' });
});

test('a failure is said, and waits for its time or another wish', () => {
  const failure = { config: 'b', reason: 'no space' };
  const view = { ...done, desiredConfig: 'b' };
  const local = { config: 'a' };
  expect(step(view, local, { failure })).toMatchObject({
    do: 'say',
    report: { state: 'Degraded', reason: 'no space' },
  });
  expect(step({ ...view, state: 'Degraded', reason: 'no space' }, local, { failure })).toEqual({ do: 'rest' });
  expect(step({ ...view, desiredConfig: 'c' }, local, { failure })).toEqual({ do: 'decide', config: 'c' });
});

test('an undoing that was cut off is ended first', () => {
  const undoing = { ...update, phase: 'undoing', reason: 'why' } as const;
  expect(step({ ...done, desiredConfig: 'b' }, { config: 'a', update: undoing })).toEqual({
    do: 'undo',
    reason: 'why',
  });
});
