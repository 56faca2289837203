import type { OwnerReference } from '@pullpath/kube-client';
import type { LiveObject } from './live-object.ts';

/** The reference that makes an object go with its owner. */
export function ownerReference({ apiVersion, kind, metadata: { name, uid = '' } }: LiveObject): OwnerReference {
  return { apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true };
}
