import { valueAt } from '@pullpath/api';
import { type Change, Controller, keyOf, objectKey, pause, type Source } from '@pullpath/kube-client';
import { marks } from '@pullpath/pull-config';
import type { ControllerContext, ControllerDefinition } from '../../manager/context.ts';
import { adminKubeconfigs } from '../../manager/guests.ts';
import type { LiveObject } from '../../manager/live-object.ts';
import { isSame } from '../../manager/same.ts';
import { configMaps, contentSourcePolicies, digestMirrorSets, namespaces, tagMirrorSets } from '../../resources.ts';
import { failureLimits as limits } from '../failure-limits.ts';
import { hostedClusters, hostedControlPlanes, nodePools, operatorSecrets } from '../resources.ts';
import { managementViews } from '../views.ts';
import { hostedClusterReconciler } from './reconcile.ts';

/** HostedClusters: what runs of them on the management cluster, and the mirrors that their nodes get (hypershift 2). */
export const hostedCluster: ControllerDefinition = {
  name: 'hosted-cluster',
  description: 'HostedClusters to control planes with their last good mirrors',
  setup: (context) => {
    const { clock, report } = context;
    const views = managementViews(context);
    const { reconcile, waiting } = hostedClusterReconciler(context, views);
    const controller: Controller = new Controller({
      sources: sourcesOf(context),
      reconcile,
      workers,
      limits,
      report,
      clock,
    });
    waiting.wake = (keys) => {
      for (const key of keys) controller.queue.add(key);
    };
    return controller;
  },
};

/** As many as a client has requests in flight: most of the time of a cluster is waiting for writes. */
const workers = 32;

function sourcesOf({ management, guests, clock }: ControllerContext): readonly Source[] {
  const clusters = management.watch(hostedClusters);
  const byIndex = (index: string, value: string): readonly string[] =>
    clusters.store.byIndex(index, value).map(keyOf).sort();
  const ofNamespace = ({ object }: Change<LiveObject>): readonly string[] =>
    byIndex('controlPlane', object.metadata.namespace ?? '');
  const every = (): readonly string[] => clusters.store.keys().sort();
  return [
    clusters.keys(),
    withPatience(
      management
        .watch(configMaps)
        .keys((change) => [
          ...(changesData(change) ? byIndex('mirrorConfig', keyOf(change.object)) : []),
          ...ofNamespace(change),
        ]),
      clock,
    ),
    management.watch(hostedControlPlanes).keys(ofNamespace),
    management.watch(namespaces).keys(({ object }) => byIndex('controlPlane', object.metadata.name)),
    management.watch(operatorSecrets).keys(({ object }) => recordedCluster(object)),
    management.watch(adminKubeconfigs).keys(ofNamespace),
    management.watch(nodePools).keys(({ object }) => clusterKey(object)),
    management
      .watch(tagMirrorSets)
      .keys(({ object }) => [...recordedCluster(object), ...everyUnlessRecord(object, every)]),
    management.watch(digestMirrorSets).keys(every),
    management.watch(contentSourcePolicies).keys(every),
    guestChanges(guests, (namespace) => byIndex('controlPlane', namespace)),
  ];
}

const patienceMs = 5_000;

/** ConfigMaps that cannot be read are told of on each cluster; waiting for them would tell nobody. */
function withPatience(source: Source, clock: ControllerContext['clock']): Source {
  return {
    feed: (queue) => source.feed(queue),
    synced: async (signal) =>
      Promise.race([source.synced(signal), pause(clock, patienceMs, signal).then(() => !signal.aborted)]),
  };
}

/** A hosted cluster's API that comes or goes. */
function guestChanges(guests: ControllerContext['guests'], keysOf: (namespace: string) => readonly string[]): Source {
  return {
    synced: () => Promise.resolve(true),
    feed: (queue) =>
      guests.onChange((namespace) => {
        for (const key of keysOf(namespace)) queue.add(key);
      }),
  };
}

/** Labels and annotations of a user's ConfigMap say nothing about its mirrors, except how many may roll at once. */
function changesData(change: Change<LiveObject>): boolean {
  if (change.type !== 'updated') return true;
  const { old, object } = change;
  const limit = ({ metadata }: LiveObject): unknown => metadata.annotations?.[marks.rolloutMaxConcurrent];
  return (
    !isSame(old['data'], object['data']) || old.metadata.uid !== object.metadata.uid || limit(old) !== limit(object)
  );
}

function recordedCluster({ metadata }: LiveObject): readonly string[] {
  const key = metadata.annotations?.[marks.cluster];
  return key === undefined ? [] : [key];
}

// A name that becomes free may be waited for, and mirrors of the management cluster count for every lookup.
function everyUnlessRecord({ metadata }: LiveObject, every: () => readonly string[]): readonly string[] {
  const suffix = '-image-tag-mirrors';
  const isRecord = metadata.labels?.[marks.mirrorScope] === 'hosted';
  if (!isRecord && !metadata.name.endsWith(suffix)) return every();
  const cluster = metadata.name.slice(0, -suffix.length);
  return every().filter((key) => key.endsWith(`/${cluster}`));
}

function clusterKey(nodePool: LiveObject): readonly string[] {
  const name = valueAt(nodePool, ['spec', 'clusterName']);
  return typeof name === 'string' ? [objectKey(name, nodePool.metadata.namespace)] : [];
}
