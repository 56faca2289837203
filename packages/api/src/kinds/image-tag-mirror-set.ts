import { object } from './fields.ts';
import type { KindDefinition } from './kind.ts';
import { mirrorEntries } from './mirrors.ts';
import { resource } from './resource.ts';

/** openshift/api `config/v1` ImageTagMirrorSet. */
export const imageTagMirrorSet: KindDefinition = {
  group: 'config.openshift.io',
  version: 'v1',
  kind: 'ImageTagMirrorSet',
  plural: 'imagetagmirrorsets',
  singular: 'imagetagmirrorset',
  shortNames: ['itms'],
  scope: 'Cluster',
  subresources: { status: true },
  schema: resource(
    'Mirrors for images that are pulled by tag.',
    {
      spec: object({ imageTagMirrors: mirrorEntries('tag') }, 'The mirrors.'),
      status: object({}, 'Holds nothing.'),
    },
    { required: ['spec'] },
  ),
};
