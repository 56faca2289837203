import { valueAt } from '@pullpath/api';
import type { Reconcile, ReconcileResult } from '@pullpath/kube-client';
import { reconciliationActivity } from '@pullpath/pull-config';
import type { ControllerContext } from '../../manager/context.ts';

import { readyGuest } from '../synced-guests.ts';
import type { ManagementViews } from '../views.ts';
import { cleanUp, finalizer } from './clean-up.ts';
import { ContentCache } from './content.ts';
import { moveMachines } from './machines.ts';
import { ensurePayload, lastGoodPayload } from './payload.ts';
import { ensureRenderedConfig } from './rendered-config.ts';
import { waitsForMirrors, writeActivity, writeStatus } from './status.ts';
import { poolCollections, type Surroundings, surroundingsOf } from './surroundings.ts';

/** What the steps of one reconciliation share. */
export interface Environment {
  readonly context: ControllerContext;
  readonly views: ManagementViews;
  readonly contents: ContentCache;
}

/** A reconciler of NodePools. It remembers what they are to have, so that nothing is parsed twice. */
export function nodePoolReconciler(context: ControllerContext, views: ManagementViews): Reconcile {
  const environment = { context, views, contents: new ContentCache() };
  return async (key) => reconcileKey(environment, key);
}

async function reconcileKey(environment: Environment, key: string): Promise<ReconcileResult> {
  const { context, views, contents } = environment;
  const pool = views.nodePools.get(key);
  if (!pool) {
    contents.forget(key);
    return {};
  }
  if (pool.metadata.deletionTimestamp !== undefined) return cleanUp(environment, pool);
  const now = context.clock.now();
  const activity = reconciliationActivity(valueAt(pool, ['spec', 'pausedUntil']), now, pool.metadata.generation);
  if (activity.isPaused) {
    await writeActivity(environment, pool, activity);
    return { requeueAfterMs: activity.endsInMs };
  }
  const surroundings = surroundingsOf(views, pool);
  if (!surroundings || surroundings.cluster.metadata.deletionTimestamp !== undefined) return {};
  const held = reconciliationActivity(valueAt(surroundings.cluster, ['spec', 'pausedUntil']), now);
  if (held.isPaused) return { requeueAfterMs: held.endsInMs };
  const finalizers = [...new Set([...(pool.metadata.finalizers ?? []), finalizer])];
  const kept = await views.nodePools.patchMetadata(pool, { finalizers });
  return reconcileActive(environment, { ...surroundings, pool: kept }, activity.condition);
}

async function reconcileActive(
  environment: Environment,
  surroundings: Surroundings,
  active: Parameters<typeof writeStatus>[2]['active'],
): Promise<ReconcileResult> {
  const content = environment.contents.get(surroundings);
  const waits = waitsForMirrors(environment, surroundings);
  const isUsable = content.state === 'valid' && !waits;
  const payload = isUsable
    ? await ensurePayload(environment, surroundings, content)
    : lastGoodPayload(environment, surroundings.pool, surroundings.namespace);
  const { api } = readyGuest(environment.context.guests, surroundings.namespace, poolCollections);
  if (api && isUsable && payload) await ensureRenderedConfig(environment, api, surroundings, payload);
  const movement = await moveMachines(environment, surroundings, api, payload);
  await writeStatus(environment, surroundings, { content, waits, payload, movement, active });
  return { requeueAfterMs: soonest(dueOf(content.state), payload?.lookAgainMs, movement.lookAgainMs) };
}

/** The control plane may be in the middle of a change whose last event has passed already. */
function dueOf(state: 'waiting' | 'invalid' | 'valid'): number | undefined {
  return state === 'waiting' ? 5_000 : undefined;
}

function soonest(...times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.max(0, Math.min(...known));
}
