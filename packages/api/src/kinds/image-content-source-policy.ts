import { listOf, object, text } from './fields.ts';
import type { KindDefinition } from './kind.ts';
import { resource } from './resource.ts';

const entry = object(
  {
    source: text('Repository or registry that image references name. The server checks no pattern.'),
    mirrors: listOf(
      text('Where the same content lies.'),
      'Tried in this order before the source, for pulls by digest.',
    ),
  },
  'One source and its mirrors.',
  { required: ['source'] },
);

/** openshift/api `operator/v1alpha1` ImageContentSourcePolicy: the predecessor of ImageDigestMirrorSet, without any checks. */
export const imageContentSourcePolicy: KindDefinition = {
  group: 'operator.openshift.io',
  version: 'v1alpha1',
  kind: 'ImageContentSourcePolicy',
  plural: 'imagecontentsourcepolicies',
  singular: 'imagecontentsourcepolicy',
  // Upstream has none, yet people and documents write it.
  shortNames: ['icsp'],
  scope: 'Cluster',
  subresources: { status: true },
  schema: resource(
    'Mirrors for images that are pulled by digest; superseded by ImageDigestMirrorSet.',
    {
      spec: object(
        { repositoryDigestMirrors: listOf(entry, 'Which mirrors stand in for which source.') },
        'The mirrors.',
      ),
    },
    { required: ['spec'] },
  ),
};
