import { checkContentType } from '../http/content-type.ts';
import type { HttpAnswer } from '../http/exchange.ts';
import { OcmError } from '../ocm-error.ts';
import { claimsOf } from './claims.ts';

/** What a token endpoint answers. */
export interface TokenAnswer {
  readonly access: string;
  /** A new refresh token, where the endpoint gives one. */
  readonly refresh: string | undefined;
}

/** A grant of OAuth 2.0 (RFC 6749), ready to send. */
export interface Grant {
  readonly form: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
}

/** The secret goes into the header, never into the form. */
export function clientCredentialsGrant(clientId: string, clientSecret: string): Grant {
  const pair = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  return {
    form: { grant_type: 'client_credentials', client_id: clientId, scope: 'openid' },
    headers: { authorization: `Basic ${pair}` },
  };
}

export function refreshGrant(clientId: string, refreshToken: string): Grant {
  return { form: { grant_type: 'refresh_token', client_id: clientId, refresh_token: refreshToken }, headers: {} };
}

/** Reads the answer of a token endpoint. Throws `ocm-token` for a refusal or an answer without an access token. */
export function readTokenAnswer(answer: HttpAnswer, tokenUrl: string): TokenAnswer {
  checkContentType(answer.contentType, answer.text, answer.status);
  const json = jsonOf(answer.text);
  const refusal = [json['error'], json['error_description']].filter(isText).join(': ');
  if (refusal !== '') throw refused(refusal, answer.status, tokenUrl);
  if (answer.status !== 200) throw refused(`token response status code is '${answer.status}'`, answer.status, tokenUrl);
  const { access_token: access, refresh_token: refresh, token_type: type } = json;
  if (isText(type) && type.toLowerCase() !== 'bearer')
    throw refused(`expected 'bearer' token type but got '${type}'`, 200, tokenUrl);
  if (!isText(access) || claimsOf(access) === undefined) throw refused('no access token was received', 200, tokenUrl);
  return { access, refresh: isText(refresh) ? refresh : undefined };
}

function refused(reason: string, status: number, tokenUrl: string): OcmError {
  return new OcmError('ocm-token', reason, {
    status,
    hint: `the token endpoint ${tokenUrl} refused; check the credentials, and that it belongs to this API`,
  });
}

function jsonOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Readonly<Record<string, unknown>>;
  } catch (cause) {
    throw new OcmError('ocm-token', "can't parse the answer of the token endpoint", { cause });
  }
  return {};
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
