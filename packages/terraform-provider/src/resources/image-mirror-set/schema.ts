import type { Schema } from '../../framework/schema.ts';
import { atLeast, everyElement } from '../../framework/validators.ts';

/** `rhcs_image_mirror_set`: all mirrors of one cluster. */
export const imageMirrorSetSchema: Schema = {
  version: 0,
  description:
    'All image mirrors of a ROSA HCP cluster. Authoritative: a mirror that is not in the set is removed. Do not use it together with rhcs_image_mirror on the same cluster.',
  attributes: {
    cluster_id: { description: 'The ID of the ROSA cluster', mode: 'required', type: 'string', onChange: 'replace' },
    mirrors: {
      description: 'The mirrors of each source, in the order in which they are tried',
      mode: 'required',
      type: ['map', ['list', 'string']],
      validators: [everyElement(atLeast(1))],
    },
    id: { description: 'The ID of the cluster', mode: 'computed', type: 'string', keepsPrior: true },
  },
};
