import { prune } from '@pullpath/api';
import { answer } from '../http/answer.ts';
import type { ApiResponse } from '../http/exchange.ts';
import type { Endpoint, EndpointVerb } from '../resources/endpoint.ts';
import { methodNotAllowed } from '../status/status.ts';
import type { StoredObject } from '../store/record.ts';
import type { Call, Services } from './call.ts';
import { type BodyKind, readBody } from './decode-body.ts';
import { writeOptions } from './write-options.ts';

const verbs: Readonly<Record<string, EndpointVerb>> = { POST: 'create', GET: 'get', PUT: 'update' };

/** A call of a part of the API that has a handler of its own. */
export async function callEndpoint(
  services: Services,
  call: Omit<Call, 'resource'>,
  endpoint: Endpoint,
): Promise<ApiResponse> {
  const verb = verbs[call.request.method];
  if (!verb || !endpoint.verbs.includes(verb)) throw methodNotAllowed();
  const { target, user } = call;
  const { cluster, namespace, name } = target;
  const read = verb === 'get' ? withoutBody : await withBody(services, call, endpoint, verb);
  const { status, object } = await endpoint.handle({ verb, cluster, namespace, name, user, ...read });
  return answer(status, object, call.form);
}

const withoutBody = { object: undefined, manager: '', dryRun: false };

async function withBody(
  services: Services,
  call: Omit<Call, 'resource'>,
  endpoint: Endpoint,
  verb: EndpointVerb,
): Promise<{ object: StoredObject; manager: string; dryRun: boolean }> {
  const options = writeOptions(call, verb === 'create' ? 'CreateOptions' : 'UpdateOptions');
  const object = await readBody(call, kindOf(endpoint), options.fieldValidation, services.decodeProtobuf);
  return { object, manager: options.manager, dryRun: options.dryRun };
}

function kindOf({ kind, schema }: Endpoint): BodyKind {
  return { ...kind, schema, custom: false, decode: (body) => prune(schema, body) as StoredObject };
}
