import { gunzipSync } from 'node:zlib';
import { decodePayload, marks, renderedConfigName } from '@pullpath/pull-config';
import type { ApiCluster } from '../../manager/api-cluster.ts';
import { ownedObjects } from '../../manager/owned-objects.ts';
import { machineConfigs, nodes } from '../../resources.ts';
import { ensureKinds } from '../guest/ensure-kinds.ts';
import type { Payload } from './payload.ts';
import type { Environment } from './reconcile.ts';
import { decoded } from './secret-data.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * The MachineConfig that agents of the hosted cluster take: what machines boot with, under the name of its hash. It is
 * written once; earlier ones go when no node has them or is to have them.
 */
export async function ensureRenderedConfig(
  _environment: Environment,
  api: ApiCluster,
  { pool }: Surroundings,
  { hash, token }: Payload,
): Promise<void> {
  const name = renderedConfigName(pool.metadata.name, hash);
  const configs = ownedObjects(api, machineConfigs);
  const config = ignitionOf(decoded(token, 'payload'));
  if (config !== undefined && !configs.get(name)) {
    await ensureKinds(api);
    const labels = { [marks.managed]: 'true', [marks.nodePool]: pool.metadata.name };
    await configs.ensure({ metadata: { name, labels }, spec: { config } });
  }
  await removeUnused(api, pool.metadata.name, name);
}

function ignitionOf(payload: string | undefined): unknown {
  if (payload === undefined) return undefined;
  const read = decodePayload(payload, { gzip: (bytes) => bytes, gunzip: (bytes) => gunzipSync(bytes) });
  return read.ok ? JSON.parse(read.raw) : undefined;
}

async function removeUnused(api: ApiCluster, nodePool: string, target: string): Promise<void> {
  const ofPool = ownedObjects(api, nodes).byIndex('nodePool', nodePool);
  const used = new Set(ofPool.flatMap(({ metadata }) => Object.values(metadata.annotations ?? {})));
  const configs = ownedObjects(api, machineConfigs);
  for (const config of configs.byIndex('nodePool', nodePool))
    if (config.metadata.name !== target && !used.has(config.metadata.name)) await configs.remove(config);
}
