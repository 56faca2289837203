import type { Messages } from './field.ts';

/** Kinds of `coordination/v1`. Source of names, numbers and list types: `k8s.io/api/coordination/v1`. */
export const coordination: Messages = {
  Lease: {
    metadata: [1, 'meta.ObjectMeta always'],
    spec: [2, 'LeaseSpec always'],
  },
  LeaseSpec: {
    holderIdentity: [1, 'string pointer'],
    leaseDurationSeconds: [2, 'int32 pointer'],
    acquireTime: [3, 'microTime pointer'],
    renewTime: [4, 'microTime pointer'],
    leaseTransitions: [5, 'int32 pointer'],
    strategy: [6, 'string pointer'],
    preferredHolder: [7, 'string pointer'],
  },
};
