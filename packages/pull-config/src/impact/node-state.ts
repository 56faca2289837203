import { type Path, valueAt } from '@pullpath/api';
import type { KubeObject } from '../model.ts';

const prefix = 'machineconfiguration.openshift.io';

/** Annotations that the controller and the daemon of a node talk through. */
export const nodeAnnotations: Readonly<
  Record<'currentConfig' | 'desiredConfig' | 'currentImage' | 'desiredImage' | 'state' | 'reason', string>
> = {
  currentConfig: `${prefix}/currentConfig`,
  desiredConfig: `${prefix}/desiredConfig`,
  currentImage: `${prefix}/currentImage`,
  desiredImage: `${prefix}/desiredImage`,
  state: `${prefix}/state`,
  reason: `${prefix}/reason`,
};

/** What a Node's `desiredDrain` says when it is emptied to go for good; every other drain is asked for by its agent. */
export const drainForRemoval = 'drain-removal';

/** A node as the rollout sees it. Absent annotations are empty strings. */
export interface NodeState {
  readonly name: string;
  readonly currentConfig: string;
  readonly desiredConfig: string;
  readonly currentImage: string;
  readonly desiredImage: string;
  readonly state: string;
  readonly reason: string;
  readonly zone: string;
  /** RFC 3339 text; empty when unknown. */
  readonly createdAt: string;
  /** Healthy by its conditions and not cordoned. */
  readonly ready: boolean;
}

/** Reads what a rollout needs from a `v1` Node. Unknown or missing parts count as empty. */
export function readNodeState(node: KubeObject): NodeState {
  const get = (key: string): string => text(node, ['metadata', 'annotations', key]);
  return {
    name: text(node, ['metadata', 'name']),
    currentConfig: get(nodeAnnotations.currentConfig),
    desiredConfig: get(nodeAnnotations.desiredConfig),
    currentImage: get(nodeAnnotations.currentImage),
    desiredImage: get(nodeAnnotations.desiredImage),
    state: get(nodeAnnotations.state),
    reason: get(nodeAnnotations.reason),
    zone: text(node, ['metadata', 'labels', 'topology.kubernetes.io/zone']),
    createdAt: text(node, ['metadata', 'creationTimestamp']),
    ready: isNodeReady(node),
  };
}

// A condition with status Unknown counts as bad: the kubelet stopped reporting.
function isNodeReady(node: KubeObject): boolean {
  const conditions = valueAt(node, ['status', 'conditions']);
  const healthy: Readonly<Record<string, string>> = {
    Ready: 'True',
    DiskPressure: 'False',
    NetworkUnavailable: 'False',
  };
  const sick = (Array.isArray(conditions) ? conditions : []).some((condition: unknown) => {
    const type = text(condition, ['type']);
    return Object.hasOwn(healthy, type) && valueAt(condition, ['status']) !== healthy[type];
  });
  return !sick && valueAt(node, ['spec', 'unschedulable']) !== true;
}

/** The node runs what it was told to run and its daemon finished. */
export function isDone(node: NodeState): boolean {
  const settled = node.currentConfig !== '' && node.currentConfig === node.desiredConfig;
  return settled && node.currentImage === node.desiredImage && node.state === 'Done';
}

/** The daemon gave up on the configuration that the node was told to take. */
export function isFailing(node: NodeState): boolean {
  const settled = node.currentConfig === node.desiredConfig && node.currentImage === node.desiredImage;
  return !settled && gaveUp(node);
}

/** The daemon reports an error, whatever the node was told. */
export function isDegraded(node: NodeState): boolean {
  return node.desiredConfig !== '' && gaveUp(node);
}

/** The node counts against `maxUnavailable`: it is unhealthy, cordoned or in the middle of a change. */
export function isUnavailable(node: NodeState): boolean {
  return !node.ready || (!isDone(node) && !isFailing(node));
}

/** The node was told to take `target`, and no image beside it. */
export function isTargeting(node: NodeState, target: string): boolean {
  return node.desiredConfig === target && node.desiredImage === '';
}

function gaveUp({ state }: NodeState): boolean {
  return state === 'Degraded' || state === 'Unreconcilable';
}

function text(data: unknown, path: Path): string {
  const value = valueAt(data, path);
  return typeof value === 'string' ? value : '';
}
