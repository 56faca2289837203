import type { Schema } from '../../schema/schema.ts';
import { conditions } from '../conditions.ts';
import { anything, listOf, object, oneOf, text, whole } from '../fields.ts';
import type { KindDefinition } from '../kind.ts';
import { resource } from '../resource.ts';
import {
  bootImageRules,
  bootImageSkewEnforcement,
  bootImageSkewEnforcementStatus,
  managedBootImages,
} from './boot-images.ts';
import { nodeDisruptionPolicy, nodeDisruptionPolicyStatus } from './node-disruption.ts';

function logLevel(description: string): Schema {
  return oneOf(['', 'Normal', 'Debug', 'Trace', 'TraceAll'], description, { default: 'Normal' });
}

const spec = object(
  {
    nodeDisruptionPolicy,
    managedBootImages,
    bootImageSkewEnforcement,
    irreconcilableValidationOverrides: object(
      {
        storage: listOf(
          oneOf(['Disks', 'FileSystems', 'Raid'], 'A part of the storage section.'),
          'Parts whose change is let through.',
          {
            listType: 'set',
            minItems: 1,
            maxItems: 3,
          },
        ),
      },
      'Changes that nodes cannot follow, and that are accepted all the same.',
      { minProperties: 1 },
    ),
    managementState: text('Managed, Unmanaged, Force or Removed.', { pattern: '^(Managed|Unmanaged|Force|Removed)$' }),
    logLevel: logLevel('Verbosity of what the operator manages.'),
    operatorLogLevel: logLevel('Verbosity of the operator.'),
    forceRedeploymentReason: text('A new text forces a new deployment.'),
    failedRevisionLimit: whole('int32', 'Failed revisions that are kept.'),
    succeededRevisionLimit: whole('int32', 'Successful revisions that are kept.'),
    observedConfig: anything('Configuration that the operator observed.', { nullable: true }),
    unsupportedConfigOverrides: anything('Overrides without support.', { nullable: true }),
  },
  'How the operator and the nodes behave.',
);

const status = object(
  {
    observedGeneration: whole('int64', 'Generation that the status is about.'),
    conditions: conditions('State of the operator.'),
    nodeDisruptionPolicyStatus,
    managedBootImagesStatus: managedBootImages,
    bootImageSkewEnforcementStatus,
  },
  'What is in effect.',
);

/** openshift/api `operator/v1` MachineConfiguration: the singleton `cluster`. */
export const machineConfiguration: KindDefinition = {
  group: 'operator.openshift.io',
  version: 'v1',
  kind: 'MachineConfiguration',
  plural: 'machineconfigurations',
  singular: 'machineconfiguration',
  scope: 'Cluster',
  subresources: { status: true },
  schema: resource(
    'How the machine-config operator treats changes; the object is named cluster.',
    { spec, status },
    { required: ['spec'], validations: bootImageRules },
  ),
};
