import { type Clock, KubeError } from '@pullpath/kube-client';
import type { NodeRuntime } from '../config/effective-files.ts';
import { policiesOf } from '../config/policies.ts';
import { runActions } from '../effects/effects.ts';
import type { LocalState, Update } from '../root/local-state.ts';
import { loadState, saveState } from '../root/state-store.ts';
import { nextStep, type Step } from '../steps/next-step.ts';
import { adoptFiles } from '../update/adopt.ts';
import { beginUpdate } from '../update/begin.ts';
import { applyFiles, undoFiles } from '../update/change-files.ts';
import { abandonUpdate, commitUpdate } from '../update/end.ts';
import { planUpdate, type UpdatePlan } from '../update/plan-update.ts';
import { verifyNode } from '../update/verify.ts';
import { type AgentApi, configMissing } from './agent-api.ts';
import type { NodeAgentOptions } from './agent-options.ts';
import { Failures } from './failures.ts';
import type { NodeLink } from './node-link.ts';
import { filesOfBefore, wantedFiles } from './wanted-files.ts';

/** A step that does something to the node. */
type Change = Exclude<Step, { readonly do: 'rest' | 'say' }>;

/** Brings the files of a node from one configuration to another, one step after the other. */
export class Updater {
  readonly runtime: NodeRuntime;
  readonly #api: AgentApi;
  readonly #link: NodeLink;
  readonly #options: NodeAgentOptions;
  readonly #clock: Clock;
  readonly #failures: Failures;
  #local: LocalState | undefined;
  #plan: UpdatePlan | undefined;
  #rebootAsked = { bootId: '', at: 0 };
  #counts = { applied: 0, failed: 0 };

  constructor(api: AgentApi, link: NodeLink, options: NodeAgentOptions & { readonly clock: Clock }) {
    this.runtime = options.runtime ?? 'crio';
    this.#api = api;
    this.#link = link;
    this.#options = options;
    this.#clock = options.clock;
    this.#failures = new Failures(options.clock, options.retryMs ?? 10_000);
  }

  /** What lies on the node, as remembered there. Throws `agent-state-unreadable`. */
  get local(): LocalState {
    this.#local ??= loadState(this.#options.root);
    return this.#local;
  }

  /** Changes that worked and that did not, and the failure that stands. */
  get outcome(): { readonly applied: number; readonly failed: number; readonly failure: string | undefined } {
    return { ...this.#counts, failure: this.#failures.current?.reason };
  }

  /** Milliseconds until a failed change is tried again. */
  get retryMs(): number | undefined {
    return this.#failures.msLeft;
  }

  /** The step that follows from what is observed now. */
  next(): Step {
    const { view, isKnown } = this.#link;
    if (isKnown) this.#failures.forgetUnless(view.desiredConfig);
    const step = nextStep({
      view,
      local: this.local,
      decided: this.#plan && { config: this.#plan.config, drain: this.#plan.decision.drain },
      failure: this.#failures.current,
      bootId: this.#options.effects.bootId(),
    });
    const mustWait = (step.do === 'say' && !isKnown) || (step.do === 'reboot' && this.#isBooting());
    return mustWait ? { do: 'rest' } : step;
  }

  /** Takes a step. What fails on the node is undone and remembered; rejects with a `KubeError` where the API fails. */
  async take(step: Exclude<Step, { readonly do: 'rest' }>): Promise<void> {
    if (step.do === 'say') return this.#link.say(step.report);
    try {
      await this.#change(step);
    } catch (error) {
      // Without an answer of the API nothing is known to be wrong with the node.
      if (error instanceof KubeError) throw error;
      this.#fail(step, error);
    }
  }

  async #change(step: Change): Promise<void> {
    if (step.do === 'adopt') return this.#adopt(step.config);
    if (step.do === 'decide') return this.#decide(step.config);
    if (step.do === 'begin') return this.#begin();
    const { update } = this.local;
    if (!update) throw new Error(`there is no change to ${step.do}`);
    if (step.do === 'go-on') await this.#goOn(update);
    else if (step.do === 'reboot') await this.#reboot();
    else if (step.do === 'verify') await this.#finish(update);
    else await this.#undo(update, step.reason);
  }

  // What a machine booted with and the API has no more leaves nothing to take over.
  async #adopt(config: string): Promise<void> {
    const wanted = (await wantedFiles(this.#api, config, this.runtime)) ?? { files: [], unapplied: [] };
    this.#local = adoptFiles(this.#options.root, this.local, config, wanted);
  }

  async #decide(config: string): Promise<void> {
    const { root } = this.#options;
    const wanted = (await wantedFiles(this.#api, config, this.runtime)) ?? filesOfBefore(root, this.local, config);
    if (!wanted) throw configMissing(config);
    const policies = policiesOf(await this.#api.machineConfiguration(), this.runtime);
    this.#plan = planUpdate({ root, runtime: this.runtime, local: this.local, config, wanted, policies });
    await this.#link.say({ unapplied: this.#plan.unapplied.join('; ').slice(0, longestText) });
  }

  #begin(): void {
    if (!this.#plan) throw new Error('a change begins before it was decided');
    this.#local = beginUpdate(this.#options.root, this.local, this.#plan);
    this.#plan = undefined;
  }

  async #goOn(update: Update): Promise<void> {
    const { root, effects } = this.#options;
    await this.#link.mention({ step: 'Applying' });
    applyFiles(root, this.local, update);
    if (asks(update, 'Reboot')) return this.#save({ ...update, phase: 'booting', bootId: effects.bootId() });
    if (update.actions.some(({ type }) => type !== 'None')) await this.#link.mention({ step: 'Reloading' });
    await runActions(effects, update.actions);
    await this.#finish(update);
  }

  async #reboot(): Promise<void> {
    const { effects } = this.#options;
    await this.#link.mention({ state: 'Rebooting', step: 'Rebooting' });
    this.#rebootAsked = { bootId: effects.bootId(), at: this.#clock.monotonic() };
    await effects.reboot();
  }

  #isBooting(): boolean {
    const { bootId, at } = this.#rebootAsked;
    return bootId === this.#options.effects.bootId() && this.#clock.monotonic() - at < rebootMs;
  }

  async #finish(update: Update): Promise<void> {
    const { root } = this.#options;
    await this.#link.mention({ step: 'Verifying' });
    verifyNode(root, this.runtime, update);
    this.#local = commitUpdate(root, this.local, update);
    this.#counts.applied++;
    const done = update.actions.map(({ type }) => type).join(', ');
    this.#link.tell('Normal', 'ConfigApplied', `${update.config} is effective; actions: ${done}`);
  }

  async #undo(update: Update, reason: string): Promise<void> {
    const { root, effects } = this.#options;
    undoFiles(root, this.local, update);
    try {
      await runActions(effects, update.actions);
    } catch (error) {
      // The files of before are in place again; that is all that can be done here.
      this.#options.report(error, `node ${this.#link.name} after ${update.config} was undone`);
    }
    this.#local = abandonUpdate(root, this.local);
    const { desiredConfig } = this.#link.view;
    if (desiredConfig === update.config || !this.#link.isKnown) this.#failures.add({ config: update.config, reason });
  }

  #fail(step: Change, error: unknown): void {
    const reason = (error instanceof Error ? error.message : String(error)).slice(0, longestText);
    const { update } = this.local;
    this.#options.report(error, `node ${this.#link.name}`);
    this.#link.tell('Warning', 'ConfigFailed', reason);
    this.#plan = undefined;
    this.#counts.failed++;
    if (update && step.do !== 'undo') this.#save({ ...update, phase: 'undoing', reason });
    else this.#failures.add({ config: update?.config ?? this.#link.view.desiredConfig, reason });
  }

  #save(update: Update): void {
    const state = { ...this.local, update };
    saveState(this.#options.root, state);
    this.#local = state;
  }
}

const rebootMs = 600_000;
const longestText = 1_000;

function asks({ actions }: Update, wanted: 'Reboot'): boolean {
  return actions.some(({ type }) => type === wanted);
}
