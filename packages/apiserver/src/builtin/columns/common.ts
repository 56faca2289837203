import { humanAge } from '../../http/table.ts';
import type { Column } from '../../resources/resource.ts';
import { metadataOf } from '../../rest/metadata.ts';
import type { StoredObject } from '../../store/record.ts';
import { listAt, textAt } from '../read.ts';

export const nameColumn: Column = {
  name: 'Name',
  type: 'string',
  format: 'name',
  description: 'Name of the object, unique within its namespace or cluster',
  cell: (object) => metadataOf(object).name ?? '',
};

export const ageColumn: Column = {
  name: 'Age',
  type: 'string',
  description: 'Time since the object was created',
  cell: (object, now) => humanAge(metadataOf(object).creationTimestamp, now),
};

export const createdAtColumn: Column = {
  name: 'Created At',
  type: 'date',
  description: 'Time at which the object was created',
  cell: (object) => metadataOf(object).creationTimestamp ?? null,
};

/** A column of texts. */
export function textColumn(name: string, description: string, cell: Column['cell'], priority = 0): Column {
  return { name, type: 'string', description, priority, cell };
}

/** A column of counts. */
export function countColumn(name: string, description: string, cell: (object: StoredObject) => number): Column {
  return { name, type: 'integer', description, cell };
}

/** Names and images of the containers of a pod template, and the selector of its owner: the wide columns of workloads. */
export function templateColumns(selector: (object: StoredObject) => string): Column[] {
  const joined = (object: StoredObject, member: string): string =>
    listAt(object, 'spec', 'template', 'spec', 'containers')
      .map((container) => textAt(container, member))
      .join(',');
  return [
    textColumn('Containers', 'Names of the containers', (object) => joined(object, 'name'), 1),
    textColumn('Images', 'Images of the containers', (object) => joined(object, 'image'), 1),
    textColumn('Selector', 'Which pods belong to the object', selector, 1),
  ];
}
