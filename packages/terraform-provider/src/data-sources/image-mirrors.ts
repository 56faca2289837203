import { getImageMirrorPage, type ImageMirror, listImageMirrors, type OcmClient } from '@pullpath/ocm-api/client';
import { Failure } from '../framework/diagnostic.ts';
import type { Call, DataSource } from '../framework/resource.ts';
import type { Attribute } from '../framework/schema.ts';
import type { Context } from '../provider/context.ts';
import { reasonOf } from '../provider/reason.ts';
import { stateTimestamp } from '../provider/timestamp.ts';
import { type ObjectValue, textAt } from '../wire/values.ts';

/** `rhcs_image_mirrors`: all mirrors of a cluster, in whatever state it is. */
export const imageMirrors: DataSource<Context> = {
  schema: {
    version: 0,
    description: 'Lists all image mirrors of a ROSA HCP cluster',
    attributes: {
      cluster_id: { description: 'The ID of the ROSA cluster', mode: 'required', type: 'string' },
      image_mirrors: {
        description: 'The image mirrors of the cluster',
        mode: 'computed',
        type: {
          nesting: 'list',
          attributes: {
            id: computed('The unique identifier of the image mirror'),
            type: computed('The type of mirror'),
            source: computed('The source registry that is mirrored'),
            mirrors: {
              description: 'The mirror registries, in the order in which they are tried',
              mode: 'computed',
              type: ['list', 'string'],
            },
            creation_timestamp: computed('Timestamp when the image mirror was created'),
            last_update_timestamp: computed('Timestamp when the image mirror was last updated'),
          },
        },
      },
    },
  },
  read: readImageMirrors,
};

function computed(description: string): Attribute {
  return { description, mode: 'computed', type: 'string' };
}

async function readImageMirrors(config: ObjectValue, { context, signal }: Call<Context>): Promise<ObjectValue> {
  const clusterId = textAt(config, 'cluster_id');
  const client = context.client();
  try {
    const mirrors = await mirrorsOf(client, clusterId, context.published, signal);
    return { ...config, image_mirrors: mirrors.map(mirrorValue) };
  } catch (cause) {
    const detail = `Could not list image mirrors for cluster '${clusterId}': ${reasonOf(cause)}`;
    throw new Failure('Failed to List Image Mirrors', detail, { cause });
  }
}

// The published provider looks at the server's first page only.
async function mirrorsOf(
  client: OcmClient,
  clusterId: string,
  published: boolean,
  signal: AbortSignal,
): Promise<readonly ImageMirror[]> {
  if (!published) return listImageMirrors(client, clusterId, { signal });
  return (await getImageMirrorPage(client, clusterId, { signal })).items;
}

function mirrorValue(mirror: ImageMirror): ObjectValue {
  return {
    id: mirror.id,
    type: mirror.type,
    source: mirror.source,
    mirrors: mirror.mirrors,
    creation_timestamp: stateTimestamp(mirror.creation_timestamp) ?? null,
    last_update_timestamp: stateTimestamp(mirror.last_update_timestamp) ?? null,
  };
}
