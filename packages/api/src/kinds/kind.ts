import type { FieldError } from '../schema/field-error.ts';
import type { Schema } from '../schema/schema.ts';

/** Everything that is known about a kind of resource. One file each in this folder; the table is `index.ts`. */
export interface KindDefinition {
  /** The empty text for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly singular: string;
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  readonly scope: 'Cluster' | 'Namespaced';
  /** Of the whole object, metadata included. */
  readonly schema: Schema;
  readonly printerColumns?: readonly PrinterColumn[];
  readonly subresources?: Subresources;
  /** What the schema cannot say: rules across fields, order and uniqueness in another sense than list types. */
  readonly check?: (object: Readonly<Record<string, unknown>>) => readonly FieldError[];
  /** Field names are read without regard to case, as `encoding/json` does for files that no API server sees. */
  readonly ignoresFieldCase?: boolean;
}

export interface PrinterColumn {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'date';
  readonly jsonPath: string;
  readonly description?: string;
}

export interface Subresources {
  readonly status?: boolean;
  readonly scale?: {
    readonly specReplicasPath: string;
    readonly statusReplicasPath: string;
    readonly labelSelectorPath?: string;
  };
}

/** `config.openshift.io/v1`, or `v1` for the core group. */
export function apiVersionOf({ group, version }: KindDefinition): string {
  return group === '' ? version : `${group}/${version}`;
}
