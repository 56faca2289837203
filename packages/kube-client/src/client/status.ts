import type { ResponseHeaders } from '../transport/transport.ts';
import { KubeError, type KubeStatus, type StatusCause, type StatusDetails } from './kube-error.ts';

/** The typed error of an HTTP answer of 400 and above, whatever its body holds: proxies answer too, in their own words. */
export function errorOfAnswer(code: number, headers: ResponseHeaders, body: string, nowMs: number): KubeError {
  const status = parseStatus(body, code) ?? plainStatus(code, body);
  const retryAfterMs = retryAfter(headers.get('retry-after'), headers.get('date'), nowMs) ?? secondsOf(status);
  return new KubeError('kube-status', status.message, { status, retryAfterMs, hint: hints[code] });
}

/** The typed error of a Status object, which is also what the ERROR event of a watch carries. */
export function errorOfStatus(value: unknown): KubeError {
  const status =
    readStatus(value, 500) ?? plainStatus(500, 'the server ended the watch with an error that it does not name');
  return new KubeError('kube-status', status.message, { status, retryAfterMs: secondsOf(status) });
}

const hints: Readonly<Record<number, string>> = {
  401: 'the credentials are missing, wrong or expired',
  403: 'the user needs a Role or ClusterRole that allows this',
};

function parseStatus(body: string, code: number): KubeStatus | undefined {
  if (!body.startsWith('{')) return undefined;
  try {
    return readStatus(JSON.parse(body), code);
  } catch {
    // A body that is no JSON is quoted as it is, by the caller.
    return undefined;
  }
}

function readStatus(value: unknown, code: number): KubeStatus | undefined {
  if (!isRecord(value) || value['kind'] !== 'Status') return undefined;
  const details = isRecord(value['details']) ? value['details'] : {};
  return {
    code: typeof value['code'] === 'number' ? value['code'] : code,
    reason: textOf(value['reason']) ?? '',
    message: textOf(value['message']) || `the server answered ${code}`,
    details: readDetails(details),
  };
}

function readDetails(details: Readonly<Record<string, unknown>>): StatusDetails {
  const seconds = details['retryAfterSeconds'];
  return {
    name: textOf(details['name']),
    group: textOf(details['group']),
    kind: textOf(details['kind']),
    uid: textOf(details['uid']),
    retryAfterSeconds: typeof seconds === 'number' ? seconds : undefined,
    causes: Array.isArray(details['causes']) ? details['causes'].filter(isRecord).map(readCause) : undefined,
  };
}

function readCause(cause: Readonly<Record<string, unknown>>): StatusCause {
  return { reason: textOf(cause['reason']), message: textOf(cause['message']), field: textOf(cause['field']) };
}

const quotedLength = 200;

function plainStatus(code: number, body: string): KubeStatus {
  const quoted = body.trim().slice(0, quotedLength);
  return {
    code,
    reason: '',
    message: quoted === '' ? `the server answered ${code}` : `${code}: ${quoted}`,
    details: {},
  };
}

function secondsOf({ details }: KubeStatus): number | undefined {
  return details.retryAfterSeconds === undefined ? undefined : details.retryAfterSeconds * 1000;
}

/** Milliseconds of a Retry-After header: seconds, or a date that is measured against the server's own clock. */
export function retryAfter(value: string | undefined, date: string | undefined, nowMs: number): number | undefined {
  if (value === undefined || value.trim() === '') return undefined;
  const seconds = Number(value);
  if (seconds >= 0) return seconds * 1000;
  const until = value.endsWith('GMT') ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(until)) return undefined;
  const serverNow = date === undefined ? Number.NaN : Date.parse(date);
  return Math.max(0, until - (Number.isNaN(serverNow) ? nowMs : serverNow));
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Whether a value of JSON is an object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
