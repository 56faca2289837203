import { valueAt } from '@pullpath/api';
import {
  degradedInPlace,
  type InPlaceNode,
  isInPlaceComplete,
  maxUnavailable,
  nodeAnnotations,
  renderedConfigName,
  selectInPlace,
} from '@pullpath/pull-config';
import type { ApiCluster } from '../../manager/api-cluster.ts';
import type { LiveObject } from '../../manager/live-object.ts';
import { ownedObjects } from '../../manager/owned-objects.ts';
import { machineConfigs } from '../../resources.ts';
import { tellNodes } from '../../rollout/tell-nodes.ts';
import type { Movement } from './machines.ts';
import { nodesOf } from './nodes.ts';
import type { Payload } from './payload.ts';
import type { Environment } from './reconcile.ts';
import type { Surroundings } from './surroundings.ts';

/** Tells the next nodes of a pool to take the payload; their agents do the rest. Gives what `UpdatingConfig` says. */
export async function moveInPlace(
  _environment: Environment,
  { pool }: Surroundings,
  api: ApiCluster,
  { hash }: Payload,
): Promise<Pick<Movement, 'progress' | 'failure'>> {
  const target = renderedConfigName(pool.metadata.name, hash);
  const all = [...nodesOf(api, pool).values()].sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  const states = all.map(inPlaceNode);
  const degraded = degradedInPlace(states);
  if (degraded.length > 0) return { failure: degraded.map((node) => failureOf(node, all)).join('; ') };
  // Before the configuration is there, nobody could take it.
  if (ownedObjects(api, machineConfigs).get(target)) {
    const limit = valueAt(pool, ['spec', 'management', 'inPlace', 'maxUnavailable']) as number | string | undefined;
    const most = maxUnavailable({ name: pool.metadata.name, maxUnavailable: limit }, all.length);
    const chosen = new Set(selectInPlace(states, target, most).map(({ name }) => name));
    await tellNodes(api, all, { chosen, target });
  }
  if (isInPlaceComplete(states, target, target)) return {};
  const done = states.filter(({ currentConfig }) => currentConfig === target).length;
  return { progress: `Updating config in progress. Target config: ${hash}; ${done} of ${states.length} nodes have it` };
}

function inPlaceNode({ metadata: { name, annotations = {} } }: LiveObject): InPlaceNode {
  const at = (key: string): string => annotations[`machineconfiguration.openshift.io/${key}`] ?? '';
  return {
    name,
    currentConfig: at('currentConfig'),
    desiredConfig: at('desiredConfig'),
    state: at('state'),
    desiredDrain: at('desiredDrain'),
    lastAppliedDrain: at('lastAppliedDrain'),
  };
}

function failureOf({ name }: InPlaceNode, all: readonly LiveObject[]): string {
  const node = all.find(({ metadata }) => metadata.name === name);
  const reason = node?.metadata.annotations?.[nodeAnnotations.reason] ?? '';
  return `Node ${name} is degraded${reason === '' ? '' : `: ${reason}`}`;
}
