import type { ResourceDefinition } from '../../resources/resource.ts';
import { ageColumn, nameColumn } from '../columns/common.ts';
import { defineBuiltin } from '../define.ts';

/** Core `v1` ServiceAccount. */
export const serviceAccountKind: ResourceDefinition = defineBuiltin({
  group: '',
  kind: 'ServiceAccount',
  resource: 'serviceaccounts',
  message: 'core.ServiceAccount',
  description: 'An identity for programs.',
  namespaced: true,
  shortNames: ['sa'],
  columns: [nameColumn, ageColumn],
  strategy: { answersDeleted: true },
});
