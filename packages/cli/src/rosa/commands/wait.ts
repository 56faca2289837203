import { setTimeout as sleep } from 'node:timers/promises';
import {
  getImageMirrorStatus,
  type ImageMirror,
  isNotFound,
  listImageMirrors,
  type MirrorStatus,
  type OcmClient,
} from '@pullpath/ocm-api/client';
import type { RosaCommand } from '../command-line.ts';
import { doing, RosaFailure } from '../failure.ts';
import { findCluster } from '../find-cluster.ts';
import type { Session } from '../session.ts';
import { clusterFlag } from './shared-flags.ts';

const pollMs = 1_000;

export function waitCommand(session: Session): RosaCommand {
  return {
    name: 'wait',
    description: 'Wait until the nodes of a cluster have its image mirrors (our addition)',
    flags: [
      clusterFlag,
      { name: 'source', kind: 'list', description: 'For the mirrors of these sources alone' },
      { name: 'timeout', description: 'Seconds until it gives up', default: '3600' },
    ],
    run: async (values) => {
      const timeout = Number(values.text('timeout'));
      if (!(timeout > 0))
        throw new RosaFailure(`--timeout must be a number of seconds, not '${values.text('timeout')}'`);
      const [client, key] = [await session.client(), values.text('cluster')];
      const { id } = await findCluster(client, key);
      await untilReady(session, client, id, { sources: values.list('source'), timeoutMs: timeout * 1000 });
      session.reporter.info(`The nodes of cluster '${key}' have its image mirrors`);
      return 0;
    },
  };
}

interface Wait {
  readonly sources: readonly string[];
  readonly timeoutMs: number;
}

async function untilReady(
  session: Session,
  client: OcmClient,
  cluster: string,
  { sources, timeoutMs }: Wait,
): Promise<void> {
  const start = performance.now();
  for (let told = ''; ; ) {
    const waiting = await waitingPools(client, cluster, await mirrorsOf(client, cluster, sources));
    if (waiting.length === 0) return;
    const text = waiting.join('; ');
    if (text !== told) session.reporter.info(`Waiting for ${text}`);
    told = text;
    if (performance.now() - start + pollMs > timeoutMs) throw new RosaFailure(`Timed out waiting for ${text}`);
    await sleep(pollMs);
  }
}

async function mirrorsOf(
  client: OcmClient,
  cluster: string,
  sources: readonly string[],
): Promise<readonly ImageMirror[]> {
  const mirrors = await doing('failed to list image mirrors', () => listImageMirrors(client, cluster));
  const missing = sources.filter((source) => !mirrors.some((mirror) => mirror.source === source));
  if (missing.length > 0) throw new RosaFailure(`There is no image mirror of '${missing.join("', '")}'`);
  return sources.length === 0 ? mirrors : mirrors.filter(({ source }) => sources.includes(source));
}

// Pools take all mirrors of a cluster at once, but one may be newer than another.
async function waitingPools(
  client: OcmClient,
  cluster: string,
  mirrors: readonly ImageMirror[],
): Promise<readonly string[]> {
  const pools = new Map<string, string>();
  for (const { id, source } of mirrors) {
    const status = await statusOf(client, cluster, id);
    if (status.state === 'failed')
      throw new RosaFailure(`Image mirror of '${source}' does not reach its nodes: ${poolTexts(status).join('; ')}`);
    for (const { id: pool, message = '' } of status.node_pools.filter(({ updated }) => !updated))
      pools.set(pool, message);
  }
  return [...pools].map(([pool, message]) => `node pool '${pool}': ${message}`);
}

async function statusOf(client: OcmClient, cluster: string, id: string): Promise<MirrorStatus> {
  try {
    return await getImageMirrorStatus(client, cluster, id);
  } catch (error) {
    if (isNotFound(error)) throw new RosaFailure('This API does not tell which nodes have a mirror', { cause: error });
    throw new RosaFailure(
      `failed to get the status of image mirror '${id}': ${error instanceof Error ? error.message : ''}`,
      { cause: error },
    );
  }
}

function poolTexts({ node_pools: pools }: MirrorStatus): readonly string[] {
  return pools.filter(({ updated }) => !updated).map(({ id, message = '' }) => `node pool '${id}': ${message}`);
}
