import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyState, type LocalState } from '../../src/root/local-state.ts';
import type { AgentView } from '../../src/steps/annotations.ts';
import { type Decided, type Failure, nextStep } from '../../src/steps/next-step.ts';

/** A node, its agent and the two controllers, as far as the sequence goes: no files, no API. */
class World {
  view: AgentView = {
    currentConfig: 'a',
    desiredConfig: 'a',
    state: 'Done',
    reason: '',
    desiredDrain: '',
    lastAppliedDrain: '',
    step: '',
    drift: '',
    unapplied: '',
  };
  local: LocalState = { ...emptyState, config: 'a' };
  boot = 1;
  isCordoned = false;
  decided: Decided | undefined;
  failure: Failure | undefined;

  /** One step of the agent; `fails` has the work of the step go wrong. False when it rests. */
  agent(fails: boolean): boolean {
    const { view, local, decided, failure, boot } = this;
    const step = nextStep({ view, local, decided, failure, bootId: String(boot) });
    if (step.do === 'say') this.view = { ...this.view, ...step.report };
    else if (step.do === 'decide')
      this.decided = { config: step.config, drain: needsDrain(this.local.config, step.config) };
    else if (step.do === 'begin') this.#begin();
    else if (step.do === 'reboot') this.boot++;
    else if (step.do === 'go-on' || step.do === 'verify') this.#work(fails);
    else if (step.do === 'undo') this.#undo(step.reason);
    else if (step.do === 'adopt') this.local = { ...this.local, config: step.config };
    return step.do !== 'rest';
  }

  /** The drain controller. False when nothing is asked of it. */
  drain(): boolean {
    const { desiredDrain, lastAppliedDrain } = this.view;
    if (desiredDrain === '' || desiredDrain === lastAppliedDrain) return false;
    this.isCordoned = desiredDrain.startsWith('drain-');
    this.view = { ...this.view, lastAppliedDrain: desiredDrain };
    return true;
  }

  tell(config: string): void {
    this.view = { ...this.view, desiredConfig: config };
    if (this.failure?.config !== config) this.failure = undefined;
  }

  /** All that is in memory goes; with `memory` gone too, what is on the disk as well. */
  die(): void {
    this.decided = undefined;
    this.failure = undefined;
  }

  /** Until nobody has anything to do; throws when that takes too long. */
  settle(): void {
    for (let turn = 0; turn < 100; turn++) {
      this.failure = undefined;
      const [worked, drained] = [this.agent(false), this.drain()];
      if (!worked && !drained) return;
    }
    throw new Error('it does not come to rest');
  }

  #begin(): void {
    const { config, drain } = this.decided!;
    expect(config).toBe(this.view.desiredConfig);
    // Nothing changes on a node that should be empty and is not.
    if (drain) expect([this.isCordoned, this.view.lastAppliedDrain]).toEqual([true, `drain-${config}`]);
    const actions = [{ type: needsReboot(config) ? 'Reboot' : 'Special' } as const];
    this.local = { ...this.local, update: { config, files: [], actions, phase: 'applying' } };
    this.decided = undefined;
  }

  #work(fails: boolean): void {
    const update = this.local.update!;
    if (fails) this.local = { ...this.local, update: { ...update, phase: 'undoing', reason: 'failed' } };
    else if (update.phase === 'applying' && needsReboot(update.config))
      this.local = { ...this.local, update: { ...update, phase: 'booting', bootId: String(this.boot) } };
    else this.local = { ...emptyState, config: update.config };
  }

  #undo(reason: string): void {
    const { config } = this.local.update!;
    this.local = { ...emptyState, config: this.local.config };
    if (config === this.view.desiredConfig) this.failure = { config, reason };
  }
}

// Every other change needs an empty node, and one configuration a reboot.
function needsDrain(from: string, to: string): boolean {
  return from > to || needsReboot(to);
}

function needsReboot(config: string): boolean {
  return config === 'c';
}

const events = fc.oneof(
  { weight: 6, arbitrary: fc.record({ what: fc.constant('agent' as const), fails: fc.boolean() }) },
  { weight: 3, arbitrary: fc.constant({ what: 'drain' as const }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('tell' as const), config: fc.constantFrom('a', 'b', 'c') }) },
  { weight: 1, arbitrary: fc.constant({ what: 'die' as const }) },
);

test('whatever happens in whatever order, the node ends with what it was told last, and takes pods', () => {
  fc.assert(
    fc.property(fc.array(events, { maxLength: 60 }), (happenings) => {
      const world = new World();
      for (const event of happenings) {
        if (event.what === 'agent') world.agent(event.fails);
        else if (event.what === 'tell') world.tell(event.config);
        else world[event.what]();
      }
      world.settle();
      const { currentConfig, desiredConfig, state, step, reason } = world.view;
      expect({ currentConfig, state, step, reason }).toEqual({
        currentConfig: desiredConfig,
        state: 'Done',
        step: '',
        reason: '',
      });
      expect(world.isCordoned).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});
