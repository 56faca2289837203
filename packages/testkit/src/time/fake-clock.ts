/** A clock that stands until a test moves it. */
export interface FakeClock {
  now(): number;
  monotonic(): number;
  schedule(ms: number, work: () => void): () => void;
  /** Timers that are set. */
  readonly timers: number;
  /** Moves on by `ms`, doing what is due on the way in its order. */
  advance(ms: number): void;
  /** Moves the calendar alone, as when someone sets the clock of a machine. */
  jump(ms: number): void;
  /**
   * Moves on from timer to timer, `stepMs` at a time at most (1,000 unless set), with time for sockets in between, until the
   * condition holds. Throws when it does not within `limitMs` of this clock.
   */
  until(condition: () => boolean, options?: { readonly stepMs?: number; readonly limitMs?: number }): Promise<void>;
}

interface Timer {
  readonly at: number;
  readonly work: () => void;
}

/** A clock at 2030-01-01T00:00:00Z, unless `now` says otherwise. */
export function fakeClock(now: number = Date.UTC(2030, 0, 1)): FakeClock {
  const timers = new Set<Timer>();
  let elapsed = 0;
  let offset = now;
  const clock: FakeClock = {
    now: () => offset + elapsed,
    monotonic: () => elapsed,
    get timers() {
      return timers.size;
    },
    schedule(ms, work) {
      const timer = { at: elapsed + Math.max(0, ms), work };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    advance(ms) {
      const end = elapsed + ms;
      for (let next = firstDue(timers, end); next; next = firstDue(timers, end)) {
        timers.delete(next);
        elapsed = Math.max(elapsed, next.at);
        next.work();
      }
      elapsed = end;
    },
    jump(ms) {
      offset += ms;
    },
    async until(condition, { stepMs = 1_000, limitMs = 3_600_000 } = {}) {
      const end = elapsed + limitMs;
      while (!(await settlesTo(condition))) {
        if (elapsed >= end) throw new Error(`the condition does not hold within ${limitMs} ms`);
        clock.advance(Math.min(stepMs, untilNext(timers, elapsed) ?? stepMs));
      }
    },
  };
  return clock;
}

function firstDue(timers: ReadonlySet<Timer>, end: number): Timer | undefined {
  let first: Timer | undefined;
  for (const timer of timers) if (timer.at <= end && (!first || timer.at < first.at)) first = timer;
  return first;
}

function untilNext(timers: ReadonlySet<Timer>, now: number): number | undefined {
  const next = firstDue(timers, Number.POSITIVE_INFINITY);
  return next && next.at - now;
}

const turnsForSockets = 8;

// Sockets of the loopback interface need some turns of the event loop, and no more: nothing here waits for a duration.
async function settlesTo(condition: () => boolean): Promise<boolean> {
  for (let turn = 0; turn < turnsForSockets && !condition(); turn++)
    await new Promise((resolve) => setTimeout(resolve, 1));
  return condition();
}
