/** What the workers of a controller did so far. */
export interface ReconcileMetrics {
  readonly success: number;
  readonly requeue: number;
  readonly error: number;
  readonly seconds: number;
}

/** Counts reconciliations by outcome. */
export class ReconcileCounter {
  #counts: ReconcileMetrics = { success: 0, requeue: 0, error: 0, seconds: 0 };

  add(outcome: 'success' | 'requeue' | 'error', milliseconds: number): void {
    const seconds = this.#counts.seconds + milliseconds / 1000;
    this.#counts = { ...this.#counts, [outcome]: this.#counts[outcome] + 1, seconds };
  }

  snapshot(): ReconcileMetrics {
    return this.#counts;
  }
}
