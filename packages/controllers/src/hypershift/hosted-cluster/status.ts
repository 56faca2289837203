import { valueAt } from '@pullpath/api';
import { type Condition, type EventNotice, rfc3339, setCondition } from '@pullpath/kube-client';
import {
  type Activity,
  type FoundCondition,
  type HeldConfig,
  hostedClusterConditions,
  mirrorConfigStatus,
  reconciliationActivity,
  versionStatus,
} from '@pullpath/pull-config';
import type { LiveObject } from '../../manager/live-object.ts';
import { located } from '../../manager/located.ts';
import { isSame } from '../../manager/same.ts';
import { conditionsOf, textAt } from '../read-object.ts';
import { adminKubeconfigName } from './admin-kubeconfig.ts';
import type { Mirrors } from './mirrors.ts';
import { pendingNodePools } from './pending-node-pools.ts';
import type { Environment } from './reconcile.ts';
import type { RecordState } from './tag-mirror-record.ts';

/** What a reconciliation found and did. */
export interface Outcome extends Omit<Mirrors, 'held'> {
  readonly before: HeldConfig | undefined;
  /** In force now. */
  readonly held: HeldConfig | undefined;
  readonly plane: LiveObject;
  readonly record: RecordState;
  /** Why nobody can connect to the hosted cluster yet. */
  readonly noKubeconfig: string | undefined;
}

/** Writes what is known of a cluster into its status, and an event for each revision that was accepted or refused. */
export async function writeStatus(environment: Environment, cluster: LiveObject, outcome: Outcome): Promise<void> {
  const { context, views, slots } = environment;
  const now = context.clock.now();
  const namespace = outcome.plane.metadata.namespace ?? '';
  const pending = pendingNodePools(views, cluster, namespace).length;
  const old = valueAt(cluster, ['status', 'imageMirrorConfig']);
  const status = {
    version: versionStatus(located(cluster), rfc3339(now)),
    kubeconfig: outcome.noKubeconfig === undefined ? { name: adminKubeconfigName(cluster) } : null,
    imageMirrorConfig: mirrorStatus(cluster, outcome, pending, rfc3339(now)) ?? null,
    conditions: conditionsWith(cluster, foundConditions(environment, cluster, outcome), now),
  };
  await views.hostedClusters.patchStatus(cluster, status);
  for (const notice of noticesOf(cluster, outcome, status)) context.management.event(cluster, notice);
  if (valueAt(old, ['pendingNodePools']) !== pending && pending === 0 && outcome.candidate)
    slots.released(`${outcome.candidate.namespace}/${outcome.candidate.name}`);
}

/** Writes that a cluster is paused, and nothing else. */
export async function writeActivity(
  { context, views }: Environment,
  cluster: LiveObject,
  activity: Activity,
): Promise<void> {
  const conditions = setCondition(conditionsOf(cluster), activity.condition, context.clock.now());
  await views.hostedClusters.patchStatus(cluster, { conditions });
}

function foundConditions(
  { context, views }: Environment,
  cluster: LiveObject,
  { decision, record, noKubeconfig, plane }: Outcome,
): readonly FoundCondition[] {
  const [current = plane] = views.controlPlanes.byIndex('namespace', plane.metadata.namespace ?? '');
  const guest = conditionsOf(current).find(({ type }) => type === 'ConfigOperatorReconciliationSucceeded');
  const { generation: observedGeneration } = cluster.metadata;
  const unreachable = noKubeconfig ?? unreachableBy(guest);
  const facts = { mirrors: decision, record, unreachable, guest: guest && withoutTime(guest) };
  const found = hostedClusterConditions(facts).map((condition) => ({ ...condition, observedGeneration }));
  const pausedUntil = valueAt(cluster, ['spec', 'pausedUntil']);
  // A pause that is over must not go on being told of.
  return [...found, reconciliationActivity(pausedUntil, context.clock.now(), observedGeneration).condition];
}

/** Why the operator inside the hosted cluster does not get at its API, as it reports. */
function unreachableBy(guest: Condition | undefined): string | undefined {
  if (!guest) return 'the API of the hosted cluster is being connected to';
  return guest.reason === 'GuestUnreachable' ? guest.message : undefined;
}

function withoutTime({ type, status, reason, message }: Condition): FoundCondition {
  return { type, status, reason, message };
}

function conditionsWith(cluster: LiveObject, found: readonly FoundCondition[], now: number): readonly Condition[] {
  const saysNothing = !found.some(({ type }) => type === mirrorType);
  const kept = conditionsOf(cluster).filter(({ type }) => !(saysNothing && type === mirrorType));
  return found.reduce<readonly Condition[]>((all, condition) => setCondition(all, condition, now), kept);
}

const mirrorType = 'ValidImageMirrorConfig';

function mirrorStatus(
  cluster: LiveObject,
  { decision, held, candidate }: Outcome,
  pendingNodePools: number,
  now: string,
): object | undefined {
  const old = valueAt(cluster, ['status', 'imageMirrorConfig']);
  const revision = textAt(candidate?.configMap?.object, ['metadata', 'resourceVersion']);
  const isKnown = valueAt(old, ['hash']) === held?.hash && decision.condition?.status === 'True' && wasTrue(cluster);
  const resourceVersion = isKnown ? textAt(old, ['observedResourceVersion']) : revision;
  const status = mirrorConfigStatus(located(cluster), decision, held, { resourceVersion, pendingNodePools });
  if (!status) return undefined;
  const applied = valueAt(old, ['hash']) === status.hash ? valueAt(old, ['lastAppliedTime']) : now;
  return held ? { ...status, lastAppliedTime: applied ?? now } : status;
}

function wasTrue(cluster: LiveObject): boolean {
  return conditionsOf(cluster).find(({ type }) => type === mirrorType)?.status === 'True';
}

/** One event for each revision: what was written last tells whether this one has been told of. */
function noticesOf(
  cluster: LiveObject,
  { decision, before, held }: Outcome,
  status: { readonly conditions: readonly Condition[]; readonly imageMirrorConfig: object | null },
): readonly EventNotice[] {
  const old = valueAt(cluster, ['status', 'imageMirrorConfig', 'observedResourceVersion']);
  const observed = valueAt(status.imageMirrorConfig, ['observedResourceVersion']);
  const condition = status.conditions.find(({ type }) => type === mirrorType);
  const told = conditionsOf(cluster).find(({ type }) => type === mirrorType);
  const isNews = old !== observed || !isSame(told?.message, condition?.message) || told?.status !== condition?.status;
  if (!condition || !isNews) return [];
  const warnings: EventNotice[] = decision.warnings.map((warning) => ({ type: 'Warning', ...warning }));
  if (condition.status !== 'True')
    return [{ type: 'Warning', reason: 'ImageMirrorConfigInvalid', message: condition.message }, ...warnings];
  if (told?.reason === 'UnsupportedVersion') warnings.push(activated(condition.message));
  if (!held || held.hash === before?.hash) return warnings;
  const message = `image mirrors ${before?.hash ?? 'none'} -> ${held.hash}: ${condition.message}`;
  return [{ type: 'Normal', reason: 'ImageMirrorConfigApplied', message }, ...warnings];
}

/** NodePools of an older release take the tag mirrors too, which rolls them once more. */
function activated(message: string): EventNotice {
  return { type: 'Normal', reason: 'TagMirrorsActivated', message: `the release takes tag mirrors now: ${message}` };
}
