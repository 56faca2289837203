import type { Authentication } from '../../auth/authenticate.ts';
import { authenticationEndpoints } from '../../auth/reviews/authentication.ts';
import { type AuthorizationReviews, authorizationEndpoints } from '../../auth/reviews/authorization.ts';
import { tokenRequestEndpoint } from '../../auth/reviews/token-request.ts';
import { evictionEndpoint } from '../../gc/disruption/eviction-endpoint.ts';
import type { Endpoint } from '../../resources/endpoint.ts';
import type { Rest } from '../../rest/rest.ts';
import { bindingEndpoint } from './binding.ts';
import { finalizeEndpoint } from './finalize.ts';

/** What the built-in endpoints work on. */
export interface EndpointContext {
  /** Asked when a call comes: the server that serves the endpoints makes it. */
  readonly rest: () => Rest;
  readonly authentication: Authentication;
  readonly reviews: AuthorizationReviews;
}

/** Every subresource and review with a behaviour of its own. */
export function builtinEndpoints({ rest, authentication, reviews }: EndpointContext): Endpoint[] {
  return [
    bindingEndpoint(rest),
    evictionEndpoint(rest, () => authentication.now()),
    finalizeEndpoint(rest),
    tokenRequestEndpoint(authentication),
    ...authenticationEndpoints(authentication),
    ...authorizationEndpoints(reviews),
  ];
}
