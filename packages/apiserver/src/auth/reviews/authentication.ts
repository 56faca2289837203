import { textAt, textsAt } from '../../builtin/read.ts';
import type { User } from '../../http/exchange.ts';
import type { Endpoint } from '../../resources/endpoint.ts';
import { timestamp } from '../../rest/metadata.ts';
import { badRequest } from '../../status/status.ts';
import type { StoredObject } from '../../store/record.ts';
import { type Authentication, issuerOf, userOfBearer } from '../authenticate.ts';
import { reviewEndpoint } from './review-endpoint.ts';

/** Group of the reviews of identity. */
export const authenticationGroup = 'authentication.k8s.io';

/** `authentication.k8s.io/v1`: who am I, whose token is this. */
export function authenticationEndpoints(auth: Authentication): Endpoint[] {
  return [selfReview(auth), tokenReview(auth)];
}

function selfReview(auth: Authentication): Endpoint {
  return reviewEndpoint(() => auth.now(), {
    group: authenticationGroup,
    kind: 'SelfSubjectReview',
    resource: 'selfsubjectreviews',
    message: 'authentication.SelfSubjectReview',
    description: 'Who the server takes the user of the request for.',
    answer: (_object, { user }) => ({
      metadata: { creationTimestamp: timestamp(auth.now()) },
      status: { userInfo: userInfo(user) },
    }),
  });
}

function tokenReview(auth: Authentication): Endpoint {
  return reviewEndpoint(() => auth.now(), {
    group: authenticationGroup,
    kind: 'TokenReview',
    resource: 'tokenreviews',
    message: 'authentication.TokenReview',
    description: 'Whose token something is.',
    answer(object, { cluster }) {
      const token = textAt(object, 'spec', 'token');
      if (token === '') throw badRequest('token is required for TokenReview in authentication');
      return { ...object, status: tokenStatus(auth, cluster, token, textsAt(object, 'spec', 'audiences')) };
    },
  });
}

function tokenStatus(auth: Authentication, cluster: string, token: string, asked: readonly string[]): StoredObject {
  const audiences = asked.length > 0 ? asked : [issuerOf(cluster)];
  const found = userOfBearer(auth, cluster, token, audiences);
  if (!found) return { user: {}, error: 'invalid bearer token' };
  return { authenticated: true, user: userInfo(found.user), audiences: found.audiences };
}

/** A user as `authentication.k8s.io/v1` UserInfo, and as admission policies read it. */
export function userInfo({ name, uid, groups, extra = {} }: User): StoredObject {
  return {
    username: name,
    ...(uid !== undefined && uid !== '' && { uid }),
    ...(groups.length > 0 && { groups }),
    ...(Object.keys(extra).length > 0 && { extra }),
  };
}
