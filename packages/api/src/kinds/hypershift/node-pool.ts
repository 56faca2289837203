import { flag, intOrText, listOf, object, oneOf, text, whole } from '../fields.ts';
import type { KindDefinition, PrinterColumn } from '../kind.ts';
import { resource } from '../resource.ts';
import { localReference, pausedUntil, release } from './fields.ts';

const replace = object(
  {
    strategy: oneOf(['RollingUpdate', 'OnDelete'], 'New machines at once, or only where one is deleted.'),
    rollingUpdate: object(
      {
        maxSurge: intOrText('Machines above the desired number during the update.'),
        maxUnavailable: intOrText('Machines below the desired number during the update.'),
      },
      'For `RollingUpdate`.',
    ),
  },
  'For upgrade type `Replace`.',
  {
    default: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 }, strategy: 'RollingUpdate' },
    validations: [
      {
        rule: "!has(self.rollingUpdate) || self.?strategy.orValue('') == 'RollingUpdate'",
        message: 'rollingUpdate needs strategy RollingUpdate',
      },
    ],
  },
);

const management = object(
  {
    upgradeType: oneOf(['Replace', 'InPlace'], 'New machines, or the same machines changed.', {
      validations: [{ rule: 'self == oldSelf', message: 'cannot be changed' }],
    }),
    replace,
    inPlace: object(
      {
        maxUnavailable: intOrText(
          'Nodes out of service at once: a number, or a percentage rounded down. 1 where absent.',
        ),
      },
      'For upgrade type `InPlace`.',
    ),
    autoRepair: flag('Machines that stay unhealthy are replaced.', { default: false }),
  },
  'How changes reach the nodes.',
  {
    required: ['upgradeType'],
    validations: [
      { rule: "!has(self.inPlace) || self.upgradeType == 'InPlace'", message: 'inPlace needs upgradeType InPlace' },
    ],
  },
);

const spec = object(
  {
    clusterName: text('Name of the HostedCluster, in the same namespace.', {
      minLength: 1,
      maxLength: 253,
      validations: [
        { rule: 'self == oldSelf', message: 'cannot be changed' },
        {
          rule: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
          message: 'must be of lower-case letters, digits and inner hyphens',
        },
      ],
    }),
    release: release('The payload of the nodes.'),
    replicas: whole('int32', 'Desired number of nodes.'),
    config: listOf(
      localReference('A ConfigMap of the same namespace; key config holds manifests.'),
      'ConfigMaps with machine configuration for this pool: MachineConfig, KubeletConfig, ContainerRuntimeConfig, ImageDigestMirrorSet, ImageTagMirrorSet and others.',
      { maxItems: 10 },
    ),
    tuningConfig: listOf(localReference('A ConfigMap of the same namespace.'), 'ConfigMaps with tuning profiles.', {
      maxItems: 10,
    }),
    management,
    arch: oneOf(['arm64', 'amd64', 'ppc64le', 's390x'], 'Architecture of the nodes.', {
      default: 'amd64',
      validations: [{ rule: 'self == oldSelf', message: 'cannot be changed' }],
    }),
    pausedUntil: pausedUntil(1),
  },
  'The desired nodes; fields beyond these are kept as they are.',
  {
    preserveUnknownFields: true,
    validations: [{ rule: '!has(oldSelf.arch) || has(self.arch)', message: 'arch cannot be removed' }],
  },
);

const status = object(
  { replicas: whole('int32', 'Nodes that exist.'), version: text('Version that the nodes run.') },
  'State of the nodes.',
  { preserveUnknownFields: true },
);

const conditionColumn = (name: string, type: string, part: 'status' | 'message'): PrinterColumn => ({
  name,
  type: 'string',
  jsonPath: `.status.conditions[?(@.type=="${type}")].${part}`,
});

/** openshift/hypershift `v1beta1` NodePool, as far as images, configuration and rollout go. */
export const nodePool: KindDefinition = {
  group: 'hypershift.openshift.io',
  version: 'v1beta1',
  kind: 'NodePool',
  plural: 'nodepools',
  singular: 'nodepool',
  shortNames: ['np', 'nps'],
  scope: 'Namespaced',
  subresources: {
    status: true,
    scale: { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas' },
  },
  printerColumns: [
    { name: 'Cluster', type: 'string', jsonPath: '.spec.clusterName' },
    { name: 'Desired Nodes', type: 'integer', jsonPath: '.spec.replicas' },
    { name: 'Current Nodes', type: 'integer', jsonPath: '.status.replicas' },
    conditionColumn('Autoscaling', 'AutoscalingEnabled', 'status'),
    conditionColumn('Autorepair', 'AutorepairEnabled', 'status'),
    { name: 'Version', type: 'string', jsonPath: '.status.version' },
    conditionColumn('UpdatingVersion', 'UpdatingVersion', 'status'),
    conditionColumn('UpdatingConfig', 'UpdatingConfig', 'status'),
    conditionColumn('Message', 'Ready', 'message'),
  ],
  schema: resource('Nodes of a hosted cluster that share one configuration.', { spec, status }),
};
