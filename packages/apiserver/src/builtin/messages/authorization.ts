import type { Messages } from './field.ts';

/** Kinds of `authorization/v1`. Source of names, numbers and list types: `k8s.io/api/authorization/v1`. */
export const authorization: Messages = {
  FieldSelectorAttributes: {
    rawSelector: [1, 'string'],
    requirements: [2, '[]meta.FieldSelectorRequirement'],
  },
  LabelSelectorAttributes: {
    rawSelector: [1, 'string'],
    requirements: [2, '[]meta.LabelSelectorRequirement'],
  },
  LocalSubjectAccessReview: {
    metadata: [1, 'meta.ObjectMeta always'],
    spec: [2, 'SubjectAccessReviewSpec always required'],
    status: [3, 'SubjectAccessReviewStatus always'],
  },
  NonResourceAttributes: {
    path: [1, 'string'],
    verb: [2, 'string'],
  },
  NonResourceRule: {
    verbs: [1, '[]string always required'],
    nonResourceURLs: [2, '[]string'],
  },
  ResourceAttributes: {
    namespace: [1, 'string'],
    verb: [2, 'string'],
    group: [3, 'string'],
    version: [4, 'string'],
    resource: [5, 'string'],
    subresource: [6, 'string'],
    name: [7, 'string'],
    fieldSelector: [8, 'FieldSelectorAttributes pointer'],
    labelSelector: [9, 'LabelSelectorAttributes pointer'],
  },
  ResourceRule: {
    verbs: [1, '[]string always required'],
    apiGroups: [2, '[]string'],
    resources: [3, '[]string'],
    resourceNames: [4, '[]string'],
  },
  SelfSubjectAccessReview: {
    metadata: [1, 'meta.ObjectMeta always'],
    spec: [2, 'SelfSubjectAccessReviewSpec always required'],
    status: [3, 'SubjectAccessReviewStatus always'],
  },
  SelfSubjectAccessReviewSpec: {
    resourceAttributes: [1, 'ResourceAttributes pointer'],
    nonResourceAttributes: [2, 'NonResourceAttributes pointer'],
  },
  SelfSubjectRulesReview: {
    metadata: [1, 'meta.ObjectMeta always'],
    spec: [2, 'SelfSubjectRulesReviewSpec always required'],
    status: [3, 'SubjectRulesReviewStatus always'],
  },
  SelfSubjectRulesReviewSpec: {
    namespace: [1, 'string'],
  },
  SubjectAccessReview: {
    metadata: [1, 'meta.ObjectMeta always'],
    spec: [2, 'SubjectAccessReviewSpec always required'],
    status: [3, 'SubjectAccessReviewStatus always'],
  },
  SubjectAccessReviewSpec: {
    resourceAttributes: [1, 'ResourceAttributes pointer'],
    nonResourceAttributes: [2, 'NonResourceAttributes pointer'],
    user: [3, 'string'],
    groups: [4, '[]string'],
    extra: [5, 'map<[]string>'],
    uid: [6, 'string'],
  },
  SubjectAccessReviewStatus: {
    allowed: [1, 'bool always required'],
    denied: [4, 'bool'],
    reason: [2, 'string'],
    evaluationError: [3, 'string'],
  },
  SubjectRulesReviewStatus: {
    resourceRules: [1, '[]ResourceRule always required'],
    nonResourceRules: [2, '[]NonResourceRule always required'],
    incomplete: [3, 'bool always required'],
    evaluationError: [4, 'string'],
  },
};
