import { valueAt } from '@pullpath/api';
import type { KubeObject } from '../model.ts';
import { isDegraded, isDone, readNodeState } from './node-state.ts';

/** Where a node is on its way to a configuration, in order; `Degraded` is where it gave up. */
export type RolloutPhase =
  | 'Pending'
  | 'Cordoned'
  | 'Draining'
  | 'Applying'
  | 'Reloading'
  | 'Rebooting'
  | 'Verifying'
  | 'Uncordoned'
  | 'Done'
  | 'Degraded';

const prefix = 'machineconfiguration.openshift.io';
/** Whoever empties the node says here, as it begins, whether it was cordoned before. */
const cordonedBefore = 'pullpath.dev/cordoned-before';

/** The phase of a node of a pool whose nodes are to have `target`, from what is observed of it alone (node-config 2.4). */
export function rolloutPhase(node: KubeObject, target: string): RolloutPhase {
  const state = readNodeState(node);
  if (isDegraded(state)) return 'Degraded';
  if (state.desiredConfig !== target) return 'Pending';
  if (isDone(state)) return 'Done';
  const drain = drainPhase(node);
  if (drain) return drain;
  const step = annotation(node, 'pullpath.dev/step');
  if (step === 'Reloading' || step === 'Rebooting' || step === 'Verifying' || step === 'Applying') return step;
  return state.state === 'Working' || state.state === 'Rebooting' ? 'Applying' : 'Pending';
}

function drainPhase(node: KubeObject): RolloutPhase | undefined {
  const desired = annotation(node, `${prefix}/desiredDrain`);
  const applied = annotation(node, `${prefix}/lastAppliedDrain`);
  if (desired.startsWith('uncordon-')) return desired === applied ? 'Uncordoned' : 'Verifying';
  if (!desired.startsWith('drain-') || desired === applied) return undefined;
  if (valueAt(node, ['spec', 'unschedulable']) !== true) return 'Pending';
  return annotation(node, cordonedBefore) === '' ? 'Cordoned' : 'Draining';
}

function annotation(node: KubeObject, name: string): string {
  const value = node.metadata.annotations?.[name];
  return typeof value === 'string' ? value : '';
}
