import { detectManagementMirrors, encodeImageOverrides, marks } from '@pullpath/pull-config';
import type { ControllerContext } from '../../manager/context.ts';
import type { LiveObject } from '../../manager/live-object.ts';
import { located } from '../../manager/located.ts';
import type { Watched } from '../../manager/watched.ts';
import { contentSourcePolicies, digestMirrorSets, tagMirrorSets } from '../../resources.ts';

/** Annotation of a HostedControlPlane: `OPENSHIFT_IMG_OVERRIDES` as its components get it (hypershift 1.5). */
export const imageOverridesAnnotation = 'pullpath.dev/openshift-img-overrides';

/**
 * The mirrors of the management cluster as a control plane's image lookups use them. They are read anew each time; the text
 * is the same for the same rules whatever the order of the objects, and never depends on whether a mirror answers.
 */
export function imageOverrides({ management }: ControllerContext, cluster: LiveObject): string {
  if (cluster.metadata.annotations?.[marks.ignoreManagementMirrors] === 'true') return encodeImageOverrides(new Map());
  const objects = (watched: Watched): readonly LiveObject[] =>
    management
      .watch(watched)
      .store.list()
      .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  const all = [digestMirrorSets, tagMirrorSets, contentSourcePolicies].flatMap(objects).map(located);
  return encodeImageOverrides(detectManagementMirrors(all, { idms: true, itms: true, icsp: true }));
}
