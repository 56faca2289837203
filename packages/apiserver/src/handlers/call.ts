import type { ProtobufDecoder } from '../body/decode-object.ts';
import type { AnswerForm } from '../http/answer.ts';
import type { ApiRequest, User } from '../http/exchange.ts';
import type { ResourceRequest } from '../http/request-info.ts';
import type { ResourceDefinition } from '../resources/resource.ts';
import type { Address } from '../rest/address.ts';
import type { Rest } from '../rest/rest.ts';
import type { Warnings } from './warnings.ts';

/** What every handler works with. */
export interface Services {
  readonly rest: Rest;
  readonly decodeProtobuf: ProtobufDecoder;
  /** Throws `ApiError` 403 for a user who may not create what a request for something else would create. */
  authorizeCreate(call: Pick<Call, 'user' | 'request' | 'target'>): void;
  now(): Date;
  random(): number;
}

/** One request for a resource, as far as it is understood before a verb looks at it. */
export interface Call {
  readonly request: ApiRequest;
  readonly target: ResourceRequest;
  readonly resource: ResourceDefinition;
  readonly user: User;
  readonly form: AnswerForm;
  readonly warnings: Warnings;
}

/** Where the object of a call lives. */
export function addressOf({ target }: Call): Address {
  return { cluster: target.cluster, namespace: target.namespace, name: target.name };
}

/** Bytes of a body; etcd would refuse larger objects. */
export const largestBody: number = 3 * 2 ** 20;
