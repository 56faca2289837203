import { conditions } from './conditions.ts';
import { listOf, object, text } from './fields.ts';
import type { KindDefinition } from './kind.ts';
import { resource } from './resource.ts';

const matchImage = text('`host[:port][/path]`; `*` stands for one label of the host.', {
  minLength: 1,
  maxLength: 512,
  validations: [
    { rule: "self != '*'", message: 'must not be * alone' },
    {
      rule: "self.matches(r'^((\\*|[a-z0-9]([a-z0-9-]*[a-z0-9])?)(\\.(\\*|[a-z0-9]([a-z0-9-]*[a-z0-9])?))*)(:[0-9]+)?(/[-a-z0-9._/]*)?$')",
      message: 'must be a lower-case host, with * for whole labels, then port and path',
    },
  ],
});

/** openshift/api `config/v1` CRIOCredentialProviderConfig: the singleton `cluster`. */
export const crioCredentialProviderConfig: KindDefinition = {
  group: 'config.openshift.io',
  version: 'v1',
  kind: 'CRIOCredentialProviderConfig',
  plural: 'criocredentialproviderconfigs',
  singular: 'criocredentialproviderconfig',
  scope: 'Cluster',
  subresources: { status: true },
  schema: resource(
    'For which images pods use the pull secrets of their namespace through mirrors.',
    {
      spec: object(
        { matchImages: listOf(matchImage, 'The images.', { listType: 'set', minItems: 1, maxItems: 50 }) },
        'Which images.',
        { minProperties: 0 },
      ),
      status: object(
        { conditions: conditions('Whether it is in effect.', { minItems: 1, maxItems: 16 }) },
        'What is in effect.',
        {
          minProperties: 1,
        },
      ),
    },
    {
      required: ['spec'],
      validations: [{ rule: "self.metadata.name == 'cluster'", message: 'the object must be named cluster' }],
    },
  ),
};
