/** What a queue did so far, and holds now. */
export interface QueueMetrics {
  /** Keys that wait for a worker. */
  readonly depth: number;
  /** Keys that wait for their time. */
  readonly delayed: number;
  /** Keys that workers have. */
  readonly processing: number;
  /** Keys that were added and were not in it already. */
  readonly adds: number;
  readonly retries: number;
  readonly taken: number;
  /** Of all taken keys together: between add and worker, and at the worker. */
  readonly waitSeconds: number;
  readonly workSeconds: number;
}
