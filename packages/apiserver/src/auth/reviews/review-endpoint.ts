import { decodeTyped } from '../../builtin/decode-typed.ts';
import { schemaOfKind } from '../../builtin/schema-of-message.ts';
import type { Endpoint, EndpointCall } from '../../resources/endpoint.ts';
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

/** A review as the server serves it. */
export function reviewEndpoint(review: Review): Endpoint {
  const { group, kind, resource, message, description, namespaced = false } = review;
  const typed = { version: 'v1', kind, message };
  return {
    group,
    version: 'v1',
    resource,
    subresource: '',
    namespaced,
    singular: kind.toLowerCase(),
    verbs: ['create'],
    kind: { group, version: 'v1', kind },
    schema: schemaOfKind(message, description),
    handle(call) {
      const { status: _status, ...asked } = decodeTyped(typed, call.object ?? {});
      const { apiVersion: _version, kind: _kind, metadata, ...rest } = review.answer(asked, call);
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
