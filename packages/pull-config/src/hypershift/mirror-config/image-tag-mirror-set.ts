import { type LocatedObject, validateObject, valueAt } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';

const field = 'spec.imageTagMirrorSet';

/**
 * What admission refuses in `HostedCluster.spec.imageTagMirrorSet`, by the schema of the kind; nothing when the field is
 * absent. Objects may be older than a rule, so whoever reads the field asks here first.
 */
export function validateImageTagMirrorSet(hostedCluster: LocatedObject): readonly Diagnostic[] {
  // Most clusters have no such field, and the schema of the kind is large.
  if (valueAt(hostedCluster.object, ['spec', 'imageTagMirrorSet']) === undefined) return [];
  return validateObject(hostedCluster).filter(({ severity, path }) => severity === 'error' && isInField(path ?? ''));
}

function isInField(path: string): boolean {
  return path === field || path.startsWith(`${field}[`);
}
