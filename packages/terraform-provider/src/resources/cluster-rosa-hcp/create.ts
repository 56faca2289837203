import { type Cluster, createCluster, type OcmClient } from '@pullpath/ocm-api/client';
import { diagnosticOf, Failure } from '../../framework/diagnostic.ts';
import type { Applied, Call } from '../../framework/resource.ts';
import type { Context } from '../../provider/context.ts';
import { reasonOf } from '../../provider/reason.ts';
import { type ObjectValue, textAt } from '../../wire/values.ts';
import { clusterBody } from './body.ts';
import { clusterWritten } from './state.ts';
import { waitUntilPoolsComplete, waitUntilReady } from './wait.ts';

/** Creates the cluster and waits as configured. What was created stays in state, whatever the wait ends with. */
export async function createHostedCluster(planned: ObjectValue, { context, signal }: Call<Context>): Promise<Applied> {
  const client = context.client();
  const created = await postCluster(client, planned, signal);
  try {
    return { state: clusterWritten(planned, await waited(client, created, planned, signal)) };
  } catch (cause) {
    return { state: clusterWritten(planned, created), diagnostics: [diagnosticOf(cause)] };
  }
}

async function postCluster(client: OcmClient, planned: ObjectValue, signal: AbortSignal): Promise<Cluster> {
  try {
    return await createCluster(client, clusterBody(planned), { signal });
  } catch (cause) {
    const detail = `Can't create cluster with name '${textAt(planned, 'name')}': ${reasonOf(cause)}`;
    throw new Failure("Can't create cluster", detail, { cause });
  }
}

async function waited(
  client: OcmClient,
  created: Cluster,
  planned: ObjectValue,
  signal: AbortSignal,
): Promise<Cluster> {
  if (planned['wait_for_create_complete'] !== true) return created;
  const minutes = (name: string, fallback: number) => Number(planned[name] ?? fallback);
  const clusterMinutes = minutes('max_hcp_cluster_wait_timeout_in_minutes', 45);
  const ready = await waitUntilReady(client, created.id, { minutes: clusterMinutes, signal });
  if (planned['wait_for_std_compute_nodes_complete'] !== true) return ready;
  const poolMinutes = minutes('max_machinepool_wait_timeout_in_minutes', 60);
  await waitUntilPoolsComplete(client, created.id, { minutes: poolMinutes, signal });
  return ready;
}
