import { compareBytes } from '../../patch/compare-bytes.ts';
import { emptySet, type FieldSet } from '../fields/field-set.ts';
import { decodeFields, encodeFields } from '../fields/fields-v1.ts';
import { asMap } from '../typed/value-type.ts';
import { type Owner, type Owners, ownerKey } from './owner.ts';

/** Reads `metadata.managedFields`. Undefined where an entry is not of the form that servers write. */
export function decodeManagedFields(entries: unknown): Owners | undefined {
  if (entries === undefined || entries === null) return new Map();
  if (!Array.isArray(entries)) return undefined;
  const owners = entries.map(decodeEntry);
  return owners.every((owner) => owner !== undefined)
    ? new Map(owners.map((owner) => [ownerKey(owner), owner] as const))
    : undefined;
}

function decodeEntry(entry: unknown): Owner | undefined {
  const { manager, operation, apiVersion, time, fieldsType, fieldsV1, subresource } = asMap(entry) ?? {};
  if (operation !== 'Apply' && operation !== 'Update') return undefined;
  if (typeof apiVersion !== 'string' || apiVersion === '' || fieldsType !== 'FieldsV1') return undefined;
  const fields = decodeFieldsV1(fieldsV1);
  return (
    fields && {
      manager: text(manager),
      operation,
      apiVersion,
      time: text(time) || undefined,
      subresource: text(subresource),
      fields,
    }
  );
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function decodeFieldsV1(fields: unknown): FieldSet | undefined {
  if (fields === undefined) return emptySet;
  try {
    return decodeFields(fields);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** True where a client asks to forget all owners: `[]`, or one empty entry. */
export function isReset(entries: unknown): boolean {
  if (!Array.isArray(entries)) return false;
  return entries.length === 0 || (entries.length === 1 && Object.keys(asMap(entries[0]) ?? { no: 1 }).length === 0);
}

/** The entries of `metadata.managedFields`: applies before updates, then by time in seconds, manager, apiVersion, subresource. */
export function encodeManagedFields(owners: Owners): Record<string, unknown>[] | undefined {
  return owners.size === 0 ? undefined : [...owners.values()].sort(compareOwners).map(encodeEntry);
}

function compareOwners(a: Owner, b: Owner): number {
  return (
    compareBytes(a.operation, b.operation) ||
    secondsOf(a) - secondsOf(b) ||
    compareBytes(a.manager, b.manager) ||
    compareBytes(a.apiVersion, b.apiVersion) ||
    compareBytes(a.subresource, b.subresource)
  );
}

/** Unix time of the entry; 0 without one. */
export function secondsOf({ time }: Owner): number {
  return time === undefined ? 0 : Math.floor(Date.parse(time) / 1000) || 0;
}

function encodeEntry({ manager, operation, apiVersion, time, fields, subresource }: Owner): Record<string, unknown> {
  return {
    ...(manager !== '' && { manager }),
    operation,
    apiVersion,
    ...(time !== undefined && { time }),
    fieldsType: 'FieldsV1',
    fieldsV1: encodeFields(fields),
    ...(subresource !== '' && { subresource }),
  };
}
