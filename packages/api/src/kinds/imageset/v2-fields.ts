import type { Schema } from '../../schema/schema.ts';
import { flag, listOf, object, text, whole } from '../fields.ts';

const platform = object({ os: text('Operating system.'), architecture: text('Architecture.') }, 'One platform.', {
  required: ['os', 'architecture'],
});

const platforms = (description: string): Schema => listOf(platform, description);

/** Lower and upper bound of versions; both as fields of the object that they belong to. */
export const versionRange: Readonly<Record<'minVersion' | 'maxVersion', Schema>> = {
  minVersion: text('Lowest version; bounds without a prerelease never select a version with one.'),
  maxVersion: text('Highest version.'),
};

/** One release channel; the same in both versions of the format. */
export const releaseChannel: Schema = object(
  {
    name: text('Name of the channel, such as stable-4.19.'),
    type: text('ocp or okd; any other text counts as ocp.'),
    ...versionRange,
    shortestPath: flag('Only the releases on the shortest update path.'),
    full: flag('Every release of the channel.'),
  },
  'Releases of one channel.',
  { required: ['name'] },
);

const releases = object(
  {
    graph: flag('Build the image with the update graph.'),
    channels: listOf(releaseChannel, 'Releases by channel.'),
    architectures: listOf(text('Architecture.'), 'Architectures of the payload; deprecated, amd64 where absent.'),
    platforms: platforms('Platforms that are kept of manifest lists.'),
    release: text('Pull spec of one release; channels are then ignored.'),
    kubeVirtContainer: flag('Include the boot image for KubeVirt.'),
  },
  'Releases of the platform.',
);

const channel = object({ name: text('Name of the channel.'), ...versionRange }, 'Versions of one channel.', {
  required: ['name'],
});

const operatorPackage = object(
  {
    name: text('Name of the package.'),
    channels: listOf(channel, 'Only these channels.'),
    defaultChannel: text('Default channel in the catalog that is built.'),
    ...versionRange,
  },
  'One operator.',
  { required: ['name'] },
);

const operator = object(
  {
    catalog: text('Catalog image, or an oci:// path.'),
    targetCatalog: text('Path below the destination registry.'),
    targetTag: text('Tag at the destination.'),
    targetCatalogSourceTemplate: text('File with a template of the CatalogSource.'),
    full: flag('Every version instead of the newest.'),
    skipDependencies: flag('Leave out packages that others need.'),
    platforms: platforms('Platforms that are kept of manifest lists.'),
    packages: listOf(operatorPackage, 'Only these operators.'),
  },
  'Operators of one catalog.',
  { required: ['catalog'] },
);

const chart = object(
  {
    name: text('Name of the chart.'),
    version: text('Version of the chart.'),
    path: text('Path of the chart, for local ones.'),
    imagePaths: listOf(text('JSONPath.'), 'Where in the manifests images stand.'),
    platforms: platforms('Platforms that are kept of manifest lists.'),
  },
  'One chart.',
  { required: ['name'] },
);

const helm = object(
  {
    repositories: listOf(
      object(
        {
          url: text('URL of the repository.'),
          name: text('Name of the repository.'),
          charts: listOf(chart, 'Its charts.'),
        },
        'One repository.',
        { required: ['url', 'name'] },
      ),
      'Charts of repositories.',
    ),
    local: listOf(chart, 'Charts on disk.'),
  },
  'Images of Helm charts.',
);

const named = (description: string): Schema => object({ name: text('The name.') }, description, { required: ['name'] });

const additionalImage = object(
  {
    name: text('Image reference.'),
    targetRepo: text('Repository at the destination.'),
    targetTag: text('Tag at the destination.'),
    platforms: platforms('Platforms that are kept of the manifest list.'),
  },
  'One image.',
  { required: ['name'] },
);

const content = {
  platform: releases,
  operators: listOf(operator, 'Operators, by catalog.'),
  additionalImages: listOf(additionalImage, 'Single images.'),
  helm,
  samples: listOf(named('One sample.'), 'Accepted and ignored.'),
} as const satisfies Record<string, Schema>;

/** `mirror` of an ImageSetConfiguration. */
export const mirrorContent: Schema = object(
  { ...content, blockedImages: listOf(named('One expression, not anchored.'), 'Images that are left out.') },
  'What is mirrored.',
);

/** `delete` of a DeleteImageSetConfiguration. */
export const deleteContent: Schema = object(content, 'What is deleted.');

/** Size of an archive. */
export const archiveSize: Schema = whole('int64', 'Most GiB per archive.');
