import { type LocatedObject, type Path, valueAt } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { hostedClusterKind } from '../../collect/hosted-objects.ts';
import { isMirrorObject } from '../../collect/mirror-rules.ts';
import { configMapKind, objectsOfKind } from '../../collect/objects.ts';
import { diagnose } from '../../diagnose.ts';
import { nameOf } from '../origins.ts';
import type { LintContext, LintRule } from '../rule.ts';

const code = 'mirror-config-map-unreferenced';

/** A ConfigMap with mirrors beside HostedClusters and NodePools of its namespace, none of which names it. */
export const mirrorConfigMapUnreferenced: LintRule = {
  code,
  severity: 'warning',
  why: 'A ConfigMap with mirrors does nothing by itself: no node gets them until a HostedCluster or NodePool names it.',
  check: findUnreferenced,
};

function findUnreferenced({ objects }: LintContext): Diagnostic[] {
  const holders = new Set(objects.filter(isMirrorObject).map(({ embedded }) => embedded?.in));
  const readers = objects.filter(isReader);
  const references = new Set(readers.flatMap(referencesOf));
  return objectsOfKind(objects, configMapKind)
    .filter((configMap) => holders.has(configMap))
    .filter(({ object: { metadata } }) => !references.has(metadata.name))
    .filter(({ object: { metadata } }) => readers.some((reader) => isBeside(reader, metadata.namespace)))
    .map(report);
}

function isReader({ object }: LocatedObject): boolean {
  return (
    object.apiVersion.startsWith(`${hostedClusterKind.group}/`) && ['HostedCluster', 'NodePool'].includes(object.kind)
  );
}

function referencesOf({ object }: LocatedObject): readonly unknown[] {
  const config = valueAt(object, ['spec', 'config']);
  const names = Array.isArray(config) ? config.map((entry) => valueAt(entry, ['name'])) : [];
  return [valueAt(object, ['spec', 'imageMirrorConfigRef', 'name']), ...names];
}

function isBeside({ object }: LocatedObject, namespace: string | undefined): boolean {
  return namespace === undefined || [undefined, namespace].includes(object.metadata.namespace);
}

function report(of: LocatedObject): Diagnostic {
  const isPoolConfig = valueAt(of.object, ['data', 'config']) !== undefined;
  const field = isPoolConfig ? 'spec.config of a NodePool' : 'spec.imageMirrorConfigRef of a HostedCluster';
  const message = `no HostedCluster or NodePool names ConfigMap "${nameOf(of)}", its mirrors reach no node`;
  const path: Path = ['metadata', 'name'];
  return diagnose('warning', code, message, { of, path }, { hint: `name it in ${field}, in the same namespace` });
}
