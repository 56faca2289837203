import type { ClusterPatch } from '../../hosted-clusters/cluster-store.ts';
import type { HostedCluster } from '../../hosted-clusters/objects.ts';
import { annotations } from '../annotations.ts';
import type { OcmService } from '../ocm-service.ts';
import { badRequest } from '../refusal.ts';
import { changeRegistryConfig, trustedCaName } from '../registry-config/change-registry-config.ts';
import { readRegistryConfig } from '../registry-config/registry-config-input.ts';
import { writeCluster } from '../write-cluster.ts';
import { type Members, withMembers } from './cluster-members.ts';
import { clusterView } from './cluster-view.ts';

/** Changes a cluster: `registry_config` in the HostedCluster, the rest beside it. Throws a 400 for what cannot change. */
export function patchCluster(service: OcmService, id: string, body: Members): Promise<HostedCluster> {
  return writeCluster(service, id, async (cluster) => {
    checkImmutable(cluster, body);
    const members = withMembers(cluster, body);
    const config = body['registry_config'];
    if (config === undefined || config === null) return { annotations: members };
    const registry = await registryPatch(service, cluster, config);
    return { ...registry, annotations: { ...members, ...registry.annotations } };
  });
}

function checkImmutable(cluster: HostedCluster, body: Members): void {
  const { name } = cluster.metadata;
  if (body['name'] !== undefined && body['name'] !== name) throw badRequest("Attribute 'name' is immutable");
}

async function registryPatch(service: OcmService, cluster: HostedCluster, config: unknown): Promise<ClusterPatch> {
  if (clusterView(cluster).hypershift?.enabled !== true)
    throw badRequest('setting the registry config is only supported for hosted clusters');
  const { image, allowlist, certificates } = changeRegistryConfig(cluster, readRegistryConfig(config));
  // First the certificates, then what names them.
  if (certificates && Object.keys(certificates).length > 0)
    await service.store.saveConfigMap(cluster, trustedCaName(cluster), certificates);
  return {
    ...(Object.keys(image).length === 0 ? {} : { spec: { configuration: { image } } }),
    ...(allowlist === undefined ? {} : { annotations: { [annotations.platformAllowlist]: allowlist } }),
  };
}
