import { setTimeout as wait } from 'node:timers/promises';
import { RegistryError } from '../registry-error.ts';
import { discardBody } from './body.ts';
import { networkError } from './network-error.ts';
import type { HttpRequest, HttpResponse } from './transport.ts';

/** How stubborn a client is. Delays are milliseconds. */
export interface RetryPolicy {
  /** Requests in all, the first included. */
  readonly attempts: number;
  readonly firstDelay: number;
  /** Also the longest `Retry-After` that is obeyed; a longer one ends the retries. */
  readonly longestDelay: number;
  /** Whether a connection that fails is tried again, and not only an answer that asks for it. */
  readonly connections: boolean;
}

export const defaultRetry: RetryPolicy = { attempts: 4, firstDelay: 250, longestDelay: 30_000, connections: true };

const retriedStatuses: ReadonlySet<number> = new Set([408, 429, 502, 503, 504]);

/** Sends a request without side effects until it is answered, refused for good, or out of attempts. */
export async function sendWithRetry(
  send: (request: HttpRequest) => Promise<HttpResponse>,
  request: HttpRequest,
  policy: RetryPolicy,
): Promise<HttpResponse> {
  for (let attempt = 1; ; attempt++) {
    const last = attempt >= policy.attempts;
    const outcome = await settle(send(request));
    const delay = last ? undefined : delayAfter(outcome, attempt, policy);
    if (delay === undefined) {
      if (outcome instanceof RegistryError) throw outcome;
      return outcome;
    }
    if (!(outcome instanceof RegistryError)) discardBody(outcome.body);
    await sleep(delay, request);
  }
}

async function settle(sent: Promise<HttpResponse>): Promise<HttpResponse | RegistryError> {
  try {
    return await sent;
  } catch (error) {
    if (error instanceof RegistryError) return error;
    throw error;
  }
}

/** How long to wait before the next attempt, undefined when there should be none. */
function delayAfter(
  outcome: HttpResponse | RegistryError,
  attempt: number,
  { firstDelay, longestDelay, connections }: RetryPolicy,
): number | undefined {
  const backoff = Math.min(firstDelay * 2 ** (attempt - 1), longestDelay);
  if (outcome instanceof RegistryError) return connections && isPassing(outcome) ? backoff : undefined;
  if (!retriedStatuses.has(outcome.status)) return undefined;
  const asked = retryAfter(outcome.headers['retry-after'], outcome.headers.date);
  if (asked === undefined) return backoff;
  return asked <= longestDelay ? Math.max(asked, backoff) : undefined;
}

function isPassing({ code }: RegistryError): boolean {
  return code === 'registry-unreachable' || code === 'registry-timeout';
}

/** Milliseconds of a Retry-After header: seconds, or a date that is measured against the server's own clock. */
export function retryAfter(value: string | undefined, date: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const seconds = Number(value);
  if (value.trim() !== '' && seconds >= 0) return seconds * 1000;
  // HTTP dates are in GMT; what else Date.parse takes is none.
  const until = value.endsWith('GMT') ? Date.parse(value) : Number.NaN;
  const now = date === undefined ? Number.NaN : Date.parse(date);
  if (Number.isNaN(until)) return undefined;
  return Math.max(0, until - (Number.isNaN(now) ? Date.now() : now));
}

async function sleep(delay: number, { signal, url }: HttpRequest): Promise<void> {
  try {
    await wait(delay, undefined, signal ? { signal } : {});
  } catch (error) {
    throw networkError(error, url.host, signal);
  }
}
