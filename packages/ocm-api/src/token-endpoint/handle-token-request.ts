import { isSecretOf } from '../auth/accounts.ts';
import {
  accessSeconds,
  type Grantee,
  issueAccessToken,
  issueRefreshToken,
  refreshSeconds,
} from '../auth/issue-token.ts';
import { judgeToken } from '../auth/judge-token.ts';
import type { ServiceAnswer, ServiceRequest } from '../service/http.ts';
import type { OcmService } from '../service/ocm-service.ts';
import { Refusal } from '../service/refusal.ts';
import { basicCredentials } from './basic-credentials.ts';

/** Where tokens are given out: the path of Red Hat's single sign-on. */
export const tokenPath = '/auth/realms/redhat-external/protocol/openid-connect/token';

/** Whether a path is of the single sign-on, any realm. */
export function isTokenPath(segments: readonly string[]): boolean {
  return segments[0] === 'auth' && segments[1] === 'realms';
}

/** Answers a request for tokens: client credentials or a refresh token (RFC 6749 4.4, 6). */
export async function handleTokenRequest(service: OcmService, request: ServiceRequest): Promise<ServiceAnswer> {
  if (`/${request.segments.join('/')}` !== tokenPath)
    return oauthError(404, 'Realm does not exist', `tokens are given out at ${tokenPath}`);
  if (request.method !== 'POST') return oauthError(405, 'invalid_request', 'tokens are asked for with POST');
  if (!service.tokenRequests.take(request.remote) || service.tokenFailures.isSpent(request.remote)) return tooMany();
  const form = new URLSearchParams(await bodyText(request));
  const grantee = await grantedTo(service, request, form);
  if ('status' in grantee) {
    service.tokenFailures.take(request.remote);
    return grantee;
  }
  return tokens(service, grantee);
}

async function bodyText(request: ServiceRequest): Promise<string> {
  const type = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded')
    throw new Refusal(415, 'a request for tokens is a form (application/x-www-form-urlencoded)');
  return request.body();
}

async function grantedTo(
  service: OcmService,
  request: ServiceRequest,
  form: URLSearchParams,
): Promise<Grantee | ServiceAnswer> {
  switch (form.get('grant_type') ?? '') {
    case 'client_credentials':
      return byCredentials(service, request, form);
    case 'refresh_token':
      return byRefreshToken(service, form);
    default:
      return oauthError(400, 'unsupported_grant_type', 'use client_credentials or refresh_token');
  }
}

async function byCredentials(
  service: OcmService,
  { headers }: ServiceRequest,
  form: URLSearchParams,
): Promise<Grantee | ServiceAnswer> {
  const given = basicCredentials(headers['authorization']) ?? {
    id: form.get('client_id') ?? '',
    secret: form.get('client_secret') ?? '',
  };
  const account = await service.accounts.find(given.id);
  // An unknown client costs the same as a wrong secret.
  const isKnown = isSecretOf(account ?? nobody, given.secret);
  if (!account || !isKnown) return oauthError(401, 'invalid_client', 'Invalid client or Invalid client credentials');
  return { username: account.name, clientId: account.clientId, clusters: account.clusters };
}

const nobody = { clientId: '', name: '', secretDigest: '0'.repeat(64) };

async function byRefreshToken(service: OcmService, form: URLSearchParams): Promise<Grantee | ServiceAnswer> {
  const judged = judgeToken(service.key, form.get('refresh_token') ?? '', {
    use: 'Refresh',
    now: service.now() / 1000,
  });
  if ('fault' in judged) return oauthError(400, 'invalid_grant', 'Invalid refresh token');
  if (judged.clientId === undefined) return judged;
  // An account that was removed, or restricted, is so for tokens of before too.
  const account = await service.accounts.find(judged.clientId);
  if (!account) return oauthError(400, 'invalid_grant', 'Session not active');
  return { ...judged, clusters: account.clusters };
}

function tokens({ key, now, newId }: OcmService, grantee: Grantee): ServiceAnswer {
  const terms = (lifetimeSeconds: number) => ({ now: Math.floor(now() / 1000), lifetimeSeconds, id: newId() });
  return answer(200, {
    access_token: issueAccessToken(key, grantee, terms(accessSeconds)),
    expires_in: accessSeconds,
    refresh_token: issueRefreshToken(key, grantee, terms(refreshSeconds)),
    refresh_expires_in: refreshSeconds,
    token_type: 'Bearer',
    scope: 'openid',
  });
}

function tooMany(): ServiceAnswer {
  const refused = oauthError(429, 'slow_down', 'too many requests for tokens from this address');
  return { ...refused, headers: { ...refused.headers, 'retry-after': '5' } };
}

function oauthError(status: number, error: string, description: string): ServiceAnswer {
  return answer(status, { error, error_description: description });
}

function answer(status: number, body: object): ServiceAnswer {
  return { status, headers: { 'cache-control': 'no-store', pragma: 'no-cache' }, body };
}
