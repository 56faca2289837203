import type { Schema } from '../../framework/schema.ts';
import { atLeast, oneOf } from '../../framework/validators.ts';

/** `rhcs_image_mirror`: one source of one cluster with its mirrors. */
export const imageMirrorSchema: Schema = {
  version: 0,
  description: 'Manages image mirror configurations for ROSA HCP clusters',
  attributes: {
    cluster_id: {
      description: 'The ID of the ROSA cluster',
      mode: 'required',
      type: 'string',
      onChange: 'replace',
    },
    type: {
      description: "The type of mirror (only 'digest' is currently supported)",
      mode: 'optional-computed',
      type: 'string',
      default: 'digest',
      validators: [oneOf(['digest'])],
    },
    source: {
      description: 'The source registry that will be mirrored',
      mode: 'required',
      type: 'string',
      onChange: 'replace',
    },
    mirrors: {
      description:
        'List of mirror registries that will serve content for the source, in the order in which they are tried',
      mode: 'required',
      type: ['list', 'string'],
      validators: [atLeast(1)],
    },
    id: {
      description: 'The unique identifier of the image mirror',
      mode: 'computed',
      type: 'string',
      keepsPrior: true,
    },
    creation_timestamp: {
      description: 'Timestamp when the image mirror was created',
      mode: 'computed',
      type: 'string',
    },
    last_update_timestamp: {
      description: 'Timestamp when the image mirror was last updated',
      mode: 'computed',
      type: 'string',
    },
  },
};
