import type { Messages } from './field.ts';

/** Kinds of `authentication/v1`. Source of names, numbers and list types: `k8s.io/api/authentication/v1`. */
export const authentication: Messages = {
  BoundObjectReference: {
    kind: [1, 'string'],
    apiVersion: [2, 'string'],
    name: [3, 'string'],
    uid: [4, 'string'],
  },
  SelfSubjectReview: {
    metadata: [1, 'meta.ObjectMeta always'],
    status: [2, 'SelfSubjectReviewStatus always'],
  },
  SelfSubjectReviewStatus: {
    userInfo: [1, 'UserInfo always'],
  },
  TokenRequest: {
    metadata: [1, 'meta.ObjectMeta always'],
    spec: [2, 'TokenRequestSpec always'],
    status: [3, 'TokenRequestStatus always'],
  },
  TokenRequestSpec: {
    audiences: [1, '[]string always'],
    expirationSeconds: [4, 'int64 pointer'],
    boundObjectRef: [3, 'BoundObjectReference pointer'],
  },
  TokenRequestStatus: {
    token: [1, 'string always'],
    expirationTimestamp: [2, 'time always'],
  },
  TokenReview: {
    metadata: [1, 'meta.ObjectMeta always'],
    spec: [2, 'TokenReviewSpec always required'],
    status: [3, 'TokenReviewStatus always'],
  },
  TokenReviewSpec: {
    token: [1, 'string required'],
    audiences: [2, '[]string'],
  },
  TokenReviewStatus: {
    authenticated: [1, 'bool'],
    user: [2, 'UserInfo always'],
    audiences: [4, '[]string'],
    error: [3, 'string'],
  },
  UserInfo: {
    username: [1, 'string'],
    uid: [2, 'string'],
    groups: [3, '[]string'],
    extra: [4, 'map<[]string>'],
  },
};
