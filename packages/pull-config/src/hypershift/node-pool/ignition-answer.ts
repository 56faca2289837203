import { decodeBase64, decodeUtf8 } from '../../pull/base64.ts';

/** What the Ignition endpoint knows of one token. */
export interface TokenPayload {
  /** The NodePool that it is for, `namespace/name`. */
  readonly nodePool: string;
  /** Its time is over. */
  readonly isExpired: boolean;
  /** The Ignition document; undefined while there is none, or none could be made. */
  readonly payload?: string | undefined;
}

/** An answer of HTTP. */
export interface IgnitionAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A request as far as it decides. Header names are in lower case. */
export interface IgnitionRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/**
 * What the Ignition endpoint answers. A token that is not known, expired or still without payload is 511, upon which
 * Ignition asks again; a request without one is 401 (openshift/hypershift `ignition-server`).
 */
export function ignitionAnswer(
  { method, path, headers }: IgnitionRequest,
  lookUp: (token: string) => TokenPayload | undefined,
): IgnitionAnswer {
  if (path === '/healthz') return text(200, 'ok');
  if (path !== '/ignition') return text(404, 'there is /ignition');
  if (method !== 'GET' && method !== 'HEAD') return text(405, 'only GET');
  const authorization = headers['authorization'] ?? '';
  if (!authorization.startsWith(scheme)) return text(401, 'Invalid Authorization header value prefix');
  const decoded = decodeBase64(authorization.slice(scheme.length));
  if (!decoded) return text(401, 'Invalid token');
  const found = lookUp(decodeUtf8(decoded));
  if (found?.payload === undefined || found.isExpired) return text(511, 'Token not found');
  return { status: 200, headers: { 'content-type': 'application/json' }, body: found.payload };
}

const scheme = 'Bearer ';

function text(status: number, message: string): IgnitionAnswer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: `${message}\n` };
}
