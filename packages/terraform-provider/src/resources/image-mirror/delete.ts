import { isNotFound, deleteImageMirror as removeMirror } from '@pullpath/ocm-api/client';
import { Failure } from '../../framework/diagnostic.ts';
import type { Call } from '../../framework/resource.ts';
import type { Context } from '../../provider/context.ts';
import { reasonOf } from '../../provider/reason.ts';
import { retryConflicts } from '../../provider/retry.ts';
import type { ObjectValue } from '../../wire/values.ts';
import { mirrorState } from './state.ts';

/** Removes the mirror; one that is gone already is as good. */
export async function deleteImageMirror(prior: ObjectValue, { context, signal }: Call<Context>): Promise<void> {
  const { clusterId, id } = mirrorState(prior);
  const client = context.client();
  const write = () => removeMirror(client, clusterId, id, { signal });
  try {
    await context.writes(clusterId, () => (context.published ? write() : retryConflicts(write, signal)));
  } catch (cause) {
    if (isNotFound(cause)) return;
    const detail = `Could not delete image mirror '${id}' for cluster '${clusterId}': ${reasonOf(cause)}`;
    throw new Failure('Failed to Delete Image Mirror', detail, { cause });
  }
}
