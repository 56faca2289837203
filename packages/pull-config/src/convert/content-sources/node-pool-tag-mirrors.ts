import { type KubeObject, type LocatedObject, loadEmbedded, valueAt } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { configMapKind, findObject } from '../../collect/objects.ts';
import { portableMetadata } from '../portable-metadata.ts';
import { yamlDocuments } from '../yaml-text.ts';

/** One ConfigMap that NodePools name in `spec.config` and that holds tag mirrors. */
export interface TagMirrorConfigMap {
  readonly configMap: LocatedObject;
  readonly tagMirrorSets: readonly LocatedObject[];
  /** What else stands in it; the ConfigMap stays when there is any. */
  readonly others: readonly LocatedObject[];
  /** The NodePools that name it. */
  readonly nodePools: readonly LocatedObject[];
}

/** The ConfigMaps of the NodePools with ImageTagMirrorSets in them, in the order in which they are first named. */
export function tagMirrorConfigMaps(
  objects: readonly LocatedObject[],
  nodePools: readonly LocatedObject[],
): { readonly configMaps: readonly TagMirrorConfigMap[]; readonly diagnostics: readonly Diagnostic[] } {
  const pools = new Map<LocatedObject, LocatedObject[]>();
  for (const nodePool of nodePools) {
    for (const name of configNames(nodePool.object)) {
      const configMap = findObject(objects, configMapKind, name, nodePool.object.metadata.namespace);
      if (configMap) pools.set(configMap, [...(pools.get(configMap) ?? []), nodePool]);
    }
  }
  const read = [...pools].map(([configMap, users]) => readConfigMap(configMap, users));
  return {
    configMaps: read.map(({ found }) => found).filter(({ tagMirrorSets }) => tagMirrorSets.length > 0),
    diagnostics: read.flatMap(({ diagnostics }) => diagnostics),
  };
}

/** The names in `spec.config` of a NodePool. */
export function configNames(nodePool: KubeObject): string[] {
  const list = valueAt(nodePool, ['spec', 'config']);
  return (Array.isArray(list) ? list : []).map((entry) => valueAt(entry, ['name'])).filter(isText);
}

function readConfigMap(
  configMap: LocatedObject,
  nodePools: readonly LocatedObject[],
): { readonly found: TagMirrorConfigMap; readonly diagnostics: readonly Diagnostic[] } {
  const { objects, diagnostics } = loadEmbedded(configMap, ['data', 'config']);
  const found = {
    configMap,
    tagMirrorSets: objects.filter(isTagMirrorSet),
    others: objects.filter((located) => !isTagMirrorSet(located)),
    nodePools,
  };
  return { found, diagnostics };
}

function isTagMirrorSet({ object }: LocatedObject): boolean {
  return object.kind === 'ImageTagMirrorSet' && object.apiVersion === 'config.openshift.io/v1';
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** The ConfigMap without its tag mirrors, or undefined when nothing is left in it. */
export function withoutTagMirrors({ configMap, others }: TagMirrorConfigMap): KubeObject | undefined {
  if (others.length === 0) return undefined;
  const { object } = configMap;
  const data = valueAt(object, ['data']) as Readonly<Record<string, unknown>>;
  return {
    ...object,
    metadata: portableMetadata(object.metadata),
    data: { ...data, config: yamlDocuments(others.map((located) => located.object)) },
  };
}
