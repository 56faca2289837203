import { KubeError } from '../client/kube-error.ts';
import type { WorkQueue } from '../queue/work-queue.ts';
import { type Clock, systemClock } from '../time/clock.ts';
import { Deadline } from '../time/deadline.ts';
import type { ReconcileCounter } from './reconcile-metrics.ts';

/** Work on one key is done; `requeueAfterMs` looks at it again then, though nothing has changed. */
export interface ReconcileResult {
  readonly requeueAfterMs?: number | undefined;
}

/**
 * Makes the world what the object of a key says, from what it reads now and not from what has changed. To be called again is
 * always right. The signal is aborted when the time is up or the workers stop.
 */
// biome-ignore lint/suspicious/noConfusingVoidType: a reconciler that asks for nothing returns nothing.
export type Reconcile = (key: string, signal: AbortSignal) => Promise<ReconcileResult | void>;

export interface WorkerOptions {
  readonly queue: WorkQueue;
  readonly reconcile: Reconcile;
  readonly counter: ReconcileCounter;
  /** Told of every failure; the key is tried again. */
  readonly report: (error: unknown, doing: string) => void;
  /** 10 unless set. */
  readonly workers?: number | undefined;
  /** Milliseconds for one key, five minutes unless set. */
  readonly timeoutMs?: number | undefined;
  readonly clock?: Clock | undefined;
}

/** Works through a queue until the signal is aborted, and the last keys are done. Never rejects. */
export async function runWorkers(options: WorkerOptions, signal: AbortSignal): Promise<void> {
  const workers = Array.from({ length: options.workers ?? 10 }, async () => work(options, signal));
  await Promise.all(workers);
}

async function work(options: WorkerOptions, signal: AbortSignal): Promise<void> {
  const { queue } = options;
  for (let key = await queue.take(signal); key !== undefined; key = await queue.take(signal)) {
    await reconcileOnce(options, key, signal);
    queue.done(key);
  }
}

async function reconcileOnce(options: WorkerOptions, key: string, signal: AbortSignal): Promise<void> {
  const { queue, reconcile, counter, report, timeoutMs = fiveMinutesMs, clock = systemClock } = options;
  const deadline = new Deadline(clock, timeoutMs, signal);
  const start = clock.monotonic();
  // A reconciler that does not heed its signal keeps its worker: two at once for one key would be worse.
  deadline.signal.addEventListener('abort', () => {
    if (deadline.expired) report(new Error(`not done after ${timeoutMs} ms`), `reconcile ${key}`);
  });
  try {
    const result = await reconcile(key, deadline.signal);
    succeed(queue, key, result?.requeueAfterMs);
    counter.add(result?.requeueAfterMs === undefined ? 'success' : 'requeue', clock.monotonic() - start);
  } catch (error) {
    counter.add('error', clock.monotonic() - start);
    if (!signal.aborted) report(error, `reconcile ${key}`);
    retry(queue, key, error);
  } finally {
    deadline.end();
  }
}

const fiveMinutesMs = 300_000;

function succeed(queue: WorkQueue, key: string, requeueAfterMs: number | undefined): void {
  queue.forget(key);
  if (requeueAfterMs !== undefined) queue.addAfter(key, requeueAfterMs);
}

// A server that names a time knows better than the growing delays.
function retry(queue: WorkQueue, key: string, error: unknown): void {
  const asked = error instanceof KubeError ? error.retryAfterMs : undefined;
  if (asked === undefined) queue.addRateLimited(key);
  else queue.addAfter(key, Math.min(asked, fiveMinutesMs));
}
