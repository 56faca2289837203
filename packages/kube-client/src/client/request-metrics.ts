/** Requests of one kind so far. */
export interface RequestCount {
  readonly verb: string;
  readonly resource: string;
  /** The HTTP status, or the code of the error without an answer. */
  readonly code: string;
  readonly count: number;
  /** Until the answer was complete, of a watch until it began; all together. */
  readonly seconds: number;
}

/** Counts requests by verb, resource and outcome: a number of kinds that does not grow with use. */
export class RequestMetrics {
  readonly #counts = new Map<string, RequestCount>();

  add(verb: string, resource: string, code: string, milliseconds: number): void {
    const key = `${verb} ${resource} ${code}`;
    const { count, seconds } = this.#counts.get(key) ?? { count: 0, seconds: 0 };
    this.#counts.set(key, { verb, resource, code, count: count + 1, seconds: seconds + milliseconds / 1000 });
  }

  /** In the order of first use. */
  snapshot(): readonly RequestCount[] {
    return [...this.#counts.values()];
  }
}
