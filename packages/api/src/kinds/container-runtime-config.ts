import type { Schema } from '../schema/schema.ts';
import { looseConditions } from './conditions.ts';
import { intOrText, listOf, object, oneOf, text, whole } from './fields.ts';
import type { KindDefinition } from './kind.ts';
import { resource } from './resource.ts';
import { labelSelector } from './selectors.ts';

const quantityPattern =
  '^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$';

const storePath = text('Absolute path on the node.', {
  minLength: 1,
  maxLength: 256,
  validations: [
    {
      rule: "self.matches('^/[a-zA-Z0-9/._-]+$')",
      message: "must be absolute, of letters, digits, '/', '.', '_' and '-'",
    },
    { rule: "!self.contains('//')", message: 'must not contain //' },
  ],
});

function stores(description: string, maxItems: number): Schema {
  const store = object({ path: storePath }, 'One directory.', { required: ['path'] });
  return listOf(store, description, {
    minItems: 1,
    maxItems,
    validations: [{ rule: 'self.all(x, self.exists_one(y, x.path == y.path))', message: 'paths must differ' }],
  });
}

const settings = object(
  {
    pidsLimit: whole('int64', 'Most processes of a container; 0 leaves it to the runtime, else at least 20.'),
    logLevel: text('Verbosity of CRI-O: error, fatal, panic, warn, info, debug or trace.'),
    logSizeMax: intOrText('Size at which a container log is rotated; above 8192 bytes, negative for no limit.', {
      pattern: quantityPattern,
    }),
    overlaySize: intOrText('Most space that the writable layer of a container may take.', { pattern: quantityPattern }),
    defaultRuntime: oneOf(['crun', 'runc'], 'Program that starts containers.'),
    additionalLayerStores: stores('Directories that serve layers on demand.', 5),
    additionalImageStores: stores('Read-only image stores, looked at before pulling.', 10),
    additionalArtifactStores: stores('Read-only stores of artifacts.', 10),
    containerGomaxprocsBehavior: oneOf(
      ['Autosize', 'Disabled'],
      'Whether GOMAXPROCS of containers follows their CPU share.',
      { featureGate: 'GomaxprocsInjection' },
    ),
  },
  'Settings of the container runtime.',
);

/** openshift/api `machineconfiguration/v1` ContainerRuntimeConfig. */
export const containerRuntimeConfig: KindDefinition = {
  group: 'machineconfiguration.openshift.io',
  version: 'v1',
  kind: 'ContainerRuntimeConfig',
  plural: 'containerruntimeconfigs',
  singular: 'containerruntimeconfig',
  shortNames: ['ctrcfg'],
  scope: 'Cluster',
  subresources: { status: true },
  schema: resource(
    'Settings of CRI-O and its storage for the nodes of some pools.',
    {
      spec: object(
        {
          machineConfigPoolSelector: labelSelector('Which pools it is for; none where absent.'),
          containerRuntimeConfig: settings,
        },
        'Which pools, which settings.',
        { required: ['containerRuntimeConfig'] },
      ),
      status: object(
        {
          observedGeneration: whole('int64', 'Generation that the status is about.'),
          conditions: looseConditions('Success or Failure, the latest last.'),
        },
        'What the controller made of it.',
      ),
    },
    { required: ['spec'] },
  ),
};
