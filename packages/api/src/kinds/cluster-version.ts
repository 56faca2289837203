import type { Schema } from '../schema/schema.ts';
import { anything, flag, listOf, object, oneOf, text, whole } from './fields.ts';
import type { KindDefinition } from './kind.ts';
import { resource } from './resource.ts';

function release(description: string): Schema {
  return object(
    {
      version: text('Version, such as 4.19.3.'),
      image: text('Pull spec of the release image.'),
      url: text('Page about the release.'),
      architecture: oneOf(['Multi', ''], '`Multi` for a payload of several architectures.'),
      channels: listOf(text('Name of the channel.'), 'Channels that offer the release.', { listType: 'set' }),
    },
    description,
  );
}

const override = object(
  {
    kind: text('Kind of the object.'),
    group: text('API group of the object.'),
    namespace: text('Namespace of the object; empty for cluster-scoped ones.'),
    name: text('Name of the object.'),
    unmanaged: flag('The operator leaves the object alone.'),
  },
  'An object that the operator does not manage.',
  { required: ['group', 'kind', 'name', 'namespace', 'unmanaged'] },
);

const desiredUpdate = object(
  {
    version: text('Version to go to.'),
    image: text('Pull spec to go to; wins over the version.'),
    architecture: oneOf(['Multi', ''], 'Go to the payload of several architectures.'),
    force: flag('Skip the checks of the update.'),
  },
  'The release to go to.',
  {
    validations: [
      {
        rule: "has(self.architecture) && has(self.image) ? self.architecture == '' || self.image == '' : true",
        message: 'architecture and image exclude each other',
      },
      {
        rule: "has(self.architecture) && self.architecture != '' ? has(self.version) && self.version != '' : true",
        message: 'architecture needs version',
      },
    ],
  },
);

const historyEntry = object(
  {
    state: text('Completed or Partial.'),
    version: text('Version of the release.'),
    image: text('Pull spec of the release.'),
    startedTime: text('When the update began.', { format: 'date-time' }),
    completionTime: text('When it ended.', { format: 'date-time', nullable: true }),
    verified: flag('The signature of the release was checked.'),
    acceptedRisks: text('Risks that were accepted.'),
  },
  'One update.',
);

/**
 * openshift/api `config/v1` ClusterVersion: the singleton `version`. Read for the release that a cluster runs, so what a
 * server fills in is not required here, and fields beyond those declared are kept.
 */
export const clusterVersion: KindDefinition = {
  group: 'config.openshift.io',
  version: 'v1',
  kind: 'ClusterVersion',
  plural: 'clusterversions',
  singular: 'clusterversion',
  scope: 'Cluster',
  subresources: { status: true },
  printerColumns: [
    { name: 'Version', type: 'string', jsonPath: '.status.history[?(@.state=="Completed")].version' },
    { name: 'Available', type: 'string', jsonPath: '.status.conditions[?(@.type=="Available")].status' },
    { name: 'Progressing', type: 'string', jsonPath: '.status.conditions[?(@.type=="Progressing")].status' },
    { name: 'Since', type: 'date', jsonPath: '.status.conditions[?(@.type=="Progressing")].lastTransitionTime' },
    { name: 'Status', type: 'string', jsonPath: '.status.conditions[?(@.type=="Progressing")].message' },
  ],
  schema: resource('The release that the cluster runs; the object is named version.', {
    spec: object(
      {
        clusterID: text('Identity of the cluster.'),
        channel: text('Channel that updates are looked for in.'),
        upstream: text('Server that knows the updates.'),
        desiredUpdate,
        overrides: listOf(override, 'Objects that are left alone.', {
          listType: 'map',
          listMapKeys: ['kind', 'group', 'namespace', 'name'],
        }),
        capabilities: anything('Optional components that are installed.'),
      },
      'The desired release.',
      { preserveUnknownFields: true },
    ),
    status: object(
      {
        desired: release('The release that the cluster goes to, or runs.'),
        history: listOf(historyEntry, 'Updates, the newest first.'),
        observedGeneration: whole('int64', 'Generation that the status is about.'),
        versionHash: text('Hash of the payload.'),
        availableUpdates: listOf(release('A release.'), 'Where the cluster may go.', { nullable: true }),
      },
      'The release in place.',
      { preserveUnknownFields: true },
    ),
  }),
};
