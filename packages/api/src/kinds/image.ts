import { sourcePattern } from '../schema/patterns.ts';
import type { Schema } from '../schema/schema.ts';
import { flag, listOf, object, oneOf, text } from './fields.ts';
import type { KindDefinition } from './kind.ts';
import { resource } from './resource.ts';

function registryList(description: string): Schema {
  const entry = text('`host[:port][/path]`, or `*.domain`; neither tag nor digest.', {
    minLength: 1,
    maxLength: 256,
    validations: [
      {
        rule: `self.matches(r'${sourcePattern}')`,
        message: 'must be host[:port][/path] or *.domain, without tag or digest',
      },
    ],
  });
  return listOf(entry, description, { maxItems: 1024 });
}

const importMode = oneOf(
  ['', 'Legacy', 'PreserveOriginal'],
  'How image streams import manifest lists: only the manifest of the own architecture (`Legacy`) or the list itself (`PreserveOriginal`). Nodes are not concerned.',
);

const registrySources = object(
  {
    insecureRegistries: registryList('Reached without checking certificates, or over plain HTTP.'),
    blockedRegistries: registryList('Never pulled from. Excludes `allowedRegistries`.'),
    allowedRegistries: registryList('The only registries pulled from. Excludes `blockedRegistries`.'),
    containerRuntimeSearchRegistries: listOf(
      text('Host of a registry.'),
      'Tried in this order for image names without a host. The server does not check the entries.',
      { listType: 'set', minItems: 1, format: 'hostname' },
    ),
  },
  'How container runtimes and builds treat registries.',
  {
    validations: [
      {
        rule: '!has(self.blockedRegistries) || !has(self.allowedRegistries)',
        message: 'only one of blockedRegistries and allowedRegistries may be set',
      },
    ],
  },
);

/** Fields of `spec`, also found at `spec.configuration.image` of a HostedCluster. */
export const imageSpecFields: Readonly<Record<string, Schema>> = {
  registrySources,
  additionalTrustedCA: object(
    {
      name: text(
        'Name of a ConfigMap in namespace openshift-config. Each key is a registry, written host or host..port; each value is a PEM bundle.',
      ),
    },
    'Certificate authorities to trust per registry.',
    { required: ['name'] },
  ),
  allowedRegistriesForImport: listOf(
    object(
      { domainName: text('Host of the registry.'), insecure: flag('Reached without checking certificates.') },
      'A registry that image streams may import from.',
    ),
    'Limits what users may import into image streams; pulls on nodes are not concerned.',
  ),
  externalRegistryHostnames: listOf(text('Host name.'), 'Names under which the own registry is reached from outside.'),
  imageStreamImportMode: importMode,
};

/** openshift/api `config/v1` Image: the singleton `cluster`. */
export const image: KindDefinition = {
  group: 'config.openshift.io',
  version: 'v1',
  kind: 'Image',
  plural: 'images',
  singular: 'image',
  scope: 'Cluster',
  subresources: { status: true },
  schema: resource(
    'How the whole cluster treats image registries; the object is named cluster.',
    {
      spec: object(imageSpecFields, 'The desired treatment.'),
      status: object(
        {
          internalRegistryHostname: text('Host and port of the registry inside the cluster.'),
          externalRegistryHostnames: listOf(text('Host name.'), 'Names of the own registry that are in use.'),
          imageStreamImportMode: importMode,
        },
        'What is in effect.',
      ),
    },
    { required: ['spec'] },
  ),
};
