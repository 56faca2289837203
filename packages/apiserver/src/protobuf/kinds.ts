import type { TypedKind } from '../builtin/decode-typed.ts';

/** Kinds that clients send as protobuf, by API version. */
const messages: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  v1: {
    Binding: 'core.Binding',
    ConfigMap: 'core.ConfigMap',
    DeleteOptions: 'meta.DeleteOptions',
    Event: 'core.Event',
    Namespace: 'core.Namespace',
    Node: 'core.Node',
    Pod: 'core.Pod',
    Secret: 'core.Secret',
    ServiceAccount: 'core.ServiceAccount',
  },
  'admissionregistration.k8s.io/v1': {
    ValidatingAdmissionPolicy: 'admissionregistration.ValidatingAdmissionPolicy',
    ValidatingAdmissionPolicyBinding: 'admissionregistration.ValidatingAdmissionPolicyBinding',
  },
  'apps/v1': { DaemonSet: 'apps.DaemonSet', Deployment: 'apps.Deployment', ReplicaSet: 'apps.ReplicaSet' },
  'authentication.k8s.io/v1': {
    SelfSubjectReview: 'authentication.SelfSubjectReview',
    TokenRequest: 'authentication.TokenRequest',
    TokenReview: 'authentication.TokenReview',
  },
  'authorization.k8s.io/v1': {
    LocalSubjectAccessReview: 'authorization.LocalSubjectAccessReview',
    SelfSubjectAccessReview: 'authorization.SelfSubjectAccessReview',
    SelfSubjectRulesReview: 'authorization.SelfSubjectRulesReview',
    SubjectAccessReview: 'authorization.SubjectAccessReview',
  },
  'coordination.k8s.io/v1': { Lease: 'coordination.Lease' },
  'events.k8s.io/v1': { Event: 'events.Event' },
  'policy/v1': { Eviction: 'policy.Eviction', PodDisruptionBudget: 'policy.PodDisruptionBudget' },
  'rbac.authorization.k8s.io/v1': {
    ClusterRole: 'rbac.ClusterRole',
    ClusterRoleBinding: 'rbac.ClusterRoleBinding',
    Role: 'rbac.Role',
    RoleBinding: 'rbac.RoleBinding',
  },
};

/** The message of a kind; undefined for one that has none here. DeleteOptions come under the version of any group. */
export function protobufKind(apiVersion: string, kind: string): TypedKind | undefined {
  const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
  if (kind === 'DeleteOptions') return { version, kind, message: 'meta.DeleteOptions' };
  const ofVersion = Object.hasOwn(messages, apiVersion) ? messages[apiVersion] : undefined;
  const message = ofVersion && Object.hasOwn(ofVersion, kind) ? ofVersion[kind] : undefined;
  return message === undefined ? undefined : { version, kind, message };
}
