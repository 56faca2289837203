import type { StoredObject } from '../store/record.ts';
import type { TrackedKind } from './tracked-kind.ts';
import { asMap } from './typed/value-type.ts';

/**
 * What an object of a built-in kind holds before anything is set: members whose Go type is no pointer. They exist on both
 * sides of every change, so that nobody gains them. Custom resources hold nothing.
 */
export function zeroFields({
  group,
  kind,
  strategicMerge,
}: Pick<TrackedKind, 'group' | 'kind' | 'strategicMerge'>): StoredObject {
  return (strategicMerge ? zeroByKind.get(`${group}/${kind}`) : undefined) ?? nothing;
}

const nothing: StoredObject = {};

const podTemplate = { metadata: {}, spec: { containers: null } };
const roleRef = { apiGroup: '', kind: '', name: '' };
const nodeInfo = {
  architecture: '',
  bootID: '',
  containerRuntimeVersion: '',
  kernelVersion: '',
  kubeProxyVersion: '',
  kubeletVersion: '',
  machineID: '',
  operatingSystem: '',
  osImage: '',
  systemUUID: '',
};

const zeroByKind: ReadonlyMap<string, StoredObject> = new Map<string, StoredObject>([
  ['/Namespace', { metadata: {}, spec: {}, status: {} }],
  ['/Node', { metadata: {}, spec: {}, status: { daemonEndpoints: { kubeletEndpoint: { Port: 0 } }, nodeInfo } }],
  ['/Pod', { metadata: {}, spec: { containers: null }, status: {} }],
  [
    '/Event',
    {
      metadata: {},
      involvedObject: {},
      source: {},
      firstTimestamp: null,
      lastTimestamp: null,
      eventTime: null,
      reportingComponent: '',
      reportingInstance: '',
    },
  ],
  [
    'policy/PodDisruptionBudget',
    {
      metadata: {},
      spec: {},
      status: { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 },
    },
  ],
  [
    'apps/DaemonSet',
    {
      metadata: {},
      spec: { selector: null, template: podTemplate, updateStrategy: {} },
      status: { currentNumberScheduled: 0, desiredNumberScheduled: 0, numberMisscheduled: 0, numberReady: 0 },
    },
  ],
  ['apps/Deployment', { metadata: {}, spec: { selector: null, strategy: {}, template: podTemplate }, status: {} }],
  ['apps/ReplicaSet', { metadata: {}, spec: { selector: null, template: podTemplate }, status: { replicas: 0 } }],
  [
    'events.k8s.io/Event',
    {
      metadata: {},
      eventTime: null,
      regarding: {},
      deprecatedSource: {},
      deprecatedFirstTimestamp: null,
      deprecatedLastTimestamp: null,
    },
  ],
  ['coordination.k8s.io/Lease', { metadata: {}, spec: {} }],
  ['authentication.k8s.io/TokenReview', { metadata: {}, spec: {}, status: { user: {} } }],
  [
    'authentication.k8s.io/TokenRequest',
    { metadata: {}, spec: { audiences: null, boundObjectRef: null }, status: { token: '', expirationTimestamp: null } },
  ],
  ...['SelfSubjectAccessReview', 'SubjectAccessReview', 'LocalSubjectAccessReview'].map(
    (kind) => [`authorization.k8s.io/${kind}`, { metadata: {}, spec: {}, status: { allowed: false } }] as const,
  ),
  ['rbac.authorization.k8s.io/Role', { metadata: {}, rules: null }],
  ['rbac.authorization.k8s.io/ClusterRole', { metadata: {}, rules: null }],
  ['rbac.authorization.k8s.io/RoleBinding', { metadata: {}, roleRef }],
  ['rbac.authorization.k8s.io/ClusterRoleBinding', { metadata: {}, roleRef }],
  ['admissionregistration.k8s.io/ValidatingAdmissionPolicy', { metadata: {}, spec: {}, status: {} }],
  ['admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding', { metadata: {}, spec: {} }],
  [
    'apiextensions.k8s.io/CustomResourceDefinition',
    {
      metadata: {},
      spec: { group: '', names: { kind: '', plural: '' }, scope: '', versions: null },
      status: { acceptedNames: { kind: '', plural: '' }, conditions: null, storedVersions: null },
    },
  ],
  ...['ConfigMap', 'Secret', 'ServiceAccount'].map((kind) => [`/${kind}`, { metadata: {} }] as const),
]);

/** The object with the zero fields that it lacks. */
export function withZeroFields(object: StoredObject, zero: StoredObject): StoredObject {
  const entries = Object.entries(zero).map(([name, value]) => [name, filled(ownMember(object, name), value)] as const);
  return { ...object, ...Object.fromEntries(entries) };
}

function filled(value: unknown, zero: unknown): unknown {
  const [map, zeroMap] = [asMap(value), asMap(zero)];
  if (value === undefined) return zero;
  return map && zeroMap ? withZeroFields(map, zeroMap) : value;
}

/** The object without the nulls among its zero fields: such members are absent in JSON. */
export function withoutZeroNulls(object: StoredObject, zero: StoredObject): StoredObject {
  const entries = Object.entries(object).flatMap(([name, value]): [string, unknown][] => {
    const zeroValue = ownMember(zero, name);
    if (value === null && zeroValue === null) return [];
    const [map, zeroMap] = [asMap(value), asMap(zeroValue)];
    return [[name, map && zeroMap ? withoutZeroNulls(map, zeroMap) : value]];
  });
  return Object.fromEntries(entries);
}

function ownMember(object: StoredObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
