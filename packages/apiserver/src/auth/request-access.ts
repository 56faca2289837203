import type { ApiRequest, User } from '../http/exchange.ts';
import { parseTarget, type RequestTarget } from '../http/request-info.ts';
import { type ClusterReader, clusterReader } from '../rest/cluster-reader.ts';
import { type Authorizer, accessForbidden, accessOf } from './access.ts';
import { type Authentication, authenticate } from './authenticate.ts';
import { impersonated } from './impersonate.ts';
import { rbacAuthorizer } from './rbac/authorizer.ts';

/** Who sends requests and what they may do, for a server and everything in it that asks. */
export interface RequestAccess {
  /** The user that a request acts as, impersonation included. Throws `ApiError` 401, 403 or 400. */
  authenticate(request: ApiRequest, cluster: string): User;
  /** Throws `ApiError` 403 for what the user may not do. */
  authorize(user: User, request: ApiRequest, target: RequestTarget): void;
  readonly authorizerOf: (cluster: string) => Authorizer;
  readonly readerOf: (cluster: string) => ClusterReader;
  readonly now: () => Date;
}

/** Access by the store: tokens, ServiceAccounts, roles and bindings of each logical cluster. */
export function createRequestAccess(auth: Authentication): RequestAccess {
  const readerOf = (cluster: string): ClusterReader => clusterReader(auth.store, cluster);
  const authorizerOf = (cluster: string): Authorizer => rbacAuthorizer(readerOf(cluster));
  return {
    readerOf,
    authorizerOf,
    now: () => auth.now(),
    authenticate(request, cluster) {
      const { authorization } = request.headers;
      const user = authenticate(auth, cluster, { authorization, certificate: request.clientCertificate });
      const access = accessOf(request.method, parseTarget(request.path), request.query);
      return impersonated(user, request.headers, access, authorizerOf(cluster));
    },
    authorize(user, request, target) {
      const access = accessOf(request.method, target, request.query);
      const { allowed, reason } = authorizerOf(target.cluster)(user, access);
      if (!allowed) throw accessForbidden(user, access, reason);
    },
  };
}
