import { type LocatedObject, loadEmbedded, type Origin, objectName, type Path, valueAt } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { diagnose } from '../diagnose.ts';
import { type ConfigFault, rawConfig } from '../hypershift/node-pool/raw-config.ts';
import { isReleaseAtLeast, type ReleaseVersion } from '../hypershift/release-version.ts';
import type { MirrorRule } from '../model.ts';
import { isMirrorObject, mirrorRulesOf } from './mirror-rules.ts';
import { configMapKind, findObject, objectsOfKind } from './objects.ts';

/** What the ConfigMaps of `NodePool.spec.config` add for that pool. */
export interface NodePoolConfig {
  readonly digest: readonly MirrorRule[];
  readonly tag: readonly MirrorRule[];
  readonly hasMirrorObjects: boolean;
  readonly clusterImagePolicies: readonly LocatedObject[];
  readonly containerRuntimeConfigs: readonly LocatedObject[];
  /** The ConfigMaps in the order of the references. */
  readonly configMaps: readonly LocatedObject[];
  readonly diagnostics: readonly Diagnostic[];
}

const tagMinimum = '4.13.0';
const configPath: Path = ['data', 'config'];

/** Reads the key `config` of every ConfigMap that a NodePool names; `version` is that of the pool's release. */
export function nodePoolConfig(
  objects: readonly LocatedObject[],
  nodePool: LocatedObject | undefined,
  namespace: string,
  version: ReleaseVersion | undefined,
): NodePoolConfig {
  const references = nodePool ? referencesOf(nodePool) : [];
  const found = references.map(({ name, origin }) => ({
    origin,
    name,
    configMap: findConfigMap(objects, name, namespace),
  }));
  const configMaps = found.flatMap(({ configMap }) => configMap ?? []);
  const loaded = configMaps.map(readConfigMap);
  const documents = loaded.flatMap((config) => config.documents);
  const mirrors = documents.filter(isMirrorObject);
  const rules = mirrors.flatMap(mirrorRulesOf);
  return {
    digest: rules.filter(({ kind }) => kind !== 'itms'),
    tag: rules.filter(({ kind }) => kind === 'itms'),
    hasMirrorObjects: mirrors.length > 0,
    clusterImagePolicies: objectsOfKind(documents, { group: 'config.openshift.io', kind: 'ClusterImagePolicy' }),
    containerRuntimeConfigs: objectsOfKind(documents, {
      group: 'machineconfiguration.openshift.io',
      kind: 'ContainerRuntimeConfig',
    }),
    configMaps,
    diagnostics: [
      ...found.filter(({ configMap }) => !configMap).map(({ name, origin }) => notFound(name, namespace, origin)),
      ...loaded.flatMap(({ diagnostics }) => diagnostics),
      ...unsupportedTags(mirrors, version),
    ],
  };
}

function referencesOf(nodePool: LocatedObject): readonly { readonly name: string; readonly origin: Origin }[] {
  const list = valueAt(nodePool.object, ['spec', 'config']);
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry, index) => {
    const name = valueAt(entry, ['name']);
    return typeof name === 'string'
      ? [{ name, origin: { of: nodePool, path: ['spec', 'config', index, 'name'] } }]
      : [];
  });
}

function findConfigMap(objects: readonly LocatedObject[], name: string, namespace: string): LocatedObject | undefined {
  return findObject(objects, configMapKind, name, namespace);
}

function notFound(name: string, namespace: string, origin: Origin): Diagnostic {
  const message = `ConfigMap "${name}" of namespace "${namespace}" is not among the objects`;
  return diagnose('error', 'config-map-not-found', message, origin, { hint: 'the NodePool gets no new configuration' });
}

/** Faults of the text have the better place and come first; faults of its documents are looked for in sound text only. */
function readConfigMap(configMap: LocatedObject): {
  readonly documents: readonly LocatedObject[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const keys = keyDiagnostics(configMap);
  const { objects, diagnostics } = loadEmbedded(configMap, configPath);
  const unreadable = diagnostics
    .filter(({ severity }) => severity === 'error')
    .map((diagnostic) => ({ ...diagnostic, object: diagnostic.object ?? objectName(configMap.object) }));
  if (unreadable.length > 0) return { documents: [], diagnostics: [...keys, ...unreadable] };
  const config = valueAt(configMap.object, configPath);
  const name = String(configMap.object.metadata.name);
  const { faults } = rawConfig([{ name, config: typeof config === 'string' ? config : undefined }]);
  const refused = faults.map((fault) => refusal(fault, configMap, objects));
  return { documents: refused.length > 0 ? [] : objects, diagnostics: [...keys, ...refused] };
}

function keyDiagnostics(configMap: LocatedObject): readonly Diagnostic[] {
  const data = valueAt(configMap.object, ['data']);
  const keys = typeof data === 'object' && data !== null ? Object.keys(data) : [];
  const belongsElsewhere = keys.some((key) => key === 'idms.yaml' || key === 'itms.yaml');
  const hint = belongsElsewhere ? { hint: 'such a ConfigMap is named by HostedCluster.spec.imageMirrorConfigRef' } : {};
  const message = 'only the key "config" of a NodePool ConfigMap is read';
  const origin = (path: Path): Origin => ({ of: configMap, path });
  if (!keys.includes('config')) {
    return [diagnose('error', 'config-map-key-missing', `${message}, and it is missing`, origin(['data']), hint)];
  }
  return keys
    .filter((key) => key !== 'config')
    .map((key) =>
      diagnose('warning', 'config-map-key-unread', `${message}, not "${key}"`, origin(['data', key]), hint),
    );
}

function refusal(fault: ConfigFault, configMap: LocatedObject, documents: readonly LocatedObject[]): Diagnostic {
  const document = documents.find(({ embedded }) => embedded?.document === fault.document);
  const origin = document ? { of: document, path: ['kind'] } : { of: configMap, path: configPath };
  return diagnose('error', 'node-pool-config-invalid', fault.message, origin);
}

function unsupportedTags(
  mirrors: readonly LocatedObject[],
  version: ReleaseVersion | undefined,
): readonly Diagnostic[] {
  if (!version || isReleaseAtLeast(version, tagMinimum)) return [];
  return mirrors
    .filter(({ object }) => object.kind === 'ImageTagMirrorSet')
    .map((document) => {
      const message = `an ImageTagMirrorSet needs nodes of release ${tagMinimum}, this NodePool runs ${version.text}`;
      return diagnose('error', 'release-unsupported', message, { of: document, path: ['kind'] });
    });
}
