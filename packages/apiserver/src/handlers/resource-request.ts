import type { ApiResponse } from '../http/exchange.ts';
import { isCustom, isDeletedSingly, type ServedIndex } from '../resources/catalog.ts';
import type { ResourceDefinition } from '../resources/resource.ts';
import { ApiError, badRequest, methodNotAllowed, notFound, qualified, resourceUnknown } from '../status/status.ts';
import type { Call, Services } from './call.ts';
import { deleteCollection, deleteObject } from './delete.ts';
import { callEndpoint } from './endpoint.ts';
import { patchObject } from './patch.ts';
import { getObject, listObjects } from './read.ts';
import { scale } from './scale.ts';
import { createObject, replaceObject } from './write.ts';

/** Thrown for a path that nothing serves: a plain "404 page not found", as outside the API. */
export class NoSuchPath extends Error {}

/** Answers a request for a resource. Throws `ApiError`, or `NoSuchPath`. */
export async function handleResource(
  services: Services,
  index: ServedIndex,
  call: Omit<Call, 'resource'>,
): Promise<ApiResponse> {
  const { group, version, resource: name, subresource } = call.target;
  const endpoint = index.endpoint(group, version, name, subresource);
  // Resources that are only ever created have no objects to name.
  if (endpoint && subresource === '' && call.target.name !== '') throw resourceUnknown();
  if (endpoint) return callEndpoint(services, call, endpoint);
  const resource = index.resource(group, version, name);
  if (!resource) throw unserved(index, group);
  const located = { ...call, resource, target: objectTarget(resource, call.target) };
  checkScope(resource, located);
  if (resource.deprecation) call.warnings.add(resource.deprecation);
  return handle(services, located);
}

/** To authorization a namespace is in itself, so that a role there can grant it; to storage it is in none. */
function objectTarget({ group, resource }: ResourceDefinition, target: Call['target']): Call['target'] {
  return group === '' && resource === 'namespaces' ? { ...target, namespace: '' } : target;
}

/** What nothing serves: within the groups of built-in kinds a Status, elsewhere a page that is not there. */
export function unserved(index: ServedIndex, group: string): Error {
  const builtin = index.served.resources.some((of) => of.group === group && !isCustom(of));
  return builtin ? resourceUnknown() : new NoSuchPath();
}

/** Only lists and watches of a namespaced resource may leave out the namespace. */
function checkScope(resource: ResourceDefinition, { target, request }: Omit<Call, 'resource'>): void {
  const inNamespace = target.namespace !== '';
  if (inNamespace === resource.namespaced) return;
  const acrossAll = resource.namespaced && target.name === '' && target.subresource === '';
  if (acrossAll && request.method === 'GET') return;
  if (isCustom(resource)) throw new NoSuchPath();
  throw acrossAll ? methodNotAllowed() : resourceUnknown();
}

function handle(services: Services, call: Call): Promise<ApiResponse> | ApiResponse {
  const { subresource, name } = call.target;
  if (subresource !== '') return handleSubresource(services, call);
  return name === '' ? handleCollection(services, call) : handleObject(services, call);
}

function handleCollection(services: Services, call: Call): Promise<ApiResponse> | ApiResponse {
  switch (call.request.method) {
    case 'GET':
      return listObjects(services, call);
    case 'POST':
      return createObject(services, call);
    case 'DELETE':
      if (isDeletedSingly(call.resource)) throw unsupportedVerb(call);
      return deleteCollection(services, call);
    default:
      throw isCustom(call.resource) ? badRequest('name must be provided') : unsupportedVerb(call);
  }
}

function handleObject(services: Services, call: Call): Promise<ApiResponse> | ApiResponse {
  switch (call.request.method) {
    case 'GET':
      return getObject(services, call);
    case 'PUT':
      return replaceObject(services, call);
    case 'PATCH':
      return patchObject(services, call);
    case 'DELETE':
      return deleteObject(services, call);
    default:
      throw unsupportedVerb(call);
  }
}

function handleSubresource(services: Services, call: Call): Promise<ApiResponse> | ApiResponse {
  const { resource, target } = call;
  if (target.subresource === 'status' && resource.statusSubresource) return handleStatus(services, call);
  if (target.subresource === 'scale' && resource.scale && scaleMethods.has(call.request.method))
    return scale(services, call, resource.scale);
  throw isCustom(resource) ? notFound(resource, target.name) : resourceUnknown();
}

const scaleMethods = new Set(['GET', 'PUT', 'PATCH']);

function handleStatus(services: Services, call: Call): Promise<ApiResponse> | ApiResponse {
  switch (call.request.method) {
    case 'GET':
      return getObject(services, call);
    case 'PUT':
      return replaceObject(services, call);
    case 'PATCH':
      return patchObject(services, call);
    default:
      throw unsupportedVerb(call);
  }
}

const verbNames: Readonly<Record<string, string>> = {
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};

function unsupportedVerb({ resource, request }: Call): ApiError {
  if (!isCustom(resource)) return methodNotAllowed();
  const verb = verbNames[request.method] ?? request.method.toLowerCase();
  const { group, resource: kind } = resource;
  const message = `${verb} is not supported on resources of kind "${qualified(resource)}"`;
  return new ApiError(405, 'MethodNotAllowed', message, { ...(group === '' ? {} : { group }), kind });
}
