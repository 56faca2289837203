import type { KubeObject } from '@pullpath/api';

/**
 * True for a mirror object that only records the mirrors of a hosted cluster: it must configure no node of the cluster
 * that holds it, and no image lookup there.
 */
export function isHostedMirrorRecord(object: KubeObject): boolean {
  const labels = object.metadata.labels ?? {};
  return Object.hasOwn(labels, scopeLabel) && labels[scopeLabel] === 'hosted';
}

const scopeLabel = 'hypershift.openshift.io/mirror-scope';
