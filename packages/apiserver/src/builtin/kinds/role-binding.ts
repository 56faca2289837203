import type { ResourceDefinition } from '../../resources/resource.ts';
import { bindingColumns } from '../columns/binding.ts';
import { bindingDefaults } from '../defaults/binding.ts';
import { defineBuiltin } from '../define.ts';
import { pathSegmentFaults } from '../validation/names.ts';
import { bindingFaults, rbacGroup, roleRefFaults } from '../validation/rbac.ts';

/** `rbac.authorization.k8s.io/v1` RoleBinding. */
export const roleBindingKind: ResourceDefinition = defineBuiltin({
  group: rbacGroup,
  kind: 'RoleBinding',
  resource: 'rolebindings',
  message: 'rbac.RoleBinding',
  description: 'Who has the permissions of a role within a namespace.',
  namespaced: true,
  columns: bindingColumns,
  nameFaults: pathSegmentFaults,
  defaults: bindingDefaults,
  faults: (object) => bindingFaults(object, ['Role', 'ClusterRole'], true),
  updateFaults: roleRefFaults,
  strategy: { createsOnUpdate: true },
});
