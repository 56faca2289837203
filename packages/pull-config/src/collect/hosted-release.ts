import type { LocatedObject } from '@pullpath/api';
import { parseReleaseVersion } from '../hypershift/release-version.ts';
import type { CollectOptions } from './collected.ts';
import { textAt } from './objects.ts';
import { givenRelease, imageAt, type Release, versionAt } from './release.ts';

/** The releases of a HostedCluster and of a NodePool, which may lag behind it. */
export interface HostedReleases {
  readonly hostedCluster: Release;
  readonly nodePool: Release;
}

/** A release image that the caller names stands for both. A NodePool that names none runs that of its cluster. */
export function hostedReleases(
  hostedCluster: LocatedObject,
  nodePool: LocatedObject | undefined,
  options: CollectOptions,
): HostedReleases {
  const given = givenRelease(options.releaseImage);
  if (given) return { hostedCluster: given, nodePool: given };
  const image = imageAt(hostedCluster, [['spec', 'release', 'image']]);
  const cluster: Release = { image, version: versionAt(hostedCluster, ['status', 'version'], image) };
  const poolImage = imageAt(nodePool, [['spec', 'release', 'image']]);
  const reported = textAt(nodePool, ['status', 'version']);
  const poolVersion = reported === undefined ? versionAt(undefined, [], poolImage) : parseReleaseVersion(reported);
  return {
    hostedCluster: cluster,
    nodePool: { image: poolImage ?? cluster.image, version: poolImage || reported ? poolVersion : cluster.version },
  };
}
