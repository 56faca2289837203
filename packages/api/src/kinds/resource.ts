import type { Schema } from '../schema/schema.ts';
import { flag, listOf, mapOf, object, text, whole } from './fields.ts';

type Keywords = Omit<Schema, 'type' | 'properties' | 'items' | 'additionalProperties'>;

/** The schema of a whole resource: `apiVersion`, `kind` and `metadata` beside its own fields. */
export function resource(
  description: string,
  fields: Readonly<Record<string, Schema>>,
  keywords: Omit<Keywords, 'description'> = {},
): Schema {
  return {
    type: 'object',
    description,
    properties: { apiVersion, kind, metadata: objectMeta, ...fields },
    ...keywords,
  };
}

const apiVersion = text('Group and version of the schema that the object follows.');
const kind = text('Name of the kind of resource.');

const ownerReference = object(
  {
    apiVersion: text('Group and version of the owner.'),
    kind: text('Kind of the owner.'),
    name: text('Name of the owner.'),
    uid: text('Identity of the owner; a later object of that name is not the owner.'),
    controller: flag('The owner manages this object; one owner at most.'),
    blockOwnerDeletion: flag('The owner stays until this object is gone, where its deletion waits for dependents.'),
  },
  'An object on whose deletion this one is deleted too.',
  { required: ['apiVersion', 'kind', 'name', 'uid'] },
);

/** `ObjectMeta` of `k8s.io/apimachinery/pkg/apis/meta/v1`. */
const objectMeta = object(
  {
    name: text('Name, unique for the kind within its namespace or cluster.'),
    generateName: text('Start of a name that the server completes; used where `name` is empty.'),
    namespace: text('Namespace that holds the object; empty for objects of the whole cluster.'),
    labels: mapOf(text('Value of the label.'), 'Keys and values by which objects are selected.', { nullable: true }),
    annotations: mapOf(
      text('Value of the annotation.'),
      'Keys and values for tools and people; nothing selects by them.',
      {
        nullable: true,
      },
    ),
    uid: text('Identity, given by the server.'),
    resourceVersion: text('Version of the stored object, given by the server; compare it for equality alone.'),
    generation: whole('int64', 'Counts the changes of the desired state; set by the server.'),
    selfLink: text('No longer set.'),
    creationTimestamp: text('Time of creation; set by the server.', { format: 'date-time', nullable: true }),
    deletionTimestamp: text('Time at which deletion was asked for; set by the server.', {
      format: 'date-time',
      nullable: true,
    }),
    deletionGracePeriodSeconds: whole('int64', 'Seconds that the object has to end itself; set by the server.', {
      nullable: true,
    }),
    finalizers: listOf(text('Name of the finalizer.'), 'Who must act before the object may go.', { nullable: true }),
    ownerReferences: listOf(ownerReference, 'Objects on whose deletion this one goes too.', { nullable: true }),
    managedFields: listOf(
      { type: 'object', preserveUnknownFields: true, description: 'Fields that one manager owns.' },
      'Who owns which field; kept by the server.',
      { nullable: true },
    ),
  },
  'Name, labels and bookkeeping of the object.',
);
