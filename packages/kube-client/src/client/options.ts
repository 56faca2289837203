import type { KubeObject } from '../objects/object.ts';
import type { CallOptions } from './sender.ts';

/** Which objects of a collection. Empty namespace: all of them. */
export interface Selection {
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
}

/** The limits of a call are those of each page. */
export interface ListOptions extends Selection, CallOptions {
  /** Objects per page; 500 unless set, 0 for one page. */
  readonly pageSize?: number | undefined;
  /** Unset: the newest state. */
  readonly resourceVersion?: string | undefined;
  readonly resourceVersionMatch?: 'Exact' | 'NotOlderThan' | undefined;
}

export interface WatchOptions extends Selection {
  /** Changes after this version; unset begins with all objects there are. */
  readonly resourceVersion?: string | undefined;
  /** Begins with all objects and a bookmark after them (watch-list). */
  readonly sendInitialEvents?: boolean | undefined;
  /** After this the server ends the watch. */
  readonly timeoutSeconds?: number | undefined;
  /** Milliseconds without a byte after which the connection counts as dead. */
  readonly idleMs?: number | undefined;
  /** Called for every chunk that arrives. */
  readonly onBytes?: (() => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface WriteOptions extends CallOptions {
  readonly subresource?: string | undefined;
  /** Unset: that of the client. */
  readonly fieldManager?: string | undefined;
  readonly dryRun?: boolean | undefined;
  readonly fieldValidation?: 'Strict' | 'Warn' | 'Ignore' | undefined;
}

export interface ApplyOptions extends WriteOptions {
  /** Takes fields over from other managers instead of failing with a conflict. */
  readonly force?: boolean | undefined;
}

export interface DeleteOptions extends CallOptions {
  readonly propagation?: 'Background' | 'Foreground' | 'Orphan' | undefined;
  readonly gracePeriodSeconds?: number | undefined;
  /** Deletes only what still is this object, or this version of it. */
  readonly preconditions?: { readonly uid?: string | undefined; readonly resourceVersion?: string | undefined };
  readonly dryRun?: boolean | undefined;
}

/** How a patch is read; `strategic` is for the kinds that are built into the server. */
export type PatchType = 'merge' | 'json' | 'strategic';

/** The whole intent of a manager: what it does not name, it does not own. */
export type ApplyObject<T extends KubeObject> = Partial<T> & { readonly metadata: { readonly name: string } };

/** What became of an eviction. */
export type Eviction =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'gone' }
  /** A disruption budget does not allow it now. */
  | { readonly outcome: 'blocked'; readonly message: string; readonly retryAfterMs: number | undefined };
