import type { HttpAnswer } from './exchange.ts';
import { isCut } from './network-error.ts';

/** Time and chance, which a test hands in. */
export interface RetryPace {
  readonly random: () => number;
  readonly sleep: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
}

const furtherAttempts = 2;
const longestWaitMs = 10_000;

/**
 * Sends again as the published SDK does: twice more, after 1 s and 2 s, give or take a fifth. 429 and 503 were not carried
 * out, so that any request is repeated; other 5xx and cut connections repeat reads alone. A longer Retry-After counts.
 */
export async function withRetries(
  method: string,
  attempt: () => Promise<HttpAnswer>,
  { random, sleep }: RetryPace,
  signal: AbortSignal | undefined,
): Promise<HttpAnswer> {
  for (let count = 0; ; count++) {
    const result = await settled(attempt);
    if (count >= furtherAttempts || !isPassing(method, result)) return answerOf(result);
    const pace = 1000 * 2 ** count * (0.8 + 0.4 * random());
    await sleep(Math.max(pace, Math.min(longestWaitMs, (retryAfterOf(result) ?? 0) * 1000)), signal);
  }
}

type Result = { readonly answer: HttpAnswer } | { readonly error: unknown };

async function settled(attempt: () => Promise<HttpAnswer>): Promise<Result> {
  try {
    return { answer: await attempt() };
  } catch (error) {
    return { error };
  }
}

function answerOf(result: Result): HttpAnswer {
  if ('error' in result) throw result.error;
  return result.answer;
}

function isPassing(method: string, result: Result): boolean {
  if ('error' in result) return method === 'GET' && isCut(result.error);
  const { status } = result.answer;
  return status === 429 || status === 503 || (status >= 500 && method === 'GET');
}

function retryAfterOf(result: Result): number | undefined {
  return 'answer' in result ? result.answer.retryAfter : undefined;
}
