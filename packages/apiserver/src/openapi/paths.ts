import { isCustom } from '../resources/catalog.ts';
import type { Endpoint } from '../resources/endpoint.ts';
import type { ResourceDefinition } from '../resources/resource.ts';
import type { StoredObject } from '../store/record.ts';
import { componentName, metaRef } from './components.ts';

type Operations = StoredObject;

function query(name: string, description: string, type: 'string' | 'boolean' | 'integer' = 'string'): StoredObject {
  return { name, in: 'query', description, schema: { type, uniqueItems: true } };
}

const pretty = query('pretty', "If 'true', then the output is pretty printed.");

// kubectl sends what it has to only where it finds these two.
const writeParameters = [
  query('dryRun', 'When present, indicates that modifications should not be persisted. The one valid value is All.'),
  query('fieldManager', 'Name of the actor that makes the change.'),
  query('fieldValidation', 'What happens to unknown and repeated fields: Ignore, Warn or Strict.'),
];

const force = query('force', 'Takes conflicting fields from other appliers.', 'boolean');

const listParameters = [
  query('allowWatchBookmarks', 'Asks for bookmark events.', 'boolean'),
  query('continue', 'Where an earlier page ended.'),
  query('fieldSelector', 'Restricts the objects by their fields.'),
  query('labelSelector', 'Restricts the objects by their labels.'),
  query('limit', 'Largest number of objects of one page.', 'integer'),
  query('resourceVersion', 'The state that is asked for.'),
  query('resourceVersionMatch', 'How resourceVersion is taken: Exact or NotOlderThan.'),
  query('sendInitialEvents', 'A watch that starts with the objects that there are.', 'boolean'),
  query('timeoutSeconds', 'Ends the call after so many seconds.', 'integer'),
  query('watch', 'Changes as they happen instead of a list.', 'boolean'),
];

/** Every path of a resource with its operations. */
export function resourcePaths(resource: ResourceDefinition): Record<string, Operations> {
  const base = basePath(resource);
  const collection = resource.namespaced
    ? `${base}/namespaces/{namespace}/${resource.resource}`
    : `${base}/${resource.resource}`;
  const parts = [...(resource.statusSubresource ? ['status'] : []), ...(resource.scale ? ['scale'] : [])];
  return {
    ...(resource.namespaced ? { [`${base}/${resource.resource}`]: { get: list(resource), parameters: [pretty] } } : {}),
    [collection]: collectionOperations(resource),
    [`${collection}/{name}`]: objectOperations(resource),
    ...Object.fromEntries(parts.map((part) => [`${collection}/{name}/${part}`, partOperations(resource, part)])),
  };
}

function basePath({ group, version }: { group: string; version: string }): string {
  return group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
}

function pathParameters(namespaced: boolean, named: boolean, kind: string): StoredObject[] {
  const schema = { type: 'string', uniqueItems: true };
  return [
    ...(named ? [{ name: 'name', in: 'path', description: `name of the ${kind}`, required: true, schema }] : []),
    ...(namespaced
      ? [
          {
            name: 'namespace',
            in: 'path',
            description: 'object name and auth scope, such as for teams and projects',
            required: true,
            schema,
          },
        ]
      : []),
    pretty,
  ];
}

function collectionOperations(resource: ResourceDefinition): Operations {
  return {
    get: list(resource),
    post: operation(resource, 'post', 'create', { parameters: writeParameters, requestBody: bodyOf(resource) }),
    delete: operation(resource, 'deletecollection', 'delete collection of', { parameters: listParameters }),
    parameters: pathParameters(resource.namespaced, false, resource.kind),
  };
}

function list(resource: ResourceDefinition): Operations {
  return operation(resource, 'list', 'list objects of kind', { parameters: listParameters });
}

function objectOperations(resource: ResourceDefinition): Operations {
  return {
    get: operation(resource, 'get', 'read the specified'),
    put: operation(resource, 'put', 'replace the specified', {
      parameters: writeParameters,
      requestBody: bodyOf(resource),
    }),
    delete: operation(resource, 'delete', 'delete', { parameters: writeParameters }),
    patch: patch(resource, ''),
    parameters: pathParameters(resource.namespaced, true, resource.kind),
  };
}

function partOperations(resource: ResourceDefinition, part: string): Operations {
  return {
    get: operation(resource, 'get', `read ${part} of the specified`),
    put: operation(resource, 'put', `replace ${part} of the specified`, {
      parameters: writeParameters,
      requestBody: bodyOf(resource),
    }),
    patch: patch(resource, part),
    parameters: pathParameters(resource.namespaced, true, resource.kind),
  };
}

function patch(resource: ResourceDefinition, part: string): Operations {
  const types = [
    'application/apply-patch+yaml',
    'application/json-patch+json',
    'application/merge-patch+json',
    ...(isCustom(resource) ? [] : ['application/strategic-merge-patch+json']),
  ];
  const content = Object.fromEntries(types.map((type) => [type, { schema: metaRef('Patch') }]));
  const described = part === '' ? 'partially update the specified' : `partially update ${part} of the specified`;
  return operation(resource, 'patch', described, {
    parameters: [...writeParameters, force],
    requestBody: { content, required: true },
  });
}

function bodyOf(resource: ResourceDefinition): StoredObject {
  return { content: { '*/*': { schema: refTo(resource) } }, required: true };
}

function refTo(of: { group: string; version: string; kind: string }): StoredObject {
  return { $ref: `#/components/schemas/${componentName(of)}` };
}

function operation(
  resource: ResourceDefinition,
  action: string,
  described: string,
  extra: StoredObject = {},
): Operations {
  const { group, version, kind, listKind } = resource;
  const answered = action === 'list' ? { group, version, kind: listKind } : resource;
  return {
    tags: [tagOf(resource)],
    description: `${described} ${kind}`,
    ...extra,
    responses: { '200': { description: 'OK', content: { 'application/json': { schema: refTo(answered) } } } },
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': { group, version, kind },
  };
}

function tagOf({ group, version }: { group: string; version: string }): string {
  const words = (group || 'core').replace(/\.k8s\.io$/, '').split(/[.-]/);
  const camel = words.map((word, index) => (index === 0 ? word : word.slice(0, 1).toUpperCase() + word.slice(1)));
  return `${camel.join('')}_${version}`;
}

/** The path of an endpoint with its operations. */
export function endpointPaths(endpoint: Endpoint): Record<string, Operations> {
  const { resource, subresource, namespaced, kind, verbs } = endpoint;
  const collection = `${basePath(endpoint)}${namespaced ? '/namespaces/{namespace}' : ''}/${resource}`;
  const path = subresource === '' ? collection : `${collection}/{name}/${subresource}`;
  const methods = { create: 'post', get: 'get', update: 'put' } as const;
  const operations = verbs.map((verb) => [
    methods[verb],
    {
      tags: [tagOf(endpoint)],
      description: `${verb} ${kind.kind}`,
      ...(verb === 'get'
        ? {}
        : {
            parameters: writeParameters,
            requestBody: { content: { '*/*': { schema: refTo(kind) } }, required: true },
          }),
      responses: { '200': { description: 'OK', content: { 'application/json': { schema: refTo(kind) } } } },
      'x-kubernetes-action': methods[verb],
      'x-kubernetes-group-version-kind': kind,
    },
  ]);
  const parameters = pathParameters(namespaced, subresource !== '', kind.kind);
  return { [path]: { ...Object.fromEntries(operations), parameters } };
}
