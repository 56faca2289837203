import { type LocatedObject, type Path, valueAt } from '@pullpath/api';
import { digestList, policyList } from './to-digest-mirror-set.ts';

const policyVersion = 'operator.openshift.io/v1alpha1';
const setVersion = 'config.openshift.io/v1';

/**
 * Where an object is still an ImageContentSourcePolicy though it is meant to be an ImageDigestMirrorSet already, or the
 * other way round: `apiVersion`, or the list in its spec. Undefined for an object that is either, or something else.
 */
export function halfConverted({ object }: LocatedObject): Path | undefined {
  const hasPolicyList = valueAt(object, policyList) !== undefined;
  switch (object.kind) {
    case 'ImageDigestMirrorSet':
      return leftOver(object.apiVersion === policyVersion, hasPolicyList && policyList);
    case 'ImageTagMirrorSet':
      return leftOver(object.apiVersion === policyVersion && hasPolicyList, hasPolicyList && policyList);
    case 'ImageContentSourcePolicy':
      return leftOver(object.apiVersion === setVersion, valueAt(object, digestList) !== undefined && digestList);
    default:
      return undefined;
  }
}

function leftOver(isVersionWrong: boolean, list: Path | false): Path | undefined {
  return isVersionWrong ? ['apiVersion'] : list || undefined;
}
