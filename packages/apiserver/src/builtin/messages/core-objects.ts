import type { Messages } from './field.ts';

/** Namespaces, ConfigMaps, Secrets, ServiceAccounts and Events. Source of names, numbers and list types: `k8s.io/api/core/v1`. */
export const coreObjects: Messages = {
  Binding: {
    metadata: [1, 'meta.ObjectMeta always'],
    target: [2, 'ObjectReference always required'],
  },
  ConfigMap: {
    metadata: [1, 'meta.ObjectMeta always'],
    immutable: [4, 'bool pointer'],
    data: [2, 'map<string>'],
    binaryData: [3, 'map<bytes>'],
  },
  Event: {
    metadata: [1, 'meta.ObjectMeta always required'],
    involvedObject: [2, 'ObjectReference always required'],
    reason: [3, 'string'],
    message: [4, 'string'],
    source: [5, 'EventSource always'],
    firstTimestamp: [6, 'time always'],
    lastTimestamp: [7, 'time always'],
    count: [8, 'int32'],
    type: [9, 'string'],
    eventTime: [10, 'microTime always'],
    series: [11, 'EventSeries pointer'],
    action: [12, 'string'],
    related: [13, 'ObjectReference pointer'],
    reportingComponent: [14, 'string always'],
    reportingInstance: [15, 'string always'],
  },
  EventSeries: {
    count: [1, 'int32'],
    lastObservedTime: [2, 'microTime always'],
  },
  EventSource: {
    component: [1, 'string'],
    host: [2, 'string'],
  },
  LocalObjectReference: {
    name: [1, 'string'],
  },
  Namespace: {
    metadata: [1, 'meta.ObjectMeta always'],
    spec: [2, 'NamespaceSpec always'],
    status: [3, 'NamespaceStatus always'],
  },
  NamespaceCondition: {
    type: [1, 'string always required'],
    status: [2, 'string always required'],
    lastTransitionTime: [4, 'time always'],
    reason: [5, 'string'],
    message: [6, 'string'],
  },
  NamespaceSpec: {
    finalizers: [1, '[]string'],
  },
  NamespaceStatus: {
    phase: [1, 'string'],
    conditions: [2, '[]NamespaceCondition keys(type)'],
  },
  ObjectReference: {
    kind: [1, 'string'],
    namespace: [2, 'string'],
    name: [3, 'string'],
    uid: [4, 'string'],
    apiVersion: [5, 'string'],
    resourceVersion: [6, 'string'],
    fieldPath: [7, 'string'],
  },
  Secret: {
    metadata: [1, 'meta.ObjectMeta always'],
    immutable: [5, 'bool pointer'],
    data: [2, 'map<bytes>'],
    stringData: [4, 'map<string>'],
    type: [3, 'string'],
  },
  ServiceAccount: {
    metadata: [1, 'meta.ObjectMeta always'],
    secrets: [2, '[]ObjectReference keys(name)'],
    imagePullSecrets: [3, '[]LocalObjectReference'],
    automountServiceAccountToken: [4, 'bool pointer'],
  },
};
