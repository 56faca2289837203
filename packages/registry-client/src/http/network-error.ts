import { RegistryError } from '../registry-error.ts';

/** Turns what undici and Node throw into a coded error that says what to do. `signal` tells a deadline from a fault. */
export function networkError(error: unknown, host: string, signal: AbortSignal | undefined): RegistryError {
  if (error instanceof RegistryError) return error;
  if (signal?.aborted)
    return new RegistryError('registry-deadline', `${host} did not answer before the deadline`, { cause: error });
  const code = codeOf(error);
  if (isTimeout(code)) return timeout(host, error);
  if (isTlsFault(code)) return tlsError(code, host, error);
  const message = `${host} cannot be reached: ${reasons[code] ?? (code || messageOf(error))}`;
  return new RegistryError('registry-unreachable', message, { hint: hints[code], cause: error });
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  ENOTFOUND: 'the name does not resolve',
  EAI_AGAIN: 'the name server does not answer',
  EHOSTUNREACH: 'there is no route to the host',
  ENETUNREACH: 'there is no route to the network',
};

const hints: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'check the port, and that the registry runs',
  ENOTFOUND: 'check the spelling of the host and the DNS of this machine',
};

function timeout(host: string, cause: unknown): RegistryError {
  const hint = 'a mirror that does not answer delays every pull by this time';
  return new RegistryError('registry-timeout', `${host} does not answer in time`, { hint, cause });
}

function tlsError(code: string, host: string, cause: unknown): RegistryError {
  const [reason, hint] = tlsFaults.find(([pattern]) => code.includes(pattern))?.slice(1) ?? [code, undefined];
  const message = `TLS with ${host} fails: ${reason}`;
  return new RegistryError('registry-tls', message, { hint: hint?.replace('HOST', host), cause });
}

const untrustedHint =
  'add the CA of the registry as certs.d/HOST/ca.crt (additionalTrustedCA), before an installation to additionalTrustBundle';

const tlsFaults: readonly (readonly [code: string, reason: string, hint: string])[] = [
  ['EXPIRED', 'the certificate has expired', 'renew the certificate of the registry'],
  ['ALTNAME', 'the certificate is for other names', 'the certificate must list HOST as a subject alternative name'],
  ['WRONG_VERSION', 'the port does not speak TLS', 'a registry without TLS must be listed as insecure'],
  ['PACKET_LENGTH', 'the port does not speak TLS', 'a registry without TLS must be listed as insecure'],
  ['CERTIFICATE_REQUIRED', 'a client certificate is asked for', 'put a .cert and .key pair into certs.d/HOST'],
  ['HANDSHAKE_FAILURE', 'no common cipher, or a client certificate is missing', 'check the TLS settings of HOST'],
  ['SELF_SIGNED', 'the authority is not trusted', untrustedHint],
  ['UNABLE_TO', 'the authority is not trusted', untrustedHint],
];

function isTimeout(code: string): boolean {
  return code === 'ETIMEDOUT' || (code.startsWith('UND_ERR_') && code.endsWith('_TIMEOUT'));
}

function isTlsFault(code: string): boolean {
  return /^(ERR_TLS|ERR_SSL|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO)/.test(code);
}

function codeOf(error: unknown): string {
  const code = error !== null && typeof error === 'object' && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
