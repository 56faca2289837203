import type { KindDefinition } from '../kind.ts';
import { resource } from '../resource.ts';
import { imagePolicySpec, imagePolicyStatus } from './spec.ts';

/** openshift/api `config/v1` ImagePolicy. */
export const imagePolicy: KindDefinition = {
  group: 'config.openshift.io',
  version: 'v1',
  kind: 'ImagePolicy',
  plural: 'imagepolicies',
  singular: 'imagepolicy',
  scope: 'Namespaced',
  subresources: { status: true },
  schema: resource(
    'Which images must be signed, for pods of one namespace.',
    { spec: imagePolicySpec, status: imagePolicyStatus },
    { required: ['spec'] },
  ),
};
