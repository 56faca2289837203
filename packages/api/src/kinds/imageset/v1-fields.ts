import type { Schema } from '../../schema/schema.ts';
import { flag, listOf, object, text } from '../fields.ts';
import { releaseChannel, versionRange } from './v2-fields.ts';

const minBundle = text('Name of the lowest bundle.');

const channel = object({ name: text('Name of the channel.'), ...versionRange, minBundle }, 'Versions of one channel.', {
  required: ['name'],
});

const operatorPackage = object(
  {
    name: text('Name of the package.'),
    channels: listOf(channel, 'Only these channels.'),
    defaultChannel: text('Default channel in the catalog that is built.'),
    ...versionRange,
    minBundle,
  },
  'One operator.',
  { required: ['name'] },
);

const operator = object(
  {
    catalog: text('Catalog image, or an oci:// path.'),
    targetName: text('Older spelling of targetCatalog.'),
    targetCatalog: text('Path below the destination registry.'),
    targetTag: text('Tag at the destination.'),
    full: flag('Every version instead of the newest.'),
    skipDependencies: flag('Leave out packages that others need.'),
    originalRef: text('Reference of the catalog before it was copied to disk.'),
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
  },
  'One chart.',
  { required: ['name'] },
);

const repository = object(
  { url: text('URL of the repository.'), name: text('Name of the repository.'), charts: listOf(chart, 'Its charts.') },
  'One repository.',
  { required: ['url', 'name'] },
);

const images = (description: string): Schema =>
  listOf(object({ name: text('The name.') }, 'One entry.', { required: ['name'] }), description);

/** `mirror` of version v1alpha2. */
export const mirrorContent: Schema = object(
  {
    platform: object(
      {
        graph: flag('Build the image with the update graph.'),
        channels: listOf(releaseChannel, 'Releases by channel.'),
        architectures: listOf(text('Architecture.'), 'Architectures of the payload; amd64 where absent.'),
      },
      'Releases of the platform.',
    ),
    operators: listOf(operator, 'Operators, by catalog.'),
    additionalImages: images('Single images.'),
    helm: object(
      { repositories: listOf(repository, 'Charts of repositories.'), local: listOf(chart, 'Charts on disk.') },
      'Images of Helm charts.',
    ),
    blockedImages: images('Images that are left out, as expressions on the source reference.'),
    samples: images('Never implemented.'),
  },
  'What is mirrored.',
);

/** `storageConfig`: where v1 keeps what it mirrored before. */
export const storageConfig: Schema = object(
  {
    registry: object(
      { imageURL: text('Image that holds the state.'), skipTLS: flag('Do not check certificates.') },
      'State in a registry.',
    ),
    local: object({ path: text('Directory.') }, 'State in a directory.'),
  },
  'Where the state is kept.',
);
