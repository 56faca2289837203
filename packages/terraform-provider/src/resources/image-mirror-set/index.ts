import { isNotFound, listImageMirrors } from '@pullpath/ocm-api/client';
import { Failure } from '../../framework/diagnostic.ts';
import type { Call, Resource } from '../../framework/resource.ts';
import type { Context } from '../../provider/context.ts';
import { reasonOf } from '../../provider/reason.ts';
import type { ObjectValue } from '../../wire/values.ts';
import { previewSet } from './preview.ts';
import { reconcileMirrors } from './reconcile.ts';
import { imageMirrorSetSchema } from './schema.ts';
import { mapOf, setState } from './state.ts';

/** `rhcs_image_mirror_set`. */
export const imageMirrorSet: Resource<Context> = {
  schema: imageMirrorSetSchema,
  preview: previewSet,
  create: async (planned, call) => ({ state: await written(planned, call) }),
  update: async (_, planned, call) => ({ state: await written(planned, call) }),
  delete: (prior, call) => reconcileMirrors(setState(prior).clusterId, {}, call),
  read: readSet,
  importState: (id) => {
    if (id === '' || id.includes(':')) throw new Failure('Invalid Import ID', "Import ID must be the cluster's id");
    return { cluster_id: id, id };
  },
};

async function written(planned: ObjectValue, call: Call<Context>): Promise<ObjectValue> {
  const { clusterId, mirrors } = setState(planned);
  await reconcileMirrors(clusterId, mirrors, call);
  return { ...planned, id: clusterId };
}

async function readSet(state: ObjectValue, { context, signal }: Call<Context>): Promise<ObjectValue | null> {
  const { clusterId } = setState(state);
  const client = context.client();
  try {
    return { ...state, mirrors: mapOf(await listImageMirrors(client, clusterId, { signal })) };
  } catch (cause) {
    if (isNotFound(cause)) return null;
    const detail = `Could not list image mirrors for cluster '${clusterId}': ${reasonOf(cause)}`;
    throw new Failure('Failed to Read Image Mirrors', detail, { cause });
  }
}
