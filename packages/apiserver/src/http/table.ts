import type { Column, ResourceDefinition } from '../resources/resource.ts';
import type { StoredObject } from '../store/record.ts';

/** What each row carries of its object (`includeObject`). */
export type RowObject = 'None' | 'Metadata' | 'Object';

/** A `meta.k8s.io/v1` Table of some objects, as `kubectl get` prints it. */
export function tableOf(
  resource: ResourceDefinition,
  objects: readonly StoredObject[],
  options: {
    version: string;
    rowObject: RowObject;
    now: Date;
    listMetadata: Readonly<Record<string, unknown>>;
    withColumns?: boolean;
  },
): StoredObject {
  return {
    kind: 'Table',
    apiVersion: `meta.k8s.io/${options.version}`,
    metadata: options.listMetadata,
    columnDefinitions: options.withColumns === false ? null : resource.columns.map(definition),
    rows: objects.map((object) => row(resource, object, options)),
  };
}

function definition({ name, type, format = '', description = '', priority = 0 }: Column): StoredObject {
  return { name, type, format, description, priority };
}

function row(
  resource: ResourceDefinition,
  object: StoredObject,
  options: { version: string; rowObject: RowObject; now: Date },
): StoredObject {
  return {
    cells: resource.columns.map((column) => column.cell(object, options.now)),
    ...conditionsOf(resource, object),
    object: rowObject(object, options),
  };
}

function conditionsOf(
  { rowConditions }: ResourceDefinition,
  object: StoredObject,
): { conditions?: readonly StoredObject[] } {
  const conditions = rowConditions?.(object) ?? [];
  return conditions.length > 0 ? { conditions } : {};
}

function rowObject(object: StoredObject, { version, rowObject }: { version: string; rowObject: RowObject }): unknown {
  if (rowObject === 'None') return null;
  if (rowObject === 'Object') return object;
  return { kind: 'PartialObjectMetadata', apiVersion: `meta.k8s.io/${version}`, metadata: object['metadata'] };
}

/** How long ago, in kubectl's words: `5s`, `3m12s`, `4h`, `2d3h`, `<unknown>`. Source: apimachinery `duration.HumanDuration`. */
export function humanAge(since: unknown, now: Date): string {
  const then = typeof since === 'string' ? Date.parse(since) : Number.NaN;
  if (Number.isNaN(then)) return '<unknown>';
  const seconds = Math.floor((now.getTime() - then) / 1000);
  if (seconds < -1) return '<invalid>';
  if (seconds < 0) return '0s';
  return humanDuration(seconds);
}

function humanDuration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (seconds < 120) return `${seconds}s`;
  if (minutes < 10) return two(minutes, 'm', seconds % 60, 's');
  if (minutes < 180) return `${minutes}m`;
  if (hours < 8) return two(hours, 'h', minutes % 60, 'm');
  if (hours < 48) return `${hours}h`;
  if (hours < 192) return two(days, 'd', hours % 24, 'h');
  if (days < 730) return `${days}d`;
  if (days < 2920) return two(Math.floor(days / 365), 'y', days % 365, 'd');
  return `${Math.floor(days / 365)}y`;
}

function two(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large}${largeUnit}` : `${large}${largeUnit}${small}${smallUnit}`;
}
