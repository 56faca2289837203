import { valueAt } from '@pullpath/api';
import { findCondition } from '@pullpath/kube-client';
import { clusterIdOf, type NodePool } from '../../hosted-clusters/objects.ts';
import { type Call, clusterOfPath, parameter } from '../call.ts';
import { hrefs } from '../hrefs.ts';
import { ok, type ServiceAnswer } from '../http.ts';
import { pageOf } from '../list/page.ts';
import { notFound } from '../refusal.ts';
import type { Route } from '../routes.ts';
import { conditionsOf } from './cluster-state.ts';

const collection = '/api/clusters_mgmt/v1/clusters/{cluster}/node_pools';

/** The pools of a cluster, to be read: which nodes a change will reach. */
export const nodePoolRoutes: readonly Route[] = [
  { path: collection, methods: { GET: list } },
  { path: `${collection}/{pool}`, methods: { GET: get } },
];

async function list(call: Call): Promise<ServiceAnswer> {
  return ok(pageOf({ kind: 'NodePoolList', items: await poolsOf(call), isField }, call.request.query));
}

async function get(call: Call): Promise<ServiceAnswer> {
  const id = parameter(call, 'pool');
  const found = (await poolsOf(call)).find((pool) => pool.id === id);
  if (!found) throw notFound(`Node pool '${id}' not found`);
  return ok(found);
}

async function poolsOf(call: Call): Promise<readonly ReturnType<typeof poolView>[]> {
  const cluster = await clusterOfPath(call);
  return (await call.service.store.nodePools(cluster)).map((pool) => poolView(clusterIdOf(cluster), pool));
}

/** A NodePool as the API shows it (clusters_mgmt v1 `NodePool`). */
function poolView(clusterId: string, pool: NodePool) {
  const id = pool.metadata.name ?? '';
  const upgradeType = valueAt(pool, ['spec', 'management', 'upgradeType']);
  return {
    kind: 'NodePool',
    id,
    href: hrefs.nodePool(clusterId, id),
    replicas: Number(pool.spec?.replicas ?? 0),
    management_upgrade: { type: upgradeType === 'InPlace' ? 'InPlace' : 'Replace' },
    status: {
      current_replicas: Number(valueAt(pool, ['status', 'replicas']) ?? 0),
      message: findCondition(conditionsOf(pool), 'Ready')?.message ?? '',
    },
  };
}

function isField(name: string): boolean {
  return ['id', 'replicas'].includes(name);
}
