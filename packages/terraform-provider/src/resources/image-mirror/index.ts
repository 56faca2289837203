import { Failure } from '../../framework/diagnostic.ts';
import type { Resource } from '../../framework/resource.ts';
import type { Context } from '../../provider/context.ts';
import { createImageMirror } from './create.ts';
import { deleteImageMirror } from './delete.ts';
import { previewImageMirror } from './preview.ts';
import { readImageMirror } from './read.ts';
import { imageMirrorSchema } from './schema.ts';
import { updateImageMirror } from './update.ts';

/** `rhcs_image_mirror`. */
export const imageMirror: Resource<Context> = {
  schema: imageMirrorSchema,
  preview: previewImageMirror,
  create: createImageMirror,
  read: readImageMirror,
  update: updateImageMirror,
  delete: deleteImageMirror,
  importState: (id) => {
    const [clusterId = '', mirrorId = '', ...more] = id.split(':');
    if (clusterId === '' || mirrorId === '' || more.length > 0) throw new Failure(invalidId.summary, invalidId.detail);
    return { cluster_id: clusterId, id: mirrorId };
  },
};

const invalidId = {
  summary: 'Invalid Import ID',
  detail: "Import ID must be in the format 'cluster_id:image_mirror_id'",
};
