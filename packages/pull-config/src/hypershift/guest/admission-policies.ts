import type { KubeObject } from '@pullpath/api';
import { marks } from '../control-plane/names.ts';

/** Who may write what belongs to the HostedCluster: the operator in the guest, and the API server as it starts. */
export const guestWriter = 'system:hosted-cluster-config';
const writers = [guestWriter, 'system:kas-bootstrap-container'] as const;
/** The network operator reports into Infrastructure objects. */
const networkOperator = 'system:serviceaccount:openshift-network-operator:cluster-network-operator';

/** The refusal that users of a hosted cluster read. */
export const guestRefusal =
  'This resource cannot be created, updated, or deleted. Please ask your administrator to modify the resource in the HostedCluster object.';

/** A CEL expression, as upstream writes it: one of these users, or a change that leaves the spec as it is. */
export function guestWriteExpression(users: readonly string[]): string {
  return `${isOneOf(users)} || (${keepsSpec})`;
}

/**
 * The same for requests that make or delete an object, where one side is null: upstream's expression fails on those, and
 * users then read about the expression instead of what to do.
 */
function guardedExpression(users: readonly string[]): string {
  return `${isOneOf(users)} || (object != null && oldObject != null && ${keepsSpec})`;
}

const keepsSpec = 'has(object.spec) && has(oldObject.spec) && object.spec == oldObject.spec';

function isOneOf(users: readonly string[]): string {
  return `request.userInfo.username in [${users.map((user) => `'${user}'`).join(', ')}]`;
}

/**
 * ValidatingAdmissionPolicies that keep users of a hosted cluster from changing what its HostedCluster decides, each with
 * its binding (hypershift `resources/kas/admissionpolicies.go`). `olmCatalogPlacement` says whose the catalogs are.
 */
export function guestAdmissionPolicies(olmCatalogPlacement: 'management' | 'guest'): readonly KubeObject[] {
  const isOurs = olmCatalogPlacement === 'management';
  const all = ['*'];
  const changes = ['UPDATE', 'DELETE'];
  const policies = [
    policy('mirror', { ...config, operations: all }, [
      'imagedigestmirrorsets',
      'imagetagmirrorsets',
      ...(isOurs ? ['operatorhubs'] : []),
    ]),
    policy('icsp', { apiGroups: ['operator.openshift.io'], apiVersions: ['v1alpha1'], operations: all }, [
      'imagecontentsourcepolicies',
    ]),
    policy('config', { ...config, operations: changes }, [...configResources, ...(isOurs ? [] : ['operatorhubs'])]),
    policy('infra', { ...config, operations: changes }, ['infrastructures'], [...writers, networkOperator]),
    mirroredConfigMaps(),
  ];
  return policies.flatMap((object) => [object, binding(String(object.metadata.name))]);
}

interface Match {
  readonly apiGroups: readonly string[];
  readonly apiVersions: readonly string[];
  readonly operations: readonly string[];
}

const config = { apiGroups: ['config.openshift.io'], apiVersions: ['v1'] };

const configResources = [
  'apiservers',
  'authentications',
  'featuregates',
  'images',
  'imagecontentpolicies',
  'proxies',
  'schedulers',
  'networks',
  'oauths',
  'ingresses',
];

/** ConfigMaps are a core kind; the group that upstream declares here never matches them. */
function mirroredConfigMaps(): KubeObject {
  const object = policy(
    'ntomirroredconfigmaps',
    { apiGroups: [''], apiVersions: ['v1'], operations: ['UPDATE', 'DELETE'] },
    ['configmaps'],
  );
  const spec = object['spec'] as Readonly<Record<string, object>>;
  const objectSelector = { matchLabels: { 'hypershift.openshift.io/mirrored-config': 'true' } };
  return { ...object, spec: { ...spec, matchConstraints: { ...spec['matchConstraints'], objectSelector } } };
}

function policy(
  name: string,
  match: Match,
  resources: readonly string[],
  users: readonly string[] = writers,
): KubeObject {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name, labels: { [marks.managed]: 'true' } },
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: { matchPolicy: 'Equivalent', resourceRules: [{ ...match, resources, scope: '*' }] },
      validations: [{ expression: guardedExpression(users), message: guestRefusal, reason: 'Invalid' }],
    },
  };
}

function binding(policyName: string): KubeObject {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name: `${policyName}-binding`, labels: { [marks.managed]: 'true' } },
    spec: { policyName, validationActions: ['Deny'] },
  };
}
