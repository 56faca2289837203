import type { Schema } from '../schema/schema.ts';
import { looseConditions } from './conditions.ts';
import { flag, intOrText, listOf, object, oneOf, text, whole } from './fields.ts';
import type { KindDefinition, PrinterColumn } from './kind.ts';
import { resource } from './resource.ts';
import { labelSelector, objectReference } from './selectors.ts';

function configuration(description: string): Schema {
  return objectReference(description, {
    source: listOf(objectReference('One MachineConfig.'), 'The MachineConfigs that were merged into it.'),
  });
}

function osImageStream(description: string): Schema {
  const name = text('Name of the stream.', {
    minLength: 1,
    maxLength: 253,
    validations: [
      {
        rule: '!format.dns1123Subdomain().validate(self).hasValue()',
        message: 'must be a lower-case RFC 1123 subdomain',
      },
    ],
  });
  return object({ name }, description, { required: ['name'] });
}

const pinnedImageSet = object(
  {
    name: text('Name of the PinnedImageSet.', {
      minLength: 1,
      maxLength: 253,
      pattern:
        '^([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9\\-]{0,61}[a-zA-Z0-9])(\\.([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9\\-]{0,61}[a-zA-Z0-9]))*$',
    }),
  },
  'A set of images that is kept on the nodes.',
  { required: ['name'] },
);

function atLeast(more: string, fewer: string): { rule: string; message: string } {
  return { rule: `self.${more} >= self.${fewer}`, message: `${more} must be at least ${fewer}` };
}

const machines = (description: string): Schema => whole('int64', description, { minimum: 0 });

const synchronizer = object(
  {
    poolSynchronizerType: oneOf(['PinnedImageSets'], 'What is synchronized.', { maxLength: 256 }),
    machineCount: machines('Machines that the synchronizer manages.'),
    updatedMachineCount: machines('Machines that it updated.'),
    readyMachineCount: machines('Machines that it updated and that work.'),
    availableMachineCount: machines('Machines that are available.'),
    unavailableMachineCount: machines('Machines that are not.'),
    observedGeneration: whole('int64', 'Generation that was last handled.', {
      minimum: 0,
      validations: [
        { rule: 'self >= oldSelf || (self == 0 && oldSelf > 0)', message: 'must not fall, except to zero' },
      ],
    }),
  },
  'Progress of one synchronizer.',
  {
    required: [
      'availableMachineCount',
      'machineCount',
      'poolSynchronizerType',
      'readyMachineCount',
      'unavailableMachineCount',
      'updatedMachineCount',
    ],
    validations: [
      atLeast('machineCount', 'updatedMachineCount'),
      atLeast('machineCount', 'availableMachineCount'),
      atLeast('machineCount', 'unavailableMachineCount'),
      atLeast('machineCount', 'readyMachineCount'),
      atLeast('availableMachineCount', 'readyMachineCount'),
    ],
  },
);

const certificate = object(
  {
    bundle: text('Name of the bundle that holds it.'),
    subject: text('Subject of the certificate.'),
    expiry: text('When it expires.', { format: 'date-time' }),
  },
  'A certificate on the nodes.',
  { required: ['bundle', 'subject'] },
);

const spec = object(
  {
    machineConfigSelector: labelSelector('Which MachineConfigs the pool merges.'),
    nodeSelector: labelSelector('Which nodes belong to the pool.'),
    paused: flag('No node of the pool is changed while set.'),
    maxUnavailable: intOrText(
      'How many nodes may be out of service at once during an update: a number, or a percentage. 1 where absent.',
    ),
    configuration: configuration('The rendered configuration that nodes are to have; set by the controller.'),
    pinnedImageSets: listOf(pinnedImageSet, 'Images kept on the nodes of the pool.', {
      listType: 'map',
      listMapKeys: ['name'],
      maxItems: 100,
    }),
    osImageStream: osImageStream('Stream of operating system images that the pool follows.'),
  },
  'Which nodes, which configuration, how fast.',
);

const status = object(
  {
    observedGeneration: whole('int64', 'Generation that the status is about.'),
    configuration: configuration('The rendered configuration that all nodes have.'),
    machineCount: whole('int32', 'Nodes of the pool.'),
    updatedMachineCount: whole('int32', 'Nodes that have the configuration.'),
    readyMachineCount: whole('int32', 'Nodes that have it and are ready.'),
    unavailableMachineCount: whole('int32', 'Nodes that are out of service.'),
    degradedMachineCount: whole('int32', 'Nodes whose update failed.'),
    conditions: looseConditions('Updated, Updating, Degraded and their like.'),
    certExpirys: listOf(certificate, 'Certificates on the nodes and when they expire.'),
    poolSynchronizersStatus: listOf(synchronizer, 'Progress of what is synchronized beside the configuration.', {
      listType: 'map',
      listMapKeys: ['poolSynchronizerType'],
    }),
    osImageStream: osImageStream('Stream that the nodes follow.'),
  },
  'How far the pool is.',
);

const conditionColumn = (type: string): PrinterColumn => ({
  name: type,
  type: 'string',
  jsonPath: `.status.conditions[?(@.type=="${type}")].status`,
});

/** openshift/api `machineconfiguration/v1` MachineConfigPool. */
export const machineConfigPool: KindDefinition = {
  group: 'machineconfiguration.openshift.io',
  version: 'v1',
  kind: 'MachineConfigPool',
  plural: 'machineconfigpools',
  singular: 'machineconfigpool',
  shortNames: ['mcp'],
  scope: 'Cluster',
  subresources: { status: true },
  printerColumns: [
    { name: 'Config', type: 'string', jsonPath: '.status.configuration.name' },
    ...['Updated', 'Updating', 'Degraded'].map(conditionColumn),
    { name: 'MachineCount', type: 'number', jsonPath: '.status.machineCount' },
    { name: 'ReadyMachineCount', type: 'number', jsonPath: '.status.readyMachineCount' },
    { name: 'UpdatedMachineCount', type: 'number', jsonPath: '.status.updatedMachineCount' },
    { name: 'DegradedMachineCount', type: 'number', jsonPath: '.status.degradedMachineCount' },
    { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
  ],
  schema: resource('A group of nodes that share one rendered configuration.', { spec, status }, { required: ['spec'] }),
};
