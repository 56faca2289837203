import type { JsonMap } from '../../schema/json.ts';
import type { Schema } from '../../schema/schema.ts';
import { object, text } from '../fields.ts';
import type { KindDefinition } from '../kind.ts';
import { checkImageSet } from './check.ts';
import { lengthAt, mapAt } from './read.ts';
import * as v1 from './v1-fields.ts';
import * as v2 from './v2-fields.ts';

const typeMeta = {
  apiVersion: text('Version of the format.'),
  kind: text('ImageSetConfiguration or DeleteImageSetConfiguration.'),
  // Loading gives every document a metadata; what stands in it is refused.
  metadata: object({}, 'Not part of the format.'),
} as const satisfies Record<string, Schema>;

const common = { group: 'mirror.openshift.io', scope: 'Cluster', ignoresFieldCase: true } as const;

const imageSet = {
  ...common,
  kind: 'ImageSetConfiguration',
  plural: 'imagesetconfigurations',
  singular: 'imagesetconfiguration',
};

/** oc-mirror v1 `v1alpha2` ImageSetConfiguration: a file, not a resource of any server. */
export const imageSetConfigurationV1: KindDefinition = {
  ...imageSet,
  version: 'v1alpha2',
  schema: object(
    { ...typeMeta, mirror: v1.mirrorContent, archiveSize: v2.archiveSize, storageConfig: v1.storageConfig },
    'What oc-mirror v1 copies.',
    { required: ['mirror'] },
  ),
};

/** oc-mirror v2 `v2alpha1` ImageSetConfiguration. */
export const imageSetConfigurationV2: KindDefinition = {
  ...imageSet,
  version: 'v2alpha1',
  schema: object({ ...typeMeta, mirror: v2.mirrorContent, archiveSize: v2.archiveSize }, 'What oc-mirror v2 copies.', {
    required: ['mirror'],
  }),
  check: checkImageSet,
};

/** oc-mirror v2 `v2alpha1` DeleteImageSetConfiguration. */
export const deleteImageSetConfiguration: KindDefinition = {
  ...common,
  version: 'v2alpha1',
  kind: 'DeleteImageSetConfiguration',
  plural: 'deleteimagesetconfigurations',
  singular: 'deleteimagesetconfiguration',
  schema: object({ ...typeMeta, delete: v2.deleteContent }, 'What oc-mirror v2 deletes at the destination.', {
    required: ['delete'],
  }),
  check: checkImageSet,
};

/**
 * A DeleteImageSetConfiguration with channels but no architectures means amd64; the architectures in effect (oc-mirror v2
 * `completeReleaseArchitecturesDelete`).
 */
export function withDeleteDefaults(configuration: JsonMap): JsonMap {
  const content = mapAt(configuration, 'delete');
  const platform = mapAt(content, 'platform');
  if (lengthAt(platform, 'channels') === 0 || lengthAt(platform, 'architectures') > 0) return configuration;
  return { ...configuration, delete: { ...content, platform: { ...platform, architectures: ['amd64'] } } };
}
