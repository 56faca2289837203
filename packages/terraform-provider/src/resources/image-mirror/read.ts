import { Failure } from '../../framework/diagnostic.ts';
import type { Call } from '../../framework/resource.ts';
import type { Context } from '../../provider/context.ts';
import { getMirror } from '../../provider/image-mirrors.ts';
import { isNotFound, reasonOf } from '../../provider/ocm.ts';
import type { ObjectValue } from '../../wire/values.ts';
import { mirrorState, stateRead } from './state.ts';

/** The mirror as the server has it; null where the server says 404. */
export async function readImageMirror(
  state: ObjectValue,
  { context, signal }: Call<Context>,
): Promise<ObjectValue | null> {
  const { clusterId, id } = mirrorState(state);
  const ocm = await context.ocm();
  try {
    return stateRead(state, await getMirror(ocm, clusterId, id, signal));
  } catch (cause) {
    if (isNotFound(cause)) return null;
    const detail = `Could not read image mirror '${id}' for cluster '${clusterId}': ${reasonOf(cause)}`;
    throw new Failure('Failed to Read Image Mirror', detail, { cause });
  }
}
