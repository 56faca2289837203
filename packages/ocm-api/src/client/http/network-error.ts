import { OcmError } from '../ocm-error.ts';

/** Turns what Node throws into a coded error that says what to do, after the words of the published SDK. */
export function networkError(error: unknown, request: { method: string; url: URL }, signal?: AbortSignal): OcmError {
  if (error instanceof OcmError) return error;
  if (signal?.aborted) return new OcmError('ocm-cancelled', 'the request was given up', { cause: error });
  const { method, url } = request;
  const code = codeOf(error);
  const fault = faults.find(([pattern]) => code.includes(pattern));
  const reason = fault?.[2] ?? messageOf(error);
  const title = `${method.charAt(0)}${method.slice(1).toLowerCase()}`;
  return new OcmError(fault?.[1] ?? 'ocm-unreachable', `${title} "${url.href}": can't send request: ${reason}`, {
    hint: fault?.[3].replace('HOST', url.host),
    cause: error,
  });
}

const untrusted = 'give the authority of HOST: trusted_cas in Terraform, NODE_EXTRA_CA_CERTS=DIR/ca.crt elsewhere';

type Fault = readonly [part: string, code: OcmError['code'], reason: string, hint: string];

const faults: readonly Fault[] = [
  ['ECONNREFUSED', 'ocm-unreachable', 'the connection was refused', 'check that the API runs, and the URL'],
  ['ENOTFOUND', 'ocm-unreachable', 'the name HOST does not resolve', 'check the URL and the DNS of this machine'],
  ['EAI_AGAIN', 'ocm-unreachable', 'the name server does not answer', 'check the DNS of this machine'],
  ['ECONNRESET', 'ocm-unreachable', 'the connection was cut', 'the same request may succeed again'],
  ['EPIPE', 'ocm-unreachable', 'the connection was cut', 'the same request may succeed again'],
  ['EXPIRED', 'ocm-tls', 'the certificate of the server has expired', 'renew it, or check the clock of this machine'],
  ['ALTNAME', 'ocm-tls', 'the certificate of the server is for other names', 'use a name that it has'],
  ['WRONG_VERSION', 'ocm-tls', 'the port does not speak TLS', 'check the URL: the server may want http'],
  ['PACKET_LENGTH', 'ocm-tls', 'the port does not speak TLS', 'check the URL: the server may want http'],
  ['SELF_SIGNED', 'ocm-tls', 'certificate signed by unknown authority', untrusted],
  ['UNABLE_TO', 'ocm-tls', 'certificate signed by unknown authority', untrusted],
  ['HPE_', 'ocm-tls', 'the port does not speak HTTP', 'check the URL: the server may want https'],
];

/** Whether a connection broke before an answer came: a read may be sent again. */
export function isCut(error: unknown): boolean {
  const cause = error instanceof OcmError ? error.cause : error;
  return ['ECONNRESET', 'EPIPE'].includes(codeOf(cause));
}

function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
