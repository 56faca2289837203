import { installConfigKind } from '../load/other-documents.ts';
import type { Schema } from '../schema/schema.ts';
import { flag, listOf, object, oneOf, text } from './fields.ts';
import type { KindDefinition } from './kind.ts';
import { mirrorSourcePolicies } from './mirrors.ts';

const source = text('Repository that image references name, without tag or digest.');
const mirrors = listOf(text('Repository that holds the same content.'), 'Tried in this order before the source.');

const schema: Schema = object(
  {
    apiVersion: text('v1.'),
    kind: text('Given when the file is read; the file has none.'),
    metadata: object({ name: text('Name of the cluster.') }, 'Name of the cluster.', { preserveUnknownFields: true }),
    baseDomain: text('Domain below which the cluster gets its names.'),
    imageDigestSources: listOf(
      object(
        {
          source,
          mirrors,
          sourcePolicy: oneOf(mirrorSourcePolicies, 'What happens once every mirror failed.'),
        },
        'One source and its mirrors.',
        { required: ['source'] },
      ),
      'Mirrors for pulls by digest; become the ImageDigestMirrorSet image-digest-mirror.',
    ),
    imageContentSources: listOf(
      object({ source, mirrors }, 'One source and its mirrors.', { required: ['source'] }),
      'Older name of imageDigestSources; deprecated.',
    ),
    additionalTrustBundle: text('Certificates to trust, PEM.'),
    additionalTrustBundlePolicy: oneOf(['', 'Proxyonly', 'Always'], 'Trust them for the proxy only, or for all.'),
    pullSecret: text('Credentials for registries: JSON with `auths`.'),
    fips: flag('The cluster runs in FIPS mode.'),
  },
  'What openshift-install reads; fields beyond these are kept as they are.',
  {
    preserveUnknownFields: true,
    validations: [
      {
        rule: '!(has(self.imageContentSources) && has(self.imageDigestSources))',
        message: 'cannot set imageContentSources and imageDigestSources at the same time',
      },
    ],
  },
);

/** install-config.yaml of openshift-install. It carries no kind, so it is known by its fields, and the loader gives it one. */
export const installConfig: KindDefinition = {
  group: '',
  version: 'v1',
  kind: installConfigKind,
  plural: 'installconfigs',
  singular: 'installconfig',
  scope: 'Cluster',
  schema,
};
