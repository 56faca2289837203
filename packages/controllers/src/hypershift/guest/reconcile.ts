import { valueAt } from '@pullpath/api';
import { keyOf, objectKey, type Reconcile, type ReconcileResult, setCondition } from '@pullpath/kube-client';
import {
  type Activity,
  type FoundCondition,
  guestMirrors,
  guestPoolCopies,
  marks,
  mirrorCopyName,
  reconciliationActivity,
} from '@pullpath/pull-config';
import type { ApiCluster } from '../../manager/api-cluster.ts';
import type { ControllerContext } from '../../manager/context.ts';
import type { LiveObject } from '../../manager/live-object.ts';
import { located } from '../../manager/located.ts';
import { heldConfig } from '../mirror-config-cache.ts';
import { conditionsOf } from '../read-object.ts';
import { configMapKeys } from '../resources.ts';
import { readyGuest } from '../synced-guests.ts';
import type { ManagementViews } from '../views.ts';
import { ensureKinds } from './ensure-kinds.ts';
import { guestCollections } from './resources.ts';
import { ensureGuestMirrors, ensurePolicies } from './write-guest.ts';

/** A reconciler of control-plane namespaces. It remembers since when it waits for a hosted cluster to answer. */
export function guestReconciler(context: ControllerContext, views: ManagementViews): Reconcile {
  const waits = new Map<string, number>();
  return async (namespace) => reconcileGuest({ context, views, waits }, namespace);
}

interface Environment {
  readonly context: ControllerContext;
  readonly views: ManagementViews;
  /** Namespaces whose hosted cluster does not answer, with the monotonic time at which that was found. */
  readonly waits: Map<string, number>;
}

/** Makes the inside of the hosted cluster of a namespace what its control plane says, and tells there how that went. */
async function reconcileGuest(environment: Environment, namespace: string): Promise<ReconcileResult> {
  const { context, views, waits } = environment;
  const [plane] = views.controlPlanes.byIndex('namespace', namespace);
  if (!plane || plane.metadata.deletionTimestamp !== undefined) {
    waits.delete(namespace);
    return {};
  }
  const { isPaused, endsInMs } = activityOf(environment, plane);
  if (isPaused) return { requeueAfterMs: endsInMs };
  const { api, reason } = readyGuest(context.guests, namespace, guestCollections);
  if (!api) return notReached(environment, plane, reason ?? '');
  waits.delete(namespace);
  try {
    await writeGuest(context, views, plane, api);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    await tell(context, views, plane, { ...condition, status: 'False', reason: 'ReconciliationError', message });
    throw error;
  }
  await tell(context, views, plane, { ...condition, status: 'True', reason: 'AsExpected', message: '' });
  return {};
}

const condition = { type: 'ConfigOperatorReconciliationSucceeded' } as const;
const patienceMs = 5_000;
const lookAgainMs = 10_000;

/** The control plane has what the cluster said when it was last reconciled; of a paused one only the cluster itself knows. */
function activityOf({ context, views }: Environment, plane: LiveObject): Activity {
  const [cluster = plane] = views.hostedClusters.byIndex('controlPlane', plane.metadata.namespace ?? '');
  return reconciliationActivity(valueAt(cluster, ['spec', 'pausedUntil']), context.clock.now());
}

/** A cluster is given a moment to answer before anyone is told that it does not. */
async function notReached(
  { context, views, waits }: Environment,
  plane: LiveObject,
  message: string,
): Promise<ReconcileResult> {
  const namespace = plane.metadata.namespace ?? '';
  const now = context.clock.monotonic();
  const since = waits.get(namespace) ?? now;
  waits.set(namespace, since);
  if (now - since < patienceMs) return { requeueAfterMs: since + patienceMs - now };
  await tell(context, views, plane, { ...condition, status: 'False', reason: 'GuestUnreachable', message });
  return { requeueAfterMs: lookAgainMs };
}

async function writeGuest(
  { settings }: ControllerContext,
  views: ManagementViews,
  plane: LiveObject,
  api: ApiCluster,
): Promise<void> {
  await ensureKinds(api);
  const copy = views.configMaps.get(objectKey(mirrorCopyName, plane.metadata.namespace));
  const mirrors = guestMirrors(located(plane), copy && heldConfig(copy), settings.tagMirrorMinVersion);
  const placement = valueAt(plane, ['spec', 'olmCatalogPlacement']) === 'guest' ? 'guest' : 'management';
  await ensureGuestMirrors(api, mirrors, guestPoolCopies(poolDocuments(views, plane)));
  await ensurePolicies(api, placement);
}

/** The documents of the cluster's NodePools; those of ConfigMaps that are missing stay away until they come. */
function poolDocuments(views: ManagementViews, plane: LiveObject): Parameters<typeof guestPoolCopies>[0] {
  const cluster = plane.metadata.annotations?.[marks.cluster] ?? keyOf(plane);
  return views.nodePools.byIndex('cluster', cluster).map((pool) => ({
    nodePool: pool.metadata.name,
    configMaps: configMapKeys(pool).flatMap((key) => {
      const configMap = views.configMaps.get(key);
      return configMap ? [located(configMap)] : [];
    }),
  }));
}

async function tell(
  { clock }: ControllerContext,
  views: ManagementViews,
  plane: LiveObject,
  found: FoundCondition,
): Promise<void> {
  const [current = plane] = views.controlPlanes.byIndex('namespace', plane.metadata.namespace ?? '');
  await views.controlPlanes.patchStatus(current, {
    conditions: setCondition(conditionsOf(current), found, clock.now()),
  });
}
