import type { Messages } from './field.ts';

/** Metadata and options that every kind shares. Source of names, numbers and list types: `k8s.io/apimachinery/pkg/apis/meta/v1`. */
export const meta: Messages = {
  Condition: {
    type: [1, 'string always required'],
    status: [2, 'string always required'],
    observedGeneration: [3, 'int64'],
    lastTransitionTime: [4, 'time always required'],
    reason: [5, 'string always required'],
    message: [6, 'string always required'],
  },
  DeleteOptions: {
    gracePeriodSeconds: [1, 'int64 pointer'],
    preconditions: [2, 'Preconditions pointer'],
    orphanDependents: [3, 'bool pointer'],
    propagationPolicy: [4, 'string pointer'],
    dryRun: [5, '[]string'],
    ignoreStoreReadErrorWithClusterBreakingPotential: [6, 'bool pointer'],
  },
  FieldSelectorRequirement: {
    key: [1, 'string always required'],
    operator: [2, 'string always required'],
    values: [3, '[]string'],
  },
  LabelSelector: {
    matchLabels: [1, 'map<string>'],
    matchExpressions: [2, '[]LabelSelectorRequirement'],
  },
  LabelSelectorRequirement: {
    key: [1, 'string always required'],
    operator: [2, 'string always required'],
    values: [3, '[]string'],
  },
  ManagedFieldsEntry: {
    manager: [1, 'string'],
    operation: [2, 'string'],
    apiVersion: [3, 'string'],
    time: [4, 'time pointer'],
    fieldsType: [6, 'string'],
    fieldsV1: [7, 'fields pointer'],
    subresource: [8, 'string'],
  },
  ObjectMeta: {
    name: [1, 'string'],
    generateName: [2, 'string'],
    namespace: [3, 'string'],
    selfLink: [4, 'string'],
    uid: [5, 'string'],
    resourceVersion: [6, 'string'],
    generation: [7, 'int64'],
    creationTimestamp: [8, 'time'],
    deletionTimestamp: [9, 'time pointer'],
    deletionGracePeriodSeconds: [10, 'int64 pointer'],
    labels: [11, 'map<string>'],
    annotations: [12, 'map<string>'],
    ownerReferences: [13, '[]OwnerReference keys(uid)'],
    finalizers: [14, '[]string set'],
    managedFields: [17, '[]ManagedFieldsEntry'],
  },
  OwnerReference: {
    apiVersion: [5, 'string always required'],
    kind: [1, 'string always required'],
    name: [3, 'string always required'],
    uid: [4, 'string always required'],
    controller: [6, 'bool pointer'],
    blockOwnerDeletion: [7, 'bool pointer'],
  },
  Preconditions: {
    uid: [1, 'string pointer'],
    resourceVersion: [2, 'string pointer'],
  },
};
