/** Time as the long-running parts of this room see it; a test hands in its own. */
export interface Clock {
  /** Milliseconds since 1970 by the calendar of the machine, which may jump. For timestamps in objects alone. */
  now(): number;
  /** Milliseconds since some start, which never jump. For every duration. */
  monotonic(): number;
  /** Does the work once, `ms` milliseconds from now. Gives what cancels it. */
  schedule(ms: number, work: () => void): () => void;
}

/** The clock of this machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  schedule: scheduleOnMachine,
};

// A timer of the platform overflows to "at once" beyond this, so that a longer wait is made of several.
const longestTimerMs = 2 ** 31 - 1;

function scheduleOnMachine(ms: number, work: () => void): () => void {
  let timer = setTimeout(next, Math.max(0, Math.min(ms, longestTimerMs)), ms - longestTimerMs);
  function next(left: number): void {
    if (left <= 0) work();
    else timer = setTimeout(next, Math.min(left, longestTimerMs), left - longestTimerMs);
  }
  return () => clearTimeout(timer);
}

/** Waits `ms` milliseconds, or until the signal is aborted; the caller looks at the signal. */
export async function pause(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return;
  await new Promise<void>((resolve) => {
    const end = (): void => {
      cancel();
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const cancel = clock.schedule(ms, end);
    signal?.addEventListener('abort', end, { once: true });
  });
}

/** Resolves when the signal is aborted. */
export async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
