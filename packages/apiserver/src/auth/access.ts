import type { User } from '../http/exchange.ts';
import type { RequestTarget, ResourceRequest } from '../http/request-info.ts';
import { selectedName } from '../rest/selectors.ts';
import { ApiError, forbidden } from '../status/status.ts';

/** What someone wants to do: a verb on a resource, or on the path of a URL that is none. */
export type Access = ResourceAccess | PathAccess;

export interface ResourceAccess {
  readonly isResource: true;
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource: string;
  /** Empty for cluster-scoped resources and for all namespaces. */
  readonly namespace: string;
  readonly name: string;
}

export interface PathAccess {
  readonly isResource: false;
  readonly verb: string;
  readonly path: string;
}

/** `reason` says by which binding, or what went wrong in looking; often empty for a denial. */
export interface Decision {
  readonly allowed: boolean;
  readonly reason: string;
}

/** Decides for the users of one logical cluster. */
export type Authorizer = (user: User, access: Access) => Decision;

/** What a request wants, read off its method, target and query (Kubernetes `RequestInfo`). */
export function accessOf(method: string, target: RequestTarget, query: URLSearchParams): Access {
  if (!target.isResource) return { isResource: false, verb: method.toLowerCase(), path: target.path };
  const { group, resource, subresource, namespace } = target;
  const verb = verbOf(method, target, query);
  const isSelected = verb === 'list' || verb === 'watch' || verb === 'deletecollection';
  // A list of the one object that a field selector names needs access to that object only.
  const name = target.name || (isSelected ? (selectedName(query.get('fieldSelector') ?? '') ?? '') : '');
  return { isResource: true, verb, group, resource, subresource, namespace, name };
}

function verbOf(method: string, { name }: ResourceRequest, query: URLSearchParams): string {
  switch (method) {
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return name === '' ? 'deletecollection' : 'delete';
    default:
      return readVerb(name, query);
  }
}

function readVerb(name: string, query: URLSearchParams): string {
  const watches = ['true', '1'].includes(query.get('watch') ?? '');
  if (watches) return 'watch';
  return name === '' ? 'list' : 'get';
}

/** Refuses an access in the real server's words. */
export function accessForbidden(user: User, access: Access, reason: string): ApiError {
  const why = `${sanitized(sentence(user, access))}${reason === '' ? '' : `: ${reason}`}`;
  if (!access.isResource) return new ApiError(403, 'Forbidden', `forbidden: ${why}`, {});
  return forbidden(access, access.name, why);
}

function sentence({ name }: User, access: Access): string {
  const who = `User ${JSON.stringify(name)} cannot ${access.verb}`;
  if (!access.isResource) return `${who} path ${JSON.stringify(access.path)}`;
  const resource = access.subresource === '' ? access.resource : `${access.resource}/${access.subresource}`;
  const what = `resource ${JSON.stringify(resource)} in API group ${JSON.stringify(access.group)}`;
  const where =
    access.namespace === '' ? 'at the cluster scope' : `in the namespace ${JSON.stringify(access.namespace)}`;
  return `${who} ${what} ${where}`;
}

// Whoever shows the text in a browser must not run it.
function sanitized(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
