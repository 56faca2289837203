import type { Clock } from '@pullpath/kube-client';

const usualMs = 1_000;
const mostTimes = 10;

/**
 * Lets a burst of edits become one rollout: a configuration counts when none other has come for a while, or edits have gone
 * on for ten times as long.
 */
export class Settling {
  /** When to look again at one that is not settled. */
  readonly againMs: number;
  readonly #clock: Clock;
  readonly #seen = new Map<string, { readonly name: string; readonly since: number; readonly first: number }>();

  constructor(clock: Clock, forMs: number = usualMs) {
    this.#clock = clock;
    this.againMs = forMs;
  }

  /** Whether nodes may be told of what a pool asks for now. */
  isSettled(pool: string, name: string): boolean {
    const now = this.#clock.monotonic();
    const known = this.#seen.get(pool);
    if (known?.name !== name) this.#seen.set(pool, { name, since: now, first: known?.first ?? now });
    const { since, first } = this.#seen.get(pool) ?? { since: now, first: now };
    return now - since >= this.againMs || now - first >= this.againMs * mostTimes;
  }

  /** The pool asks for what its nodes are told. */
  end(pool: string): void {
    this.#seen.delete(pool);
  }
}
