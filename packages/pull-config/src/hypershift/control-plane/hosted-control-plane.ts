import { type LocatedObject, valueAt } from '@pullpath/api';
import { textAt } from '../../collect/objects.ts';
import type { MirrorDecision } from '../mirror-config/decide-mirrors.ts';
import { mirrorCopyName } from './names.ts';

/** Name of the trust bundle beside a control plane, whatever the user's ConfigMap is called. */
export const trustBundleName = 'user-ca-bundle';

/** Fields that a HostedControlPlane takes over as they are (openshift/hypershift `reconcileHostedControlPlane`). */
const copied = [
  'channel',
  'clusterID',
  'configuration',
  'controllerAvailabilityPolicy',
  'dns',
  'etcd',
  'fips',
  'infraID',
  'infrastructureAvailabilityPolicy',
  'issuerURL',
  'networking',
  'nodeSelector',
  'olmCatalogPlacement',
  'pausedUntil',
  'platform',
  'pullSecret',
  'services',
  'sshKey',
  'tolerations',
] as const;

/**
 * `HostedControlPlane.spec` for a HostedCluster with the mirrors that were decided. References to ConfigMaps of the user
 * become references to their copies beside the control plane.
 */
export function hostedControlPlaneSpec(
  hostedCluster: LocatedObject,
  { fields, copy }: Pick<MirrorDecision, 'fields' | 'copy'>,
  held: boolean,
): Readonly<Record<string, unknown>> {
  const at = (field: string): unknown => valueAt(hostedCluster.object, ['spec', field]);
  const hasCopy = copy.action === 'accept' || (copy.action === 'keep' && held);
  const entries: readonly (readonly [string, unknown])[] = [
    ['releaseImage', textAt(hostedCluster, ['spec', 'release', 'image'])],
    ['imageContentSources', fields.imageContentSources],
    ['imageTagMirrorSet', fields.imageTagMirrorSet],
    ['imageMirrorConfigRef', hasCopy ? { name: mirrorCopyName } : undefined],
    ['additionalTrustBundle', at('additionalTrustBundle') === undefined ? undefined : { name: trustBundleName }],
    ...copied.map((field) => [field, at(field)] as const),
  ];
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}
