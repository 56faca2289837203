/** Works on keys one after the other: a key that is added again while it waits is worked on once, one that fails comes back later. */
export class WorkQueue {
  readonly #work: (key: string) => Promise<void>;
  readonly #report: (error: unknown) => void;
  readonly #waiting = new Set<string>();
  readonly #failures = new Map<string, number>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #running: Promise<void> | undefined;
  #stopped = false;

  constructor(work: (key: string) => Promise<void>, report: (error: unknown) => void) {
    this.#work = work;
    this.#report = report;
  }

  add(key: string): void {
    if (this.#stopped) return;
    this.#waiting.add(key);
    this.#running ??= this.#run();
  }

  addAfter(key: string, ms: number): void {
    if (this.#stopped) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.add(key);
    }, ms);
    this.#timers.add(timer.unref());
  }

  /** Resolves when nothing waits; what was put off does not count. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  stop(): void {
    this.#stopped = true;
    this.#waiting.clear();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  async #run(): Promise<void> {
    // Listeners add in the middle of a publication; the work starts after it.
    await Promise.resolve();
    for (let key = this.#next(); key !== undefined; key = this.#next()) await this.#attempt(key);
    this.#running = undefined;
  }

  #next(): string | undefined {
    const [key] = this.#waiting;
    if (key !== undefined) this.#waiting.delete(key);
    return key;
  }

  async #attempt(key: string): Promise<void> {
    try {
      await this.#work(key);
      this.#failures.delete(key);
    } catch (error) {
      const failures = this.#failures.get(key) ?? 0;
      this.#failures.set(key, failures + 1);
      this.#report(error);
      this.addAfter(key, Math.min(firstRetryMs * 2 ** failures, longestRetryMs));
    }
  }
}

const firstRetryMs = 50;
const longestRetryMs = 60_000;
