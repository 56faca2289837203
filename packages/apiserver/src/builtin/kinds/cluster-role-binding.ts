import type { ResourceDefinition } from '../../resources/resource.ts';
import { bindingColumns } from '../columns/binding.ts';
import { bindingDefaults } from '../defaults/binding.ts';
import { defineBuiltin } from '../define.ts';
import { pathSegmentFaults } from '../validation/names.ts';
import { bindingFaults, rbacGroup, roleRefFaults } from '../validation/rbac.ts';

/** `rbac.authorization.k8s.io/v1` ClusterRoleBinding. */
export const clusterRoleBindingKind: ResourceDefinition = defineBuiltin({
  group: rbacGroup,
  kind: 'ClusterRoleBinding',
  resource: 'clusterrolebindings',
  message: 'rbac.ClusterRoleBinding',
  description: 'Who has the permissions of a cluster role everywhere.',
  namespaced: false,
  columns: bindingColumns,
  nameFaults: pathSegmentFaults,
  defaults: bindingDefaults,
  faults: (object) => bindingFaults(object, ['ClusterRole'], false),
  updateFaults: roleRefFaults,
  strategy: { createsOnUpdate: true },
});
