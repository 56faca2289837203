import type { Schema } from '@pullpath/api';
import type { User } from '../http/exchange.ts';
import type { StoredObject } from '../store/record.ts';

/**
 * A part of the API with a handler of its own: subresources such as `pods/eviction`, `serviceaccounts/token` and
 * `namespaces/finalize`, and resources that are only ever created, such as `selfsubjectaccessreviews`.
 */
export interface Endpoint {
  /** Group and version that it is served under (for a subresource, those of its resource). */
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  /** Empty for a resource. */
  readonly subresource: string;
  readonly namespaced: boolean;
  readonly singular: string;
  readonly verbs: readonly EndpointVerb[];
  /** What its bodies and answers are. */
  readonly kind: { readonly group: string; readonly version: string; readonly kind: string };
  /** Structure of its bodies: unknown fields are dropped and reported, defaults filled in. */
  readonly schema: Schema;
  handle(call: EndpointCall): Promise<EndpointAnswer> | EndpointAnswer;
}

export type EndpointVerb = 'create' | 'get' | 'update';

/** One call, decoded; authorization has passed. */
export interface EndpointCall {
  readonly verb: EndpointVerb;
  readonly cluster: string;
  readonly namespace: string;
  /** Name of the object that a subresource belongs to; empty for a resource. */
  readonly name: string;
  readonly user: User;
  /** Absent for `get`. */
  readonly object: StoredObject | undefined;
  readonly manager: string;
  readonly dryRun: boolean;
}

/** Faults are thrown as `ApiError`. */
export interface EndpointAnswer {
  readonly status: number;
  readonly object: StoredObject;
}
