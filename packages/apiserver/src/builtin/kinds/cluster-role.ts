import type { ResourceDefinition } from '../../resources/resource.ts';
import type { FieldFault } from '../../status/status.ts';
import type { StoredObject } from '../../store/record.ts';
import { createdAtColumn, nameColumn } from '../columns/common.ts';
import { defineBuiltin } from '../define.ts';
import { listAt, valueAt } from '../read.ts';
import { required } from '../validation/faults.ts';
import { labelSelectorFaults } from '../validation/label-selector.ts';
import { pathSegmentFaults } from '../validation/names.ts';
import { policyRulesFaults, rbacGroup, withoutEmptyRules } from '../validation/rbac.ts';

/** `rbac.authorization.k8s.io/v1` ClusterRole. */
export const clusterRoleKind: ResourceDefinition = defineBuiltin({
  group: rbacGroup,
  kind: 'ClusterRole',
  resource: 'clusterroles',
  message: 'rbac.ClusterRole',
  description: 'Permissions in the whole cluster, or in each namespace that binds them.',
  namespaced: false,
  columns: [nameColumn, createdAtColumn],
  nameFaults: pathSegmentFaults,
  faults: (object) => [...policyRulesFaults(object, false), ...aggregationFaults(object)],
  strategy: { createsOnUpdate: true, admitted: withoutEmptyRules },
});

function aggregationFaults(object: StoredObject): FieldFault[] {
  if (valueAt(object, 'aggregationRule') === undefined) return [];
  const field = 'aggregationRule.clusterRoleSelectors';
  const selectors = listAt(object, 'aggregationRule', 'clusterRoleSelectors');
  const detail = 'at least one clusterRoleSelector required if aggregationRule is non-nil';
  if (selectors.length === 0) return [required(field, detail)];
  return selectors.flatMap((selector, index) => labelSelectorFaults(selector, `${field}[${index}]`));
}
