import { valueAt } from '@pullpath/api';
import { type Reconcile, splitKey } from '@pullpath/kube-client';
import { controlPlaneNamespace, reconciliationActivity } from '@pullpath/pull-config';
import type { ControllerContext } from '../../manager/context.ts';
import type { LiveObject } from '../../manager/live-object.ts';
import { configMaps } from '../../resources.ts';
import type { ManagementViews } from '../views.ts';
import { ensureAdminKubeconfig } from './admin-kubeconfig.ts';
import { cleanUp, finalizer, removeOrphans } from './clean-up.ts';
import { ensureControlPlane, ensureCoreConfigs, ensureTrustBundle } from './control-plane.ts';
import { decideFor, ensureCopy } from './mirrors.ts';
import { RolloutSlots } from './rollout-slots.ts';
import { writeActivity, writeStatus } from './status.ts';
import { ensureTagMirrorRecord } from './tag-mirror-record.ts';
import { tellUnreadable } from './unreadable.ts';

/** What the steps of one reconciliation share. */
export interface Environment {
  readonly context: ControllerContext;
  readonly views: ManagementViews;
  readonly slots: RolloutSlots;
}

/** A reconciler of HostedClusters, and what is told of clusters whose turn to roll out may have come. */
export function hostedClusterReconciler(
  context: ControllerContext,
  views: ManagementViews,
): { readonly reconcile: Reconcile; readonly waiting: { wake: (keys: readonly string[]) => void } } {
  const waiting = { wake: (_keys: readonly string[]): void => undefined };
  const slots = new RolloutSlots(views, (keys) => waiting.wake(keys));
  const environment = { context, views, slots };
  return { waiting, reconcile: async (key) => reconcileKey(environment, key) };
}

async function reconcileKey(environment: Environment, key: string): ReturnType<Reconcile> {
  const cluster = environment.views.hostedClusters.get(key);
  if (!cluster) return removeOrphans(environment, splitKey(key));
  if (cluster.metadata.deletionTimestamp !== undefined) return cleanUp(environment, cluster);
  const pausedUntil = valueAt(cluster, ['spec', 'pausedUntil']);
  const activity = reconciliationActivity(pausedUntil, environment.context.clock.now(), cluster.metadata.generation);
  if (!activity.isPaused) return reconcileActive(environment, cluster);
  await writeActivity(environment, cluster, activity);
  return activity.endsInMs === undefined ? {} : { requeueAfterMs: activity.endsInMs };
}

async function reconcileActive(environment: Environment, cluster: LiveObject): ReturnType<Reconcile> {
  const { hostedClusters } = environment.views;
  if (!environment.context.management.watch(configMaps).isSynced) return tellUnreadable(environment, cluster);
  const finalizers = [...new Set([...(cluster.metadata.finalizers ?? []), finalizer])];
  const kept = await hostedClusters.patchMetadata(cluster, { finalizers });
  const namespace = controlPlaneNamespace({ ...kept.metadata, namespace: kept.metadata.namespace ?? '' });
  const mirrors = decideFor(environment, kept, namespace);
  const plane = await ensureControlPlane(environment, kept, namespace, mirrors);
  if (!plane) return { requeueAfterMs: waitForNamespaceMs };
  const held = await ensureCopy(environment, plane, mirrors);
  await ensureCoreConfigs(environment, kept, plane, mirrors);
  await ensureTrustBundle(environment, kept, plane);
  const record = await ensureTagMirrorRecord(environment, kept, mirrors.decision);
  const noKubeconfig = await ensureAdminKubeconfig(environment, kept, namespace);
  await writeStatus(environment, kept, { ...mirrors, before: mirrors.held, held, plane, record, noKubeconfig });
  environment.slots.taken(kept);
  return {};
}

/** A namespace that is being deleted is made anew when it has gone. */
const waitForNamespaceMs = 1_000;
