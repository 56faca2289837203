import { type LocatedObject, valueAt } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { diagnose } from '../diagnose.ts';
import { isHostedMirrorRecord } from '../hypershift/mirror-config/mirror-scope.ts';
import type { MirrorRule } from '../model.ts';
import type { Collected, CollectOptions } from './collected.ts';
import { imageMirrorRules } from './image-mirrors.ts';
import { type InstallConfigRules, installConfigRules } from './install-config.ts';
import { isMirrorObject, mirrorRulesOf } from './mirror-rules.ts';
import { configMapKind, findObject, type ObjectKind, objectsOfKind, secretKind } from './objects.ts';
import { containerRuntimeConfigsOf, unknownPool } from './pools.ts';
import { type Reference, referencedConfigMap, trustBundleOf } from './references.ts';
import { registrySourcesAt } from './registry-sources.ts';
import { givenRelease, imageAt, type Release, versionAt } from './release.ts';

const group = 'config.openshift.io';
const imageKind: ObjectKind = { group, kind: 'Image' };
const proxyKind: ObjectKind = { group, kind: 'Proxy' };
const clusterVersionKind: ObjectKind = { group, kind: 'ClusterVersion' };
const configNamespace = 'openshift-config';

/**
 * Everything that decides the files of a MachineConfigPool. All pools of a cluster share the mirrors and registry
 * sources; ContainerRuntimeConfigs select their pools. Objects that only record what a hosted cluster has do not
 * count here, whatever their kind.
 */
export function collectPool(all: readonly LocatedObject[], pool: string, options: CollectOptions): Collected {
  const objects = all.filter(({ object }) => !isHostedMirrorRecord(object));
  const unknown = unknownPool(objects, pool);
  const image = singleton(objects, imageKind, 'cluster');
  const install = installConfigRules(objects);
  const trustedCA = referencedConfigMap(objects, trustedCAReference(image.object));
  const trust = clusterTrustBundle(objects, install);
  const release = givenRelease(options.releaseImage) ?? clusterRelease(objects);
  const mirrorObjects = objects.filter(isMirrorObject);
  const rules = [...mirrorObjects.flatMap(mirrorRulesOf), ...install.rules, ...imageMirrorRules(objects)];
  return {
    rules: {
      rules: byList(rules),
      hasMirrorObjects: mirrorObjects.length + install.rules.length > 0 || rules.length > 0,
      registrySources: image.object ? registrySourcesAt(image.object, ['spec', 'registrySources']) : {},
      releaseImage: release.image,
      clusterImagePolicies: objectsOfKind(objects, { group, kind: 'ClusterImagePolicy' }),
      imagePolicies: objectsOfKind(objects, { group, kind: 'ImagePolicy' }),
      containerRuntimeConfigs: containerRuntimeConfigsOf(objects, pool),
      trustedCA: trustedCA.object,
      pullSecret: findObject(objects, secretKind, 'pull-secret', configNamespace) ?? install.pullSecret,
      trustBundle: trust.bundle,
    },
    version: release.version,
    diagnostics: [...(unknown ? [unknown] : []), ...image.diagnostics, ...trustedCA.diagnostics, ...trust.diagnostics],
  };
}

/** Digest rules of ImageDigestMirrorSets, then of ICSPs, then tag rules: the order in which upstream reads the lists. */
function byList(rules: readonly MirrorRule[]): readonly MirrorRule[] {
  return (['idms', 'icsp', 'itms'] as const).flatMap((kind) => rules.filter((rule) => rule.kind === kind));
}

/** The one object of a kind that is read, and a warning for every other one. */
function singleton(
  objects: readonly LocatedObject[],
  kind: ObjectKind,
  name: string,
): { readonly object?: LocatedObject | undefined; readonly diagnostics: readonly Diagnostic[] } {
  const others = objectsOfKind(objects, kind).filter(({ object }) => object.metadata.name !== name);
  const diagnostics = others.map((located) => {
    const message = `only the ${kind.kind} named "${name}" is read, this one has no effect`;
    return diagnose('warning', 'object-name-unread', message, { of: located, path: ['metadata', 'name'] });
  });
  return { object: findObject(objects, kind, name), diagnostics };
}

function trustedCAReference(image: LocatedObject | undefined): Reference {
  const from = image ?? { object: { apiVersion: 'config.openshift.io/v1', kind: 'Image', metadata: {} } };
  return { from, path: ['spec', 'additionalTrustedCA', 'name'], namespace: configNamespace, severity: 'warning' };
}

/** The bundle that the cluster proxy names, else the installer's ConfigMap, else the install-config itself. */
function clusterTrustBundle(
  objects: readonly LocatedObject[],
  install: InstallConfigRules,
): ReturnType<typeof trustBundleOf> {
  const proxy = findObject(objects, proxyKind, 'cluster');
  const named = proxy && valueAt(proxy.object, ['spec', 'trustedCA', 'name']);
  const name = typeof named === 'string' && named !== '' ? named : 'user-ca-bundle';
  const configMap = findObject(objects, configMapKind, name, configNamespace);
  return configMap ? trustBundleOf(configMap) : { bundle: install.trustBundle, diagnostics: [] };
}

function clusterRelease(objects: readonly LocatedObject[]): Release {
  const clusterVersion = findObject(objects, clusterVersionKind, 'version');
  const image = imageAt(clusterVersion, [
    ['status', 'desired', 'image'],
    ['spec', 'desiredUpdate', 'image'],
  ]);
  return { image, version: versionAt(clusterVersion, ['status'], image) };
}
