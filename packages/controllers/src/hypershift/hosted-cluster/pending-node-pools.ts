import { keyOf, objectKey } from '@pullpath/kube-client';
import { hashSimple, marks, mirrorConfigName } from '@pullpath/pull-config';
import type { LiveObject } from '../../manager/live-object.ts';
import type { ManagementViews } from '../views.ts';

/** NodePools of a cluster whose nodes do not all have the mirrors that its control plane carries. */
export function pendingNodePools(
  views: ManagementViews,
  cluster: LiveObject,
  namespace: string,
): readonly LiveObject[] {
  const hash = coreMirrorHash(views, namespace);
  return views.nodePools
    .byIndex('cluster', keyOf(cluster))
    .filter(({ metadata }) => metadata.annotations?.[marks.nodePoolCurrentMirrors] !== hash);
}

/** The hash of the mirrors that a control plane's nodes are to get; that of no text when there are none. */
export function coreMirrorHash(views: ManagementViews, namespace: string): string {
  const config = views.configMaps.get(objectKey(mirrorConfigName, namespace));
  return config?.metadata.annotations?.[marks.mirrorHash] ?? hashSimple('');
}
