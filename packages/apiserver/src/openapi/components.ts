import { type Schema, toOpenApiV3 } from '@pullpath/api';
import { objectMetaSchema } from '../crds/object-meta-schema.ts';
import { mapIn } from '../crds/schema.ts';
import type { Endpoint } from '../resources/endpoint.ts';
import type { ResourceDefinition } from '../resources/resource.ts';
import type { StoredObject } from '../store/record.ts';

const metaPrefix = 'io.k8s.apimachinery.pkg.apis.meta.v1';

/** A reference to a shared type of `meta/v1`. */
export function metaRef(name: string): StoredObject {
  return { $ref: `#/components/schemas/${metaPrefix}.${name}` };
}

/** Types that every document has. */
export const metaComponents: StoredObject = {
  [`${metaPrefix}.ObjectMeta`]: {
    ...toOpenApiV3(objectMetaSchema),
    description:
      'ObjectMeta is metadata that all persisted resources must have, which includes all objects users must create.',
  },
  [`${metaPrefix}.ListMeta`]: {
    type: 'object',
    description: 'Metadata of a list.',
    properties: {
      continue: { type: 'string' },
      remainingItemCount: { type: 'integer', format: 'int64' },
      resourceVersion: { type: 'string' },
      selfLink: { type: 'string' },
    },
  },
  [`${metaPrefix}.Patch`]: { type: 'object', description: 'A patch, in the format that its content type names.' },
  [`${metaPrefix}.Status`]: {
    type: 'object',
    description: 'What became of a request that returns no object.',
    properties: {
      apiVersion: { type: 'string' },
      code: { type: 'integer', format: 'int32' },
      details: { type: 'object' },
      kind: { type: 'string' },
      message: { type: 'string' },
      metadata: metaRef('ListMeta'),
      reason: { type: 'string' },
      status: { type: 'string' },
    },
  },
  [`${metaPrefix}.DeleteOptions`]: {
    type: 'object',
    description: 'How an object is deleted.',
    properties: {
      apiVersion: { type: 'string' },
      dryRun: { type: 'array', items: { type: 'string' } },
      gracePeriodSeconds: { type: 'integer', format: 'int64' },
      kind: { type: 'string' },
      orphanDependents: { type: 'boolean' },
      preconditions: { type: 'object', properties: { resourceVersion: { type: 'string' }, uid: { type: 'string' } } },
      propagationPolicy: { type: 'string' },
    },
  },
};

/** Name of the component of a kind: the group turned round, as Kubernetes names models. */
export function componentName({ group, version, kind }: { group: string; version: string; kind: string }): string {
  if (group === '' || !group.includes('.')) return `io.k8s.api.${group || 'core'}.${version}.${kind}`;
  if (group === 'apiextensions.k8s.io')
    return `io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.${version}.${kind}`;
  if (group.endsWith('.k8s.io')) return `io.k8s.api.${group.split('.')[0]}.${version}.${kind}`;
  return `${group.split('.').reverse().join('.')}.${version}.${kind}`;
}

const typeDescriptions = {
  apiVersion:
    'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
  kind: 'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
  metadata:
    "Standard object's metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata",
};

const typeProperties: StoredObject = {
  apiVersion: { type: 'string', description: typeDescriptions.apiVersion },
  kind: { type: 'string', description: typeDescriptions.kind },
};

/** The component of a resource's kind and that of its list. */
export function resourceComponents(resource: ResourceDefinition): StoredObject {
  const { group, version, kind, listKind } = resource;
  const name = componentName(resource);
  return {
    [name]: { ...kindSchema(resource), 'x-kubernetes-group-version-kind': [{ group, kind, version }] },
    [`${componentName({ group, version, kind: listKind })}`]: listSchema(resource, name),
  };
}

function kindSchema(resource: ResourceDefinition): StoredObject {
  const schema = resource.openApi ?? withoutMetadata(resource.schema);
  const own = mapIn(schema, 'properties') ?? {};
  const metadata = { description: typeDescriptions.metadata, allOf: [metaRef('ObjectMeta')] };
  return { ...openOf(schema), type: 'object', properties: sorted({ ...own, ...typeProperties, metadata }) };
}

// What keeps unknown fields at the root has no structure worth publishing beside its type.
function openOf(schema: StoredObject): StoredObject {
  const { properties: _properties, ...rest } = schema;
  return rest;
}

function withoutMetadata({ properties = {}, ...schema }: Schema): StoredObject {
  const { metadata: _metadata, ...others } = properties;
  return toOpenApiV3({ ...schema, properties: others });
}

function listSchema(resource: ResourceDefinition, component: string): StoredObject {
  const { group, version, kind, listKind } = resource;
  return {
    description: `${listKind} is a list of ${kind}`,
    type: 'object',
    required: ['items'],
    properties: {
      apiVersion: typeProperties['apiVersion'],
      items: { type: 'array', items: { $ref: `#/components/schemas/${component}` } },
      kind: typeProperties['kind'],
      metadata: { allOf: [metaRef('ListMeta')] },
    },
    'x-kubernetes-group-version-kind': [{ group, kind: listKind, version }],
  };
}

/** The component of what an endpoint takes. */
export function endpointComponents({ kind, schema }: Endpoint): StoredObject {
  const { group, version, kind: name } = kind;
  const plain = toOpenApiV3(schema.properties?.['metadata'] ? withMetadataRef(schema) : schema);
  return { [componentName(kind)]: { ...plain, 'x-kubernetes-group-version-kind': [{ group, kind: name, version }] } };
}

function withMetadataRef(schema: Schema): Schema {
  return { ...schema, properties: { ...schema.properties, metadata: { type: 'object' } } };
}

function sorted(map: StoredObject): StoredObject {
  return Object.fromEntries(
    Object.keys(map)
      .sort()
      .map((key) => [key, map[key]]),
  );
}
