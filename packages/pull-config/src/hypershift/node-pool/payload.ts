import { type LocatedObject, valueAt } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { clusterMirrors } from '../../collect/cluster-mirrors.ts';
import type { CollectOptions } from '../../collect/collected.ts';
import { findHosted, type HostedScope } from '../../collect/hosted-objects.ts';
import { hostedReleases } from '../../collect/hosted-release.ts';
import { type NodePoolConfig, nodePoolConfig } from '../../collect/node-pool-config.ts';
import { configMapKind, objectsOfKind, textAt, withoutReplaced } from '../../collect/objects.ts';
import { controlPlaneNamespace } from '../control-plane/names.ts';
import type { ReleaseVersion } from '../release-version.ts';
import { clusterMirrorText } from './cluster-mirror-objects.ts';
import { mirrorConfigName } from './core-configs.ts';
import { globalConfigText } from './global-config.ts';
import { type ConfigText, rawConfig } from './raw-config.ts';
import { type RolloutHashes, rolloutHashes } from './rollout-hash.ts';

/** The configuration of a NodePool as the payload of its release is made from. */
export interface NodePoolPayload {
  /** The raw text; undefined when an error is among the diagnostics. */
  readonly raw?: string | undefined;
  /** Over that text. Absent without a known release version. */
  readonly hashes?: RolloutHashes | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export interface PayloadOptions extends CollectOptions {
  /** Hashes are made with this where nothing tells the release version; without it there are none then. */
  readonly assumedVersion?: ReleaseVersion | undefined;
}

/**
 * The raw configuration and rollout hashes of a NodePool: the HostedCluster's mirrors, core ConfigMaps of its control
 * plane as far as they are among the objects, and the pool's own ConfigMaps. Without the real core ConfigMaps (FIPS, SSH)
 * the hashes tell changes apart, but differ from those of a live cluster.
 */
export function renderNodePoolPayload(
  objects: readonly LocatedObject[],
  scope: HostedScope,
  options: PayloadOptions = {},
): NodePoolPayload {
  const applied = withoutReplaced(objects).objects;
  const { hostedCluster, nodePool, diagnostics: missing } = findHosted(applied, scope);
  if (!hostedCluster) return { diagnostics: missing };
  const releases = hostedReleases(hostedCluster, nodePool, options);
  const cluster = clusterMirrors(applied, hostedCluster, releases.hostedCluster.version, options);
  const pool = nodePoolConfig(applied, nodePool, scope.hostedCluster.namespace, releases.nodePool.version);
  const diagnostics = [...missing, ...cluster.diagnostics, ...pool.diagnostics];
  if (diagnostics.some(({ severity }) => severity === 'error')) return { diagnostics };
  const mirrors = { name: mirrorConfigName, config: clusterMirrorText(cluster.digest, cluster.tag) };
  const configs = [...coreTexts(applied, scope), mirrors, ...pool.configMaps.map(configText)];
  const { raw } = rawConfig(configs);
  if (raw === undefined) return { diagnostics: [...diagnostics, unusableCore(scope)] };
  const version = releases.nodePool.version ?? options.assumedVersion;
  return { raw, hashes: version && hashesOf(raw, version, hostedCluster, nodePool, pool), diagnostics };
}

const coreLabel = 'hypershift.openshift.io/core-ignition-config';

/** Core ConfigMaps among the objects; the one with the mirrors is always made anew. */
function coreTexts(objects: readonly LocatedObject[], { hostedCluster }: HostedScope): readonly ConfigText[] {
  const namespace = controlPlaneNamespace(hostedCluster);
  return objectsOfKind(objects, configMapKind)
    .filter(({ object }) => {
      const { name, labels = {} } = object.metadata;
      return object.metadata.namespace === namespace && labels[coreLabel] === 'true' && name !== mirrorConfigName;
    })
    .map(configText);
}

function configText(configMap: LocatedObject): ConfigText {
  return { name: String(configMap.object.metadata.name), config: textAt(configMap, ['data', 'config']) };
}

function hashesOf(
  raw: string,
  version: ReleaseVersion,
  hostedCluster: LocatedObject,
  nodePool: LocatedObject | undefined,
  pool: NodePoolConfig,
): RolloutHashes {
  const { spec } = hostedCluster.object as { spec?: unknown };
  const part = (name: string): unknown => valueAt(spec, [name]);
  const globalConfig = globalConfigText(
    { configuration: part('configuration'), networking: part('networking'), platform: part('platform') },
    version,
  );
  return rolloutHashes({
    rawConfig: raw,
    releaseVersion: version.text,
    pullSecretName: textAt(hostedCluster, ['spec', 'pullSecret', 'name']) ?? '',
    additionalTrustBundleName: textAt(hostedCluster, ['spec', 'additionalTrustBundle', 'name']) ?? '',
    globalConfig,
    rhelStream: nonDefaultStream(nodePool, version, pool),
  });
}

/** Naming the OS stream that the release takes anyway must not roll nodes. Those with runc stay on the older one. */
function nonDefaultStream(
  nodePool: LocatedObject | undefined,
  version: ReleaseVersion,
  { containerRuntimeConfigs }: NodePoolConfig,
): string {
  const runtimePath = ['spec', 'containerRuntimeConfig', 'defaultRuntime'];
  const usesRunc = containerRuntimeConfigs.some((config) => valueAt(config.object, runtimePath) === 'runc');
  const standard = version.major >= 5 && !usesRunc ? 'rhel-10' : 'rhel-9';
  const stream = textAt(nodePool, ['spec', 'osImageStream', 'name']) ?? '';
  return stream === standard ? '' : stream;
}

function unusableCore({ hostedCluster }: HostedScope): Diagnostic {
  const name = `${hostedCluster.namespace}/${hostedCluster.name}`;
  const message = `a core ConfigMap of the HostedCluster "${name}" holds a document that cannot be used`;
  return { code: 'node-pool-config-invalid', severity: 'error', message };
}
