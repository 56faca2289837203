import { type Change, Controller, keyOf, type Source } from '@pullpath/kube-client';
import { controlPlaneNamespace, mirrorCopyName } from '@pullpath/pull-config';
import type { ControllerContext, ControllerDefinition } from '../../manager/context.ts';
import type { LiveObject } from '../../manager/live-object.ts';
import { configMaps } from '../../resources.ts';
import { failureLimits as limits } from '../failure-limits.ts';
import { hostedClusters, hostedControlPlanes, nodePools } from '../resources.ts';
import { guestArrivals } from '../synced-guests.ts';
import { managementViews } from '../views.ts';
import { guestReconciler } from './reconcile.ts';
import { guestCollections } from './resources.ts';

/** The inside of hosted clusters: mirror objects for users to see, and what keeps users from changing them. */
export const guest: ControllerDefinition = {
  name: 'guest',
  description: 'control planes to mirror objects and admission policies inside hosted clusters',
  setup: (context) => {
    const { clock, report } = context;
    const views = managementViews(context);
    return new Controller({
      sources: sourcesOf(context),
      reconcile: guestReconciler(context, views),
      workers: 32,
      limits,
      report,
      clock,
    });
  },
};

function sourcesOf({ management, guests }: ControllerContext): readonly Source[] {
  const pools = management.watch(nodePools);
  const own = ({ object }: Change<LiveObject>): readonly string[] => [object.metadata.namespace ?? ''];
  return [
    management.watch(hostedControlPlanes).keys(own),
    management.watch(hostedClusters).keys((change) => (changesSpec(change) ? namespaceOfCluster(change.object) : [])),
    management.watch(configMaps).keys((change) => {
      const { name } = change.object.metadata;
      if (name === mirrorCopyName) return own(change);
      return pools.store.byIndex('config', keyOf(change.object)).flatMap(namespaceOfPool);
    }),
    pools.keys(({ object }) => namespaceOfPool(object)),
    guestArrivals(guests, guestCollections),
    ...guestCollections.map((watched) => guests.keys(watched, (_change, namespace) => [namespace])),
  ];
}

/** A pause begins and ends with the spec. */
function changesSpec(change: Change<LiveObject>): boolean {
  return change.type !== 'updated' || change.old.metadata.generation !== change.object.metadata.generation;
}

function namespaceOfCluster({ metadata: { namespace = '', name } }: LiveObject): readonly string[] {
  return [controlPlaneNamespace({ namespace, name })];
}

function namespaceOfPool({ metadata: { namespace = '' }, spec }: LiveObject): readonly string[] {
  const name = (spec as { readonly clusterName?: string } | undefined)?.clusterName;
  return name === undefined ? [] : [controlPlaneNamespace({ namespace, name })];
}
