import type { Column } from '../../resources/resource.ts';
import type { StoredObject } from '../../store/record.ts';
import { listAt, textAt } from '../read.ts';
import { ageColumn, nameColumn, textColumn } from './common.ts';

/** Columns of RoleBinding and ClusterRoleBinding. */
export const bindingColumns: readonly Column[] = [
  nameColumn,
  textColumn(
    'Role',
    'Role that is granted',
    (object) => `${textAt(object, 'roleRef', 'kind')}/${textAt(object, 'roleRef', 'name')}`,
  ),
  ageColumn,
  textColumn('Users', 'Users who have it', (object) => subjectsOf(object, 'User'), 1),
  textColumn('Groups', 'Groups that have it', (object) => subjectsOf(object, 'Group'), 1),
  textColumn('ServiceAccounts', 'Service accounts that have it', (object) => subjectsOf(object, 'ServiceAccount'), 1),
];

function subjectsOf(object: StoredObject, kind: string): string {
  return listAt(object, 'subjects')
    .filter((subject) => textAt(subject, 'kind') === kind)
    .map((subject) => {
      const namespace = textAt(subject, 'namespace');
      return kind === 'ServiceAccount' && namespace !== ''
        ? `${namespace}/${textAt(subject, 'name')}`
        : textAt(subject, 'name');
    })
    .join(', ');
}
