import type { Clock } from '@pullpath/kube-client';

/** Ends the pauses that edits began, each once, after its time. */
export interface PauseEnds {
  /** Looks after a cluster once it is so late; `until` is in milliseconds since 1970. A later time takes its place. */
  after(clusterId: string, until: number): void;
  /** Lets all of them be: whoever starts next takes them up. */
  stop(): void;
}

/** Operators come back to a cluster when its pause is over; the field goes a moment later, so that they are not disturbed. */
const graceMs = 1_000;

export function pauseEnds(
  clock: Clock,
  end: (clusterId: string) => Promise<void>,
  report: (error: unknown) => void,
): PauseEnds {
  const waiting = new Map<string, () => void>();
  return {
    after(clusterId, until) {
      waiting.get(clusterId)?.();
      const due = (): void => {
        waiting.delete(clusterId);
        end(clusterId).catch(report);
      };
      waiting.set(clusterId, clock.schedule(Math.max(0, until - clock.now()) + graceMs, due));
    },
    stop() {
      for (const cancel of waiting.values()) cancel();
      waiting.clear();
    },
  };
}
