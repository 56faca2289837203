import { type LocatedObject, type Path, valueAt } from '@pullpath/api';
import type { RegistrySources, ScopeRule } from '../model.ts';

/**
 * `registrySources` at a path of an object (`spec` of an Image, or a HostedCluster's `spec.configuration.image`). A list
 * that is absent stays absent, an empty one stays empty.
 */
export function registrySourcesAt(located: LocatedObject, path: Path): RegistrySources {
  const list = (field: string): readonly ScopeRule[] | undefined => scopesAt(located, [...path, field]);
  return {
    insecure: list('insecureRegistries'),
    blocked: list('blockedRegistries'),
    allowed: list('allowedRegistries'),
    search: list('containerRuntimeSearchRegistries'),
  };
}

function scopesAt(located: LocatedObject, path: Path): readonly ScopeRule[] | undefined {
  const list = valueAt(located.object, path);
  if (!Array.isArray(list)) return undefined;
  return list.flatMap((scope, index) =>
    typeof scope === 'string' ? [{ scope, origin: { of: located, path: [...path, index] } }] : [],
  );
}
