import type { Clock } from '@pullpath/kube-client';

const settleMs = 1_000;
const longestMs = 10_000;

/**
 * Lets a burst of edits become one rollout: a configuration counts when none other has come for a second, or edits have gone
 * on for ten.
 */
export class Settling {
  readonly #clock: Clock;
  readonly #seen = new Map<string, { readonly name: string; readonly since: number; readonly first: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether nodes may be told of what a pool asks for now. */
  isSettled(pool: string, name: string): boolean {
    const now = this.#clock.monotonic();
    const known = this.#seen.get(pool);
    if (known?.name !== name) this.#seen.set(pool, { name, since: now, first: known?.first ?? now });
    const { since, first } = this.#seen.get(pool) ?? { since: now, first: now };
    return now - since >= settleMs || now - first >= longestMs;
  }

  /** The pool asks for what its nodes are told. */
  end(pool: string): void {
    this.#seen.delete(pool);
  }

  readonly againMs: number = settleMs;
}
