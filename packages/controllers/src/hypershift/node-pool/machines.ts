import { valueAt } from '@pullpath/api';
import { keyOf, rfc3339 } from '@pullpath/kube-client';
import { type MachineStep, type PoolMachine, replaceStep, scaleInPlace } from '@pullpath/pull-config';
import type { ApiCluster } from '../../manager/api-cluster.ts';
import type { LiveObject } from '../../manager/live-object.ts';
import { moveInPlace } from './in-place.ts';
import { hashOfNode, isNodeReady, nodesOf } from './nodes.ts';
import { type Payload, upgradeTypeOf } from './payload.ts';
import type { Environment } from './reconcile.ts';
import { removeMachine } from './remove-machine.ts';
import type { Surroundings } from './surroundings.ts';

/** A machine as `NodePool.status.machines` remembers it: what is to be there, written before it is made. */
export interface RememberedMachine {
  readonly name: string;
  readonly hash: string;
  readonly joined: boolean;
  /** Since when it is being emptied; RFC 3339. */
  readonly leavingSince?: string | undefined;
}

/** Where the machines of a pool stand. */
export interface Movement {
  readonly machines: readonly PoolMachine[];
  /** False when the hosted cluster could not be looked at. */
  readonly isKnown: boolean;
  readonly progress?: string | undefined;
  readonly failure?: string | undefined;
  readonly lookAgainMs?: number | undefined;
}

/**
 * Moves the machines of a pool one step towards the payload and the replicas. What is to exist is written into the status
 * first, so that nothing is forgotten when the operator ends in between; names are the same however often a step is taken.
 */
export async function moveMachines(
  environment: Environment,
  surroundings: Surroundings,
  api: ApiCluster | undefined,
  payload: Payload | undefined,
): Promise<Movement> {
  const remembered = rememberedMachines(surroundings.pool);
  if (!api) return { machines: remembered.map((it) => machineOf(it, undefined)), isKnown: false };
  const nodes = nodesOf(api, surroundings.pool);
  const known = withNodes(remembered, nodes, surroundings.pool);
  const { machines: provider } = environment.context.settings;
  if (provider && payload) {
    const step = stepOf(
      surroundings,
      payload,
      known.map((it) => machineOf(it, nodes.get(it.name))),
    );
    return takeStep(environment, surroundings, { api, payload, known, step });
  }
  const machines = known.map((it) => machineOf(it, nodes.get(it.name)));
  if (!payload || upgradeTypeOf(surroundings.pool) !== 'InPlace') return { machines, isKnown: true };
  return { machines, isKnown: true, ...(await moveInPlace(environment, surroundings, api, payload)) };
}

/** What the status says is there. */
export function rememberedMachines(pool: LiveObject): readonly RememberedMachine[] {
  const machines = valueAt(pool, ['status', 'machines']);
  return Array.isArray(machines) ? machines : [];
}

/** The replicas that are wanted; of a pool that scales itself as many as there are, within its bounds. */
export function replicasOf(pool: LiveObject): number {
  const replicas = valueAt(pool, ['spec', 'replicas']);
  if (typeof replicas === 'number') return replicas;
  const [min, max] = ['min', 'max'].map((bound) => valueAt(pool, ['spec', 'autoScaling', bound]));
  const there = rememberedMachines(pool).length;
  return Math.max(Number(min ?? 0), Math.min(Number(max ?? there), there));
}

interface Step {
  readonly api: ApiCluster;
  readonly payload: Payload;
  readonly known: readonly RememberedMachine[];
  readonly step: MachineStep;
}

function stepOf({ pool }: Surroundings, { hash }: Payload, machines: readonly PoolMachine[]): MachineStep {
  const replicas = replicasOf(pool);
  if (upgradeTypeOf(pool) === 'InPlace') return scaleInPlace(pool.metadata.name, replicas, machines);
  const at = (...path: readonly string[]): unknown => valueAt(pool, ['spec', 'management', 'replace', ...path]);
  return replaceStep({
    nodePool: pool.metadata.name,
    replicas,
    target: hash,
    machines,
    strategy: at('strategy') === 'OnDelete' ? 'OnDelete' : 'RollingUpdate',
    maxSurge: at('rollingUpdate', 'maxSurge') as number | string | undefined,
    maxUnavailable: at('rollingUpdate', 'maxUnavailable') as number | string | undefined,
  });
}

async function takeStep(environment: Environment, surroundings: Surroundings, taken: Step): Promise<Movement> {
  const { context, views } = environment;
  const { pool, namespace } = surroundings;
  const { api, payload, known, step } = taken;
  const now = rfc3339(context.clock.now());
  const isGoing = new Set(step.remove);
  const create = payload.userData === undefined ? [] : step.create;
  const planned: readonly RememberedMachine[] = [
    ...known.map((it) => (isGoing.has(it.name) ? { ...it, leavingSince: it.leavingSince ?? now } : it)),
    ...create.map((name) => ({ name, hash: payload.hash, joined: false })),
  ];
  const current = views.nodePools.get(keyOf(pool)) ?? pool;
  await views.nodePools.patchStatus(current, { machines: planned });
  for (const { name } of planned.filter(({ joined, leavingSince }) => !joined && leavingSince === undefined))
    await context.settings.machines?.create({
      namespace,
      nodePool: keyOf(pool),
      name,
      userData: payload.userData ?? '',
      labels: labelsOf(pool),
    });
  const gone: string[] = [];
  for (const machine of planned.filter(({ leavingSince }) => leavingSince !== undefined))
    if (await removeMachine(environment, surroundings, api, machine)) gone.push(machine.name);
  const left = planned.filter(({ name }) => !gone.includes(name));
  const nodes = nodesOf(api, pool);
  const machines = left.map((it) => machineOf(it, nodes.get(it.name)));
  const latest = views.nodePools.get(keyOf(pool)) ?? pool;
  await views.nodePools.patchStatus(latest, { machines: left });
  const inPlace = upgradeTypeOf(pool) === 'InPlace' ? await moveInPlace(environment, surroundings, api, payload) : {};
  const lookAgainMs = gone.length > 0 ? 0 : isGoing.size > 0 ? drainCheckMs : undefined;
  return { machines, isKnown: true, lookAgainMs, ...inPlace };
}

/** Drains are told by events; the time that a pool gives them is not. */
const drainCheckMs = 5_000;

function labelsOf(pool: LiveObject): Readonly<Record<string, string>> {
  const own = valueAt(pool, ['spec', 'nodeLabels']);
  return {
    'node-role.kubernetes.io/worker': '',
    'hypershift.openshift.io/nodePool': pool.metadata.name,
    ...(typeof own === 'object' && own !== null ? (own as Readonly<Record<string, string>>) : {}),
  };
}

/** Nodes of the pool that nobody remembers are machines too: they were made by someone else. */
function withNodes(
  remembered: readonly RememberedMachine[],
  nodes: ReadonlyMap<string, LiveObject>,
  pool: LiveObject,
): readonly RememberedMachine[] {
  const names = new Set(remembered.map(({ name }) => name));
  const others = [...nodes.values()].filter(({ metadata }) => !names.has(metadata.name));
  return [
    ...remembered.map((it) => seen(it, nodes.get(it.name), pool)),
    ...others.map((node) => ({ name: node.metadata.name, hash: hashOfNode(node, pool), joined: true })),
  ];
}

/** A machine that is changed in place has what its Node is to have, whatever it was made with. */
function seen(machine: RememberedMachine, node: LiveObject | undefined, pool: LiveObject): RememberedMachine {
  if (!node) return machine;
  const hash = upgradeTypeOf(pool) === 'InPlace' ? hashOfNode(node, pool) : machine.hash;
  return { ...machine, hash, joined: true };
}

function machineOf({ name, hash, joined, leavingSince }: RememberedMachine, node: LiveObject | undefined): PoolMachine {
  const base = { name, hash, joined, leaving: leavingSince !== undefined };
  return node ? { ...base, joined: true, node: { ready: isNodeReady(node) } } : base;
}
