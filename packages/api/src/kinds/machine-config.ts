import { anything, flag, listOf, object, text } from './fields.ts';
import type { KindDefinition } from './kind.ts';
import { resource } from './resource.ts';

/** openshift/api `machineconfiguration/v1` MachineConfig. */
export const machineConfig: KindDefinition = {
  group: 'machineconfiguration.openshift.io',
  version: 'v1',
  kind: 'MachineConfig',
  plural: 'machineconfigs',
  singular: 'machineconfig',
  shortNames: ['mc'],
  scope: 'Cluster',
  printerColumns: [
    {
      name: 'GeneratedByController',
      type: 'string',
      jsonPath: '.metadata.annotations.machineconfiguration\\.openshift\\.io/generated-by-controller-version',
    },
    { name: 'IgnitionVersion', type: 'string', jsonPath: '.spec.config.ignition.version' },
    { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
  ],
  schema: resource('Files, units and system settings for the nodes of a pool.', {
    spec: object(
      {
        config: anything('An Ignition document: files, units, users.'),
        osImageURL: text('Operating system image to run.'),
        baseOSExtensionsContainerImage: text('Image that holds the packages for `extensions`.'),
        extensions: listOf(text('Name of the extension.'), 'Sets of packages added to the system.'),
        fips: flag('The node runs in FIPS mode; only settable at installation.'),
        kernelArguments: listOf(text('One argument.'), 'Added to the kernel command line.', { nullable: true }),
        kernelType: text('default, realtime or 64k-pages.'),
      },
      'What the nodes get.',
    ),
  }),
};
