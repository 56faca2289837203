import { conditionIs } from '../../builtin/columns/pod-status.ts';
import { listAt, mapAt, numberAt, textAt, valueAt } from '../../builtin/read.ts';
import { selectorMatches } from '../../builtin/selectors.ts';
import { percentOf } from '../../builtin/validation/numbers.ts';
import type { ClusterReader } from '../../rest/cluster-reader.ts';
import { metadataOf, timestamp } from '../../rest/metadata.ts';
import type { StoredObject } from '../../store/record.ts';

export const pods = { group: '', resource: 'pods' };
export const budgets = { group: 'policy', resource: 'poddisruptionbudgets' };

// An eviction that was allowed and did not delete its pod by then is taken for given up.
const deletionTimeoutMs = 2 * 60_000;

/** The pods that a budget covers. */
export function coveredPods(reader: ClusterReader, budget: StoredObject): StoredObject[] {
  const selector = valueAt(budget, 'spec', 'selector');
  return reader
    .list(pods, metadataOf(budget).namespace ?? '')
    .filter((pod) => selectorMatches(selector, metadataOf(pod).labels ?? {}));
}

/** The status that a budget should have now. Source: Kubernetes `controller/disruption`. */
export function budgetStatus(reader: ClusterReader, budget: StoredObject, now: Date): StoredObject {
  const covered = coveredPods(reader, budget);
  const expected = expectedCount(reader, budget, covered);
  if (typeof expected === 'string') return failedStatus(budget, expected, now);
  const disrupted = disruptedPods(budget, covered, now);
  const currentHealthy = covered.filter((pod) => isHealthy(pod) && !Object.hasOwn(disrupted, nameOf(pod))).length;
  const desiredHealthy = desiredCount(budget, expected);
  const allowed = expected > 0 ? Math.max(0, currentHealthy - desiredHealthy) : 0;
  return {
    observedGeneration: metadataOf(budget).generation,
    ...(Object.keys(disrupted).length > 0 && { disruptedPods: disrupted }),
    disruptionsAllowed: allowed,
    currentHealthy,
    desiredHealthy,
    expectedPods: expected,
    conditions: withAllowed(budget, allowed, now),
  };
}

function nameOf(object: StoredObject): string {
  return metadataOf(object).name ?? '';
}

/** Ready and not on its way out. */
function isHealthy(pod: StoredObject): boolean {
  return metadataOf(pod).deletionTimestamp === undefined && conditionIs(pod, 'Ready', 'True');
}

/** Pods whose eviction was allowed and that are still there. */
function disruptedPods(budget: StoredObject, covered: readonly StoredObject[], now: Date): Record<string, unknown> {
  const known = mapAt(budget, 'status', 'disruptedPods');
  const entries = covered
    .filter((pod) => metadataOf(pod).deletionTimestamp === undefined && Object.hasOwn(known, nameOf(pod)))
    .map((pod) => [nameOf(pod), known[nameOf(pod)]] as const)
    .filter(([, time]) => Date.parse(String(time)) + deletionTimeoutMs >= now.getTime());
  return Object.fromEntries(entries);
}

function desiredCount(budget: StoredObject, expected: number): number {
  const most = valueAt(budget, 'spec', 'maxUnavailable');
  if (most !== undefined) return Math.max(0, expected - scaled(most, expected));
  return scaled(valueAt(budget, 'spec', 'minAvailable') ?? 0, expected);
}

/** A count, or a percentage of the total, rounded up. */
function scaled(value: unknown, total: number): number {
  return typeof value === 'number' ? value : Math.ceil(((percentOf(String(value)) ?? 0) * total) / 100);
}

/** How many pods there should be: those there are for a plain count, else what their controllers want. */
function expectedCount(reader: ClusterReader, budget: StoredObject, covered: readonly StoredObject[]): number | string {
  const [least, most] = [valueAt(budget, 'spec', 'minAvailable'), valueAt(budget, 'spec', 'maxUnavailable')];
  if (most === undefined && typeof least === 'number') return covered.length;
  if (most === undefined && least === undefined) return 0;
  const scales = new Map<string, number>();
  for (const pod of covered) {
    const controller = (metadataOf(pod).ownerReferences ?? []).find((owner) => owner.controller === true);
    if (!controller || scales.has(controller.uid)) continue;
    const found = scaleOf(reader, controller, metadataOf(pod).namespace ?? '');
    if (!found) return `found no controllers for pod ${JSON.stringify(nameOf(pod))}`;
    scales.set(found.uid, found.replicas);
  }
  return [...scales.values()].reduce((sum, replicas) => sum + replicas, 0);
}

interface Owner {
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
}

/** A ReplicaSet counts by its Deployment, where it has one. */
function scaleOf(
  reader: ClusterReader,
  owner: Owner,
  namespace: string,
): { uid: string; replicas: number } | undefined {
  const resource = controllers.get(owner.kind);
  const object = resource && reader.get({ group: 'apps', resource }, namespace, owner.name);
  if (!object || metadataOf(object).uid !== owner.uid) return undefined;
  const parent = (metadataOf(object).ownerReferences ?? []).find(({ controller }) => controller === true);
  if (owner.kind === 'ReplicaSet' && parent?.kind === 'Deployment') return scaleOf(reader, parent, namespace);
  return { uid: owner.uid, replicas: numberAt(object, 'spec', 'replicas') };
}

const controllers: ReadonlyMap<string, string> = new Map([
  ['ReplicaSet', 'replicasets'],
  ['Deployment', 'deployments'],
]);

/** Conditions with `DisruptionAllowed` as the number says. */
export function withAllowed(budget: StoredObject, allowed: number, now: Date): unknown[] {
  const isAllowed = allowed > 0;
  const [status, reason] = isAllowed ? ['True', 'SufficientPods'] : ['False', 'InsufficientPods'];
  return withCondition(budget, { status, reason, message: '' }, now);
}

function failedStatus(budget: StoredObject, message: string, now: Date): StoredObject {
  return {
    ...mapAt(budget, 'status'),
    disruptionsAllowed: 0,
    observedGeneration: metadataOf(budget).generation,
    conditions: withCondition(budget, { status: 'False', reason: 'SyncFailed', message }, now),
  };
}

function withCondition(
  budget: StoredObject,
  said: { status: string; reason: string; message: string },
  now: Date,
): unknown[] {
  const type = 'DisruptionAllowed';
  const all = listAt(budget, 'status', 'conditions');
  const old = all.find((condition) => textAt(condition, 'type') === type);
  const isSame = old !== undefined && textAt(old, 'status') === said.status;
  const condition = {
    type,
    status: said.status,
    observedGeneration: metadataOf(budget).generation,
    lastTransitionTime: isSame ? textAt(old, 'lastTransitionTime') : timestamp(now),
    reason: said.reason,
    message: said.message,
  };
  return [...all.filter((other) => other !== old), condition];
}
