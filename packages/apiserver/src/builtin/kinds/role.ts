import type { ResourceDefinition } from '../../resources/resource.ts';
import { createdAtColumn, nameColumn } from '../columns/common.ts';
import { defineBuiltin } from '../define.ts';
import { pathSegmentFaults } from '../validation/names.ts';
import { policyRulesFaults, rbacGroup, withoutEmptyRules } from '../validation/rbac.ts';

/** `rbac.authorization.k8s.io/v1` Role. */
export const roleKind: ResourceDefinition = defineBuiltin({
  group: rbacGroup,
  kind: 'Role',
  resource: 'roles',
  message: 'rbac.Role',
  description: 'Permissions within a namespace.',
  namespaced: true,
  columns: [nameColumn, createdAtColumn],
  nameFaults: pathSegmentFaults,
  faults: (object) => policyRulesFaults(object, true),
  strategy: { createsOnUpdate: true, admitted: withoutEmptyRules },
});
