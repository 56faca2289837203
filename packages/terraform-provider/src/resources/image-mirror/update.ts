import { patchImageMirror } from '@pullpath/ocm-api/client';
import { Failure } from '../../framework/diagnostic.ts';
import type { Applied, Call } from '../../framework/resource.ts';
import type { Context } from '../../provider/context.ts';
import { reasonOf } from '../../provider/reason.ts';
import { retryConflicts } from '../../provider/retry.ts';
import type { ObjectValue } from '../../wire/values.ts';
import { mirrorState, stateWritten } from './state.ts';

/** Replaces mirrors and type; the cluster is not looked at. */
export async function updateImageMirror(
  prior: ObjectValue,
  planned: ObjectValue,
  { context, signal }: Call<Context>,
): Promise<Applied> {
  const { clusterId, id } = mirrorState(prior);
  const { mirrors, type } = mirrorState(planned);
  const client = context.client();
  const write = () => patchImageMirror(client, clusterId, id, { mirrors, type }, { signal });
  try {
    const mirror = await context.writes(clusterId, () => (context.published ? write() : retryConflicts(write, signal)));
    return { state: stateWritten(planned, mirror, prior, context.published) };
  } catch (cause) {
    throw new Failure('Failed to Update Image Mirror', `Could not update image mirror '${id}': ${reasonOf(cause)}`, {
      cause,
    });
  }
}
