import type { ResourceDefinition } from '../resources/resource.ts';
import { clusterRoleKind } from './kinds/cluster-role.ts';
import { clusterRoleBindingKind } from './kinds/cluster-role-binding.ts';
import { configMapKind } from './kinds/config-map.ts';
import { daemonSetKind } from './kinds/daemon-set.ts';
import { deploymentKind } from './kinds/deployment.ts';
import { eventKind } from './kinds/event.ts';
import { eventsEventKind } from './kinds/events-event.ts';
import { leaseKind } from './kinds/lease.ts';
import { namespaceKind } from './kinds/namespace.ts';
import { nodeKind } from './kinds/node.ts';
import { podKind } from './kinds/pod.ts';
import { podDisruptionBudgetKind } from './kinds/pod-disruption-budget.ts';
import { replicaSetKind } from './kinds/replica-set.ts';
import { roleKind } from './kinds/role.ts';
import { roleBindingKind } from './kinds/role-binding.ts';
import { secretKind } from './kinds/secret.ts';
import { serviceAccountKind } from './kinds/service-account.ts';
import { validatingAdmissionPolicyKind } from './kinds/validating-admission-policy.ts';
import { validatingAdmissionPolicyBindingKind } from './kinds/validating-admission-policy-binding.ts';

/** Every kind that is built in, by group and name. */
export function builtinResources(): readonly ResourceDefinition[] {
  return kinds;
}

const kinds: readonly ResourceDefinition[] = [
  configMapKind,
  eventKind,
  namespaceKind,
  nodeKind,
  podKind,
  secretKind,
  serviceAccountKind,
  validatingAdmissionPolicyKind,
  validatingAdmissionPolicyBindingKind,
  daemonSetKind,
  deploymentKind,
  replicaSetKind,
  leaseKind,
  eventsEventKind,
  podDisruptionBudgetKind,
  clusterRoleBindingKind,
  clusterRoleKind,
  roleBindingKind,
  roleKind,
];
