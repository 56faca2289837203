import { isNested } from '@pullpath/oci';

export interface HasLocation {
  readonly location: string;
}

/**
 * Mirrors of `mirroredScope` as they must stand in an entry for `subScope` inside it, so that pulls go the same way: what
 * the sub-scope has beyond the scope is appended to every location. Undefined when that cannot be said, which is so for a
 * wildcard (openshift/runtime-utils `pkg/registries`).
 */
export function mirrorsForNestedScope<T extends HasLocation>(
  mirroredScope: string,
  subScope: string,
  mirrors: readonly T[],
): T[] | undefined {
  if (mirroredScope.startsWith('*.') || !isNested(subScope, mirroredScope)) return undefined;
  const rest = subScope.slice(mirroredScope.length);
  return mirrors.map((mirror) => ({ ...mirror, location: mirror.location + rest }));
}
