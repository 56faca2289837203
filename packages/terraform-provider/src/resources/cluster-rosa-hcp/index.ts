import { deleteCluster, getCluster, isNotFound, patchCluster } from '@pullpath/ocm-api/client';
import { Failure } from '../../framework/diagnostic.ts';
import type { Applied, Call, Resource } from '../../framework/resource.ts';
import type { Context } from '../../provider/context.ts';
import { reasonOf } from '../../provider/reason.ts';
import { retryConflicts } from '../../provider/retry.ts';
import { equal, type ObjectValue, textAt } from '../../wire/values.ts';
import { clusterChange } from './body.ts';
import { createHostedCluster } from './create.ts';
import { clusterSchema } from './schema.ts';
import { clusterRead, clusterWritten } from './state.ts';
import { waitUntilGone } from './wait.ts';

/** `rhcs_cluster_rosa_hcp`. */
export const clusterRosaHcp: Resource<Context> = {
  schema: clusterSchema,
  create: createHostedCluster,
  read: readCluster,
  update: updateCluster,
  delete: destroyCluster,
  importState: (id) => ({ id }),
};

async function readCluster(state: ObjectValue, { context, signal }: Call<Context>): Promise<ObjectValue | null> {
  const id = textAt(state, 'id');
  const client = context.client();
  try {
    return clusterRead(state, await getCluster(client, id, { signal }));
  } catch (cause) {
    if (isNotFound(cause)) return null;
    throw new Failure("Can't find cluster", `Can't find cluster with identifier '${id}': ${reasonOf(cause)}`, {
      cause,
    });
  }
}

// Arguments without a place in the API, such as timeouts, change in state only.
async function updateCluster(
  prior: ObjectValue,
  planned: ObjectValue,
  { context, signal }: Call<Context>,
): Promise<Applied> {
  const id = textAt(prior, 'id');
  const client = context.client();
  const change = clusterChange(prior, planned, (name) => !equal(prior[name], planned[name]));
  const write = () =>
    change === undefined ? getCluster(client, id, { signal }) : patchCluster(client, id, change, { signal });
  try {
    const cluster = await context.writes(id, () => retryConflicts(write, signal));
    return { state: clusterWritten(planned, cluster) };
  } catch (cause) {
    throw new Failure("Can't update cluster", `Can't update cluster with identifier '${id}': ${reasonOf(cause)}`, {
      cause,
    });
  }
}

async function destroyCluster(prior: ObjectValue, { context, signal }: Call<Context>): Promise<void> {
  const id = textAt(prior, 'id');
  const client = context.client();
  try {
    await context.writes(id, () => retryConflicts(() => deleteCluster(client, id, { signal }), signal));
    if (prior['disable_waiting_in_destroy'] === true) return;
    await waitUntilGone(client, id, { minutes: Number(prior['destroy_timeout'] ?? 60), signal });
  } catch (cause) {
    if (isNotFound(cause)) return;
    if (cause instanceof Failure) throw cause;
    throw new Failure("Can't delete cluster", `Can't delete cluster with identifier '${id}': ${reasonOf(cause)}`, {
      cause,
    });
  }
}
