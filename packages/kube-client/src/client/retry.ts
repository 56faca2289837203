import type { TransportRequest } from '../transport/transport.ts';
import { hasCause, KubeError } from './kube-error.ts';

const mostAttempts = 11;
const firstDelayMs = 200;
const longestDelayMs = 5_000;
const unnamedDelayMs = 1_000;

/**
 * Milliseconds before a failed attempt is repeated, undefined when it is the last. client-go repeats what the server refused
 * with Retry-After, whatever the verb: it was not carried out. What got no answer may have been carried out, so that only reads
 * are repeated then.
 */
export function delayBeforeRetry(
  error: unknown,
  method: TransportRequest['method'],
  attempt: number,
  random: () => number,
): number | undefined {
  if (!(error instanceof KubeError) || attempt >= mostAttempts) return undefined;
  if (error.status) return delayAskedFor(error);
  const passing = error.code === 'kube-unreachable' || error.code === 'kube-timeout';
  if (!passing || method !== 'GET') return undefined;
  return Math.min(longestDelayMs, firstDelayMs * 2 ** (attempt - 1)) * (1 + random());
}

function delayAskedFor(error: KubeError): number | undefined {
  if (isOverload(error)) return error.retryAfterMs ?? unnamedDelayMs;
  return (error.status?.code ?? 0) >= 500 ? error.retryAfterMs : undefined;
}

/**
 * Whether a refusal is for lack of capacity. A disruption budget answers 429 too: that says nothing about the server, and
 * whoever evicts decides how long to wait.
 */
export function isOverload(error: unknown): boolean {
  return error instanceof KubeError && error.status?.code === 429 && !hasCause(error, 'DisruptionBudget');
}
