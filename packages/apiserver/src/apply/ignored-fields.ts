import { emptySet, type FieldSet, fieldSetOf } from './fields/field-set.ts';
import type { FieldPath } from './fields/path-element.ts';
import type { TrackedKind } from './tracked-kind.ts';

/**
 * Fields that writes of a resource or subresource drop, so that they give no ownership: `GetResetFields` of the real server's
 * strategies.
 */
export function ignoredFields(
  { group, resource, statusSubresource, strategicMerge }: Kind,
  subresource: string,
): FieldSet {
  if (subresource === 'status') {
    return statusIgnores.get(`${group}/${resource}`) ?? (strategicMerge ? spec : metadataAndSpec);
  }
  return statusSubresource && (subresource === '' || subresource === 'finalize') ? status : emptySet;
}

type Kind = Pick<TrackedKind, 'group' | 'resource' | 'statusSubresource' | 'strategicMerge'>;

const status = fieldSetOf(['f:status']);
const spec = fieldSetOf(['f:spec']);
const metadataAndSpec = fieldSetOf(['f:metadata'], ['f:spec']);

const statusIgnores: ReadonlyMap<string, FieldSet> = new Map([
  ['/pods', specAnd(['f:metadata', 'f:deletionTimestamp'], ['f:metadata', 'f:ownerReferences'])],
  ['apps/deployments', specAnd(['f:metadata', 'f:labels'])],
  ['admissionregistration.k8s.io/validatingadmissionpolicies', metadataAndSpec],
]);

function specAnd(...others: readonly FieldPath[]): FieldSet {
  return fieldSetOf(['f:spec'], ...others);
}
