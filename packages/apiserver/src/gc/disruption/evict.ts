import { conditionIs } from '../../builtin/columns/pod-status.ts';
import { podKind } from '../../builtin/kinds/pod.ts';
import { podDisruptionBudgetKind } from '../../builtin/kinds/pod-disruption-budget.ts';
import { listAt, mapAt, numberAt, textAt, valueAt } from '../../builtin/read.ts';
import { selectorMatches } from '../../builtin/selectors.ts';
import type { User } from '../../http/exchange.ts';
import type { Address } from '../../rest/address.ts';
import { type ClusterReader, clusterReader } from '../../rest/cluster-reader.ts';
import { metadataOf, timestamp } from '../../rest/metadata.ts';
import type { Rest } from '../../rest/rest.ts';
import type { DeleteOptions } from '../../rest/write.ts';
import { ApiError, forbidden, notFound } from '../../status/status.ts';
import type { StoredObject } from '../../store/record.ts';
import { budgets, pods, withAllowed } from './status.ts';

/** One eviction. */
export interface Eviction {
  readonly address: Address;
  readonly options: DeleteOptions;
  readonly now: Date;
  readonly user?: User | undefined;
}

// Evictions that no controller has confirmed; more is a sign that there is none.
const mostDisruptedPods = 2000;

/**
 * Deletes a pod if its disruption budget allows. Throws `ApiError` 429 where it does not, 500 where several budgets cover the
 * pod. Source: Kubernetes `registry/core/pod/storage/eviction.go`.
 */
export async function evict(rest: Rest, eviction: Eviction): Promise<void> {
  const { address, options } = eviction;
  const reader = clusterReader(rest.store, address.cluster);
  const pod = reader.get(pods, address.namespace, address.name);
  if (!pod) throw notFound(pods, address.name);
  if (isInactive(pod)) return removePod(rest, eviction, pod, isPending(pod));
  const budget = budgetOf(reader, pod);
  if (!budget) return removePod(rest, eviction, pod, false);
  if (isSpareUnready(pod, budget)) return removePod(rest, eviction, pod, true);
  await takeFrom(rest, budget, eviction, options.dryRun);
  return removePod(rest, eviction, pod, false);
}

/** A pod that is over, has not started or is going disturbs no one. */
function isInactive(pod: StoredObject): boolean {
  const isIdle = ['Succeeded', 'Failed', 'Pending'].includes(textAt(pod, 'status', 'phase'));
  return isIdle || metadataOf(pod).deletionTimestamp !== undefined;
}

function isPending(pod: StoredObject): boolean {
  return textAt(pod, 'status', 'phase') === 'Pending' && metadataOf(pod).deletionTimestamp === undefined;
}

function budgetOf(reader: ClusterReader, pod: StoredObject): StoredObject | undefined {
  const { namespace = '', labels = {} } = metadataOf(pod);
  const covering = reader
    .list(budgets, namespace)
    .filter((budget) => selectorMatches(valueAt(budget, 'spec', 'selector'), labels));
  if (covering.length < 2) return covering[0];
  const message = 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.';
  throw new ApiError(500, undefined, message);
}

// A pod that is not ready counts for nothing: it may go where the budget says so, or has enough without it.
function isSpareUnready(pod: StoredObject, budget: StoredObject): boolean {
  if (conditionIs(pod, 'Ready', 'True')) return false;
  if (textAt(budget, 'spec', 'unhealthyPodEvictionPolicy') === 'AlwaysAllow') return true;
  const desired = numberAt(budget, 'status', 'desiredHealthy');
  return desired > 0 && numberAt(budget, 'status', 'currentHealthy') >= desired;
}

/** Takes one disruption from a budget, in the same step in which it is checked. */
async function takeFrom(rest: Rest, budget: StoredObject, eviction: Eviction, dryRun: boolean): Promise<void> {
  const { name = '', namespace = '' } = metadataOf(budget);
  const address = { cluster: eviction.address.cluster, namespace, name };
  await rest.mutate(
    podDisruptionBudgetKind,
    address,
    { manager: 'kube-apiserver', dryRun, subresource: 'status' },
    (old) => {
      if (!old) throw notFound(budgets, name);
      checkBudget(old, name);
      return { object: taken(old, eviction), tracked: false };
    },
  );
}

function taken(budget: StoredObject, { address, now }: Eviction): StoredObject {
  const left = numberAt(budget, 'status', 'disruptionsAllowed') - 1;
  const disruptedPods = { ...mapAt(budget, 'status', 'disruptedPods'), [address.name]: timestamp(now) };
  const conditions = left === 0 ? { conditions: withAllowed(budget, 0, now) } : {};
  return { ...budget, status: { ...mapAt(budget, 'status'), disruptionsAllowed: left, disruptedPods, ...conditions } };
}

function checkBudget(budget: StoredObject, name: string): void {
  const { generation = 0 } = metadataOf(budget);
  if (numberAt(budget, 'status', 'observedGeneration') < generation) {
    throw tooMany(10, `The disruption budget ${name} is still being processed by the server.`);
  }
  const allowed = numberAt(budget, 'status', 'disruptionsAllowed');
  if (allowed === 0) throw tooMany(0, whyNone(budget, name));
  const reasons = { group: 'policy', resource: 'poddisruptionbudget' };
  if (allowed < 0) throw forbidden(reasons, name, 'pdb disruptions allowed is negative');
  if (Object.keys(mapAt(budget, 'status', 'disruptedPods')).length > mostDisruptedPods) {
    throw forbidden(reasons, name, 'DisruptedPods map too big - too many evictions not confirmed by PDB controller');
  }
}

function tooMany(retryAfterSeconds: number, message: string): ApiError {
  return new ApiError(429, 'TooManyRequests', "Cannot evict pod as it would violate the pod's disruption budget.", {
    causes: [{ reason: 'DisruptionBudget', message }],
    ...(retryAfterSeconds > 0 && { retryAfterSeconds }),
  });
}

function whyNone(budget: StoredObject, name: string): string {
  const [desired, current] = [
    numberAt(budget, 'status', 'desiredHealthy'),
    numberAt(budget, 'status', 'currentHealthy'),
  ];
  const condition = listAt(budget, 'status', 'conditions').find((item) => textAt(item, 'type') === 'DisruptionAllowed');
  const [reason, message] = [textAt(condition, 'reason'), textAt(condition, 'message')];
  const refusal = `The disruption budget ${name} does not allow evicting pods currently`;
  if (reason === 'SyncFailed' && message !== '') return `${refusal} because it failed sync: ${message}`;
  if (current <= desired) {
    return `The disruption budget ${name} needs ${desired} healthy pods and has ${current} currently`;
  }
  return message === '' ? refusal : `${refusal} (${reason}): ${message}`;
}

/** Says why in the status of the pod, then deletes it. `asSeen`: only if it has not changed since it was judged. */
async function removePod(rest: Rest, eviction: Eviction, pod: StoredObject, asSeen: boolean): Promise<void> {
  const { address, options } = eviction;
  const { resourceVersion: seen, uid, deletionTimestamp } = metadataOf(pod);
  const wanted = options.resourceVersion ?? (asSeen ? seen : undefined);
  const isRefused = (options.uid ?? uid) !== uid || (wanted ?? seen) !== seen;
  // The deletion itself refuses what does not meet its preconditions.
  if (isRefused || deletionTimestamp !== undefined) return void (await rest.delete(podKind, address, options));
  const status = { manager: 'kube-apiserver', dryRun: options.dryRun, subresource: 'status' };
  const marked = await rest.mutate(podKind, address, status, (old) => {
    if (!old) throw notFound(pods, address.name);
    return { object: withDisruption(old, eviction.now, wanted), tracked: false };
  });
  const marks = options.dryRun ? seen : metadataOf(marked).resourceVersion;
  await rest.delete(podKind, address, { ...options, resourceVersion: wanted === undefined ? undefined : marks });
}

function withDisruption(pod: StoredObject, now: Date, resourceVersion: string | undefined): StoredObject {
  const condition = {
    type: 'DisruptionTarget',
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: timestamp(now),
    reason: 'EvictionByEvictionAPI',
    message: 'Eviction API: evicting',
  };
  const others = listAt(pod, 'status', 'conditions').filter((item) => textAt(item, 'type') !== condition.type);
  const metadata = { ...metadataOf(pod), ...(resourceVersion !== undefined && { resourceVersion }) };
  return { ...pod, metadata, status: { ...mapAt(pod, 'status'), conditions: [...others, condition] } };
}
