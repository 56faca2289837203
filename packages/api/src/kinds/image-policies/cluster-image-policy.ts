import type { KindDefinition } from '../kind.ts';
import { resource } from '../resource.ts';
import { imagePolicySpec, imagePolicyStatus } from './spec.ts';

/** openshift/api `config/v1` ClusterImagePolicy. */
export const clusterImagePolicy: KindDefinition = {
  group: 'config.openshift.io',
  version: 'v1',
  kind: 'ClusterImagePolicy',
  plural: 'clusterimagepolicies',
  singular: 'clusterimagepolicy',
  scope: 'Cluster',
  subresources: { status: true },
  schema: resource(
    'Which images must be signed, for every pull in the cluster.',
    { spec: imagePolicySpec, status: imagePolicyStatus },
    { required: ['spec'] },
  ),
};
