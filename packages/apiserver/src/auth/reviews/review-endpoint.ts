import { trackUpdate } from '../../apply/track-update.ts';
import { decodeTyped } from '../../builtin/decode-typed.ts';
import { schemaOfKind } from '../../builtin/schema-of-message.ts';
import type { Endpoint, EndpointCall } from '../../resources/endpoint.ts';
import { timestamp } from '../../rest/metadata.ts';
import { ApiError, type FieldFault } from '../../status/status.ts';
import type { StoredObject } from '../../store/record.ts';

/** A resource that is only created, and answers with its status filled in. */
export interface Review {
  readonly group: string;
  readonly kind: string;
  readonly resource: string;
  readonly message: string;
  readonly description: string;
  readonly namespaced?: boolean;
  /** The object with its answer; may throw `ApiError`. */
  answer(object: StoredObject, call: EndpointCall): StoredObject;
}

/** A review as the server serves it; like any created object it says who set which field. */
export function reviewEndpoint(now: () => Date, review: Review): Endpoint {
  const { group, kind, resource, message, description, namespaced = false } = review;
  const typed = { version: 'v1', kind, message };
  const schema = schemaOfKind(message, description);
  const tracked = { group, version: 'v1', resource, kind, schema, statusSubresource: false, strategicMerge: true };
  return {
    group,
    version: 'v1',
    resource,
    subresource: '',
    namespaced,
    singular: kind.toLowerCase(),
    verbs: ['create'],
    kind: { group, version: 'v1', kind },
    schema,
    handle(call) {
      const { status: _status, ...asked } = decodeTyped(typed, call.object ?? {});
      const options = { manager: call.manager, subresource: '' };
      const owned = trackUpdate(tracked, undefined, asked, options, timestamp(now()));
      const { apiVersion: _version, kind: _kind, metadata, ...rest } = review.answer(owned, call);
      return { status: 201, object: { kind, apiVersion: `${group}/v1`, metadata, ...rest } };
    },
  };
}

/** Refuses a review; the real server does not name the kind in these. */
export function invalidReview(group: string, faults: readonly FieldFault[]): ApiError {
  const texts = faults.map(({ field, message }) => `${field}: ${message}`);
  const list = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`;
  return new ApiError(422, 'Invalid', `.${group} "" is invalid: ${list}`, {
    group,
    causes: faults.map(({ reason, message, field }) => ({ reason, message, field })),
  });
}
