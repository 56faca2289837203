import { clusterIdOf, type HostedCluster } from '../../hosted-clusters/objects.ts';
import { allowedClusterId, bodyOf, type Call, clusterOfPath, maySee } from '../call.ts';
import { created, noContent, ok, type ServiceAnswer } from '../http.ts';
import { pageOf } from '../list/page.ts';
import type { OcmService } from '../ocm-service.ts';
import { conflict, Refusal } from '../refusal.ts';
import { trustedCaName } from '../registry-config/change-registry-config.ts';
import type { Route } from '../routes.ts';
import { type ClusterDetails, clusterView, isClusterField } from './cluster-view.ts';
import { newCluster } from './new-cluster.ts';
import { nodePoolRoutes } from './node-pool-routes.ts';
import { patchCluster } from './patch-cluster.ts';

const collection = '/api/clusters_mgmt/v1/clusters';

export const clusterRoutes: readonly Route[] = [
  { path: collection, methods: { GET: list, POST: create } },
  { path: `${collection}/{cluster}`, methods: { GET: get, PATCH: patch, DELETE: remove } },
  { path: `${collection}/{cluster}/control_plane/log_forwarders`, methods: { GET: logForwarders } },
  { path: `${collection}/{cluster}/delete_protection`, methods: { GET: deleteProtection } },
  ...nodePoolRoutes,
];

async function list({ service, request, grantee }: Call): Promise<ServiceAnswer> {
  const clusters = (await service.store.list()).filter((cluster) => maySee(grantee, clusterIdOf(cluster)));
  const views = await Promise.all(
    clusters.map(async (cluster) => clusterView(cluster, await linkedCertificates(service, cluster))),
  );
  return ok(pageOf({ kind: 'ClusterList', items: views, isField: isClusterField }, request.query));
}

async function get(call: Call): Promise<ServiceAnswer> {
  const cluster = await clusterOfPath(call);
  return ok(clusterView(cluster, await detailsOf(call.service, cluster)));
}

async function create(call: Call): Promise<ServiceAnswer> {
  const { service, grantee } = call;
  if (grantee.clusters !== undefined)
    throw new Refusal(
      403,
      `Account '${grantee.username}' is not allowed to create clusters: its token is for some of them alone`,
    );
  const { cluster, nodePool, certificates } = newCluster(await bodyOf(call), service.newId());
  const taken = (await service.store.list()).some(({ metadata }) => metadata.name === cluster.metadata.name);
  if (taken) throw conflict(`Cluster '${cluster.metadata.name}' already exists`);
  const made = await service.store.create(cluster, nodePool);
  if (Object.keys(certificates).length > 0) await service.store.saveConfigMap(made, trustedCaName(made), certificates);
  return created(clusterView(made, { trustedCa: certificates }));
}

async function patch(call: Call): Promise<ServiceAnswer> {
  const cluster = await patchCluster(call.service, allowedClusterId(call), await bodyOf(call));
  return ok(clusterView(cluster, await detailsOf(call.service, cluster)));
}

async function remove(call: Call): Promise<ServiceAnswer> {
  await call.service.store.delete(await clusterOfPath(call));
  return noContent;
}

/** Asked for by the published provider; there are none. */
async function logForwarders(call: Call): Promise<ServiceAnswer> {
  await clusterOfPath(call);
  return ok(pageOf({ kind: 'LogForwarderList', items: [], isField: () => false }, call.request.query));
}

/** Asked for by the published provider; a HostedCluster has none. */
async function deleteProtection(call: Call): Promise<ServiceAnswer> {
  const cluster = await clusterOfPath(call);
  return ok({
    kind: 'DeleteProtection',
    href: `${collection}/${clusterIdOf(cluster)}/delete_protection`,
    enabled: false,
  });
}

async function detailsOf(service: OcmService, cluster: HostedCluster): Promise<ClusterDetails> {
  return { pools: await service.store.nodePools(cluster), ...(await linkedCertificates(service, cluster)) };
}

async function linkedCertificates(service: OcmService, cluster: HostedCluster): Promise<ClusterDetails> {
  const name = cluster.spec?.configuration?.image?.additionalTrustedCA?.name;
  return name ? { trustedCa: await service.store.configMap(cluster, name) } : {};
}
