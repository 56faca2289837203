import { type LocatedObject, type Origin, type Path, valueAt } from '@pullpath/api';
import { hostedClusterKind } from '../collect/hosted-objects.ts';
import { imageMirrorRules } from '../collect/image-mirrors.ts';
import { installConfigRules } from '../collect/install-config.ts';
import { mirrorRulesOf, rulesAt } from '../collect/mirror-rules.ts';
import { type ObjectKind, objectsOfKind } from '../collect/objects.ts';
import type { MirrorRule } from '../model.ts';

/**
 * Every mirror entry of the objects, whether or not it can become a rule of a scope: those of refused objects and of
 * ConfigMaps that nobody names are among them.
 */
export function mirrorEntries(objects: readonly LocatedObject[]): readonly MirrorRule[] {
  return [
    ...objects.flatMap(mirrorRulesOf),
    ...installConfigRules(objects).rules,
    ...imageMirrorRules(objects),
    ...objectsOfKind(objects, hostedClusterKind).flatMap((cluster) => [
      ...rulesAt(cluster, ['spec', 'imageContentSources'], 'idms', ''),
      ...rulesAt(cluster, ['spec', 'imageTagMirrorSet'], 'itms'),
    ]),
  ];
}

/** An entry of one of the lists of `registrySources`. */
export interface RegistryScope {
  readonly list: RegistryList;
  readonly scope: string;
  readonly origin: Origin;
}

/** The lists of `registrySources` that hold scopes; search registries are hosts. */
export type RegistryList = (typeof registryLists)[number];

const registryLists = ['insecureRegistries', 'blockedRegistries', 'allowedRegistries'] as const;
const imageKind: ObjectKind = { group: 'config.openshift.io', kind: 'Image' };

/** Every scope in `registrySources` of an Image or of a HostedCluster. */
export function registryScopes(objects: readonly LocatedObject[]): readonly RegistryScope[] {
  return [
    ...objectsOfKind(objects, imageKind).flatMap((image) => scopesAt(image, ['spec', 'registrySources'])),
    ...objectsOfKind(objects, hostedClusterKind).flatMap((cluster) =>
      scopesAt(cluster, ['spec', 'configuration', 'image', 'registrySources']),
    ),
  ];
}

function scopesAt(of: LocatedObject, path: Path): RegistryScope[] {
  return registryLists.flatMap((list) => {
    const scopes = valueAt(of.object, [...path, list]);
    if (!Array.isArray(scopes)) return [];
    return scopes.flatMap((scope, index) =>
      typeof scope === 'string' ? [{ list, scope, origin: { of, path: [...path, list, index] } }] : [],
    );
  });
}
