import { setTimeout as sleep } from 'node:timers/promises';
import {
  getImageMirrorsStatus,
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
      { name: 'source', kind: 'list', description: 'That there are mirrors of these sources' },
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
  await checkSources(client, cluster, sources);
  for (let told = ''; ; ) {
    const waiting = await waitingPools(client, cluster);
    if (waiting === '') return;
    if (waiting !== told) session.reporter.info(`Waiting for ${waiting}`);
    told = waiting;
    if (performance.now() - start + pollMs > timeoutMs) throw new RosaFailure(`Timed out waiting for ${waiting}`);
    await sleep(pollMs);
  }
}

async function checkSources(client: OcmClient, cluster: string, sources: readonly string[]): Promise<void> {
  if (sources.length === 0) return;
  const mirrors = await doing('failed to list image mirrors', () => listImageMirrors(client, cluster));
  const missing = sources.filter((source) => !mirrors.some((mirror) => mirror.source === source));
  if (missing.length > 0) throw new RosaFailure(`There is no image mirror of '${missing.join("', '")}'`);
}

/** The pools that do not have the mirrors yet, in words; a cluster without pools has none. */
async function waitingPools(client: OcmClient, cluster: string): Promise<string> {
  const { state, node_pools: pools } = await statusOf(client, cluster);
  const waiting = pools.filter(({ updated }) => !updated);
  const text = waiting.map(({ id, message = '' }) => `node pool '${id}': ${message}`).join('; ');
  if (state === 'failed') throw new RosaFailure(`The image mirrors do not reach their nodes: ${text}`);
  return text;
}

async function statusOf(client: OcmClient, cluster: string): Promise<MirrorStatus> {
  try {
    return await getImageMirrorsStatus(client, cluster);
  } catch (cause) {
    if (isNotFound(cause)) throw new RosaFailure('This API does not tell which nodes have a mirror', { cause });
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new RosaFailure(`failed to get the status of the image mirrors: ${why}`, { cause });
  }
}
