import type { User } from '../http/exchange.ts';
import type { ResourceDefinition } from '../resources/resource.ts';
import type { StoredObject } from '../store/record.ts';
import type { Address } from './address.ts';

/** Who writes, and how strictly. */
export interface WriteOptions {
  /** Name of the field manager, never empty. */
  readonly manager: string;
  readonly dryRun: boolean;
  /** `status` or `scale`; empty for the main resource. */
  readonly subresource: string;
  /** Who asked; absent for the server's own writes. */
  readonly user?: User | undefined;
  /** Tells the client something although the write succeeds. */
  readonly warn?: ((text: string) => void) | undefined;
}

export interface DeleteOptions {
  readonly dryRun: boolean;
  readonly propagation: 'Background' | 'Foreground' | 'Orphan';
  readonly uid?: string | undefined;
  readonly resourceVersion?: string | undefined;
  /** Seconds that the object has to end itself; where absent, the kind decides. Kinds without grace ignore it. */
  readonly gracePeriodSeconds?: number | undefined;
  readonly user?: User | undefined;
  readonly warn?: ((text: string) => void) | undefined;
}

/** What a deletion left: nothing (the last state of what is gone), or an object that waits for its finalizers. */
export interface Deleted {
  readonly gone: boolean;
  readonly object: StoredObject;
}

/** A write about to happen, as admission sees it. */
export interface Attributes {
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE';
  readonly resource: ResourceDefinition;
  readonly address: Address;
  readonly subresource: string;
  readonly object: StoredObject | undefined;
  readonly oldObject: StoredObject | undefined;
  readonly dryRun: boolean;
  /** Who asked; absent for the server's own writes. */
  readonly user?: User | undefined;
  /** Tells the client something although the write succeeds. */
  readonly warn?: ((text: string) => void) | undefined;
}

/** How a caller makes the next state of an object; may throw `ApiError`. `old` is undefined when there is none. */
export type Mutation = (old: StoredObject | undefined) => Mutated;

export interface Mutated {
  readonly object: StoredObject;
  /** The mutation has set managedFields itself (server-side apply). */
  readonly tracked: boolean;
}

/** What the REST layer needs from around it; each is synchronous, so that a write is one step. */
export interface RestHooks {
  /** Throws `ApiError` to deny. */
  admit(attributes: Attributes): void;
  /** Keeps `metadata.managedFields` true after a write that is no server-side apply. */
  trackUpdate(
    resource: ResourceDefinition,
    old: StoredObject | undefined,
    next: StoredObject,
    options: WriteOptions,
    time: string,
  ): StoredObject;
  now(): Date;
  random(): number;
  uid?(): string;
}
