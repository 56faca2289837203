import type { ObjectMeta } from '@pullpath/api';

const serverWritten = [
  'uid',
  'resourceVersion',
  'generation',
  'selfLink',
  'managedFields',
  'ownerReferences',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
];

/**
 * Metadata that any cluster accepts in a new object: without what a server writes, and without the copy of the old object
 * that `kubectl apply` keeps in an annotation. With `keep` only the creation time is left out.
 */
export function portableMetadata(metadata: ObjectMeta, serverFields: 'strip' | 'keep' = 'strip'): ObjectMeta {
  const dropped = new Set(['creationTimestamp', ...(serverFields === 'strip' ? serverWritten : [])]);
  const kept = Object.fromEntries(Object.entries(metadata).filter(([key]) => !dropped.has(key)));
  if (serverFields === 'keep') return kept;
  const { annotations, ...rest } = kept;
  const own = ownAnnotations(annotations);
  return own.length > 0 ? { ...rest, annotations: Object.fromEntries(own) } : rest;
}

// The copy is of the old kind: a later apply would compute its patch from it.
function ownAnnotations(annotations: unknown): [string, string][] {
  const entries = typeof annotations === 'object' && annotations !== null ? Object.entries(annotations) : [];
  return (entries as [string, string][]).filter(([key]) => key !== 'kubectl.kubernetes.io/last-applied-configuration');
}
