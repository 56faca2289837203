import type { FieldSet } from '../fields/field-set.ts';

/** One manager's hold on fields: an entry of `metadata.managedFields` with its fields decoded. */
export interface Owner {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  /** RFC 3339; absent for an apply that changed nothing but ownership. */
  readonly time: string | undefined;
  /** Empty for the main resource. */
  readonly subresource: string;
  readonly fields: FieldSet;
}

/** Owners by identity, see `ownerKey`. */
export type Owners = ReadonlyMap<string, Owner>;

/**
 * What tells owners apart: manager, operation and subresource, for updates the apiVersion too. The text is the one that
 * apimachinery `managedfields` makes, as conflicts are listed in its order.
 */
export function ownerKey({ manager, operation, apiVersion, subresource }: Omit<Owner, 'time' | 'fields'>): string {
  return JSON.stringify({
    manager: manager || undefined,
    operation,
    apiVersion: operation === 'Update' ? apiVersion : undefined,
    subresource: subresource || undefined,
  });
}
