import { flag, object, text } from '../fields.ts';
import type { KindDefinition, PrinterColumn } from '../kind.ts';
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
  pausedUntil,
  release,
} from './fields.ts';
import { repeatedSources } from './repeated-sources.ts';

const spec = object(
  {
    release: release('The payload of the control plane, and of node pools that follow it.'),
    channel: text('Channel that updates are looked for in.', { minLength: 1, maxLength: 100 }),
    pullSecret: localReference(
      'Secret whose key .dockerconfigjson holds the credentials, those of the mirrors included.',
    ),
    additionalTrustBundle: localReference('ConfigMap whose key ca-bundle.crt holds certificates to trust.'),
    imageContentSources,
    imageMirrorConfigRef,
    imageTagMirrorSet,
    imageMirrorConfig,
    configuration,
    fips: flag('The cluster runs in FIPS mode.'),
    olmCatalogPlacement: olmCatalogPlacement([{ rule: 'self == oldSelf', message: 'cannot be changed' }]),
    pausedUntil: pausedUntil(4),
  },
  'The desired cluster; fields beyond these are kept as they are.',
  { preserveUnknownFields: true, validations: [noImageMirrorConfig] },
);

const conditionStatus = (name: string, type: string): PrinterColumn => ({
  name,
  type: 'string',
  jsonPath: `.status.conditions[?(@.type=="${type}")].status`,
});

/** openshift/hypershift `v1beta1` HostedCluster, as far as images and mirrors go. */
export const hostedCluster: KindDefinition = {
  group: 'hypershift.openshift.io',
  version: 'v1beta1',
  kind: 'HostedCluster',
  plural: 'hostedclusters',
  singular: 'hostedcluster',
  shortNames: ['hc', 'hcs'],
  scope: 'Namespaced',
  subresources: { status: true },
  printerColumns: [
    { name: 'Version', type: 'string', jsonPath: '.status.version.history[?(@.state=="Completed")].version' },
    { name: 'KubeConfig', type: 'string', jsonPath: '.status.kubeconfig.name' },
    { name: 'Progress', type: 'string', jsonPath: '.status.version.history[?(@.state!="")].state' },
    conditionStatus('Available', 'Available'),
    conditionStatus('Progressing', 'Progressing'),
    { name: 'Message', type: 'string', jsonPath: '.status.conditions[?(@.type=="Available")].message' },
  ],
  schema: resource('A cluster whose control plane runs as pods of a management cluster.', {
    spec,
    status: object({}, 'State of the cluster.', { preserveUnknownFields: true }),
  }),
  check: repeatedSources,
};
