import { valueAt } from '@pullpath/api';
import { type Condition, keyOf, setCondition } from '@pullpath/kube-client';
import {
  type Activity,
  type FoundCondition,
  isUpdatingConfig,
  marks,
  type NodePoolContent,
  nodePoolConditions,
  validMachineConfig,
  versionOfReleaseImage,
  waitingForMirrors,
} from '@pullpath/pull-config';
import type { LiveObject } from '../../manager/live-object.ts';
import { conditionsOf } from '../read-object.ts';
import { type Movement, replicasOf } from './machines.ts';
import { hadPayload, type Payload, upgradeTypeOf } from './payload.ts';
import type { Environment } from './reconcile.ts';
import { decoded } from './secret-data.ts';
import type { Surroundings } from './surroundings.ts';

/** What a reconciliation found and did. */
export interface Outcome {
  readonly content: NodePoolContent;
  /** Why a pool without nodes gets none yet. */
  readonly waits: string | undefined;
  readonly payload: Payload | undefined;
  readonly movement: Movement;
  readonly active: FoundCondition;
}

/** Why a pool that never had a payload gets none: the cluster names mirrors, and none of them was ever accepted. */
export function waitsForMirrors(environment: Environment, { pool, cluster, copy }: Surroundings): string | undefined {
  const name = valueAt(cluster, ['spec', 'imageMirrorConfigRef', 'name']);
  if (typeof name !== 'string' || name === '' || copy || hadPayload(environment, pool)) return undefined;
  return `no revision of ConfigMap ${cluster.metadata.namespace}/${name} has been accepted yet; nodes are made when one is`;
}

/** Writes that a pool is paused, and nothing else. */
export async function writeActivity(
  { context, views }: Environment,
  pool: LiveObject,
  activity: Activity,
): Promise<void> {
  const conditions = setCondition(conditionsOf(pool), activity.condition, context.clock.now());
  await views.nodePools.patchStatus(pool, { conditions });
}

/** Writes what is known of a pool into its status, and into its annotations which configuration its nodes have. */
export async function writeStatus(
  environment: Environment,
  surroundings: Surroundings,
  outcome: Outcome,
): Promise<void> {
  const { context, views } = environment;
  const settled = await writeCurrent(environment, surroundings, outcome);
  const pool = views.nodePools.get(keyOf(surroundings.pool)) ?? surroundings.pool;
  const { machines, isKnown } = outcome.movement;
  const version = settled ? versionOf(pool)?.text : undefined;
  const found = factsOf(environment, { ...surroundings, pool }, outcome);
  const conditions = nodePoolConditions(found)
    .filter(({ type }) => isKnown || !ofMachines.includes(type) || !conditionsOf(pool).some((it) => it.type === type))
    .map((it) => ({ ...it, observedGeneration: pool.metadata.generation }));
  await views.nodePools.patchStatus(pool, {
    ...(isKnown ? { replicas: machines.filter(({ node }) => node !== undefined).length } : {}),
    ...(version === undefined ? {} : { version }),
    conditions: conditions.reduce<readonly Condition[]>(
      (all, condition) => setCondition(all, condition, context.clock.now()),
      conditionsOf(pool),
    ),
  });
  noteWarnings(environment, pool, outcome);
}

/** What was said of machines stays while their cluster cannot be looked at; the HostedCluster says that. */
const ofMachines = ['UpdatingConfig', 'AllMachinesReady', 'AllNodesHealthy', 'Ready'];

/** True when all nodes have the payload; the annotations say so from then on. */
async function writeCurrent({ views }: Environment, { pool }: Surroundings, outcome: Outcome): Promise<boolean> {
  const { content, payload, movement } = outcome;
  if (content.state !== 'valid' || !payload) return false;
  const isNew = pool.metadata.annotations?.[marks.nodePoolCurrentConfigVersion] === undefined;
  const isFirst = isNew && movement.machines.length === 0;
  if (!isFirst && !(movement.isKnown && isDone(pool, payload, movement))) return false;
  const current = views.nodePools.get(keyOf(pool)) ?? pool;
  await views.nodePools.patchMetadata(current, {
    annotations: {
      [marks.nodePoolCurrentConfig]: content.hashes.hashWithoutVersion,
      [marks.nodePoolCurrentConfigVersion]: content.hashes.hash,
      [marks.nodePoolCurrentMirrors]: content.mirrorHash,
    },
  });
  return true;
}

function isDone(pool: LiveObject, { hash }: Payload, { machines, progress, failure }: Movement): boolean {
  if (failure !== undefined || progress !== undefined) return false;
  const replaced = upgradeTypeOf(pool) === 'InPlace' || machines.every((machine) => machine.hash === hash);
  return replaced && machines.every(({ node }) => node?.ready === true);
}

function factsOf(
  { context }: Environment,
  { pool }: Surroundings,
  outcome: Outcome,
): Parameters<typeof nodePoolConditions>[0] {
  const { content, waits, payload, movement, active } = outcome;
  const current = pool.metadata.annotations?.[marks.nodePoolCurrentConfigVersion];
  const isUpdating = current !== undefined && isUpdatingConfig(current, payload?.hash);
  const version = versionOf(pool)?.text;
  const isUpdatingVersion =
    valueAt(pool, ['status', 'version']) !== undefined && valueAt(pool, ['status', 'version']) !== version;
  const releaseImage = valueAt(pool, ['spec', 'release', 'image']);
  return {
    machineConfig: machineConfigCondition(content, waits, pool),
    active,
    rollout: {
      upgradeType: upgradeTypeOf(pool),
      target: payload?.hash,
      isUpdating,
      progress: movement.progress,
      failure: movement.failure,
      cause: isUpdating && !isUpdatingVersion ? causeOf(pool, content) : undefined,
    },
    secret: payload && reportOf(payload),
    isAutoscaled: valueAt(pool, ['spec', 'autoScaling']) !== undefined,
    isAutorepaired: valueAt(pool, ['spec', 'management', 'autoRepair']) === true,
    isUpdatingVersion,
    version,
    releaseImage: typeof releaseImage === 'string' ? releaseImage : undefined,
    ignitionUrl: context.settings.ignitionUrl,
    replicas: replicasOf(pool),
    machines: movement.machines.map(({ name, joined, node }) => ({ name, joined, ready: node?.ready === true })),
  };
}

function machineConfigCondition(content: NodePoolContent, waits: string | undefined, pool: LiveObject): FoundCondition {
  if (waits !== undefined) return waitingForMirrors(waits);
  if (content.state !== 'waiting') return validMachineConfig(content.diagnostics);
  const known = conditionsOf(pool).find(({ type }) => type === 'ValidMachineConfig');
  // A change of several objects is over in a moment; what was said of the last one stays until then.
  if (known) return { type: known.type, status: known.status, reason: known.reason, message: known.message };
  return { type: 'ValidMachineConfig', status: 'False', reason: 'ValidationFailed', message: content.message };
}

function causeOf(pool: LiveObject, content: NodePoolContent): string | undefined {
  if (content.state !== 'valid') return undefined;
  return pool.metadata.annotations?.[marks.nodePoolCurrentMirrors] === content.mirrorHash ? undefined : 'image mirrors';
}

function reportOf({ token }: Payload): {
  readonly reason: string;
  readonly message: string;
  readonly reached: boolean;
} {
  return {
    reason: decoded(token, 'reason') ?? '',
    message: decoded(token, 'message') ?? '',
    reached: token.metadata.annotations?.[marks.ignitionReached] === 'True',
  };
}

/** What a condition does not say loudly enough is an event, when the configuration is judged anew. */
function noteWarnings({ context, contents }: Environment, pool: LiveObject, { content }: Outcome): void {
  if (content.state === 'waiting' || !contents.isNews(keyOf(pool), content)) return;
  for (const { code, object, message } of content.diagnostics) {
    const reason = eventReasons[code];
    if (reason !== undefined)
      context.management.event(pool, { type: 'Warning', reason, message: `${object}: ${message}` });
  }
}

const eventReasons: Readonly<Partial<Record<string, string>>> = {
  'config-map-key-unread': 'IgnoredConfigMapKeys',
  'conflicting-policies-for-source': 'MirrorPolicyConflict',
};

function versionOf(pool: LiveObject): ReturnType<typeof versionOfReleaseImage> {
  const image = valueAt(pool, ['spec', 'release', 'image']);
  return typeof image === 'string' ? versionOfReleaseImage(image) : undefined;
}
