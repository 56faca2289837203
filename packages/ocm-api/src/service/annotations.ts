import type { HostedCluster } from '../hosted-clusters/objects.ts';

/** What the API adds to a HostedCluster stands in these annotations, as JSON. */
export const annotations = {
  /** Ids and times of image mirrors. */
  imageMirrors: 'ocm.pullpath.dev/image-mirrors',
  /** Members of a cluster that a HostedCluster has no field for. */
  cluster: 'ocm.pullpath.dev/cluster',
  /** Id of the platform allow list, as it is. */
  platformAllowlist: 'ocm.pullpath.dev/platform-allowlist',
  /** The rollout that edits are being gathered for. */
  settling: 'ocm.pullpath.dev/settling',
} as const;

/** The JSON of an annotation; undefined where there is none, or where someone has made it unreadable. */
export function annotationOf({ metadata }: HostedCluster, name: string): unknown {
  try {
    return JSON.parse(metadata.annotations?.[name] ?? 'null') ?? undefined;
  } catch {
    // Not a swallowed failure: it holds no more than can be made again, and the next write does.
    return undefined;
  }
}
