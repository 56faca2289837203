import { getImageMirror, isNotFound } from '@pullpath/ocm-api/client';
import { Failure } from '../../framework/diagnostic.ts';
import type { Call } from '../../framework/resource.ts';
import type { Context } from '../../provider/context.ts';
import { reasonOf } from '../../provider/reason.ts';
import type { ObjectValue } from '../../wire/values.ts';
import { mirrorState, stateRead } from './state.ts';

/** The mirror as the server has it; null where the server says 404. */
export async function readImageMirror(
  state: ObjectValue,
  { context, signal }: Call<Context>,
): Promise<ObjectValue | null> {
  const { clusterId, id } = mirrorState(state);
  const client = context.client();
  try {
    return stateRead(state, await getImageMirror(client, clusterId, id, { signal }));
  } catch (cause) {
    if (isNotFound(cause)) return null;
    const detail = `Could not read image mirror '${id}' for cluster '${clusterId}': ${reasonOf(cause)}`;
    throw new Failure('Failed to Read Image Mirror', detail, { cause });
  }
}
