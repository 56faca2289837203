import type { StoredObject } from '../../store/record.ts';
import { listAt, mapAt, textAt, valueAt } from '../read.ts';
import { rbacGroup } from '../validation/rbac.ts';

type Json = Readonly<Record<string, unknown>>;

/** A RoleBinding or ClusterRoleBinding with the API groups that its author left out. */
export function bindingDefaults(object: StoredObject): StoredObject {
  const role = mapAt(object, 'roleRef');
  return {
    ...object,
    roleRef: { ...role, apiGroup: textAt(role, 'apiGroup') || rbacGroup },
    ...(valueAt(object, 'subjects') !== undefined && { subjects: listAt(object, 'subjects').map(subjectDefaults) }),
  };
}

function subjectDefaults(subject: unknown): Json {
  const isPerson = ['User', 'Group'].includes(textAt(subject, 'kind'));
  if (!isPerson || textAt(subject, 'apiGroup') !== '') return subject as Json;
  return { ...(subject as Json), apiGroup: rbacGroup };
}
