import { humanAge } from '../http/table.ts';
import type { Column } from '../resources/resource.ts';
import type { StoredObject } from '../store/record.ts';
import { compileJsonPath } from './json-path.ts';

/** `spec.versions[].additionalPrinterColumns[]` of a CustomResourceDefinition. */
export interface PrinterColumn {
  readonly name: string;
  readonly type: string;
  readonly jsonPath: string;
  readonly format?: string;
  readonly description?: string;
  readonly priority?: number;
}

type Cell = string | number | boolean | null;

const nameDescription =
  'Name must be unique within a namespace. Is required when creating resources, although some resources may allow a client to request the generation of an appropriate name automatically. Name is primarily intended for creation idempotence and configuration definition. Cannot be updated. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/names#names';

const ageColumn: PrinterColumn = {
  name: 'Age',
  type: 'date',
  jsonPath: '.metadata.creationTimestamp',
  description: 'Custom resource definition column (in JSONPath format): .metadata.creationTimestamp',
};

/** The columns of `kubectl get` for a custom resource: its name, then the declared ones, or its age where none is declared. */
export function printerColumns(declared: readonly PrinterColumn[] | undefined): Column[] {
  return [nameColumn, ...(declared?.length ? declared : [ageColumn]).map(columnOf)];
}

const nameColumn: Column = {
  name: 'Name',
  type: 'string',
  format: 'name',
  description: nameDescription,
  cell: (object) => ((object['metadata'] as StoredObject | undefined)?.['name'] as string | undefined) ?? '',
};

function columnOf(column: PrinterColumn): Column {
  const { name, type, jsonPath, format, priority, description } = column;
  const find = compileJsonPath(jsonPath);
  return {
    name,
    type: type as Column['type'],
    description: description || `Custom resource definition column (in JSONPath format): ${jsonPath}`,
    ...(format === undefined ? {} : { format }),
    ...(priority === undefined ? {} : { priority }),
    cell: (object, now) => cellOf(find(object)[0], type, now),
  };
}

/** Source: apiextensions-apiserver `tableconvertor.cellForJSONValue`; a text column prints any value. */
function cellOf(value: unknown, type: string, now: Date): Cell {
  if (value === undefined) return null;
  switch (type) {
    case 'string':
      return textOf(value);
    case 'integer':
      return typeof value === 'number' ? Math.trunc(value) : null;
    case 'number':
      return typeof value === 'number' ? value : null;
    case 'boolean':
      return typeof value === 'boolean' ? value : null;
    case 'date':
      return typeof value === 'string' ? age(value, now) : null;
    default:
      return null;
  }
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === null ? '<nil>' : JSON.stringify(value);
}

function age(value: string, now: Date): string {
  return Number.isNaN(Date.parse(value)) ? '<invalid>' : humanAge(value, now);
}
