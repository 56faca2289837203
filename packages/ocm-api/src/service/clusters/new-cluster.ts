import { valueAt } from '@pullpath/api';
import type { HostedCluster, NodePool } from '../../hosted-clusters/objects.ts';
import { annotations } from '../annotations.ts';
import { badRequest } from '../refusal.ts';
import { changeRegistryConfig } from '../registry-config/change-registry-config.ts';
import { readRegistryConfig } from '../registry-config/registry-config-input.ts';
import { type Members, withMembers } from './cluster-members.ts';

/** Where clusters of the API are made; those of kubectl may be anywhere. */
const namespace = 'clusters';

/** What a `POST /clusters` makes. */
export interface NewCluster {
  readonly cluster: HostedCluster;
  readonly nodePool: NodePool;
  /** Data of the ConfigMap of its `additionalTrustedCA`. */
  readonly certificates: Readonly<Record<string, string>>;
}

/**
 * The HostedCluster and its first NodePool for a `POST /clusters`. Members that they have no field for are kept beside them.
 * Throws a 400.
 */
export function newCluster(body: Members, id: string): NewCluster {
  checkHosted(body);
  const name = readName(body['name']);
  const image = `quay.io/openshift-release-dev/ocp-release:${readVersion(body)}-x86_64`;
  const metadata = { namespace, name, annotations: withMembers(undefined, body) };
  const spec = {
    clusterID: id,
    release: { image },
    pullSecret: { name: `${name}-pull-secret` },
    platform: { type: 'None' },
  };
  const nodePool = firstPool(name, image, readReplicas(body));
  return { ...withRegistryConfig({ metadata, spec }, body['registry_config'] ?? {}), nodePool };
}

function withRegistryConfig(cluster: HostedCluster, config: unknown): Omit<NewCluster, 'nodePool'> {
  const { image, allowlist, certificates = {} } = changeRegistryConfig(cluster, readRegistryConfig(config));
  const given = withoutNulls(image);
  const configuration = Object.keys(given).length === 0 ? {} : { configuration: { image: given } };
  const own = allowlist ? { [annotations.platformAllowlist]: allowlist } : {};
  const metadata = { ...cluster.metadata, annotations: { ...cluster.metadata.annotations, ...own } };
  return { cluster: { metadata, spec: { ...cluster.spec, ...configuration } }, certificates };
}

// A new object has nothing that null would remove.
function withoutNulls(members: Members): Members {
  const given = Object.entries(members).filter(([, value]) => value !== null);
  return Object.fromEntries(
    given.map(([name, value]) => [
      name,
      typeof value === 'object' && !Array.isArray(value) ? withoutNulls(value as Members) : value,
    ]),
  );
}

function firstPool(clusterName: string, image: string, replicas: number): NodePool {
  const management = { upgradeType: 'Replace' };
  return {
    metadata: { namespace, name: `${clusterName}-workers` },
    spec: { clusterName, release: { image }, replicas, management, platform: { type: 'None' } },
  };
}

function checkHosted(body: Members): void {
  const product = valueAt(body, ['product', 'id']) ?? 'rosa';
  if (typeof product !== 'string' || product.toLowerCase() !== 'rosa')
    throw badRequest("Only clusters of product 'rosa' can be created here");
  if ((valueAt(body, ['hypershift', 'enabled']) ?? true) !== true)
    throw badRequest('Only Hosted Control Plane clusters can be created here: set hypershift.enabled');
}

function readName(name: unknown): string {
  if (name === undefined || name === '') throw badRequest("Attribute 'name' is mandatory");
  if (typeof name === 'string' && name.length <= 54 && /^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(name)) return name;
  throw badRequest(
    "Attribute 'name' must be of at most 54 lower-case letters, digits and inner hyphens, and begin with a letter",
  );
}

const defaultVersion = '4.21.0';

function readVersion(body: Members): string {
  const id = valueAt(body, ['version', 'raw_id']) ?? valueAt(body, ['version', 'id']) ?? defaultVersion;
  const version = typeof id === 'string' ? id.replace(/^openshift-v/, '') : '';
  if (/^\d{1,3}\.\d{1,3}\.\d{1,4}(-[a-z0-9.-]{1,40})?$/.test(version)) return version;
  throw badRequest("Attribute 'version.id' must be a release like 'openshift-v4.21.0'");
}

const mostReplicas = 500;

function readReplicas(body: Members): number {
  const replicas = valueAt(body, ['nodes', 'compute']) ?? 2;
  if (typeof replicas === 'number' && Number.isInteger(replicas) && replicas >= 0 && replicas <= mostReplicas)
    return replicas;
  throw badRequest(`Attribute 'nodes.compute' must be a whole number of at most ${mostReplicas}`);
}
