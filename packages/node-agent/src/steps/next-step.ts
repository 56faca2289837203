import type { LocalState } from '../root/local-state.ts';
import { type AgentView, asksForDrain, drainRequest, type Report, uncordonRequest } from './annotations.ts';

/** What an agent does next. A `say` is a patch of its Node, after which it looks again. */
export type Step =
  /** Nothing until something changes. */
  | { readonly do: 'rest' }
  | { readonly do: 'say'; readonly report: Report }
  /** Takes the files of a MachineConfig that are there already as its own. */
  | { readonly do: 'adopt'; readonly config: string }
  /** Finds out what a change to this MachineConfig asks for. */
  | { readonly do: 'decide'; readonly config: string }
  /** Writes down that the change begins, and begins. */
  | { readonly do: 'begin' }
  /** Goes on with the change that has begun: files, actions. */
  | { readonly do: 'go-on' }
  | { readonly do: 'reboot' }
  | { readonly do: 'verify' }
  | { readonly do: 'undo'; readonly reason: string };

/** What a change asks for before it may begin; known once it was decided. */
export interface Decided {
  readonly config: string;
  readonly drain: boolean;
}

/** A change that did not work, and is not tried again yet. */
export interface Failure {
  readonly config: string;
  readonly reason: string;
}

/** Everything that the next step follows from. */
export interface Observed {
  readonly view: AgentView;
  readonly local: LocalState;
  readonly decided?: Decided | undefined;
  readonly failure?: Failure | undefined;
  readonly bootId: string;
}

/** The sequence on one node (node-config 2.4), from what is observed alone: a crash at any point resumes here. */
export function nextStep(observed: Observed): Step {
  const { view, local, failure } = observed;
  if (local.update) return duringUpdate(observed, local.update);
  if (view.desiredConfig === '') return { do: 'rest' };
  if (local.config === view.desiredConfig) return settled(view);
  if (failure?.config === view.desiredConfig) return degraded(view, failure);
  if (local.config === '' && view.currentConfig !== '') return { do: 'adopt', config: view.currentConfig };
  return beforeUpdate(observed);
}

function duringUpdate({ view, failure, bootId }: Observed, update: NonNullable<LocalState['update']>): Step {
  const { config, phase, reason = '' } = update;
  if (failure?.config === config) return degraded(view, failure);
  if (phase === 'undoing') return { do: 'undo', reason };
  if (view.desiredConfig !== '' && view.desiredConfig !== config)
    return { do: 'undo', reason: `superseded by ${view.desiredConfig}` };
  if (phase === 'applying') return { do: 'go-on' };
  return update.bootId === bootId ? { do: 'reboot' } : { do: 'verify' };
}

/** The files are those that the Node should have; what remains is to say so, and to have it take pods again. */
function settled(view: AgentView): Step {
  const config = view.desiredConfig;
  const uncordon = uncordonRequest(config);
  if (asksForDrain(view.desiredDrain)) return say(view, { desiredDrain: uncordon, step: '' });
  if (view.desiredDrain === uncordon && view.lastAppliedDrain !== uncordon) return { do: 'rest' };
  return say(view, { currentConfig: config, state: 'Done', reason: '', step: '' });
}

function beforeUpdate({ view, decided }: Observed): Step {
  const config = view.desiredConfig;
  if (decided?.config !== config) return { do: 'decide', config };
  const drain = drainRequest(config);
  const working: Report = decided.drain
    ? { state: 'Working', reason: '', desiredDrain: drain }
    : { state: 'Working', reason: '', step: 'Applying' };
  const step = say(view, working);
  if (step.do === 'say') return step;
  return decided.drain && view.lastAppliedDrain !== drain ? { do: 'rest' } : { do: 'begin' };
}

function degraded(view: AgentView, { reason }: Failure): Step {
  return say(view, { state: 'Degraded', reason, step: '' });
}

function say(view: AgentView, report: Report): Step {
  const isSaid = (Object.keys(report) as (keyof Report)[]).every((name) => report[name] === view[name]);
  return isSaid ? { do: 'rest' } : { do: 'say', report };
}
