/**
 * How far mirrors have come on their way to the nodes: `GET .../image_mirrors/{id}/status`, an addition of this server, and
 * `GET .../image_mirrors/status` for all of a cluster, which also tells when the last one has left the nodes.
 */
export interface MirrorStatus {
  readonly kind: 'ImageMirrorStatus';
  /** Of the mirror; absent for all of a cluster. */
  readonly id?: string;
  readonly href: string;
  /** `pending` until every pool has it. */
  readonly state: 'pending' | 'ready' | 'failed';
  /** Milliseconds in which further edits join the same rollout. */
  readonly debounce_ms: number;
  /** RFC 3339: until then edits are gathered; absent once the rollout may go on. */
  readonly rollout_not_before?: string;
  readonly node_pools: readonly PoolStatus[];
}

export interface PoolStatus {
  readonly id: string;
  /** Whether every node of the pool has it. */
  readonly updated: boolean;
  readonly replicas: number;
  /** What the pool says of itself where it does not have it yet. */
  readonly message?: string;
}
