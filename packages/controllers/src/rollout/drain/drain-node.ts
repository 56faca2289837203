import { type KubeObject, valueAt } from '@pullpath/api';
import { type EventNotice, pods, type ReconcileResult } from '@pullpath/kube-client';
import type { ApiCluster } from '../../manager/api-cluster.ts';
import { type LiveObject, withKind } from '../../manager/live-object.ts';
import { ownedObjects } from '../../manager/owned-objects.ts';
import { nodes } from '../../resources.ts';
import type { DrainTimes } from './drain-times.ts';
import { drainMarks } from './marks.ts';
import { podsToEvict } from './pods-to-evict.ts';

/** The next step of what a node's agent asks for; nothing for a node that asks for nothing, or is gone. */
export async function drainNode(api: ApiCluster, name: string, times: DrainTimes): Promise<ReconcileResult> {
  const node = ownedObjects(api, nodes).get(name);
  const { desired = '', lastApplied = '' } = node ? requestOf(node) : {};
  const drain = `${api.name}/${name}/${desired}`;
  if (!node || desired === '') return {};
  // One that a node was given up to in the middle of a drain may be the last that held before it.
  const holds = desired === lastApplied && node.metadata.annotations?.[drainMarks.cordonedBefore] === undefined;
  if (desired.startsWith('uncordon-')) return holds ? {} : uncordon(api, node, desired);
  if (!desired.startsWith('drain-')) return {};
  // Pods that someone lets in again would be disturbed by what follows.
  if (!isCordoned(node)) return cordon(api, node);
  if (desired === lastApplied) return {};
  if ((await evict(api, node, drain, times)) > 0) return { requeueAfterMs: times.againMs(drain) };
  times.end(drain);
  const done = { metadata: { annotations: { [drainMarks.lastApplied]: desired } } };
  await patchAndTell(api, node, done, { type: 'Normal', reason: 'Drain', message: `Node ${name} is drained` });
  return {};
}

function requestOf({ metadata: { annotations = {} } }: LiveObject) {
  return { desired: annotations[drainMarks.desired], lastApplied: annotations[drainMarks.lastApplied] };
}

function isCordoned(node: LiveObject): boolean {
  return (
    valueAt(node, ['spec', 'unschedulable']) === true &&
    node.metadata.annotations?.[drainMarks.cordonedBefore] !== undefined
  );
}

// One patch: whether an administrator had cordoned the node must not be asked again after we have.
async function cordon(api: ApiCluster, node: LiveObject): Promise<ReconcileResult> {
  const { annotations = {}, name } = node.metadata;
  const before = annotations[drainMarks.cordonedBefore] ?? String(valueAt(node, ['spec', 'unschedulable']) === true);
  const change = {
    metadata: { annotations: { [drainMarks.cordonedBefore]: before } },
    spec: { unschedulable: true },
  };
  const message = `Cordoned node ${name} to apply an update`;
  await patchAndTell(api, node, change, { type: 'Normal', reason: 'Cordon', message });
  return {};
}

async function uncordon(api: ApiCluster, node: LiveObject, desired: string): Promise<ReconcileResult> {
  const { annotations = {}, name } = node.metadata;
  const stays = annotations[drainMarks.cordonedBefore] === 'true';
  const isOurs = annotations[drainMarks.cordonedBefore] === 'false';
  const change = {
    metadata: { annotations: { [drainMarks.lastApplied]: desired, [drainMarks.cordonedBefore]: null } },
    ...(isOurs ? { spec: { unschedulable: null } } : {}),
  };
  const message = stays
    ? `Node ${name} stays cordoned, as it was before the update`
    : `Update completed for node ${name}`;
  await patchAndTell(api, node, change, { type: 'Normal', reason: stays ? 'StaysCordoned' : 'Uncordon', message });
  return {};
}

// Of a node that changed meanwhile, or is gone, its event brings what is to be done.
async function patchAndTell(
  api: ApiCluster,
  node: LiveObject,
  change: { readonly metadata: object; readonly spec?: object },
  notice: EventNotice,
): Promise<void> {
  if (await ownedObjects(api, nodes).patchUnchanged(node, change)) api.event(node, notice);
}

/** Asks all pods to leave that have to. Gives how many are still there. */
async function evict(api: ApiCluster, node: LiveObject, drain: string, times: DrainTimes): Promise<number> {
  const { name } = node.metadata;
  const { items } = await api.client.list(pods, { fieldSelector: `spec.nodeName=${name}` });
  const leaving = podsToEvict(items.map((pod) => withKind(pods, pod) as KubeObject));
  const staying = leaving.filter((pod) => valueAt(pod, ['metadata', 'deletionTimestamp']) === undefined);
  const outcomes = await Promise.all(
    staying.map(async ({ metadata }) => {
      const { namespace, name: pod = '' } = metadata;
      return { pod: `${namespace}/${pod}`, eviction: await api.client.evict({ namespace, name: pod }) };
    }),
  );
  const blocked = outcomes.flatMap(({ pod, eviction }) =>
    eviction.outcome === 'blocked' ? [`${pod}: ${eviction.message}`] : [],
  );
  if (blocked.length > 0 && times.isLate(drain)) tellOfFailure(api, node, blocked);
  return leaving.length;
}

function tellOfFailure(api: ApiCluster, node: LiveObject, blocked: readonly string[]): void {
  const message = `failed to drain node ${node.metadata.name} after 10 minutes: ${blocked.slice(0, 3).join('; ')}`;
  api.event(node, { type: 'Warning', reason: 'FailedToDrain', message });
}
