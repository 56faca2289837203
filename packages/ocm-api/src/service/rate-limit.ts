import type { TokenBucket } from '@pullpath/kube-client';

/** Counts what each caller does. */
export interface RateLimit {
  /** Counts one more. Says no where the caller has no more left; then nothing is counted. */
  take(caller: string): boolean;
  /** Whether the caller has none left. */
  isSpent(caller: string): boolean;
}

const mostCallers = 10_000;

/** One bucket per caller; those that were quiet for longest are forgotten where there are too many. */
export function rateLimit(bucket: () => TokenBucket): RateLimit {
  const buckets = new Map<string, TokenBucket>();
  const bucketOf = (caller: string): TokenBucket => {
    const found = buckets.get(caller) ?? bucket();
    buckets.delete(caller);
    buckets.set(caller, found);
    const [oldest] = buckets.keys();
    if (buckets.size > mostCallers && oldest !== undefined) buckets.delete(oldest);
    return found;
  };
  return { take: (caller) => bucketOf(caller).take(), isSpent: (caller) => bucketOf(caller).isEmpty() };
}
