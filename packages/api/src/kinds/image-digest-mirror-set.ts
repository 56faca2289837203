import { object } from './fields.ts';
import type { KindDefinition } from './kind.ts';
import { mirrorEntries } from './mirrors.ts';
import { resource } from './resource.ts';

/** openshift/api `config/v1` ImageDigestMirrorSet. */
export const imageDigestMirrorSet: KindDefinition = {
  group: 'config.openshift.io',
  version: 'v1',
  kind: 'ImageDigestMirrorSet',
  plural: 'imagedigestmirrorsets',
  singular: 'imagedigestmirrorset',
  shortNames: ['idms'],
  scope: 'Cluster',
  subresources: { status: true },
  schema: resource(
    'Mirrors for images that are pulled by digest.',
    {
      spec: object({ imageDigestMirrors: mirrorEntries('digest') }, 'The mirrors.'),
      status: object({}, 'Holds nothing.'),
    },
    { required: ['spec'] },
  ),
};
