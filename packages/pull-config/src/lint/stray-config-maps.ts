import { type LocatedObject, validateObject, valueAt } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { hostedClusterKind, nodePoolsOf } from '../collect/hosted-objects.ts';
import { isMirrorObject, mirrorRulesOf } from '../collect/mirror-rules.ts';
import { configMapKind, objectsOfKind } from '../collect/objects.ts';
import { faultDiagnostics } from '../compile/faults.ts';
import { validateRules } from '../compile/validate-rules.ts';
import { parseMirrorConfigMap } from '../hypershift/mirror-config/parse-config-map.ts';
import { groupBy } from '../runtimes/group-by.ts';
import { hasMirrorKey } from './config-map-keys.ts';

/**
 * What is wrong inside ConfigMaps with mirrors that nothing in the input names, as when one is checked by itself: no scope
 * collects them, so nobody else would say. `objects` are those of a lint context.
 */
export function strayConfigMapFaults(objects: readonly LocatedObject[]): Diagnostic[] {
  const named = namesInUse(objects);
  const strays = objectsOfKind(objects, configMapKind).filter(({ object }) => !named.has(object.metadata.name));
  const documents = groupBy(objects.filter(isMirrorObject), ({ embedded }) => embedded?.in);
  return strays.flatMap((configMap) => faultsIn(configMap, documents.get(configMap) ?? []));
}

// NodePools without their HostedCluster are no scope, so what they name is not collected either.
function namesInUse(objects: readonly LocatedObject[]): ReadonlySet<unknown> {
  const clusters = objectsOfKind(objects, hostedClusterKind);
  const pools = clusters.flatMap(({ object: { metadata } }) =>
    metadata.name === undefined ? [] : nodePoolsOf(objects, metadata.namespace, metadata.name),
  );
  const configs = pools.flatMap(({ object }) => valueAt(object, ['spec', 'config']));
  return new Set([
    ...clusters.map(({ object }) => valueAt(object, ['spec', 'imageMirrorConfigRef', 'name'])),
    ...configs.map((entry) => valueAt(entry, ['name'])),
  ]);
}

function faultsIn(configMap: LocatedObject, documents: readonly LocatedObject[]): Diagnostic[] {
  const compiled = faultDiagnostics(validateRules({}, documents.flatMap(mirrorRulesOf)));
  if (hasMirrorKey(configMap)) {
    const ref = { name: 'mirrors', origin: { of: configMap, path: ['metadata', 'name'] } };
    return [...parseMirrorConfigMap(configMap, ref).diagnostics, ...compiled];
  }
  return [...documents.flatMap((document) => validateObject(document)), ...compiled];
}
