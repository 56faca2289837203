import { type KubeObject, type LocatedObject, objectName, valueAt } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { hostedClusterKind, nodePoolsOf } from '../../collect/hosted-objects.ts';
import { configMapKind, findObject, objectsOfKind } from '../../collect/objects.ts';
import { diagnose } from '../../diagnose.ts';
import { portableMetadata } from '../portable-metadata.ts';
import { yamlDocuments } from '../yaml-text.ts';
import {
  configNames,
  type TagMirrorConfigMap,
  tagMirrorConfigMaps,
  withoutTagMirrors,
} from './node-pool-tag-mirrors.ts';
import { digestDocument, extendConfigMap, tagDocument } from './unified-config-map.ts';

export interface ContentSourcesOptions {
  /** Moves tag mirrors of a NodePool also when other NodePools of the cluster do not have them yet. */
  readonly widen?: boolean | undefined;
}

export interface ContentSourcesMigration {
  /** What to apply, in this order: a ConfigMap comes before the HostedCluster that names it, NodePools come last. */
  readonly objects: readonly KubeObject[];
  /** ConfigMaps that nothing names any more, `namespace/name`. */
  readonly unused: readonly string[];
  /** `objects` as YAML documents. */
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Moves the older mirror settings of HostedClusters into the one ConfigMap behind `imageMirrorConfigRef`: entries of
 * `imageContentSources` become the first document of its `idms.yaml`, ImageTagMirrorSets of NodePool ConfigMaps the last
 * ones of its `itms.yaml`, which keeps the order in which nodes try mirrors. Tag mirrors that not all NodePools have stay
 * where they are, unless `widen` is set. Only what changes is returned.
 */
export function migrateContentSources(
  objects: readonly LocatedObject[],
  options: ContentSourcesOptions = {},
): ContentSourcesMigration {
  const clusters = objectsOfKind(objects, hostedClusterKind).map((cluster) =>
    migrateCluster(objects, cluster, options),
  );
  const changed = clusters.flatMap((cluster) => cluster.objects);
  const diagnostics = clusters.flatMap((cluster) => cluster.diagnostics);
  const nothing = changed.length === 0 && diagnostics.length === 0 ? [nothingToDo()] : [];
  return {
    objects: changed,
    unused: clusters.flatMap(({ unused }) => unused),
    text: yamlDocuments(changed),
    diagnostics: [...diagnostics, ...nothing],
  };
}

type ClusterMigration = Omit<ContentSourcesMigration, 'text'>;

function migrateCluster(
  objects: readonly LocatedObject[],
  cluster: LocatedObject,
  { widen = false }: ContentSourcesOptions,
): ClusterMigration {
  const { name = '', namespace } = cluster.object.metadata;
  const nodePools = nodePoolsOf(objects, namespace, name);
  const tags = tagMirrorConfigMaps(objects, nodePools);
  const moving = tags.configMaps.filter((found) => widen || gainingPools(found, nodePools).length === 0);
  const diagnostics = [...tags.diagnostics, ...tags.configMaps.flatMap((found) => notes(found, nodePools, widen))];
  const sources = valueAt(cluster.object, ['spec', 'imageContentSources']);
  const hasSources = Array.isArray(sources) && sources.length > 0;
  if (!hasSources && moving.length === 0) return { objects: [], unused: [], diagnostics };
  const target = targetOf(objects, cluster);
  if ('fault' in target) return { objects: [], unused: [], diagnostics: [...diagnostics, target.fault] };
  const unified = extendConfigMap(target.configMap, {
    digest: hasSources ? [digestDocument(sources)] : [],
    tag: moving.flatMap(({ tagMirrorSets }) => tagMirrorSets.map(tagDocument)),
  });
  return {
    objects: [unified, withReference(cluster.object, unified), ...withoutTags(moving, nodePools)],
    unused: moving.filter(({ others }) => others.length === 0).map(({ configMap }) => nameOf(configMap)),
    diagnostics,
  };
}

type Target = { readonly configMap: KubeObject } | { readonly fault: Diagnostic };

/** The ConfigMap that is extended: the one that is named already, or a new one; or why neither can be. */
function targetOf(objects: readonly LocatedObject[], cluster: LocatedObject): Target {
  const named = valueAt(cluster.object, ['spec', 'imageMirrorConfigRef', 'name']);
  return typeof named === 'string' ? namedTarget(objects, cluster, named) : newTarget(objects, cluster);
}

function namedTarget(objects: readonly LocatedObject[], cluster: LocatedObject, name: string): Target {
  const found = findObject(objects, configMapKind, name, cluster.object.metadata.namespace);
  if (found) return { configMap: found.object };
  const message = `the ConfigMap ${name} that imageMirrorConfigRef names is not among the objects`;
  const origin = { of: cluster, path: ['spec', 'imageMirrorConfigRef', 'name'] };
  return { fault: diagnose('error', 'content-sources-conflict', message, origin) };
}

function newTarget(objects: readonly LocatedObject[], cluster: LocatedObject): Target {
  const { name: clusterName = '', namespace } = cluster.object.metadata;
  const name = `${clusterName}-image-mirrors`;
  const taken = findObject(objects, configMapKind, name, namespace);
  if (taken === undefined) {
    const metadata = { name, ...(namespace === undefined ? {} : { namespace }) };
    return { configMap: { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: {} } };
  }
  const message = `there is a ConfigMap ${name} already, which ${objectName(cluster.object)} does not name`;
  return { fault: diagnose('error', 'content-sources-conflict', message, { of: taken, path: ['metadata', 'name'] }) };
}

function withReference(cluster: KubeObject, unified: KubeObject): KubeObject {
  const { imageContentSources: _moved, ...spec } = cluster['spec'] as Readonly<Record<string, unknown>>;
  const { status: _status, ...rest } = cluster;
  return {
    ...rest,
    apiVersion: cluster.apiVersion,
    kind: cluster.kind,
    metadata: portableMetadata(cluster.metadata),
    spec: { ...spec, imageMirrorConfigRef: { name: unified.metadata.name } },
  };
}

function withoutTags(configMaps: readonly TagMirrorConfigMap[], nodePools: readonly LocatedObject[]): KubeObject[] {
  const emptied = new Set(configMaps.filter(({ others }) => others.length === 0).map(({ configMap }) => configMap));
  const gone = new Set([...emptied].map(({ object }) => object.metadata.name));
  const kept = configMaps.flatMap((found) => withoutTagMirrors(found) ?? []);
  const changed = nodePools.filter(({ object }) => configNames(object).some((name) => gone.has(name)));
  return [...kept, ...changed.map(({ object }) => withoutConfigs(object, gone))];
}

function withoutConfigs(nodePool: KubeObject, gone: ReadonlySet<unknown>): KubeObject {
  const { status: _status, ...rest } = nodePool;
  const { config, ...spec } = nodePool['spec'] as { readonly config: readonly unknown[] };
  const left = config.filter((entry) => !gone.has(valueAt(entry, ['name'])));
  return {
    ...rest,
    apiVersion: nodePool.apiVersion,
    kind: nodePool.kind,
    metadata: portableMetadata(nodePool.metadata),
    spec: left.length > 0 ? { ...spec, config: left } : spec,
  };
}

/** The NodePools that would get the tag mirrors only by the move. */
function gainingPools({ nodePools }: TagMirrorConfigMap, all: readonly LocatedObject[]): readonly LocatedObject[] {
  return all.filter((nodePool) => !nodePools.includes(nodePool));
}

function notes(found: TagMirrorConfigMap, all: readonly LocatedObject[], widen: boolean): Diagnostic[] {
  const origin = { of: found.configMap, path: ['data', 'config'] };
  const what = `the tag mirrors of ${objectName(found.configMap.object)}`;
  const gaining = gainingPools(found, all).map(({ object }) => objectName(object));
  const reach = diagnose(
    'warning',
    'content-sources-widened',
    `${what} ${widen ? 'reach' : 'stay, they would reach'} ${gaining.join(', ')} too`,
    origin,
  );
  if (gaining.length > 0 && !widen) return [reach];
  const version = diagnose(
    'warning',
    'content-sources-version',
    `${what} move to the HostedCluster, which needs release 4.21`,
    origin,
    { hint: 'below it tag mirrors in the ConfigMap of a HostedCluster are withheld; NodePools take them from 4.13' },
  );
  return gaining.length > 0 ? [version, reach] : [version];
}

function nameOf({ object }: LocatedObject): string {
  return [object.metadata.namespace, object.metadata.name].filter(Boolean).join('/');
}

function nothingToDo(): Diagnostic {
  const message = 'no HostedCluster has imageContentSources or tag mirrors in NodePool ConfigMaps';
  return { code: 'content-sources-none', severity: 'info', message };
}
