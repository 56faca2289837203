import type { KubeObject, LocatedObject } from '@pullpath/api';
import { mirrorsOfCluster } from '../../collect/cluster-mirrors.ts';
import { textAt } from '../../collect/objects.ts';
import { marks } from '../control-plane/names.ts';
import type { HeldConfig } from '../mirror-config/held-config.ts';
import {
  clusterContentSourcePolicy,
  clusterDigestMirrorSet,
  clusterTagMirrorSet,
} from '../node-pool/cluster-mirror-objects.ts';
import { versionOfReleaseImage } from '../release-version.ts';

/** Objects called `cluster` in the API of a hosted cluster; one that is absent must not be there. */
export interface GuestMirrors {
  readonly digest?: KubeObject | undefined;
  readonly tag?: KubeObject | undefined;
  /** Of releases below 4.13, instead of `digest`. */
  readonly legacy?: KubeObject | undefined;
}

/**
 * What users of a hosted cluster see of its mirrors: the digest rules always, even none, the tag rules where there are any.
 * Everything is read off the control plane: its own fields and the last good copy.
 */
export function guestMirrors(
  controlPlane: LocatedObject,
  held: (HeldConfig & { readonly origin?: string | undefined }) | undefined,
  tagMirrorMinVersion?: string,
): GuestMirrors {
  const image = textAt(controlPlane, ['spec', 'releaseImage']);
  const version = image === undefined ? undefined : versionOfReleaseImage(image);
  const sources = { cluster: controlPlane, config: held?.config ?? {} };
  const { digest, tag } = mirrorsOfCluster(sources, version, { tagMirrorMinVersion });
  const mark = (object: KubeObject): KubeObject => guestObject(object, held?.origin);
  const isLegacy = digest.some(({ kind }) => kind === 'icsp');
  return {
    ...(isLegacy
      ? { legacy: mark(clusterContentSourcePolicy(digest)) }
      : { digest: mark(clusterDigestMirrorSet(digest)) }),
    ...(tag.length === 0 ? {} : { tag: mark(clusterTagMirrorSet(tag)) }),
  };
}

/** The object as it is written to a guest: marked as ours, without what is only there for stable text. */
function guestObject({ apiVersion, kind, metadata, ...rest }: KubeObject, origin: string | undefined): KubeObject {
  const annotations = origin === undefined || origin === '' ? {} : { [marks.mirrorOrigin]: origin };
  return {
    apiVersion,
    kind,
    metadata: {
      name: 'cluster',
      labels: { ...metadata.labels, [marks.managed]: 'true' },
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    },
    spec: rest['spec'],
  };
}
