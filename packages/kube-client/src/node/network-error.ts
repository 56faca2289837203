import { KubeError } from '../client/kube-error.ts';

/** Turns what undici and Node throw into a coded error that says what to do. */
export function networkError(error: unknown, host: string, signal: AbortSignal): KubeError {
  if (error instanceof KubeError) return error;
  if (signal.aborted) return new KubeError('kube-cancelled', `the request to ${host} was given up`, { cause: error });
  const code = codeOf(error);
  if (isTimeout(code)) return new KubeError('kube-timeout', `${host} does not answer in time`, { cause: error });
  if (isTlsFault(code)) return tlsError(code, host, error);
  const message = `${host} cannot be reached: ${reasons[code] ?? (code || messageOf(error))}`;
  return new KubeError('kube-unreachable', message, { hint: hints[code], cause: error });
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
  ECONNREFUSED: 'check that the API server runs, and the address in the kubeconfig',
  ENOTFOUND: 'check the address in the kubeconfig, and the DNS of this machine',
};

function tlsError(code: string, host: string, cause: unknown): KubeError {
  const [reason, hint] = tlsFaults.find(([pattern]) => code.includes(pattern))?.slice(1) ?? [code, undefined];
  return new KubeError('kube-tls', `TLS with ${host} fails: ${reason}`, { hint, cause });
}

const authority = 'the kubeconfig must hold the authority of this server as certificate-authority-data';

const tlsFaults: readonly (readonly [code: string, reason: string, hint: string])[] = [
  ['EXPIRED', 'the certificate has expired', 'renew the certificate of the API server, or check the clock'],
  ['ALTNAME', 'the certificate is for other names', 'use a name of the certificate, or set tls-server-name'],
  ['WRONG_VERSION', 'the port does not speak TLS', 'check the address in the kubeconfig'],
  ['PACKET_LENGTH', 'the port does not speak TLS', 'check the address in the kubeconfig'],
  ['SELF_SIGNED', 'the authority is not trusted', authority],
  ['UNABLE_TO', 'the authority is not trusted', authority],
];

function isTimeout(code: string): boolean {
  return code === 'ETIMEDOUT' || (code.startsWith('UND_ERR_') && code.endsWith('_TIMEOUT'));
}

function isTlsFault(code: string): boolean {
  return /^(ERR_TLS|ERR_SSL|ERR_OSSL|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO)/.test(code);
}

function codeOf(error: unknown): string {
  const code = error !== null && typeof error === 'object' && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
