/** Annotations of a pool that steer its rollout. */
export const rolloutMarks = {
  /** How many nodes take a new configuration before someone resumes the rollout. */
  canary: 'pullpath.dev/canary',
  /** The configuration that may go on beyond its canaries. */
  approved: 'pullpath.dev/approved-config',
  /** The configuration that nodes go back to. */
  pinned: 'pullpath.dev/pinned-config',
  /** The configuration that they go back from; another one ends the pin. */
  pinnedOver: 'pullpath.dev/pinned-over',
  /** How many nodes may fail before no other is told. */
  stopAfterFailures: 'pullpath.dev/stop-after-failures',
} as const;
