import { CodedError } from '@pullpath/diagnostics';
import {
  type Clock,
  compareResourceVersions,
  isNotFound,
  KubeError,
  type KubeObject,
  pause,
  systemClock,
} from '@pullpath/kube-client';
import { type EffectiveFiles, effectiveFiles, type NodeRuntime } from '../config/effective-files.ts';
import { policiesOf } from '../config/policies.ts';
import { runActions } from '../effects/effects.ts';
import type { LocalState, Update } from '../root/local-state.ts';
import { emptyState } from '../root/local-state.ts';
import { keptFile, loadState, saveState } from '../root/state-store.ts';
import { annotationPatch, type Report, viewOf } from '../steps/annotations.ts';
import { nextStep, type Step } from '../steps/next-step.ts';
import { adoptFiles } from '../update/adopt.ts';
import { beginUpdate } from '../update/begin.ts';
import { applyFiles, undoFiles } from '../update/change-files.ts';
import { abandonUpdate, commitUpdate } from '../update/end.ts';
import { planUpdate, type UpdatePlan } from '../update/plan-update.ts';
import { verifyNode } from '../update/verify.ts';
import { type AgentApi, configMissing } from './agent-api.ts';
import type { AgentStatus, NodeAgentOptions } from './agent-options.ts';
import { FileKeeper } from './file-keeper.ts';
import { Turns } from './turns.ts';

interface Failed {
  readonly config: string;
  readonly reason: string;
  readonly attempts: number;
  readonly retryAt: number;
}

/**
 * Brings one node to the configuration that its Node names and keeps it there, step by step from what is observed on the
 * disk and in the API, so that it may die at any point. Run it.
 */
export class NodeAgent {
  readonly #api: AgentApi;
  readonly #options: NodeAgentOptions;
  readonly #clock: Clock;
  readonly #runtime: NodeRuntime;
  readonly #turns: Turns;
  readonly #keeper: FileKeeper;
  #node: KubeObject | undefined;
  #local: LocalState | undefined;
  #plan: UpdatePlan | undefined;
  #failed: Failed | undefined;
  #rebootAsked = { bootId: '', at: 0 };
  #counts = { applied: 0, failed: 0 };
  #wake: () => void = () => undefined;
  #woken = false;

  constructor(api: AgentApi, options: NodeAgentOptions) {
    this.#api = api;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#runtime = options.runtime ?? 'crio';
    this.#turns = options.turns ?? new Turns(1);
    this.#keeper = new FileKeeper({ ...options, clock: this.#clock, heard: () => this.#awake() });
  }

  status(): AgentStatus {
    const view = this.#node && viewOf(this.#node);
    return {
      config: this.#local?.config ?? '',
      desired: view?.desiredConfig ?? '',
      state: view?.state ?? '',
      drift: this.#keeper.drift.map(({ path, what }) => `${path} ${what}`),
      failure: this.#failed?.reason,
      repaired: this.#keeper.repaired,
      ...this.#counts,
    };
  }

  /** Runs until the signal is aborted. Never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    const stop = this.#api.onNode(this.#options.node, (node) => this.#see(node));
    const end = (): void => this.#awake();
    signal.addEventListener('abort', end, { once: true });
    let failures = 0;
    while (!signal.aborted) {
      try {
        this.#woken = false;
        await this.#sleep(await this.#turns.take(() => this.#turn(signal)));
        failures = 0;
      } catch (error) {
        if (signal.aborted) break;
        this.#options.report(error, `node ${this.#options.node}`);
        await pause(this.#clock, Math.min(firstAgainMs * 2 ** failures++, longestAgainMs), signal);
      }
    }
    signal.removeEventListener('abort', end);
    stop();
    this.#keeper.close();
  }

  /** Goes on until there is nothing to do. Gives the milliseconds after which to look again. */
  async #turn(signal: AbortSignal): Promise<number> {
    this.#local ??= loadState(this.#options.root);
    for (let steps = 0; steps < mostSteps && !signal.aborted; steps++) {
      const step = this.#next();
      if (step.do === 'rest') return this.#rest();
      await this.#perform(step, signal);
    }
    return firstAgainMs;
  }

  #next(): Step {
    const { effects } = this.#options;
    if (this.#failed && this.#failed.retryAt <= this.#clock.monotonic()) this.#failed = { ...this.#failed, config: '' };
    const step = nextStep({
      view: viewOf(this.#node ?? { metadata: {} }),
      local: this.#local ?? emptyState,
      decided: this.#plan && { config: this.#plan.config, drain: this.#plan.decision.drain },
      failure: this.#failed,
      bootId: effects.bootId(),
    });
    if (step.do === 'say' && !this.#node) return { do: 'rest' };
    return step.do === 'reboot' && this.#isBooting() ? { do: 'rest' } : step;
  }

  #isBooting(): boolean {
    const { bootId, at } = this.#rebootAsked;
    return bootId === this.#options.effects.bootId() && this.#clock.monotonic() - at < rebootMs;
  }

  async #rest(): Promise<number> {
    const local = this.#local ?? emptyState;
    const waits = [local.update ? awaitingMs : await this.#keep(local)];
    if (this.#failed && this.#failed.config !== '') waits.push(this.#failed.retryAt - this.#clock.monotonic());
    return Math.max(0, Math.min(...waits));
  }

  async #keep(local: LocalState): Promise<number> {
    const policies = async () => policiesOf(await this.#api.machineConfiguration(), this.#runtime);
    return this.#keeper.check(local, policies, {
      said: this.#node ? viewOf(this.#node).drift : undefined,
      say: async (drift) => this.#say({ drift }),
      event: (notice) => this.#node && this.#api.event(this.#node, notice),
    });
  }

  async #perform(step: Exclude<Step, { do: 'rest' }>, signal: AbortSignal): Promise<void> {
    if (step.do === 'say') return this.#say(step.report);
    try {
      await this.#change(step);
    } catch (error) {
      // Without an answer of the API nothing is known to be wrong with the node.
      if (error instanceof KubeError || signal.aborted) throw error;
      await this.#fail(step, error);
    }
  }

  async #change(step: Exclude<Step, { do: 'rest' | 'say' }>): Promise<void> {
    const { root, effects } = this.#options;
    const local = this.#local ?? emptyState;
    const { update } = local;
    if (step.do === 'adopt') this.#local = adoptFiles(root, local, step.config, await this.#known(step.config));
    else if (step.do === 'decide') await this.#decide(local, step.config);
    else if (step.do === 'begin' && this.#plan) this.#begin(local, this.#plan);
    else if (!update) throw new Error(`no change to ${step.do}`);
    else if (step.do === 'go-on') await this.#goOn(local, update);
    else if (step.do === 'verify') await this.#finish(local, update);
    else if (step.do === 'undo') await this.#undo(local, update, step.reason);
    else if (step.do === 'reboot') {
      await this.#mention({ state: 'Rebooting', step: 'Rebooting' });
      this.#rebootAsked = { bootId: effects.bootId(), at: this.#clock.monotonic() };
      await effects.reboot();
    }
  }

  async #decide(local: LocalState, config: string): Promise<void> {
    const { root } = this.#options;
    const wanted = await this.#wanted(local, config);
    const policies = policiesOf(await this.#api.machineConfiguration(), this.#runtime);
    this.#plan = planUpdate({ root, runtime: this.#runtime, local, config, wanted, policies });
    await this.#say({ unapplied: this.#plan.unapplied.join('; ').slice(0, longestText) });
  }

  /** What a configuration puts on this node; the one of before is kept here, should the API have it no more. */
  async #wanted({ previous }: LocalState, config: string): Promise<EffectiveFiles> {
    try {
      return effectiveFiles(await this.#api.config(config), this.#runtime);
    } catch (error) {
      if (!isNotFound(error)) throw error;
      if (previous?.config !== config) throw configMissing(config);
      return { files: previous.files.map((record) => keptFile(this.#options.root, record)), unapplied: [] };
    }
  }

  /** What a machine booted with; one that the API has no more leaves nothing to take over. */
  async #known(config: string): Promise<EffectiveFiles> {
    try {
      return effectiveFiles(await this.#api.config(config), this.#runtime);
    } catch (error) {
      if (isNotFound(error)) return nothing;
      throw error;
    }
  }

  #begin(local: LocalState, plan: UpdatePlan): void {
    this.#local = beginUpdate(this.#options.root, local, plan);
    this.#plan = undefined;
  }

  async #goOn(local: LocalState, update: Update): Promise<void> {
    const { root, effects } = this.#options;
    await this.#mention({ step: 'Applying' });
    applyFiles(root, local, update);
    if (update.actions.some(({ type }) => type === 'Reboot')) {
      this.#save({ ...local, update: { ...update, phase: 'booting', bootId: effects.bootId() } });
      return;
    }
    if (update.actions.some(({ type }) => type !== 'None')) await this.#mention({ step: 'Reloading' });
    await runActions(effects, update.actions);
    await this.#finish(local, update);
  }

  async #finish(local: LocalState, update: Update): Promise<void> {
    const { root } = this.#options;
    await this.#mention({ step: 'Verifying' });
    verifyNode(root, this.#runtime, update);
    this.#local = commitUpdate(root, local, update);
    this.#failed = undefined;
    this.#counts.applied++;
    this.#tell('Normal', 'ConfigApplied', `${update.config} is effective${actionsText(update)}`);
  }

  async #undo(local: LocalState, update: Update, reason: string): Promise<void> {
    const { root, effects } = this.#options;
    undoFiles(root, local, update);
    try {
      await runActions(effects, update.actions);
    } catch (error) {
      // The files of before are in place again; that is all that can be done here.
      this.#options.report(error, `node ${this.#options.node} after ${update.config} was undone`);
    }
    this.#local = abandonUpdate(root, local);
    if (this.#desired() === update.config || this.#desired() === '') this.#remember(update.config, reason);
  }

  async #fail(step: Step, error: unknown): Promise<void> {
    this.#options.report(error, `node ${this.#options.node}`);
    const reason = reasonText(error);
    const local = this.#local ?? emptyState;
    this.#plan = undefined;
    this.#counts.failed++;
    this.#tell('Warning', 'ConfigFailed', reason);
    if (local.update && step.do !== 'undo')
      this.#save({ ...local, update: { ...local.update, phase: 'undoing', reason } });
    else this.#remember(local.update?.config ?? this.#desired(), reason);
  }

  #remember(config: string, reason: string): void {
    const attempts = (this.#failed?.attempts ?? 0) + 1;
    const { retryMs = 10_000 } = this.#options;
    const wait = Math.min(retryMs * 2 ** (attempts - 1), longestRetryMs);
    this.#failed = { config, reason: reason.slice(0, longestText), attempts, retryAt: this.#clock.monotonic() + wait };
  }

  #save(state: LocalState): void {
    saveState(this.#options.root, state);
    this.#local = state;
  }

  /** Says something that people like to know; the work does not wait for an API that is away. */
  async #mention(report: Report): Promise<void> {
    try {
      await this.#say(report);
    } catch (error) {
      if (!(error instanceof KubeError)) throw error;
      this.#options.report(error, `patch nodes ${this.#options.node}`);
    }
  }

  async #say(report: Report): Promise<void> {
    const { node } = this.#options;
    const patch = this.#node && annotationPatch(viewOf(this.#node), report);
    if (patch) this.#see(await this.#api.annotate(node, patch));
  }

  #tell(type: 'Normal' | 'Warning', reason: string, message: string): void {
    if (this.#node) this.#api.event(this.#node, { type, reason, message });
  }

  #desired(): string {
    return this.#node ? viewOf(this.#node).desiredConfig : '';
  }

  // The answer to a patch may be newer than what the watch has told so far.
  #see(node: KubeObject | undefined): void {
    const [before, now] = [this.#node?.metadata, node?.metadata];
    const order = compareResourceVersions(now?.resourceVersion ?? '', before?.resourceVersion ?? '');
    if (now?.uid !== before?.uid || order === undefined || order > 0) this.#node = node;
    if (this.#failed && this.#failed.config !== '' && this.#failed.config !== this.#desired()) this.#failed = undefined;
    this.#awake();
  }

  #awake(): void {
    this.#woken = true;
    this.#wake();
  }

  async #sleep(ms: number): Promise<void> {
    if (this.#woken) return;
    await new Promise<void>((resolve) => {
      const cancel = this.#clock.schedule(ms, resolve);
      this.#wake = () => {
        cancel();
        resolve();
      };
    });
    this.#wake = () => undefined;
  }
}

const firstAgainMs = 1_000;
const longestAgainMs = 30_000;
const longestRetryMs = 600_000;
const awaitingMs = 5_000;
const rebootMs = 600_000;
const mostSteps = 50;
const longestText = 1_000;
const nothing: EffectiveFiles = { files: [], unapplied: [] };

function reasonText(error: unknown): string {
  return error instanceof CodedError || error instanceof Error ? error.message : String(error);
}

function actionsText({ actions }: Update): string {
  const done = actions.filter(({ type }) => type !== 'None').map(({ type }) => type);
  return done.length > 0 ? ` after ${done.join(', ')}` : '';
}
