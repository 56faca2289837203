import { type Clock, pause, systemClock } from '../time/clock.ts';
import { LeaseClaim, type LeaseClaimOptions } from './lease-claim.ts';

export interface LeaderElectionOptions extends Omit<LeaseClaimOptions, 'leaseDurationMs' | 'clock'> {
  /** The work of the leader. Its signal is aborted when the lead is lost or should end; it must stop writing then. */
  readonly lead: (signal: AbortSignal) => Promise<void>;
  /** Told of failed attempts; the election goes on. */
  readonly report: (error: unknown, doing: string) => void;
  /** Milliseconds; 15,000, 10,000 and 2,000 unless set (client-go). */
  readonly leaseDurationMs?: number | undefined;
  readonly renewDeadlineMs?: number | undefined;
  readonly retryPeriodMs?: number | undefined;
  readonly clock?: Clock | undefined;
  readonly random?: (() => number) | undefined;
}

/**
 * `done`: the work ended by itself. `stopped`: the signal came; the work has ended and the lease is released. `lost`: the
 * lease could not be renewed in time, and the work may still be ending: leave the process.
 */
export type Outcome = 'done' | 'stopped' | 'lost';

/** Waits for the lead, then does the work for as long as it has it. Rejects only with what the work rejects with. */
export async function runForLeader(options: LeaderElectionOptions, signal: AbortSignal): Promise<Outcome> {
  const terms = termsOf(options);
  const claim = new LeaseClaim({ ...options, ...terms });
  const since = await acquire(claim, options, terms, signal);
  return since === undefined ? 'stopped' : hold(claim, options, terms, signal, since);
}

interface Terms {
  readonly leaseDurationMs: number;
  readonly renewDeadlineMs: number;
  readonly retryPeriodMs: number;
  readonly clock: Clock;
  readonly random: () => number;
}

const jitter = 1.2;

function termsOf(options: LeaderElectionOptions): Terms {
  const { leaseDurationMs = 15_000, renewDeadlineMs = 10_000, retryPeriodMs = 2_000 } = options;
  if (leaseDurationMs <= renewDeadlineMs || renewDeadlineMs <= jitter * retryPeriodMs)
    throw new Error('a lease must last longer than its renewal may take, and that longer than 1.2 retries');
  const { clock = systemClock, random = Math.random } = options;
  return { leaseDurationMs, renewDeadlineMs, retryPeriodMs, clock, random };
}

/** Tries until the lease is ours; gives the monotonic time from which it counts, or undefined when the signal came. */
async function acquire(
  claim: LeaseClaim,
  { name, report }: LeaderElectionOptions,
  { renewDeadlineMs, retryPeriodMs, clock, random }: Terms,
  signal: AbortSignal,
): Promise<number | undefined> {
  while (!signal.aborted) {
    const start = clock.monotonic();
    try {
      if (await claim.attempt(renewDeadlineMs, signal)) return start;
    } catch (error) {
      if (!signal.aborted) report(error, `acquire lease ${name}`);
    }
    await pause(clock, retryPeriodMs * (1 + jitter * random()), signal);
  }
  return undefined;
}

async function hold(
  claim: LeaseClaim,
  options: LeaderElectionOptions,
  terms: Terms,
  signal: AbortSignal,
  since: number,
): Promise<Outcome> {
  const work = new AbortController();
  const stop = (): void => work.abort();
  const ended = new AbortController();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const result = settle(async () => options.lead(work.signal)).finally(() => ended.abort());
  const kept = await renew(claim, options, terms, ended.signal, since);
  signal.removeEventListener('abort', stop);
  if (!kept) {
    stop();
    void result.then((failure) => failure && options.report(failure.error, `end the work of lease ${options.name}`));
    return 'lost';
  }
  await release(claim, options, terms);
  const failure = await result;
  if (failure) throw failure.error;
  return signal.aborted ? 'stopped' : 'done';
}

async function settle(work: () => Promise<void>): Promise<{ readonly error: unknown } | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return { error };
  }
}

/**
 * Renews until the work has ended, true, or the lease was not renewed in time, false. A term counts from before its request
 * was sent: another candidate that saw the record later waits longer than we lead.
 */
async function renew(
  claim: LeaseClaim,
  { name, report }: LeaderElectionOptions,
  { renewDeadlineMs, retryPeriodMs, clock }: Terms,
  ended: AbortSignal,
  since: number,
): Promise<boolean> {
  let renewedAt = since;
  while (!ended.aborted) {
    const left = renewedAt + renewDeadlineMs - clock.monotonic();
    if (left <= 0) return false;
    await pause(clock, Math.min(retryPeriodMs, left), ended);
    const start = clock.monotonic();
    const time = Math.min(renewedAt + renewDeadlineMs - start, renewDeadlineMs / 2);
    if (ended.aborted || time <= 0) continue;
    try {
      if (await claim.attempt(time, ended)) renewedAt = start;
      else if (claim.isOthers) return false;
    } catch (error) {
      if (!ended.aborted) report(error, `renew lease ${name}`);
    }
  }
  return true;
}

async function release(
  claim: LeaseClaim,
  { name, report }: LeaderElectionOptions,
  { renewDeadlineMs }: Terms,
): Promise<void> {
  try {
    await claim.release(renewDeadlineMs);
  } catch (error) {
    report(error, `release lease ${name}`);
  }
}
