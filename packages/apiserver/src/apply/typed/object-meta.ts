import type { Schema } from '@pullpath/api';

const text: Schema = { type: 'string' };
const time: Schema = { type: 'string', format: 'date-time' };
const textMap: Schema = { type: 'object', additionalProperties: text };

const ownerReference: Schema = {
  type: 'object',
  mapType: 'atomic',
  properties: {
    apiVersion: text,
    kind: text,
    name: text,
    uid: text,
    controller: { type: 'boolean' },
    blockOwnerDeletion: { type: 'boolean' },
  },
};

const managedFieldsEntry: Schema = {
  type: 'object',
  properties: {
    apiVersion: text,
    fieldsType: text,
    fieldsV1: { type: 'object' },
    manager: text,
    operation: text,
    subresource: text,
    time,
  },
};

/** How `metadata` is merged: the list and map types of ObjectMeta (apimachinery meta/v1), whatever a kind's schema says of it. */
export const objectMetaSchema: Schema = {
  type: 'object',
  properties: {
    name: text,
    generateName: text,
    namespace: text,
    labels: textMap,
    annotations: textMap,
    uid: text,
    resourceVersion: text,
    generation: { type: 'integer' },
    selfLink: text,
    creationTimestamp: time,
    deletionTimestamp: time,
    deletionGracePeriodSeconds: { type: 'integer' },
    finalizers: { type: 'array', listType: 'set', items: text },
    ownerReferences: { type: 'array', listType: 'map', listMapKeys: ['uid'], items: ownerReference },
    managedFields: { type: 'array', listType: 'atomic', items: managedFieldsEntry },
  },
};
