import { object, text } from '../fields.ts';
import type { KindDefinition } from '../kind.ts';
import { resource } from '../resource.ts';
import {
  configuration,
  imageContentSources,
  imageMirrorConfig,
  imageMirrorConfigRef,
  imageTagMirrorSet,
  localReference,
  noImageMirrorConfig,
  olmCatalogPlacement,
} from './fields.ts';
import { repeatedSources } from './repeated-sources.ts';

const spec = object(
  {
    releaseImage: text('Pull spec of the release image.', { maxLength: 255 }),
    pullSecret: localReference('Secret whose key .dockerconfigjson holds the credentials.'),
    additionalTrustBundle: localReference('ConfigMap whose key ca-bundle.crt holds certificates to trust.'),
    imageContentSources,
    imageMirrorConfigRef,
    imageTagMirrorSet,
    imageMirrorConfig,
    configuration,
    olmCatalogPlacement: olmCatalogPlacement([]),
    pausedUntil: text('Reconciliation stops until this time, or for good.', { maxLength: 255 }),
  },
  'Copied from the HostedCluster by the operator; fields beyond these are kept as they are.',
  { preserveUnknownFields: true, validations: [noImageMirrorConfig] },
);

/** openshift/hypershift `v1beta1` HostedControlPlane: what the operator made of a HostedCluster. */
export const hostedControlPlane: KindDefinition = {
  group: 'hypershift.openshift.io',
  version: 'v1beta1',
  kind: 'HostedControlPlane',
  plural: 'hostedcontrolplanes',
  singular: 'hostedcontrolplane',
  shortNames: ['hcp', 'hcps'],
  categories: ['cluster-api'],
  scope: 'Namespaced',
  subresources: { status: true },
  schema: resource('The control plane of a hosted cluster; written by the operator alone.', {
    spec,
    status: object({}, 'State of the control plane.', { preserveUnknownFields: true }),
  }),
  check: repeatedSources,
};
