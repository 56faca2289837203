import { type Cluster, createCluster, isAlreadyExists, listClusters, type OcmClient } from '@pullpath/ocm-api/client';
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
    const name = textAt(planned, 'name');
    const hint = isAlreadyExists(cause) ? await adoptionHint(client, name, signal) : '';
    throw new Failure("Can't create cluster", `Can't create cluster with name '${name}': ${reasonOf(cause)}${hint}`, {
      cause,
    });
  }
}

// An earlier apply may have been cut short after the server had made it.
async function adoptionHint(client: OcmClient, name: string, signal: AbortSignal): Promise<string> {
  const search = `name = '${name.replaceAll("'", "''")}'`;
  const [existing] = await listClusters(client, { search, signal }).catch(() => []);
  if (existing === undefined) return '';
  return `\n\nTo manage the cluster that is there with this resource, import it:\n\n  terraform import ADDRESS_OF_THIS_RESOURCE ${existing.id}`;
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
