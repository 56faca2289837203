import { formatPath, prune, validate } from '@pullpath/api';
import type { Column, ResourceDefinition } from '../resources/resource.ts';
import { metadataOf, withMetadata } from '../rest/metadata.ts';
import { badRequest } from '../status/status.ts';
import type { StoredObject } from '../store/record.ts';
import { withCondition } from './conditions.ts';
import { definitionBodySchema, definitionSchema } from './definition-schema.ts';
import { withTypedMetadata } from './object-meta-schema.ts';
import { isMap, listIn, mapIn, textIn } from './schema.ts';
import { definitionFaults } from './validate-definition.ts';
import { withoutEmptyProperties } from './without-empty.ts';

const identity = { group: 'apiextensions.k8s.io', version: 'v1', kind: 'CustomResourceDefinition' };

/** Keeps a deleted definition until its objects are gone. */
export const cleanupFinalizer = 'customresourcecleanup.apiextensions.k8s.io';

const createdAt: Column = {
  name: 'Created At',
  type: 'date',
  description: 'When the server created the object.',
  cell: (object) => metadataOf(object).creationTimestamp ?? null,
};

const name: Column = {
  name: 'Name',
  type: 'string',
  format: 'name',
  description: 'What the object is called; no other of its kind in the namespace is called so.',
  cell: (object) => metadataOf(object).name ?? '',
};

/** `customresourcedefinitions.apiextensions.k8s.io`. */
export const customResourceDefinitions: ResourceDefinition = {
  ...identity,
  resource: 'customresourcedefinitions',
  singular: 'customresourcedefinition',
  listKind: 'CustomResourceDefinitionList',
  namespaced: false,
  shortNames: ['crd', 'crds'],
  categories: ['api-extensions'],
  columns: [name, createdAt],
  statusSubresource: true,
  schema: definitionSchema,
  bodySchema: definitionBodySchema,
  strategicMerge: true,
  storageVersion: 'v1beta1',
  decode: (body) =>
    withoutEmptyProperties(
      withDefaults(prune(definitionBodySchema, checkTypes(withTypedMetadata(identity, body))) as StoredObject),
    ),
  strategy: {
    prepareCreate: (object) => withMetadata(withFirstStatus(object), { generation: 1 }),
    prepareUpdate: (object, old) => withStoredVersion({ ...object, status: old['status'] }),
    validateCreate: (object) => definitionFaults(object, undefined),
    validateUpdate: (object, old) => definitionFaults(object, old),
    needsResourceVersion: true,
    beginDeletion,
  },
};

/** Values of another type than their field are refused before anything looks at them. */
function checkTypes(body: StoredObject): StoredObject {
  const wrong = validate(definitionSchema, body).find(({ keyword }) => keyword === 'type');
  if (!wrong) return body;
  const path = formatPath(wrong.path.filter((step) => typeof step === 'string'));
  throw badRequest(
    `${identity.kind} in version "v1" cannot be handled as a ${identity.kind}: json: cannot unmarshal ${String(wrong.badValue)} into Go struct field ${identity.kind}.${path}`,
  );
}

/** Names that follow from others, and no conversion. Source: apiextensions `SetDefaults_CustomResourceDefinitionSpec`. */
function withDefaults(object: StoredObject): StoredObject {
  const spec = mapIn(object, 'spec') ?? {};
  const names = mapIn(spec, 'names') ?? {};
  const kind = textIn(names, 'kind');
  const singular = textIn(names, 'singular') || kind.toLowerCase();
  const listKind = textIn(names, 'listKind') || (kind === '' ? '' : `${kind}List`);
  const conversion = mapIn(spec, 'conversion') ?? { strategy: 'None' };
  return { ...object, spec: { ...spec, names: { ...names, singular, listKind }, conversion } };
}

function withFirstStatus(object: StoredObject): StoredObject {
  return {
    ...object,
    status: { conditions: null, acceptedNames: { plural: '', kind: '' }, storedVersions: storageVersions(object) },
  };
}

/** A version that objects may be stored in stays listed until someone migrates them. */
function withStoredVersion(object: StoredObject): StoredObject {
  const status = mapIn(object, 'status') ?? {};
  const known = listIn(status, 'storedVersions');
  const added = storageVersions(object).filter((version) => !known.includes(version));
  return added.length === 0 ? object : { ...object, status: { ...status, storedVersions: [...known, ...added] } };
}

function storageVersions(object: StoredObject): string[] {
  const versions = listIn(mapIn(object, 'spec') ?? {}, 'versions').filter(isMap);
  return versions.filter((version) => version['storage'] === true).map((version) => textIn(version, 'name'));
}

function beginDeletion(object: StoredObject): StoredObject {
  const { finalizers = [], deletionTimestamp = '', generation = 1 } = metadataOf(object);
  if (finalizers.includes(cleanupFinalizer)) return object;
  // Being marked neither counts as a change of the definition nor grants it time.
  const marks = { generation: generation - 1, deletionGracePeriodSeconds: undefined };
  return withMetadata(
    withCondition(object, deletionTimestamp, {
      type: 'Terminating',
      status: 'True',
      reason: 'InstanceDeletionPending',
      message: 'CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon',
    }),
    { ...marks, finalizers: [...finalizers, cleanupFinalizer] },
  );
}
