import type { Messages } from './field.ts';

/** Kinds of `rbac/v1`. Source of names, numbers and list types: `k8s.io/api/rbac/v1`. */
export const rbac: Messages = {
  AggregationRule: {
    clusterRoleSelectors: [1, '[]meta.LabelSelector'],
  },
  ClusterRole: {
    metadata: [1, 'meta.ObjectMeta always'],
    rules: [2, '[]PolicyRule always'],
    aggregationRule: [3, 'AggregationRule pointer'],
  },
  ClusterRoleBinding: {
    metadata: [1, 'meta.ObjectMeta always'],
    subjects: [2, '[]Subject'],
    roleRef: [3, 'RoleRef always required'],
  },
  PolicyRule: {
    verbs: [1, '[]string always required'],
    apiGroups: [2, '[]string'],
    resources: [3, '[]string'],
    resourceNames: [4, '[]string'],
    nonResourceURLs: [5, '[]string'],
  },
  Role: {
    metadata: [1, 'meta.ObjectMeta always'],
    rules: [2, '[]PolicyRule always'],
  },
  RoleBinding: {
    metadata: [1, 'meta.ObjectMeta always'],
    subjects: [2, '[]Subject'],
    roleRef: [3, 'RoleRef always required'],
  },
  RoleRef: {
    apiGroup: [1, 'string always'],
    kind: [2, 'string always required'],
    name: [3, 'string always required'],
  },
  Subject: {
    kind: [1, 'string always required'],
    apiGroup: [2, 'string'],
    name: [3, 'string always required'],
    namespace: [4, 'string'],
  },
};
