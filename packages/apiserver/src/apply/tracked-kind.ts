import type { Schema } from '@pullpath/api';
import { apiVersionOf } from '../resources/resource.ts';
import type { StoredObject } from '../store/record.ts';
import type { FieldSet } from './fields/field-set.ts';
import { ignoredFields } from './ignored-fields.ts';
import type { Owner, Owners } from './owners/owner.ts';
import { typeOfObject } from './typed/type-of-schema.ts';
import type { ValueType } from './typed/value-type.ts';
import { zeroFields } from './zero-fields.ts';

/** What ownership needs to know of a kind; a `ResourceDefinition` is one. */
export interface TrackedKind {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly kind: string;
  readonly schema: Schema;
  readonly statusSubresource: boolean;
  /** A built-in: its objects have members that are there even when nothing is set. */
  readonly strategicMerge: boolean;
}

/** A kind under one of its subresources, worked out for tracking. */
export interface Tracking {
  readonly type: ValueType;
  readonly apiVersion: string;
  readonly ignored: FieldSet;
  readonly zero: StoredObject;
}

/** `subresource` is empty for the main resource. */
export function trackingOf(kind: TrackedKind, subresource: string): Tracking {
  return {
    type: typeOfObject(kind.schema),
    apiVersion: apiVersionOf(kind),
    ignored: ignoredFields(kind, subresource),
    zero: zeroFields(kind),
  };
}

/** The owners whose entries were written through an API group of the kind; others are forgotten, as their fields mean nothing here. */
export function ownersOfGroup({ group }: TrackedKind, owners: Owners): Owners {
  return new Map([...owners].filter(([, { apiVersion }]) => groupOf(apiVersion) === group));
}

function groupOf(apiVersion: Owner['apiVersion']): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}
