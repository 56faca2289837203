import { flag, listOf, object, text } from './fields.ts';
import type { KindDefinition } from './kind.ts';
import { resource } from './resource.ts';

const label = '[a-zA-Z][a-zA-Z0-9\\-]*[a-zA-Z0-9]';
const repositoryPattern = `^(([a-zA-Z]|${label})\\.)*([A-Za-z]|[A-Za-z][A-Za-z0-9\\-]*[A-Za-z0-9])(:[0-9]+)?(\\/[^\\/:\\n]+)*(\\/[^\\/:\\n]+((:[^\\/:\\n]+)|(@[^\\n]+)))?$`;

const entry = object(
  {
    source: text('Repository that image references name.', { pattern: repositoryPattern }),
    mirrors: listOf(text('Where the same content lies.', { pattern: repositoryPattern }), 'Tried before the source.', {
      listType: 'set',
    }),
    allowMirrorByTags: flag('Pulls by tag use the mirrors too.'),
  },
  'One source and its mirrors.',
  { required: ['source'] },
);

/** openshift/api `config/v1` ImageContentPolicy. No component ever read it: nodes ignore such objects. */
export const imageContentPolicy: KindDefinition = {
  group: 'config.openshift.io',
  version: 'v1',
  kind: 'ImageContentPolicy',
  plural: 'imagecontentpolicies',
  singular: 'imagecontentpolicy',
  scope: 'Cluster',
  subresources: { status: true },
  schema: resource(
    'A draft of mirror configuration that no node ever followed.',
    {
      spec: object(
        {
          repositoryDigestMirrors: listOf(entry, 'Which mirrors stand in for which source.', {
            listType: 'map',
            listMapKeys: ['source'],
          }),
        },
        'The mirrors.',
      ),
    },
    { required: ['spec'] },
  ),
};
