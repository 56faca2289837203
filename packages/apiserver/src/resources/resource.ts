import type { Schema } from '@pullpath/api';
import type { FieldFault, GroupResource } from '../status/status.ts';
import type { StoredObject, StoredRecord } from '../store/record.ts';

/** One column of `kubectl get`. `priority` above 0 shows in `-o wide` only. */
export interface Column {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'date';
  readonly format?: string;
  readonly description?: string;
  readonly priority?: number;
  /** The cell of one object; null where it has none. */
  cell(object: StoredObject, now: Date): string | number | boolean | null;
}

/** What is particular to one kind when it is written. Everything is synchronous and pure; faults are collected. */
export interface Strategy {
  /** Called with defaults applied and unknown fields gone; gives the object to store, status emptied where it is a subresource. */
  prepareCreate(object: StoredObject): StoredObject;
  /** The same for a write of the main resource: what it must not touch is taken from `old`. */
  prepareUpdate(object: StoredObject, old: StoredObject): StoredObject;
  validateCreate(object: StoredObject): readonly FieldFault[];
  /** `subresource` is empty for the main resource. */
  validateUpdate(object: StoredObject, old: StoredObject, subresource: string): readonly FieldFault[];
  /** What the client should know of a write that succeeds. */
  warnings?(object: StoredObject): readonly string[];
  /** What the standard plug-ins add to a new object after its author is known as the owner of the rest: nobody owns it. */
  admitted?(object: StoredObject): StoredObject;
  /** Fields besides `metadata.name` and `metadata.namespace` that a field selector may name. */
  readonly selectableFields?: Readonly<Record<string, (object: StoredObject) => string>>;
  /** PUT of an object that does not exist creates it. */
  readonly createsOnUpdate?: boolean;
  /** PUT must say which version of the object it replaces. */
  readonly needsResourceVersion?: boolean;
  /** DELETE answers with the object that is gone instead of a Status. */
  readonly answersDeleted?: boolean;
  /** What a write of a subresource takes from its input, where it is not just `status`; e.g. `finalize` of a Namespace. */
  readonly subresources?: Readonly<Record<string, (object: StoredObject, old: StoredObject) => StoredObject>>;
  /** Seconds between asking for deletion and deletion, given what the client asked for; 0 where absent. */
  gracePeriodSeconds?(object: StoredObject, asked: number | undefined): number;
  /** What else changes when deletion is asked for; e.g. the phase of a Namespace. */
  beginDeletion?(object: StoredObject): StoredObject;
  /** Keeps a deleted object although its metadata has no finalizers left; e.g. `spec.finalizers` of a Namespace. */
  isRetained?(object: StoredObject): boolean;
}

/** One kind as this server serves it; built-ins and CustomResourceDefinitions end in the same shape. */
export interface ResourceDefinition extends GroupResource {
  readonly version: string;
  readonly kind: string;
  readonly singular: string;
  readonly listKind: string;
  readonly namespaced: boolean;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly columns: readonly Column[];
  /** What marks the row of an object in a table, e.g. that a Pod has ended. */
  readonly rowConditions?: ((object: StoredObject) => readonly StoredObject[]) | undefined;
  readonly strategy: Strategy;
  /** `status` and `scale` as served; others (eviction, token, finalize) are handlers of their own. */
  readonly statusSubresource: boolean;
  readonly scale?: ScalePaths | undefined;
  /** Structure for pruning, defaulting, apply and OpenAPI. */
  readonly schema: Schema;
  /** The version that the real server stores, where it is another one: discovery has a hash of it. */
  readonly storageVersion?: string;
  /** What bodies are checked for unknown fields by, where `schema` says less: it may contain itself. */
  readonly bodySchema?: Schema;
  /** Strategic merge patch is for built-ins only; custom resources answer 415 to it. */
  readonly strategicMerge: boolean;
  /** A body as this kind reads it: typed, unknown fields gone, defaults filled in. Throws `ApiError` 400 for values of a wrong type. */
  decode(body: StoredObject): StoredObject;
  /** The structure as its author wrote it, for OpenAPI; `schema` stands for it where absent. */
  readonly openApi?: StoredObject | undefined;
  /** The definition goes: nothing new is taken, the rest is left to be deleted. */
  readonly terminating?: boolean;
  /** Sent with every answer of a deprecated version. */
  readonly deprecation?: string | undefined;
  /** Set where the objects are those of another resource in another shape. */
  readonly alias?: Alias | undefined;
  /** Fills in on reading what a definition that changed since the write demands. */
  read?(record: StoredRecord): StoredRecord;
}

/** Where objects are kept that two resources show: `events` of the core group and of `events.k8s.io`. */
export interface Alias extends GroupResource {
  /** An object as it is kept, in the shape of this resource. */
  fromStored(object: StoredObject): StoredObject;
  toStored(object: StoredObject): StoredObject;
}

export interface ScalePaths {
  readonly specReplicas: string;
  readonly statusReplicas: string;
  readonly labelSelector?: string | undefined;
}

export function apiVersionOf({ group, version }: { group: string; version: string }): string {
  return group === '' ? version : `${group}/${version}`;
}
