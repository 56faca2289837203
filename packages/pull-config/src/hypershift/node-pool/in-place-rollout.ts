import { freeNames, isLost, type MachineStep, type PoolMachine } from './pool-machine.ts';

/** A node of a pool that is changed in place, by its annotations; absent ones are empty. */
export interface InPlaceNode {
  readonly name: string;
  readonly currentConfig: string;
  readonly desiredConfig: string;
  readonly state: string;
  readonly desiredDrain: string;
  readonly lastAppliedDrain: string;
}

/** A node that was never told of a configuration has the one that the pool has. */
export function isInPlaceComplete(nodes: readonly InPlaceNode[], current: string, target: string): boolean {
  return nodes.every((node) => {
    const config = node.currentConfig === '' ? current : node.currentConfig;
    return config === target && node.desiredDrain === node.lastAppliedDrain;
  });
}

/**
 * The nodes that are told to take the target now (openshift/hypershift `getNodesToUpgrade`): those at work for another one
 * are redirected, and others join them while fewer than `maxUnavailable` are at work. A degraded node stops the choice.
 */
export function selectInPlace(
  nodes: readonly InPlaceNode[],
  target: string,
  maxUnavailable: number,
): readonly InPlaceNode[] {
  if (nodes.some(isDegraded)) return [];
  const working = nodes.filter(isWorking);
  const redirected = working.filter(({ desiredConfig }) => desiredConfig !== target);
  return [...redirected, ...inPlaceCandidates(nodes, target, maxUnavailable - working.length)];
}

/** At most `capacity` idle nodes that do not have the target, in their order. */
export function inPlaceCandidates(
  nodes: readonly InPlaceNode[],
  target: string,
  capacity: number,
): readonly InPlaceNode[] {
  const idle = nodes.filter((node) => !isWorking(node) && node.desiredConfig !== target);
  return idle.slice(0, Math.max(0, capacity));
}

/** Nodes that gave up, with the reason left to their annotations. */
export function degradedInPlace(nodes: readonly InPlaceNode[]): readonly InPlaceNode[] {
  return nodes.filter(isDegraded);
}

function isWorking({ currentConfig, desiredConfig }: InPlaceNode): boolean {
  return desiredConfig !== '' && desiredConfig !== currentConfig;
}

function isDegraded({ state }: InPlaceNode): boolean {
  return state === 'Degraded' || state === 'Unreconcilable';
}

/** The next step in the number of machines of a pool that is changed in place: lost ones are made anew, surplus ones go. */
export function scaleInPlace(nodePool: string, replicas: number, machines: readonly PoolMachine[]): MachineStep {
  const lost = machines.filter(isLost);
  const present = machines.filter((machine) => !isLost(machine));
  const staying = present.filter(({ leaving }) => !leaving);
  const leaving = present.filter((machine) => machine.leaving);
  const surplus = staying.toReversed().slice(0, Math.max(0, staying.length - replicas));
  return {
    create: freeNames(nodePool, machines, Math.max(0, replicas - staying.length)),
    remove: [...lost, ...leaving, ...surplus].map(({ name }) => name),
  };
}
